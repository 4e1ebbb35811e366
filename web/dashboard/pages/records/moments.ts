/**
 * A record as it was at each moment. In: its fields as they are now, and the changes of it. Out: its fields after each change, found by taking the
 * changes back from now. Pure.
 */

export interface FieldChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Changed {
  readonly action: string;
  readonly changes: readonly FieldChange[];
}

/** Fields by their names; null = nothing is known of the record yet. */
export type State = ReadonlyMap<string, unknown> | null;

/**
 * One state more than there are changes: before the first one, then after each. `changes`: the oldest first. Before a record was made nothing was
 * known of it; when the first change that is known did not make it, it was there before.
 */
export function statesOf(now: ReadonlyMap<string, unknown>, changes: readonly Changed[]): readonly State[] {
  const states: State[] = [now];
  let state = now;
  for (const change of changes.toReversed()) {
    state = new Map(state);
    for (const { path, before } of change.changes) (state as Map<string, unknown>).set(path, before ?? null);
    states.unshift(change === changes[0] && change.action === 'CREATE' ? null : state);
  }
  return states;
}

const asText = (value: unknown): string => JSON.stringify(value ?? null);

/** Whether a field is another one in two states. */
export const differs = (one: State, other: State, path: string): boolean =>
  (one === null) !== (other === null) ? asText((one ?? other)?.get(path)) !== 'null' : asText(one?.get(path)) !== asText(other?.get(path)); // prettier-ignore

/** Ids of the hub, as they stand in values. */
const ownId = /^(prd|var|cat|cus|ord|loc|stk)_\w+$/;

/** How the hub keeps what was delivered of a line that is gone: by its product. */
const goneLine = /^without line: ((?:var|prd)_\w+)$/;

/** The product of a line that is gone, in the key of what is kept of it; undefined for every other key. */
export const productOfGoneLine = (key: unknown): string | undefined =>
  typeof key === 'string' ? goneLine.exec(key)?.[1] : undefined;

/** The product of the line with a key; undefined when there is no such line, or it is of no product. */
export function productOfLine(lines: unknown, key: unknown): string | undefined {
  const all = Array.isArray(lines) ? (lines as readonly { readonly key?: unknown; readonly variant?: unknown }[]) : [];
  const variant = key === undefined ? undefined : all.find((line) => line.key === key)?.variant;
  return typeof variant === 'string' ? variant : undefined;
}

/** Every record that a value names. */
export function recordsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return ownId.test(value) ? [value] : [productOfGoneLine(value) ?? []].flat();
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(recordsIn);
}
