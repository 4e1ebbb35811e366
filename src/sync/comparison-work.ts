/**
 * Compares the two systems of a flow as a whole, by way of the hub (G8): both are read from their beginning, twice when something differs,
 * and what stands in both readings is told. In: a flow. Out: counts and findings in the database. Writes nothing to any system; what it
 * finds out in transactions is undone. A reading that does not come to its end fails the job: no part of a system counts as the whole.
 */
import type { Clock } from '../base/clock.js';
import type { Document } from '../base/document.js';
import { asKoppelError, KoppelError } from '../base/errors.js';
import { isCarriedBy, projectedEntities, type ProjectedEntity } from '../canonical/entities.js';
import { isAbout, ownEntities } from '../canonical/flow-entities.js';
import { readEveryMs } from '../canonical/read-every.js';
import type { readWhole } from '../cdc/whole-streams.js';
import type { ComparedRow } from '../store/comparison-rows.js';
import type { ReadingId } from '../store/comparison-found.js';
import type { ComparisonCounts, Finding } from '../store/comparisons.js';
import type { Database, Query } from '../store/database.js';
import type { Stream } from '../systems/system.js';
import { byState, confirmed, findingKey, findingOf, makeTally, ofUnshown, settledStates, type Agreeing } from './comparison-judge.js'; // prettier-ignore
import { comparePage, type ComparedPage, type PageDeps, type PageInput } from './comparison-page.js';
import { flowInUse, type ComparisonInput } from './comparisons.js';
import type { Configuration, ConfigurationSource, ConnectedSystem, Flow } from './configuration.js';
import type { Progress } from './impact.js';
import type { JobHandler } from './jobs.js';
import { undone } from './mapping-preview.js';

export interface ComparisonWorkDeps extends PageDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly clock: Clock;
  readonly readWhole: typeof readWhole;
  /** Has what is new in a system read at once. May be lost. */
  readonly toBeRead: (system: string) => void;
  readonly store: Pick<
    typeof import('../store/comparisons.js'),
    'beginComparison' | 'rememberShown' | 'holdsShown' | 'addFindings' | 'endComparison'
  >;
  readonly found: typeof import('../store/comparison-found.js');
  readonly rows: PageDeps['rows'] &
    Pick<typeof import('../store/comparison-rows.js'), 'rowsOfFlow' | 'shownAmong' | 'notShown'>;
  readonly momentOf: typeof import('../store/restore-checks.js').momentOf;
}

/** Records that one page asks for, and that one transaction compares: it holds locks as long as it lasts. */
const pageSize = 250;
const portion = 100;
const mostTries = 5;
/** How long what is on its way gets to arrive before the second reading, beside two polls; the wish to be read is said so often meanwhile. */
const settleMs = 2_000;
const longestWaitMs = 60_000;
const wishEveryMs = 10_000;

/** The work of a job of kind RECONCILIATION. What the database has lost of it in a crash is read anew. */
export function comparisonWork(deps: ComparisonWorkDeps): JobHandler {
  return async ({ input }, progress) => {
    const { comparison, flow: key } = input as unknown as ComparisonInput;
    const flow = flowInUse(deps.configuration, key);
    let count = 0;
    const read = (more: number): ReturnType<Progress> => progress((count += more), null);
    for (let tries = 1; ; tries++) {
      count = 0;
      await read(0);
      try {
        return (await compareBoth(deps, comparison, flow, read)) as Document;
      } catch (thrown) {
        if (asKoppelError(thrown).code !== 'COMPARISON_LOST' || tries === mostTries) throw thrown;
      }
    }
  };
}

async function compareBoth(
  deps: ComparisonWorkDeps,
  comparison: string,
  flow: Flow,
  read: (more: number) => Promise<void>,
): Promise<ComparisonCounts> {
  let of: ReadingId = { comparison, reading: 1 };
  let agreeing = await readBoth(deps, of, flow, read);
  if (await deps.found.hasFoundBeside(deps.database, of, settledStates)) {
    await rest(deps, flow, () => read(0));
    await refuseLost(deps, deps.database, comparison);
    of = { comparison, reading: 2 };
    agreeing = await readBoth(deps, of, flow, read);
  }
  return settle(deps, of, agreeing, () => read(0));
}

/** What was read and found is in tables that a crash of the database empties: nothing of that may look like agreement. */
async function refuseLost({ store }: ComparisonWorkDeps, query: Query, comparison: string): Promise<void> {
  if (!(await store.holdsShown(query, comparison))) throw new KoppelError('COMPARISON_LOST', {});
}

