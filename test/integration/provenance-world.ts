/** A two-way hub and its API, as values are explained: a till that says when it changed a record, a mapping of products with every kind of rule. */
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import type { CanonicalEntity } from '../../src/canonical/entities.js';
import { ownershipOf } from '../../src/cdc/sources.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import { compileMapping } from '../../src/mapping/compile.js';
import type { MappingDefinition, Rule } from '../../src/mapping/mapping.js';
import { announceConfiguration } from '../../src/store/configuration.js';
import * as eventContents from '../../src/store/event-contents.js';
import * as conflicts from '../../src/store/field-conflicts.js';
import * as owners from '../../src/store/field-owners.js';
import * as jobs from '../../src/store/jobs.js';
import * as journal from '../../src/store/journal.js';
import * as recordPast from '../../src/store/record-past.js';
import * as rows from '../../src/store/rows.js';
import * as statements from '../../src/store/shown-statements.js';
import * as undoReads from '../../src/store/undo-reads.js';
import * as undoRecords from '../../src/store/undo-records.js';
import { makeFieldOrigins } from '../../src/sync/field-origins.js';
import { makeFieldOwnership, type FieldOwnership } from '../../src/sync/field-ownership.js';
import { makeRecordPast, type RecordPast } from '../../src/sync/record-past.js';
import { makeUndo, undoWork } from '../../src/sync/undo.js';
import { serveGraph, type GraphWorld } from '../support/graph-server.js';
import { openTwoWayHub, type TwoWayHub } from './two-way-hub.js';

/** What a row was, and the moment of its last change. */
export interface Shadow {
  readonly at: Date;
  readonly fields: Document;
  readonly version: number;
}

export interface ExplainingHub extends TwoWayHub {
  readonly world: GraphWorld;
  readonly past: RecordPast;
  /** Goes back over so many changes only. */
  pastOf(mostChanges: number): RecordPast;
  readonly ownership: FieldOwnership;
  /** Ends the open conflict of a record. */
  decide(id: string, choice: Parameters<FieldOwnership['resolve']>[1]): Promise<void>;
  /** Takes the last change of a record back. */
  takeBackLast(id: string): Promise<void>;
  shadowOf(entity: CanonicalEntity, id: string): Promise<Shadow>;
  idOf(table: string, where: string): Promise<string>;
}

/** What the mapping says of products; the system made for tests says canonical documents, so tests say what its rules would have made. */
const rules: readonly Rule[] = [
  { kind: 'copy', target: 'name', source: 'name' },
  { kind: 'copy', target: 'code', source: 'code', default: 'none' },
  { kind: 'constant', target: 'brand', value: 'House' },
  { kind: 'expression', target: 'description', expression: 'record.name' },
  { kind: 'copy', target: 'status', source: 'status' },
];
const definition: MappingDefinition = { key: 'test-in', direction: 'inbound', connector: 'test', record: 'any', entity: 'product', rules }; // prettier-ignore
const catalogue = [{ record: 'any', fields: ['name', 'brand', 'description', 'code', 'status'].map((name) => ({ name, type: 'text' as const })) }]; // prettier-ignore

export async function openExplainingHub(): Promise<ExplainingHub> {
  const hub = await openTwoWayHub();
  const { database, log, configuration } = hub;
  await database.query(`insert into system (id, key, connector, name) select 'sys_' || k, k, 'test', initcap(k) from unnest('{till,shop}'::text[]) k`); // prettier-ignore
  await database.query(`insert into mapping (id, key, connector, direction, record, entity, published_version) values ('map_1', 'test-in', 'test', 'inbound', 'any', 'product', 1)`); // prettier-ignore
  await database.query(`insert into mapping_version (mapping, version, definition) values ('test-in', 1, $1)`, [JSON.stringify(definition)]); // prettier-ignore
  for (const [key, connected] of configuration.systems) {
    configuration.systems.set(key, { ...connected, connector: { ...connected.connector, changedAtField: 'changed' } });
  }
  const { mapping } = configuration;
  // When the system changed a record is no field of the record.
  configuration.mapping = { ...mapping, run: ({ changed: _, ...document }, ...how) => mapping.run(document, ...how) };
  const current = () => ({ ...configuration.current(), catalogues: new Map([['test', catalogue]]) });
  const pastOf = (mostChanges?: number): RecordPast =>
    makeRecordPast({ clock: systemClock, database, configuration, rows, past: { ...recordPast, ...eventContents }, ...(mostChanges === undefined ? {} : { mostChanges }) }); // prettier-ignore
  const past = pastOf();
  const reload = async (): Promise<void> => {
    configuration.fieldOwners = await owners.loadFieldOwners(database);
  };
  const changed = (): void => undefined;
  const ownership = makeFieldOwnership({ database, conflicts, owners, statements, rows, journal, log, canonicalTopic, configuration, ownershipOf, announceConfiguration, reload, changed }); // prettier-ignore
  const origins = makeFieldOrigins({ configuration: { current }, compile: compileMapping, ownershipOf });
  const world = await serveGraph(database, database, { commands: { origins, past, fieldOwnership: ownership } });
  const undoing = { database, reads: undoReads, records: undoRecords, rows, journal, jobs, log, canonicalTopic, configuration, ownershipOf, clock: systemClock, changed, jobMade: changed }; // prettier-ignore
  return {
    ...hub,
    world,
    past,
    pastOf,
    ownership,
    async decide(id, choice) {
      const [open] = await database.query<{ id: string }>('select id from field_conflict where canonical_id = $1 and resolved_at is null', [id]); // prettier-ignore
      await ownership.resolve(open!.id, choice, 'usr_1');
    },
    async takeBackLast(id) {
      const [last] = await database.query<{ id: string }>(`select 'evt_' || max(position) as id from journal where step = 'applied' and canonical_id = $1`, [id]); // prettier-ignore
      const undo = makeUndo(undoing);
      const selection = { of: 'events', ids: [last!.id] } as const;
      const { planHash } = (await undo.plan(selection))!;
      const { job } = await undo.start(selection, { planHash, by: 'usr_1', reason: 'by mistake' });
      await undoWork(undoing)((await jobs.findJob(database, job))!, () => Promise.resolve());
      await database.query(`update job set status = 'SUCCEEDED', finished_at = clock_timestamp() where id = $1`, [job]);
    },
    async shadowOf(entity, id) {
      const [row] = await rows.loadRows(database, entity, [id]);
      const [{ at } = { at: new Date() }] = await database.query<{ at: Date }>('select max(at) as at from journal where canonical_id = $1', [id]); // prettier-ignore
      return { at, fields: row!.fields, version: row!.version };
    },
    async idOf(table, where) {
      return (await database.query<{ id: string }>(`select id from ${table} where ${where}`))[0]!.id;
    },
    async close() {
      await world.close();
      await hub.close();
    },
  };
}
