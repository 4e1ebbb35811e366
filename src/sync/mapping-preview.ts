/**
 * What a mapping that is being edited would do with one record. In: a definition, and a record by its id or as a document.
 * Out: what would be written, which fields that changes, and what is wrong. Runs what the projector runs, inside a transaction
 * that is always undone, and sends nothing.
 */
import type { Document, Json } from '../base/document.js';
import type { Clock } from '../base/clock.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { MappedRecord, MappingProblem, RecordProblem } from '../mapping/mapping.js';
import type { Database, Tx } from '../store/database.js';
import type { Projection } from '../store/projections.js';
import { waitingSentence, type RecordNames } from './called-by.js';
import type { CompileDeps } from './compile-definition.js';
import type { ConfigurationSource, ConnectedSystem } from './configuration.js';
import { draftConfiguration, systemsOf, type Draft } from './draft-configuration.js';
import { evaluate, type Evaluation, type EvaluateStores } from './project-evaluate.js';
import type { Plan } from './plan.js';
import type { ProjectorStores } from './projector-deps.js';

export interface PreviewDeps extends Pick<CompileDeps, 'compile'> {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly stores: EvaluateStores & Pick<ProjectorStores, 'names'>;
  readonly rows: Pick<typeof import('../store/projection-rows.js'), 'findRow' | 'carrierOf'>;
  readonly clock: Clock;
}

/** `record`: a record of the hub, as the flow to `target` would send it. `document`: in the words that the mapping reads. */
export type Sample =
  | { readonly type: 'record'; readonly target: string | null; readonly canonicalId: string }
  | { readonly type: 'document'; readonly document: Document; readonly operation: 'create' | 'update' };

export interface Change {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

export interface Preview {
  readonly operation: 'CREATE' | 'UPDATE' | 'NO_CHANGE' | 'EXCLUDE' | 'BLOCK' | 'FAIL';
  /** Why it is left out, waits or fails. */
  readonly reason: string | null;
  /** What the mapping read. */
  readonly source: Document | null;
  readonly result: Document | null;
  /** What the target holds; null when it has no such record or there is no target. */
  readonly current: Document | null;
  readonly changes: readonly Change[];
  /** Places where a default stood in. */
  readonly defaulted: readonly string[];
  readonly problems: readonly RecordProblem[];
  readonly durationMs: number;
}

export type PreviewResult =
  | { readonly type: 'preview'; readonly preview: Preview }
  | { readonly type: 'invalid'; readonly problems: readonly MappingProblem[] }
  /** There is no such record, or no flow that could carry it. */
  | { readonly type: 'nothing'; readonly message: string };

export function makePreview(deps: PreviewDeps): (draft: Draft, sample: Sample) => Promise<PreviewResult> {
  return async (draft, sample) => {
    const from = deps.clock.monotonic();
    const current = deps.configuration.current();
    // Who names a system asks what would be if that one used it.
    const named = sample.type === 'record' && sample.target !== null ? { systems: [sample.target] } : {};
    const asked: Draft = { ...named, ...draft };
    const drafted = draftConfiguration(current, asked, deps);
    if (drafted.type === 'invalid') return drafted;
    const timed = (preview: Omit<Preview, 'durationMs'>): PreviewResult => ({
      type: 'preview',
      preview: { ...preview, durationMs: Math.round(deps.clock.monotonic() - from) },
    });
    if (sample.type === 'document') {
      return timed(ofDocument(drafted.mapping.compiled.run(sample.document, sample.operation), sample));
    }
    const { connector, entity, direction } = draft.definition;
    if (direction === 'inbound')
      return { type: 'nothing', message: 'An inbound mapping reads records of a system: paste one.' };
    const { configuration } = drafted;
    const system = configuration.systems.get(systemsOf(current, asked)[0] ?? '');
    if (system?.connector.kind !== connector)
      return { type: 'nothing', message: `No connected system is of the kind ${connector}.` };
    const projected = entity as ProjectedEntity;
    const evaluation = await undone(deps.database, async (tx) => {
      const row =
        (await deps.rows.findRow(tx, system.key, projected, sample.canonicalId)) ??
        (await newRow(deps, tx, system, projected, sample.canonicalId));
      if (row === undefined) return undefined;
      const made = await evaluate(deps.stores, tx, configuration, system, [row]);
      const awaited = made.evaluated.flatMap(({ plan }) => (plan.type === 'waiting' ? plan.missing : []));
      return { ...made, names: await deps.stores.names.namesOf(tx, awaited) };
    });
    if (evaluation === undefined)
      return { type: 'nothing', message: `No flow that is in use carries it to ${system.name}.` };
    return timed(ofEvaluation(evaluation));
  };
}

/** Runs work in a transaction and undoes it. */
export async function undone<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const undo = new Error('undone on purpose');
  let result: { readonly value: T } | undefined;
  try {
    await database.tx(async (tx) => {
      result = { value: await work(tx) };
      throw undo;
    });
  } catch (thrown) {
    if (thrown !== undo || result === undefined) throw thrown;
  }
  return result!.value;
}