/** Tells what the last reading has found, a page at a time, as far as it stood so in the first one too. */
function settle(
  deps: ComparisonWorkDeps,
  of: ReadingId,
  agreeing: Agreeing,
  still: () => Promise<void>,
): Promise<ComparisonCounts> {
  const { database, found, store } = deps;
  return database.tx(async (tx) => {
    await refuseLost(deps, tx, of.comparison);
    const tally = makeTally(agreeing);
    for (let after = '0'; ;) {
      const some = await found.nextFound(tx, of, after, pageSize);
      const findings = some.map(({ finding, before }) => (of.reading === 1 ? finding : confirmed(before, finding)));
      await store.addFindings(tx, of.comparison, findings);
      tally.add(findings);
      const last = some.at(-1);
      if (last === undefined) break;
      after = last.place;
      await still();
    }
    const counts = tally.counts();
    await found.forgetFound(tx, { ...of, reading: 1 });
    await store.endComparison(tx, of.comparison, counts);
    return counts;
  });
}

/** A system that is not connected has shown nothing: nobody may take that for agreement. */
function connectedAs({ systems }: Configuration, key: string): ConnectedSystem {
  const connected = systems.get(key);
  if (connected === undefined) throw new KoppelError('SYSTEM_STATE', { system: key, state: 'not connected' });
  return connected;
}

/** Gives what is on its way the time to arrive; what is read more rarely than that is read now. */
async function rest({ clock, toBeRead }: ComparisonWorkDeps, flow: Flow, still: () => Promise<void>): Promise<void> {
  const until = clock.monotonic() + Math.min(2 * readEveryMs(flow, 'target') + settleMs, longestWaitMs);
  for (let wishAt = -Infinity; clock.monotonic() < until;) {
    if (clock.monotonic() >= wishAt) {
      wishAt = clock.monotonic() + wishEveryMs;
      for (const system of [flow.source, flow.target]) toBeRead(system);
    }
    await still();
    await clock.sleep(500);
  }
}

/** What a system shows of what a flow is about, or of what it writes there. */
export function comparedStreams(
  { heldAs }: Pick<PageDeps, 'heldAs'>,
  { connector, key }: ConnectedSystem,
  flow: Flow,
): readonly Stream[] {
  return connector.streams.filter((stream) => {
    const entities = [stream.entity, ...Object.values(stream.others ?? {})];
    const isWritten = entities.some((entity) => heldAs[entity].some((as) => isCarriedBy(as, flow.entity)));
    return key === flow.target ? isWritten : entities.some((entity) => isAbout(flow.entity, entity));
  });
}

async function readBoth(
  deps: ComparisonWorkDeps,
  of: ReadingId,
  flow: Flow,
  read: (more: number) => Promise<void>,
): Promise<Agreeing> {
  const configuration = deps.configuration.current();
  for (const key of [flow.source, flow.target]) connectedAs(configuration, key);
  const note = (findings: readonly Finding[]): Promise<void> => noteAll(deps, of, findings);
  await deps.database.tx((tx) => deps.store.beginComparison(tx, of.comparison));
  // Of an earlier attempt, whose process may have died.
  await deps.found.forgetFound(deps.database, of);
  const since = (await deps.momentOf(deps.database)).toISOString();
  const abort = new AbortController();
  let leftOut = 0;
  try {
    for (const key of [flow.source, flow.target]) {
      const connected = connectedAs(configuration, key);
      const streams = comparedStreams(deps, connected, flow);
      const options = { clock: deps.clock, limit: pageSize, signal: abort.signal, still: () => read(0) };
      for await (const { stream, changes } of deps.readWhole(connected, streams, options)) {
        for (let from = 0; from < changes.length; from += portion) {
          const some = changes.slice(from, from + portion);
          const page = await compared(deps, { configuration, flow, connected, stream, changes: some, since });
          await deps.store.rememberShown(deps.database, of.comparison, key, page.shown);
          await note(page.findings);
          leftOut += page.leftOut;
          await read(some.length);
        }
      }
    }
  } finally {
    abort.abort();
  }
  await noteUnshown(deps, of, flow, () => read(0));
  const walked = await walk(deps, of, { configuration, flow }, read);
  return { equal: walked.equal, leftOut: leftOut + walked.leftOut };
}

