/**
 * What a mapping that is being edited would do to all records: each one is planned as the projector would plan it, in
 * transactions that are undone, and compared with where it stands. In: a definition with the value lists that are edited too.
 * Out: counts per field and outcome, and the records. Sends nothing. `planHash` names what was looked at: the draft and the
 * records as they were.
 */
import { contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { isCarriedBy, type ProjectedEntity } from '../canonical/entities.js';
import { listsOf } from '../mapping/mapping-parts.js';
import type { ValueListBody } from '../mapping/mapping.js';
import type { PublishedList } from '../store/configuration.js';
import type { Database, Query, Tx } from '../store/database.js';
import type { Impact } from '../store/impacts.js';
import type { Projection, ProjectionState } from '../store/projections.js';
import type { CompileDeps } from './compile-definition.js';
import type { Configuration, ConfigurationSource, ConnectedSystem } from './configuration.js';
import { draftConfiguration, systemsOf, type Draft } from './draft-configuration.js';
import { FieldCounts, type FieldImpact } from './impact-fields.js';
import { invalidMapping } from './invalid-mapping.js';
import { undone } from './mapping-preview.js';
import { evaluate, type EvaluateStores, type Evaluated } from './project-evaluate.js';

export interface ImpactDeps extends Pick<CompileDeps, 'compile'> {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly stores: EvaluateStores;
  readonly rows: Pick<typeof import('../store/projection-rows.js'), 'rowsAfter' | 'countRows'>;
  readonly impacts: Pick<typeof import('../store/impacts.js'), 'addImpacts' | 'clearImpacts'>;
  /** Where the log of canonical events stands. */
  readonly canonicalHead: (tx: Tx) => Promise<string>;
  /** How long a written record took lately: the median in milliseconds, null when none was written. */
  readonly callMs: (query: Query, targets: readonly string[], entity: string) => Promise<number | null>;
  /** Calls at the same time. */
  readonly concurrency: number;
  readonly batchSize?: number;
}

export interface ImpactReport {
  readonly planHash: string;
  readonly evaluated: number;
  readonly unchanged: number;
  /** Records that would be written. */
  readonly changed: number;
  /** Calls that this takes: one a record, and a look before a record is made that the target would make twice. */
  readonly calls: number;
  /** By how long such calls took lately; null when there were none. */
  readonly estimatedMs: number | null;
  readonly newlyFailing: number;
  /** Problems that would be gone. */
  readonly newlyPassing: number;
  readonly newlyExcluded: number;
  readonly newlyIncluded: number;
  /** Under way already; they are written with what is published when their turn comes. */
  readonly inFlight: number;
  /** They wait for other records. */
  readonly waiting: number;
  readonly byField: readonly FieldImpact[];
}

/** Told after each portion; throws when the work should end. `total` null: nobody knows how much there is. */
export type Progress = (done: number, total: number | null) => Promise<void>;

interface Part {
  readonly system: ConnectedSystem;
  readonly entity: ProjectedEntity;
  readonly flows: readonly string[];
}

const underWay: ReadonlySet<ProjectionState> = new Set([
  'pending',
  'writing',
  'in_doubt',
  'retrying',
  'held',
  'paused',
]);

/** Names a draft and the state of the records. */
export function planHashOf(
  { definition, lists, systems }: Draft,
  published: readonly PublishedList[],
  head: string,
): string {
  const used = listsOf(definition);
  const versions = published.filter(({ key }) => used.has(key)).map(({ key, version }) => [key, version]);
  const drafts = [...lists].filter(([key]) => used.has(key));
  return contentHash({
    definition,
    drafts,
    versions,
    head,
    ...(systems === undefined ? {} : { systems }),
  } as unknown as Json);
}

export function makeImpact(deps: ImpactDeps): (job: string, draft: Draft, progress: Progress) => Promise<ImpactReport> {
  const { batchSize = 500 } = deps;
  return async (job, draft, progress) => {
    const { definition } = draft;
    if (definition.direction === 'inbound') throw new KoppelError('IMPACT_INBOUND', { key: definition.key });
    const drafted = draftConfiguration(deps.configuration.current(), draft, deps);
    if (drafted.type === 'invalid') throw invalidMapping(definition.key, drafted.problems);
    const { configuration } = drafted;
    const parts = partsOf(configuration, draft, systemsOf(deps.configuration.current(), draft));
    const { head, total } = await deps.database.tx(async (tx) => {
      await deps.impacts.clearImpacts(tx, job);
      let count = 0;
      for (const { system, entity, flows } of parts) count += await deps.rows.countRows(tx, system.key, entity, flows);
      return { head: await deps.canonicalHead(tx), total: count };
    });
    const tally = newTally();
    const fields = new FieldCounts();
    await progress(0, total);
    for (const part of parts) {
      for (let after = ''; ;) {
        const rows = await portion(deps, configuration, part, after, batchSize);
        const last = rows.evaluated.at(-1);
        const found = rows.evaluated.flatMap((each) => judge(part, each, tally, fields));
        await deps.database.tx((tx) => deps.impacts.addImpacts(tx, job, found));
        tally.evaluated += rows.evaluated.length;
        await progress(tally.evaluated, total);
        if (last === undefined || rows.evaluated.length < batchSize) break;
        after = last.row.canonicalId;
      }
    }
    return {
      planHash: planHashOf(draft, deps.configuration.current().valueLists, head),
      ...tally,
      estimatedMs: await estimated(deps, parts, tally.calls),
      byField: fields.report(),
    };
  };
}

/** How long the calls would take, as many at a time as the projector sends. */
async function estimated(deps: ImpactDeps, parts: readonly Part[], calls: number): Promise<number | null> {
  const targets = parts.map(({ system }) => system.key);
  const callMs = await deps.callMs(deps.database, targets, parts[0]?.entity ?? '');
  return callMs === null ? null : Math.ceil((calls * callMs) / deps.concurrency);
}

function partsOf({ systems, flows }: Configuration, { definition }: Draft, about: readonly string[]): readonly Part[] {
  const entity = definition.entity as ProjectedEntity;
  return [...systems.values()]
    .filter(({ key }) => about.includes(key))
    .map((system) => ({
      system,
      entity,
      flows: flows
        .filter((flow) => flow.target === system.key && flow.isInUse && isCarriedBy(entity, flow.entity))
        .map(({ key }) => key),
    }));
}

interface Looked {
  readonly row: Projection;
  readonly plan: Evaluated['plan'] | { readonly type: 'none'; readonly reason: string };
  readonly isThere: boolean;
}

async function portion(
  deps: ImpactDeps,
  configuration: Configuration,
  { system, entity, flows }: Part,
  after: string,
  limit: number,
): Promise<{ readonly evaluated: readonly Looked[] }> {
  return undone(deps.database, async (tx) => {
    const rows = await deps.rows.rowsAfter(tx, { target: system.key, entity, flows }, after, limit);
    const { evaluated, unplanned } = await evaluate(deps.stores, tx, configuration, system, rows);
    const byId = new Map<string, Looked>();
    for (const { row, plan, reference } of evaluated)
      byId.set(row.canonicalId, { row, plan, isThere: reference !== undefined });
    for (const { row, reason } of unplanned)
      byId.set(row.canonicalId, { row, plan: { type: 'none', reason }, isThere: row.externalId !== null });
    return { evaluated: rows.flatMap((row) => byId.get(row.canonicalId) ?? []) };
  });
}

type Tally = { -readonly [K in Exclude<keyof ImpactReport, 'planHash' | 'byField' | 'estimatedMs'>]: number };

const newTally = (): Tally => ({
  evaluated: 0, unchanged: 0, changed: 0, calls: 0, newlyFailing: 0, newlyPassing: 0, newlyExcluded: 0, newlyIncluded: 0, inFlight: 0, waiting: 0,
}); // prettier-ignore

/** Counts one record; it is an impact when it would come out differently. */
function judge({ system, entity }: Part, { row, plan }: Looked, tally: Tally, fields: FieldCounts): readonly Impact[] {
  const impact = (outcome: Impact['outcome'], changes: Impact['changes']): readonly Impact[] => [
    { target: system.key, entity, canonicalId: row.canonicalId, outcome, changes },
  ];
  if (underWay.has(row.state)) {
    tally.inFlight++;
    return [];
  }
  switch (plan.type) {
    case 'write': {
      tally.changed++;
      tally.calls += plan.look === 'never' ? 1 : 2;
      if (row.state === 'parked') tally.newlyPassing++;
      if (row.state === 'excluded') tally.newlyIncluded++;
      const changes = changesIn(row.held, plan.document, plan.changed);
      fields.add(changes);
      return impact('WRITE', changes);
    }
    case 'parked':
      if (row.state === 'parked') break;
      tally.newlyFailing++;
      fields.fail(plan.problems.map(({ path }) => path));
      return impact('FAIL', { reason: plan.error.message });
    case 'excluded':
    case 'none':
      if (row.state === 'excluded' || row.state === 'owned_by_target') break;
      tally.newlyExcluded++;
      return impact('EXCLUDE', { reason: plan.reason });
    case 'waiting':
      tally.waiting++;
      return [];
    case 'in_sync':
    case 'verify':
      if (row.state === 'parked') tally.newlyPassing++;
  }
  tally.unchanged++;
  return [];
}

function changesIn(
  held: Document | null,
  wanted: Document,
  changed: readonly string[],
): Record<string, readonly Json[]> {
  return Object.fromEntries(changed.map((field) => [field, [held?.[field] ?? null, wanted[field] ?? null]]));
}

/** The analysis as the work of a job. */
export const analysis =
  (impact: ReturnType<typeof makeImpact>) =>
  async ({ id, input }: { readonly id: string; readonly input: Document }, progress: Progress): Promise<Document> => {
    const { definition, lists, systems } = input as unknown as {
      definition: Draft['definition'];
      lists: Record<string, ValueListBody>;
      systems?: readonly string[];
    };
    const draft: Draft = { definition, lists: new Map(Object.entries(lists)), ...(systems && { systems }) };
    return (await impact(id, draft, progress)) as unknown as Document;
  };