/** The row of a record that no flow has looked at yet; undefined when none would carry it. */
async function newRow(
  { rows }: PreviewDeps,
  tx: Tx,
  system: ConnectedSystem,
  entity: ProjectedEntity,
  canonicalId: string,
): Promise<Projection | undefined> {
  const flow = await rows.carrierOf(tx, system.key, entity, canonicalId);
  if (flow === undefined) return undefined;
  return {
    entity, canonicalId, flow, state: 'pending', reasonCode: null, externalId: null, wanted: null, held: null,
    drifted: [], revision: 0, attempt: 0, epoch: 0n, traceId: null, matchKey: null, sent: null, doubtedForMs: null,
  }; // prettier-ignore
}

const nothing = { reason: null, source: null, result: null, current: null, changes: [], defaulted: [], problems: [] };

function ofDocument(
  mapped: MappedRecord,
  { document, operation }: Extract<Sample, { type: 'document' }>,
): Omit<Preview, 'durationMs'> {
  if (mapped.type === 'excluded') return { ...nothing, source: document, operation: 'EXCLUDE', reason: mapped.reason };
  if (mapped.type === 'failed') return { ...nothing, source: document, operation: 'FAIL', problems: mapped.problems };
  const changes = Object.entries(mapped.document).map(([path, after]) => ({ path, before: null, after }));
  const made = { source: document, result: mapped.document, changes, defaulted: mapped.defaulted };
  return { ...nothing, ...made, operation: operation === 'create' ? 'CREATE' : 'UPDATE' };
}

function ofEvaluation({
  evaluated: [one],
  unplanned: [none],
  names,
}: Evaluation & { readonly names: RecordNames }): Omit<Preview, 'durationMs'> {
  if (one === undefined) return { ...nothing, operation: 'EXCLUDE', reason: none?.reason ?? null };
  const { row, plan, read, mapped, reference } = one;
  const defaulted = mapped.type === 'mapped' ? mapped.defaulted : [];
  const current = row.held ?? null;
  return { ...nothing, ...ofPlan(plan, current, reference !== undefined, names), source: read, current, defaulted };
}

type Planned = Pick<Preview, 'operation'> & Partial<Preview>;

function ofPlan(plan: Plan, current: Document | null, isThere: boolean, names: RecordNames): Planned {
  switch (plan.type) {
    case 'write': {
      const changes = plan.changed.map((path) => ({
        path,
        before: current?.[path] ?? null,
        after: plan.document[path] ?? null,
      }));
      return { operation: isThere ? 'UPDATE' : 'CREATE', result: plan.document, changes };
    }
    case 'in_sync':
      return { operation: 'NO_CHANGE', result: plan.wanted };
    case 'verify':
      return { operation: 'NO_CHANGE', reason: 'The record is looked at in the target first.' };
    case 'waiting':
      return { operation: 'BLOCK', reason: waitingSentence(plan.missing, names) };
    case 'excluded':
      return { operation: 'EXCLUDE', reason: plan.reason };
    case 'parked':
      return { operation: 'FAIL', reason: plan.error.message, problems: plan.problems };
  }
}
