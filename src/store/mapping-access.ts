/** What the graph asks about mappings and value lists, for one request. */
import type { MappingDefinition, ValueListBody } from '../mapping/mapping.js';
import type { JobFilter } from '../schema/operation-filters.js';
import type { PageArgs } from '../schema/page.js';
import type { ValueMapEntry } from '../schema/value-map.js';
import { connectionOfParts, listConnection, logCountCap, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import { listImpacts } from './impacts.js';
import { findExportFiles, type ExportFileRow } from './export-files.js';
import { findJob, jobList, type Job } from './jobs.js';
import { byKey } from './loader-kinds.js';
import { findTest } from './mapping-tests.js';
import { recentRecords, recordCalled, recordKnownAs } from './sample-records.js';
import { listVersions, type Edited, type Version } from './versions.js';

export interface MappingRow extends Edited<MappingDefinition> {
  readonly connector: string;
  readonly direction: 'inbound' | 'outbound';
  readonly entity: string;
  /** What people called it; null: it came with its connector. */
  readonly name: string | null;
  /** Keys of systems that use it in place of the shipped one. */
  readonly chosenBy: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}
export interface ValueListRow extends Edited<ValueListBody> {
  readonly name: string;
  readonly kind: string;
  readonly updatedAt: Date;
}

const edited = `e.id, e.key, e.draft_revision as "draftRevision", e.draft, e.updated_at as "updatedAt"`;

export function mappingReads({ query, cursors }: { readonly query: Query; readonly cursors: CursorCodec }) {
  let allMappings: Promise<readonly MappingRow[]> | undefined;
  const everMappings = (): Promise<readonly MappingRow[]> =>
    (allMappings ??= query.query<MappingRow & Record<string, unknown>>(
      `select ${edited}, e.connector, e.direction, e.entity, e.name, e.created_at as "createdAt", e.deleted_at as "deletedAt",
         coalesce(e.own_version, e.published_version) as "publishedVersion", v.definition as published,
         array(select c.system from mapping_choice c where c.mapping = e.key order by c.system) as "chosenBy"
       from mapping e join mapping_version v on v.mapping = e.key and v.version = coalesce(e.own_version, e.published_version)
       order by e.connector, e.direction, e.entity, e.name nulls first, e.key`,
    ));
  let lists: Promise<readonly ValueListRow[]> | undefined;
  const valueLists = (): Promise<readonly ValueListRow[]> =>
    (lists ??= query.query<ValueListRow & Record<string, unknown>>(
      `select ${edited}, e.published_version as "publishedVersion", e.name, e.kind, v.body as published
       from value_list e join value_list_version v on v.value_list = e.key and v.version = e.published_version
       order by e.key`,
    ));
  const exportFiles = byKey(
    (jobs) => findExportFiles(query, jobs),
    (file) => file.job,
  );
  const versionsOfLists = new Map<string, Promise<readonly Version<ValueListBody>[]>>();
  return {
    recordCalled: (entity: string, code: string) => recordCalled(query, entity, code),
    recordKnownAs: (entity: string, externalId: string, system: string | null) =>
      recordKnownAs(query, entity, externalId, system),
    recentRecords: (entity: string, limit: number) => recentRecords(query, entity, limit),
    mappingTest: (id: string) => findTest(query, id),
    job: (id: string) => findJob(query, id),
    /** The file of an export that can be downloaded now. */
    exportFile: (job: string): Promise<ExportFileRow | null> => exportFiles.load(job),
    jobs: <T>(filter: JobFilter | null, page: PageArgs, shown: (job: Job) => T) =>
      listConnection<Job, T>(query, cursors, jobList(filter), page, { name: 'jobs', shown, cap: logCountCap }),
    impacts: (job: string, asked: Parameters<typeof listImpacts>[2]) => listImpacts(query, job, asked),
    /** Value lists as they are being edited, by key. */
    draftLists: async (): Promise<ReadonlyMap<string, ValueListBody>> =>
      new Map((await valueLists()).flatMap(({ key, draft }) => (draft === null ? [] : [[key, draft] as const]))),
    /** Those that people can use. */
    mappings: async () => (await everMappings()).filter(({ deletedAt }) => deletedAt === null),
    /** With those that were deleted: what they did is explained by them. */
    everMappings,
    valueLists,
    mappingVersions: (key: string) => listVersions(query, 'mapping', key),
    valueListVersions(key: string) {
      const found = versionsOfLists.get(key) ?? listVersions(query, 'value_list', key);
      versionsOfLists.set(key, found);
      return found;
    },
    entriesOf: (list: string, entries: readonly ValueMapEntry[], page: PageArgs) =>
      connectionOfParts(cursors, entries, page, {
        name: `entries ${list}`,
        keyOf: ({ sourceValue, secondKey }) => JSON.stringify([sourceValue, secondKey ?? '']),
      }),
    /** Ids of open problems of records that a mapping makes or is made for in these systems, at most `limit`. */
    async openProblemsOfMapping(
      { direction, entity }: MappingDefinition,
      systems: readonly string[],
      limit: number,
    ): Promise<string[]> {
      const rows = await query.query<{ id: string }>(
        `select p.id from parked p
         where p.system = any($1::text[]) and p.stage = $2 and p.entity = $3 and p.status in ('OPEN', 'REPLAYING') order by p.id limit $4`,
        [systems, direction === 'inbound' ? 'ingest' : 'project', entity, limit],
      );
      return rows.map(({ id }) => id);
    },
    /** Flows that the hub has stopped and that these problems are of. */
    async suspendedFlowsOf(problemIds: readonly string[]): Promise<string[]> {
      const rows = await query.query<{ key: string }>(
        `select key from flow where state = 'SUSPENDED' and key in (select flow from parked where id = any($1::text[])) order by key`,
        [problemIds],
      );
      return rows.map(({ key }) => key);
    },
    /** Ids of open problems that lack an entry of a list, at most `limit`. */
    async openProblemsOfList(list: string, limit: number): Promise<string[]> {
      const rows = await query.query<{ id: string }>(
        `select id from parked where value_list = $1 and status in ('OPEN', 'REPLAYING') order by id limit $2`,
        [list, limit],
      );
      return rows.map(({ id }) => id);
    },
  };
}
