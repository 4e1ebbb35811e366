/**
 * One page of a system, compared. In: changes as capture would log them, inside a transaction that is undone. Out: what would be news to
 * the hub, what cannot be taken in, how rows of the target stand now that it was looked at, and records of which the hub knows nothing.
 */
import type { Document, Json } from '../base/document.js';
import { newId } from '../base/ids.js';
import { callingFields } from '../base/called.js';
import { KoppelError } from '../base/errors.js';
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import { isAbout } from '../canonical/flow-entities.js';
import type { IngestBatch } from '../cdc/ingest-batch.js';
import type { CanonicalEvent, Change } from '../log/envelope.js';
import type { ComparedRow, HeldId } from '../store/comparison-rows.js';
import type { ComparedField, Finding } from '../store/comparisons.js';
import type { Tx } from '../store/database.js';
import type { ParkedRecord } from '../store/parked.js';
import type { Stream } from '../systems/system.js';
import { byPlan, byState, findingOf, ofUnplanned, type Verdict } from './comparison-judge.js';
import type { Configuration, ConnectedSystem, Flow } from './configuration.js';
import { evaluate, type EvaluateStores } from './project-evaluate.js';

/** Hears what ingest would tell. */
export interface ComparisonEars {
  readonly events: (events: readonly CanonicalEvent[]) => void;
  readonly parked: (records: readonly Omit<ParkedRecord, 'id'>[]) => void;
}

export interface PageDeps {
  /** Ingest whose events go nowhere. */
  readonly ingestBy: (configuration: Configuration, ears: ComparisonEars) => IngestBatch;
  readonly rows: Pick<typeof import('../store/comparison-rows.js'), 'rowsHeldAs' | 'knownIds' | 'onTheWay'>;
  readonly heldAs: Readonly<Record<CanonicalEntity, readonly ProjectedEntity[]>>;
  readonly translate: typeof import('../cdc/translate.js').translate;
  readonly stores: EvaluateStores;
  readonly versions: Pick<typeof import('../store/reference-versions.js'), 'forgetVersionsAbove'>;
}

export interface PageInput {
  readonly configuration: Configuration;
  readonly flow: Flow;
  readonly connected: ConnectedSystem;
  readonly stream: Stream;
  readonly changes: readonly Change[];
  /** When the reading began, by the clock of the database: what the hub has learned since may be newer than what was read. */
  readonly since: string;
}

export interface ComparedPage {
  readonly findings: readonly Finding[];
  /** What the system has shown: as itself, and as what it holds of ours. */
  readonly shown: readonly { readonly entity: string; readonly externalId: string }[];
  /** Orders and other records of before the flow. */
  readonly leftOut: number;
}

/** Of these a target has some of its own, which no flow from elsewhere has to know. */
const ownInTarget: ReadonlySet<CanonicalEntity> = new Set(['order', 'customer', 'stock_level', 'stock_location']);

