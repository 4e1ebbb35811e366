/**
 * The write guard (G18): holds back what would take something away from many records of a flow at once. In: plans of one round, in its
 * transaction. Out: the plans that go on. More harmful updates than the flow's limit within the window (of all processes that
 * share it) are held from then on, the whole round included, until a person releases or drops them; all other writes go on. A round
 * without harmful updates costs no statement.
 */
import { newId } from '../base/ids.js';
import { harmOf, isTooMuch, worstOf, type Harm, type HarmfulChange } from '../canonical/write-harm.js';
import { heldReasons } from './held-reasons.js';
import type { HeldSample } from '../store/write-holds.js';
import type { ConnectedSystem } from './configuration.js';
import type { Evaluated } from './project-evaluate.js';
import { changeOf, entryOf, type Work } from './project-work.js';

const windowMs = 5 * 60_000;
const mostSamples = 10;

interface Harmful {
  readonly each: Evaluated;
  readonly changes: readonly HarmfulChange[];
  readonly harm: Harm;
}

export async function guardWrites(
  work: Work,
  system: ConnectedSystem,
  evaluated: readonly Evaluated[],
): Promise<readonly Evaluated[]> {
  const harmful = evaluated.flatMap((each) => harmIn(system, each));
  if (harmful.length === 0) return evaluated;
  const held = new Set<Evaluated>();
  // In order, so that two processes never wait for each other's flow.
  for (const flow of [...new Set(harmful.map(({ each }) => each.row.flow))].sort()) {
    const ofFlow = harmful.filter(({ each }) => each.row.flow === flow);
    if (!(await isHeld(work, flow, ofFlow, evaluated))) continue;
    for (const one of ofFlow) {
      holdBack(work, one);
      held.add(one.each);
    }
  }
  return evaluated.filter((each) => !held.has(each));
}

/** Only updates: what is made cannot lose anything. What somebody has released is not asked for again. */
function harmIn(system: ConnectedSystem, each: Evaluated): readonly Harmful[] {
  const { row, plan, flow, record, reference } = each;
  const { guard } = flow.settings;
  if (!guard.isOn || plan.type !== 'write' || reference === undefined || row.held === null || row.isApproved === true)
    return [];
  const fields = system.connector.catalogue.find((one) => one.record === record.record)?.fields ?? [];
  const { document, changed } = plan;
  const changes = harmOf({ held: row.held, document, changed, fields, priceFactor: guard.priceFactor });
  const harm = worstOf(changes);
  return harm === undefined ? [] : [{ each, changes, harm }];
}

async function isHeld(
  work: Work,
  flow: string,
  harmful: readonly Harmful[],
  evaluated: readonly Evaluated[],
): Promise<boolean> {
  const { tx, deps } = work;
  const { guard: store } = deps.stores;
  const { guard } = harmful[0]!.each.flow.settings;
  const rows = harmful.map(({ each }) => each.row);
  const ids = rows.map(({ canonicalId }) => canonicalId);
  const standing = await store.lockStanding(tx, flow, windowMs, ids);
  if (standing.samples !== null) {
    const more = await samplesOf(work, harmful, mostSamples - standing.samples);
    if (more.length > 0) await store.addSamples(tx, flow, more);
    return true;
  }
  const count = standing.harmful + new Set(ids).size;
  const updated = evaluated.filter(({ row, plan, reference }) => row.flow === flow && plan.type === 'write' && reference !== undefined).map(({ row }) => row.canonicalId); // prettier-ignore
  // The share is asked for only when there are many: most rounds never need it.
  const isMany = isTooMuch(guard, count, 0);
  const updates = isMany ? new Set(updated).size + (await store.updatesOf(tx, flow, windowMs, updated)) : 0;
  if (!isMany || !isTooMuch(guard, count, updates)) {
    await store.noteHarm(tx, flow, rows, windowMs);
    return false;
  }
  const { records, percent } = guard;
  const samples = await samplesOf(work, harmful, mostSamples);
  await store.openHold(tx, { flow, run: newId('run'), records, percent, samples });
  deps.logger.warn({ flow, count, updates }, 'a flow would take something away from many records; they are held back');
  return true;
}

async function samplesOf(
  { tx, deps }: Work,
  harmful: readonly Harmful[],
  most: number,
): Promise<readonly HeldSample[]> {
  const first = harmful.slice(0, Math.max(0, most));
  // Stock is that of a variant.
  const named = first.map(({ each: { row } }) => ({ entity: row.entity === 'stock' ? 'variant' : row.entity, canonicalId: row.canonicalId })); // prettier-ignore
  const names = await deps.stores.names.namesOf(tx, named);
  return first.map(({ each: { row }, changes, harm }, index) => ({
    entity: row.entity,
    canonicalId: row.canonicalId,
    harm,
    label: names.get(`${named[index]!.entity}:${row.canonicalId}`) ?? null,
    changes: changes
      .slice(0, mostSamples)
      .map(({ path, item = null, before, after }) => ({ path, item, before, after })),
  }));
}

function holdBack(work: Work, { each: { row, reference }, harm }: Harmful): void {
  const { [harm]: reason } = heldReasons;
  const reasonCode = work.deps.stores.guard.heldCodes[harm];
  const externalId = reference?.externalId ?? null;
  work.changes.push(changeOf(row, { state: 'held', reason, reasonCode, externalId }));
  work.journal.push(entryOf(work, row, 'planned', 'held', { code: reasonCode, message: reason, externalId }));
}
