/** Counts of what a mapping would change, per field: how often, and which values become which. Pure. */
import { cutText } from '../base/cut-text.js';
import type { Json } from '../base/document.js';

export interface FieldImpact {
  readonly field: string;
  readonly changed: number;
  readonly failing: number;
  /** The most frequent ones, values as text. */
  readonly shifts: readonly { readonly before: string; readonly after: string; readonly count: number }[];
}

const mostShifts = 5;
/** Distinct pairs kept of a field; beyond it, what is new is only counted. */
const mostPairs = 2_000;
const longestValue = 80;

interface Count {
  changed: number;
  failing: number;
  readonly pairs: Map<string, number>;
}

export class FieldCounts {
  private readonly counts = new Map<string, Count>();

  /** Field → values before and after. */
  add(changes: Readonly<Record<string, readonly Json[]>>): void {
    for (const [field, [before = null, after = null]] of Object.entries(changes)) {
      const count = this.of(field);
      count.changed++;
      const pair = JSON.stringify([shown(before), shown(after)]);
      const known = count.pairs.get(pair);
      if (known !== undefined || count.pairs.size < mostPairs) count.pairs.set(pair, (known ?? 0) + 1);
    }
  }

  /** Paths that make a record fail. */
  fail(paths: readonly string[]): void {
    for (const field of new Set(paths.map((path) => path.split('.', 1)[0] ?? path))) this.of(field).failing++;
  }

  report(): readonly FieldImpact[] {
    return [...this.counts]
      .map(([field, { changed, failing, pairs }]) => ({ field, changed, failing, shifts: shiftsOf(pairs) }))
      .sort((a, b) => b.changed + b.failing - a.changed - a.failing || (a.field < b.field ? -1 : 1));
  }

  private of(field: string): Count {
    const found = this.counts.get(field) ?? { changed: 0, failing: 0, pairs: new Map<string, number>() };
    this.counts.set(field, found);
    return found;
  }
}

function shown(value: Json): string {
  const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  return text.length > longestValue ? `${cutText(text, longestValue - 1)}…` : text;
}

function shiftsOf(pairs: ReadonlyMap<string, number>): FieldImpact['shifts'] {
  return [...pairs]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, mostShifts)
    .map(([pair, count]) => {
      const [before, after] = JSON.parse(pair) as [string, string];
      return { before, after, count };
    });
}