export async function comparePage(deps: PageDeps, tx: Tx, input: PageInput): Promise<ComparedPage> {
  const { configuration, flow, connected, stream, changes } = input;
  const system = connected.key;
  const placed = changes.map((change) => ({ change, entity: stream.others?.[change.record] ?? stream.entity }));
  const held = system === flow.target ? placed.flatMap((each) => heldIds(deps, stream, each)) : [];
  const before = await deps.rows.rowsHeldAs(tx, system, held);
  const events: CanonicalEvent[] = [];
  const parked: Omit<ParkedRecord, 'id'>[] = [];
  const ingest = deps.ingestBy(configuration, {
    events: (some) => void events.push(...some),
    parked: (some) => void parked.push(...some),
  });
  const incoming = changes.map((change) => ({ change, traceId: newId('trace'), place: null }));
  const [known, underWay] = [await knownOf(deps, tx, input, placed), await deps.rows.onTheWay(tx, system, stream.name, changes.map(({ externalId }) => externalId))]; // prettier-ignore
  const back = await forgetNewer(deps, tx, input, placed);
  await ingest(tx, system, incoming, { force: true });
  const findings = await judgeRows(deps, tx, input, held, before);
  let leftOut = 0;
  for (const { change, entity } of placed) {
    const { externalId } = change;
    const of = { system, entity, externalId };
    const refused = parked.find((record) => record.entity === entity && record.externalId === externalId);
    if (refused !== undefined) {
      const { code, message, canonicalId } = refused;
      const state = code === 'DUPLICATE_IN_SYSTEM' ? 'DUPLICATE' : 'KNOWN';
      findings.push({ ...of, state, canonicalId, changes: [], reason: message, reasonCode: code });
      continue;
    }
    const news = newsOf(events, entity, externalId);
    if (news === undefined) {
      if (system === flow.target && !known.has(externalId) && isAbout(flow.entity, entity) && !ownInTarget.has(entity))
        findings.push({
          ...of,
          state: 'ONLY_IN_TARGET',
          canonicalId: null,
          changes: namesShown(deps, input, change, entity),
          reason: null,
          reasonCode: null,
        });
      continue;
    }
    const past = isPast(flow, news, change.document[connected.connector.changedAtField ?? '']);
    if (past === true) {
      leftOut++;
      continue;
    }
    if (past === undefined) {
      findings.push({ ...of, entity: news.entity, state: 'KNOWN', canonicalId: null, changes: [], reason: mayBePast, reasonCode: null }); // prettier-ignore
      continue;
    }
    // What is older by its version was passed over when it was captured, so it is not on its way.
    const isUnderWay = !back.has(externalId) && underWay.get(externalId) === change.hash;
    const state = isUnderWay ? 'IN_FLIGHT' : 'MISSED';
    const canonicalId = news.action === 'created' ? null : news.id;
    const fields = Object.entries(news.changes).map(([path, [was, is]]) => ({ path, before: was, after: is }));
    findings.push({ ...of, entity: news.entity, state, canonicalId, changes: fields, reason: null, reasonCode: null });
  }
  const shown = [...placed.map(({ entity, change }) => ({ entity, externalId: change.externalId })), ...held];
  return { findings: findings.map((finding) => withBack(finding, back, connected)), shown, leftOut };
}

type PlacedChange = { readonly change: Change; readonly entity: CanonicalEntity };

function heldIds({ heldAs }: PageDeps, stream: Stream, { change, entity }: PlacedChange): readonly HeldId[] {
  const part = stream.partIn?.(change.document) ?? null;
  const externalId = part?.externalId ?? change.externalId;
  return heldAs[entity].map((as) => ({ entity: as, externalId }));
}

/**
 * A system that was restored, or whose clock was put back, shows records with older versions than the hub knows, and ingest would pass them
 * over. What was known before the reading began is no reason for that; returns what the system calls these records.
 */
async function forgetNewer(
  { heldAs, versions }: PageDeps,
  tx: Tx,
  { connected, since }: PageInput,
  placed: readonly PlacedChange[],
): Promise<ReadonlySet<string>> {
  const shown = placed.flatMap(({ entity, change: { externalId, version } }) =>
    [...new Set([entity, ...heldAs[entity]])].map((as) => ({
      entity: as,
      externalId,
      version,
      seenBefore: since,
      writtenBefore: since,
    })),
  );
  const forgotten = await versions.forgetVersionsAbove(tx, connected.key, shown);
  return new Set(forgotten.map(({ externalId }) => externalId));
}

/** Says so of what differs because of it. */
function withBack(finding: Finding, back: ReadonlySet<string>, { name }: ConnectedSystem): Finding {
  const { state, externalId } = finding;
  const isSo = (state === 'MISSED' || state === 'DIFFERENT') && externalId !== null && back.has(externalId);
  if (!isSo) return finding;
  const { message, code } = new KoppelError('RECORD_WENT_BACK', { system: name });
  return { ...finding, reason: message, reasonCode: code };
}

