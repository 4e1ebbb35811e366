/** Measurements as people and programs read them: a table, or with `--json` one object a line. */

export interface Measurement {
  readonly name: string;
  /** Rounds. */
  readonly n: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  /** How many times the median of `against` this is. */
  readonly ratio?: number;
  readonly against?: string;
  /** Least ratio that is promised. */
  readonly bar?: number;
}

export function measurement(
  name: string,
  values: readonly number[],
  unit: string,
  against?: { readonly name: string; readonly values: readonly number[]; readonly bar: number },
): Measurement {
  const sorted = [...values].sort((a, b) => a - b);
  const common = {
    name,
    n: values.length,
    median: median(values),
    min: sorted[0] ?? NaN,
    max: sorted.at(-1) ?? NaN,
    unit,
  };
  if (against === undefined) return common;
  return { ...common, ratio: median(values) / median(against.values), against: against.name, bar: against.bar };
}

/** What must not be more than a limit: the ratio says how many times the worst of it fits in. */
export function within(name: string, values: readonly number[], unit: string, limit: number): Measurement {
  return {
    ...measurement(name, values, unit),
    ratio: limit / Math.max(...values),
    against: `${limit} ${unit}`,
    bar: 1,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Prints them and says whether every bar holds. */
export function report(measurements: readonly Measurement[], asJson: boolean): boolean {
  if (asJson) for (const one of measurements) process.stdout.write(`${JSON.stringify(rounded(one))}\n`);
  else process.stdout.write(table(measurements));
  return measurements.every((one) => one.bar === undefined || (one.ratio ?? 0) >= one.bar);
}

const rounded = (one: Measurement): Measurement => ({
  ...one,
  median: round(one.median),
  min: round(one.min),
  max: round(one.max),
  ...(one.ratio === undefined ? {} : { ratio: Math.round(one.ratio * 1000) / 1000 }),
});
const round = (value: number): number => Math.round(value * 10) / 10;

function table(measurements: readonly Measurement[]): string {
  const head = ['what', 'rounds', 'median', 'min', 'max', 'unit', 'ratio', 'against', 'bar'];
  const lines = measurements
    .map(rounded)
    .map((one) => [
      one.name,
      String(one.n),
      one.median.toLocaleString('en'),
      one.min.toLocaleString('en'),
      one.max.toLocaleString('en'),
      one.unit,
      one.ratio === undefined ? '' : one.ratio.toFixed(2),
      one.against ?? '',
      one.bar === undefined ? '' : `≥ ${one.bar} ${(one.ratio ?? 0) >= one.bar ? 'holds' : 'FAILS'}`,
    ]);
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => (line[i] ?? '').length)));
  const format = (cells: readonly string[]): string =>
    `${cells
      .map((cell, i) => (i >= 1 && i <= 4 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()}\n`;
  return [head, widths.map((width) => '-'.repeat(width)), ...lines].map(format).join('');
}