const noteAll = ({ database, found }: ComparisonWorkDeps, of: ReadingId, findings: readonly Finding[]): Promise<void> =>
  found.noteFound(database, of, findings.map((finding) => ({ key: findingKey(finding), finding }))); // prettier-ignore

/** What the hub took from the source, and the source does not show any more. */
async function noteUnshown(deps: ComparisonWorkDeps, of: ReadingId, { entity, source }: Flow, still: () => Promise<void>): Promise<void> {
  for (const own of ownEntities[entity]) {
    for (let after = ''; ;) {
      const some = await deps.rows.notShown(deps.database, of.comparison, { system: source, entity: own }, after, pageSize);
      await noteAll(deps, of, some.map((each) => ({ ...each, ...nothing, state: 'MISSING_IN_SOURCE', system: source })));
      const last = some.at(-1);
      if (last === undefined || some.length < pageSize) break;
      after = last.externalId;
      await still();
    }
  }
} // prettier-ignore

const nothing = { changes: [], reason: null, reasonCode: null } as const;

/** Compared in a transaction that is undone; again when the hub took the same records in at that moment. */
async function compared(deps: ComparisonWorkDeps, input: PageInput): Promise<ComparedPage> {
  for (let tries = 1; ; tries++) {
    try {
      return await undone(deps.database, (tx) => comparePage(deps, tx, input));
    } catch (thrown) {
      const isRaced = asKoppelError(thrown).code === 'WRITE_RACED' || (thrown as { code?: string }).code === '23505';
      if (!isRaced || tries === mostTries) throw thrown;
    }
  }
}

/** Goes over all records that the flow carries: the target has shown them, or they have to be accounted for. */
async function walk(
  deps: ComparisonWorkDeps,
  of: ReadingId,
  { configuration, flow }: { readonly configuration: Configuration; readonly flow: Flow },
  read: (more: number) => Promise<void>,
): Promise<Agreeing> {
  const connected = connectedAs(configuration, flow.target);
  let [equal, leftOut] = [0, 0];
  const isShownAtAll = streamedEntities(deps, connected, flow);
  for (const entity of projectedEntities.filter((each) => isCarriedBy(each, flow.entity))) {
    for (let after = ''; ;) {
      const some = await deps.rows.rowsOfFlow(deps.database, { target: flow.target, entity, flow: flow.key }, after, pageSize); // prettier-ignore
      const shown = await deps.rows.shownAmong(deps.database, of.comparison, flow.target, heldIdsOf(some));
      const keyed = some.map((each) => {
        const { canonicalId } = each.row;
        const about = { system: flow.target, entity, canonicalId, externalId: each.externalId };
        return { ...each, about, canonicalId, key: findingKey({ ...about, ...nothing }) };
      });
      // What the source says of it comes first: until that is taken in, the target has nothing to agree with.
      const found = await deps.found.foundAmong(deps.database, of, keyed, flow.source);
      const findings: Finding[] = [];
      for (const { about, canonicalId, key, row, externalId, reason } of keyed) {
        if (found.keys.has(key) || found.ofSource.has(canonicalId)) continue;
        const isSeen = externalId !== null && (!isShownAtAll.has(entity) || shown.has(`${entity}:${externalId}`));
        const verdict = byState({ ...row, reason }) ?? (isSeen ? same : ofUnshown(externalId !== null));
        if (verdict.as === 'equal') equal++;
        else if (verdict.as === 'leftOut') leftOut++;
        else findings.push(findingOf(verdict, about)!);
      }
      await noteAll(deps, of, findings);
      const last = some.at(-1);
      if (last === undefined || some.length < pageSize) break;
      after = last.row.canonicalId;
      await read(0);
    }
  }
  return { equal, leftOut };
}

const same = { as: 'equal' } as const;

const heldIdsOf = (rows: readonly ComparedRow[]) =>
  rows.flatMap(({ row: { entity }, externalId }) => (externalId === null ? [] : [{ entity, externalId }]));

/** Kinds of record that the target shows by themselves; of others (a contact inside its company) only the hub's own word is known. */
function streamedEntities(deps: PageDeps, connected: ConnectedSystem, flow: Flow): ReadonlySet<ProjectedEntity> {
  const streams = comparedStreams(deps, connected, flow);
  const entities = streams.flatMap((stream) => [stream.entity, ...Object.values(stream.others ?? {})]);
  return new Set(entities.flatMap((entity) => deps.heldAs[entity]));
}