function knownOf(
  { rows, heldAs }: PageDeps,
  tx: Tx,
  { connected }: PageInput,
  placed: readonly PlacedChange[],
): Promise<ReadonlySet<string>> {
  const entities = [...new Set(placed.flatMap(({ entity }) => [entity, ...heldAs[entity]]))];
  return rows.knownIds(tx, connected.key, entities, placed.map(({ change }) => change.externalId)); // prettier-ignore
}

/** By what people know a record of which the hub has nothing: what the system shows of it, in the words of the hub. */
function namesShown(
  { translate }: PageDeps,
  { configuration, connected }: PageInput,
  change: Change,
  entity: CanonicalEntity,
): readonly ComparedField[] {
  const mapping = configuration.inbound(connected.key, change.record);
  if (mapping === undefined || change.problem !== undefined) return [];
  const translated = translate(change, entity, connected, mapping, 'create');
  if (translated.type !== 'drafts') return [];
  const { main, variants } = translated;
  // A product that is sold as it is has the number of its only variant.
  const fields: Document = { ...(variants?.length === 1 ? { sku: variants[0]?.fields['sku'] } : {}), ...main.fields };
  return callingFields.flatMap((path) => {
    const before = fields[path];
    return typeof before === 'string' && before !== '' ? [{ path, before, after: null }] : [];
  });
}

/** The event of the record itself, else the first one that follows from it. */
function newsOf(
  events: readonly CanonicalEvent[],
  entity: CanonicalEntity,
  externalId: string,
): CanonicalEvent | undefined {
  const its = events.filter(({ cause }) => cause.externalId === externalId);
  return its.find((event) => event.entity === entity) ?? its[0];
}

const mayBePast = 'The flow starts now, and its system does not tell whether this was there before.';

/**
 * An order that was placed, or another record that was changed last, before a flow began that starts now: nothing was to be taken of it.
 * Undefined where its system does not tell (`changedAt`: what it says).
 */
function isPast(
  { settings, startedAt }: Flow,
  { entity, action, changes }: CanonicalEvent,
  changedAt: Json | undefined,
): boolean | undefined {
  if (settings.startFrom !== 'now' || action !== 'created') return false;
  const at = Date.parse(String(entity === 'order' ? changes['placedAt']?.[1] : changedAt));
  if (Number.isNaN(at)) return entity === 'order' ? false : undefined;
  return at < Date.parse(startedAt);
}

async function judgeRows(
  deps: PageDeps,
  tx: Tx,
  { configuration, flow, connected }: PageInput,
  held: readonly HeldId[],
  before: readonly ComparedRow[],
): Promise<Finding[]> {
  const own = before.filter(({ row }) => row.flow === flow.key);
  if (own.length === 0) return [];
  const verdicts = new Map<string, Verdict>();
  for (const { row, reason } of own) {
    const verdict = byState({ ...row, reason });
    if (verdict !== undefined) verdicts.set(keyOf(row), verdict);
  }
  const now = (await deps.rows.rowsHeldAs(tx, connected.key, held)).filter(({ row }) => row.flow === flow.key);
  const open = now.filter(({ row }) => !verdicts.has(keyOf(row)) && row.state !== 'owned_by_target');
  const { evaluated, unplanned } = await evaluate(deps.stores, tx, configuration, connected, open.map(({ row }) => row)); // prettier-ignore
  for (const each of evaluated) verdicts.set(keyOf(each.row), byPlan(each));
  for (const each of unplanned) verdicts.set(keyOf(each.row), ofUnplanned(each));
  return own.flatMap(({ row, externalId }) => {
    const { entity, canonicalId } = row;
    const verdict = verdicts.get(keyOf(row));
    const finding = verdict && findingOf(verdict, { system: connected.key, entity, canonicalId, externalId });
    return finding ? [finding] : [];
  });
}

const keyOf = ({ entity, canonicalId }: { entity: string; canonicalId: string }): string => `${entity}:${canonicalId}`;
