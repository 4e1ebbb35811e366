/**
 * The deciding half of a check after a restore. In: a flow whose systems were read and whose target was asked for what would be made.
 * Out: writes that nothing explains are held for a person, in the run of the flow that shows them; all others, and the flow, go on.
 */
import type { Logger } from '../base/logger.js';
import { newId } from '../base/ids.js';
import { ownEntities } from '../canonical/flow-entities.js';
import type { Database, Tx } from '../store/database.js';
import type { ProjectionKey } from '../store/projections.js';
import type { FlowToCheck } from '../store/restore-checks.js';
import type { HeldChange, HeldSample } from '../store/write-holds.js';
import type { ConfigurationSource, ConnectedSystem, Flow } from './configuration.js';
import { heldReasons } from './held-reasons.js';
import { evaluate, type EvaluateStores, type Evaluated } from './project-evaluate.js';
import { unexplained } from './restore-judge.js';

export interface JudgeDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly logger: Logger;
  readonly stores: EvaluateStores;
  readonly names: Pick<typeof import('../store/record-names.js'), 'namesOf'>;
  readonly guard: Pick<typeof import('../store/write-holds.js'), 'lockStanding' | 'openHold' | 'addSamples'>;
  readonly store: Pick<
    typeof import('../store/restore-checks.js'),
    'restingRows' | 'strangeEntities' | 'holdRows' | 'openFlow' | 'countsSince'
  >;
}

export interface FlowToJudge {
  readonly flow: Flow;
  /** Its target. */
  readonly connected: ConnectedSystem;
  readonly taken: FlowToCheck;
}

interface Found {
  readonly each: Evaluated;
  readonly changes: readonly HeldChange[];
}

const portion = 250;
const mostSamples = 10;

/** Ends the check of a flow: all in one transaction, so that nothing is written that somebody is to be asked about. */
export async function judgeFlow(deps: JudgeDeps, judged: FlowToJudge): Promise<void> {
  const { flow, taken } = judged;
  const held = await deps.database.tx(async (tx) => {
    const found = await findUnexplained(deps, tx, judged);
    const count = found.length === 0 ? 0 : await hold(deps, tx, flow, found);
    const counts = await deps.store.countsSince(tx, taken, [...ownEntities[flow.entity]]);
    await deps.store.openFlow(tx, taken, { state: 'COMPARED', held: count, ...counts });
    return count;
  });
  deps.logger.info({ flow: flow.key, held }, 'a flow was compared after the restore; it goes on');
}

async function findUnexplained(deps: JudgeDeps, tx: Tx, { flow, connected, taken }: FlowToJudge): Promise<Found[]> {
  const configuration = deps.configuration.current();
  const entities = connected.connector.targets.map(({ entity }) => entity);
  const strange = await deps.store.strangeEntities(tx, taken.restore, flow.target, entities);
  const found: Found[] = [];
  for (let after: ProjectionKey | null = null; ;) {
    const rows = await deps.store.restingRows(tx, flow.key, after, portion);
    const { evaluated } = await evaluate(deps.stores, tx, configuration, connected, rows);
    for (const each of evaluated) {
      const { row, plan, record, reference } = each;
      const standing = { row, plan, isThere: reference !== undefined, isMarked: record.mark !== undefined, areStrangers: strange.has(row.entity) }; // prettier-ignore
      const changes = unexplained(standing);
      if (changes !== null) found.push({ each, changes });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < portion) return found;
    after = last;
  }
}

/** Holds these writes in a run of the flow, as the write guard does: there people see and decide. */
async function hold(deps: JudgeDeps, tx: Tx, flow: Flow, found: readonly Found[]): Promise<number> {
  const { records, percent } = flow.settings.guard;
  const rows = found.map(({ each: { row } }) => row);
  const standing = await deps.guard.lockStanding(tx, flow.key, 0, []);
  const count = await deps.store.holdRows(tx, flow.target, rows, heldReasons.restored);
  const samples = await samplesOf(deps, tx, found.slice(0, mostSamples - (standing.samples ?? 0)));
  if (standing.samples === null)
    await deps.guard.openHold(tx, { flow: flow.key, run: newId('run'), records, percent, samples });
  else if (samples.length > 0) await deps.guard.addSamples(tx, flow.key, samples);
  return count;
}

async function samplesOf({ names }: JudgeDeps, tx: Tx, found: readonly Found[]): Promise<readonly HeldSample[]> {
  const named = await names.namesOf(tx, found.map(({ each: { row } }) => row)); // prettier-ignore
  return found.map(({ each: { row }, changes }) => ({
    entity: row.entity,
    canonicalId: row.canonicalId,
    harm: 'restored',
    label: named.get(`${row.entity}:${row.canonicalId}`) ?? null,
    changes: changes.slice(0, mostSamples),
  }));
}
