/**
 * Plans taking changes back: which records are meant, what of them can be put back, what is left alone, and why. In: a selection. Out: numbers
 * of all of it, samples, and a hash, so that what is done later is what was shown. Goes through the records in pages and keeps none. Writes nothing.
 */
import { contentHash } from '../base/content-hash.js';
import type { Clock } from '../base/clock.js';
import type { Json } from '../base/document.js';
import type { UndoneField, UndoVerdict } from '../canonical/undo.js';
import type { Query } from '../store/database.js';
import type { MeantChanges, UndoSelection } from '../store/undo-reads.js';
import {
  groupedBy,
  judgeRecords,
  verdictOf,
  type JudgeDeps,
  type JudgedRecord,
  type RecordVerdict,
} from './undo-judge.js';

export interface UndoPlanDeps extends JudgeDeps {
  readonly reads: JudgeDeps['reads'] &
    Pick<
      typeof import('../store/undo-reads.js'),
      'findMeant' | 'readMeantRecords' | 'readMeantKinds' | 'readKnownEvents'
    >;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** So many records a plan looks at, and as many as it comes to in this time; the others are judged while it is done. */
  readonly mostJudged?: number;
  readonly planWithinMs?: number;
  readonly pageSize?: number;
}

/** Fields of one record that share verdict and reason. */
export interface UndoItem {
  /** The latest of the changes. */
  readonly eventId: string;
  readonly entity: string | null;
  /** How many of the changes of the record are meant. */
  readonly changeCount: number;
  readonly verdict: UndoVerdict;
  readonly fields: readonly UndoneField[];
  readonly message: string | null;
  /** Keys of the systems that are told what is put back. */
  readonly told: readonly string[];
}

export interface UndoPlan {
  readonly planHash: string;
  /** Numbers of fields. */
  readonly reversible: number;
  readonly changedSince: number;
  readonly irreversible: number;
  /** Numbers of records, each by the best that becomes of it; `total`: also those that were not looked at. */
  readonly records: Readonly<Record<RecordVerdict | 'total' | 'judged', number>>;
  /** Keys of systems with the number of records that they are told of. */
  readonly told: readonly { readonly system: string; readonly records: number }[];
  /** Why records are not put back, or not whole; the most frequent first. */
  readonly reasons: readonly { readonly message: string; readonly records: number }[];
  readonly warnings: readonly string[];
  /** The first of each verdict. */
  readonly items: readonly UndoItem[];
}

const mostJudged = 10_000;
/** A plan is one request, which is cut off after ten seconds. */
const planWithinMs = 3_000;
const pageSize = 250;
/** Of each verdict. */
const mostItems = 50;

/** What is done with each page of records that were judged; their places begin at `first`. */
export type OnJudged = (page: readonly JudgedRecord[], first: number) => Promise<void>;

/** A plan that was shown is made again: of as many records. */
export interface PlanAgain {
  readonly judged: number;
  readonly onJudged: OnJudged;
  /** By the clock that only goes on; null: whatever time that takes. */
  readonly until: number | null;
}

/** What taking these changes back would do now. */
export async function planUndo(
  deps: UndoPlanDeps,
  query: Query,
  meant: MeantChanges,
  again?: PlanAgain,
): Promise<UndoPlan> {
  const shortly = deps.clock.monotonic() + (deps.planWithinMs ?? planWithinMs);
  const until = again === undefined ? shortly : (again.until ?? Infinity);
  const most = Math.min(again?.judged ?? Infinity, deps.mostJudged ?? mostJudged);
  const { records, total } = await deps.reads.readMeantRecords(query, meant, most);
  const tally = makeTally(total);
  const size = deps.pageSize ?? pageSize;
  for (let first = 0; first < records.length; first += size) {
    const page = await judgeRecords(deps, query, records.slice(first, first + size));
    tally.add(page);
    await again?.onJudged(page, first + 1);
    if (deps.clock.monotonic() >= until) break;
  }
  const stillInUse = 'The rules of this version are still in use: what comes in next is translated by them again. Go back to an earlier version first.'; // prettier-ignore
  return tally.plan(meant.isInUse ? [stillInUse] : []);
}

/** Whether a plan that is made again did not come to all records that the shown one had looked at. */
export const isCutShort = ({ records: { judged, total } }: UndoPlan, again: PlanAgain): boolean =>
  judged < Math.min(again.judged, total, mostJudged);

/** Of how many records a plan was made, by its hash; of none that anybody was shown, if it is no such hash. */
export const judgedIn = (planHash: string): number => Number(/^(\d{1,9}):/.exec(planHash)?.[1] ?? 0);

/** The changes that are meant; null when there are none such. */
export const findMeant = (deps: UndoPlanDeps, query: Query, selection: UndoSelection): Promise<MeantChanges | null> =>
  deps.reads.findMeant(query, selection);

function makeTally(total: number): { add(page: readonly JudgedRecord[]): void; plan(warnings: string[]): UndoPlan } {
  const fields = { reverse: 0, changedSince: 0, irreversible: 0 };
  const records = { total, judged: 0, reverse: 0, changedSince: 0, irreversible: 0, unchanged: 0 };
  const [told, reasons] = [new Map<string, number>(), new Map<string, number>()];
  const items: Record<UndoVerdict, UndoItem[]> = { reverse: [], changedSince: [], irreversible: [] };
  let planHash = contentHash({ total });
  const countIn = (counts: Map<string, number>, names: Iterable<string>): void => {
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  return {
    add(page) {
      const all = page.map(itemsOf);
      planHash = contentHash({ planHash, items: all as unknown as Json });
      page.forEach((judged, index) => {
        const its = all[index]!;
        records.judged++;
        records[verdictOf(judged)]++;
        for (const { verdict } of judged.fields) fields[verdict]++;
        countIn(told, its.flatMap((item) => item.told)); // prettier-ignore
        countIn(reasons, its.flatMap(({ verdict, message }) => (verdict === 'irreversible' ? (message ?? []) : []))); // prettier-ignore
        for (const item of its) if (items[item.verdict].length < mostItems) items[item.verdict].push(item);
      });
    },
    plan: (warnings) => ({
      planHash: `${records.judged}:${planHash}`,
      reversible: fields.reverse,
      changedSince: fields.changedSince,
      irreversible: fields.irreversible,
      records,
      told: [...told].map(([system, count]) => ({ system, records: count })).sort((a, b) => (a.system < b.system ? -1 : 1)),
      reasons: [...reasons].map(([message, count]) => ({ message, records: count })).sort((a, b) => b.records - a.records),
      warnings,
      items: [...items.reverse, ...items.changedSince, ...items.irreversible],
    }), // prettier-ignore
  };
}

/** One item for all fields of a record that share verdict and reason. */
function itemsOf({ meant, fields, told, never }: JudgedRecord): readonly UndoItem[] {
  const about = { eventId: `evt_${meant.positions.at(-1)}`, entity: meant.entity, changeCount: meant.positions.length };
  if (never !== null) return [{ ...about, verdict: 'irreversible', fields: [], message: never, told: [] }];
  const groups = groupedBy(fields, ({ verdict, message }) => `${verdict} ${message ?? ''}`);
  return [...groups.values()].map((group): UndoItem => {
    const { verdict, message } = group[0]!;
    const keys = new Set(verdict === 'reverse' ? group.flatMap(({ field }) => told.get(field) ?? []) : []);
    return { ...about, verdict, fields: group, message, told: [...keys].sort() };
  });
}
