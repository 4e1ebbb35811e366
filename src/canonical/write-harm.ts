/**
 * What an update would take away from a record of a target: pure. In: what the target holds, what it would be told, the fields as the
 * connector describes them. Out: each change that would be bad if it were a mistake: stock gone to zero, a price that jumps, a
 * filled field emptied, a record switched off. Whether so many of them are a mistake is judged by `isTooMuch`.
 */
import Big from 'big.js';
import { isObject, type Document, type Field, type Json } from '../base/document.js';
import { normaliseDecimal } from '../base/decimal.js';
import { says } from '../base/says.js';

/**
 * The worst first: a record with several is counted by its worst. `restored` is none that is seen in an update: after a restore the
 * target holds something that nothing explains (`sync/restore-judge.ts`).
 */
export const harms = ['ended', 'zeroed', 'repriced', 'blanked', 'restored'] as const;
export type Harm = (typeof harms)[number];

export interface HarmfulChange {
  readonly harm: Harm;
  /** `price.amount`, `levels.0.onHand`. */
  readonly path: string;
  /** What identifies the item of a list that it is in: a warehouse, an article. */
  readonly item?: string;
  readonly before: Json;
  readonly after: Json;
}

/** From when on the updates of a flow are held back. */
export interface GuardLimits {
  readonly isOn: boolean;
  /** So many harmful updates within the window are let through whatever their share. */
  readonly records: number;
  /** And so many per cent of all updates within the window. */
  readonly percent: number;
  /** A price is repriced when it becomes more than so many times as high, or lower than one so many-th. Decimal text. */
  readonly priceFactor: string;
}

export const defaultLimits: GuardLimits = { isOn: true, records: 20, percent: 5, priceFactor: '3' };

/** Whether these are more harmful updates than a flow lets through. */
export const isTooMuch = (limits: GuardLimits, harmful: number, updates: number): boolean =>
  limits.isOn && harmful > limits.records && harmful * 100 > limits.percent * updates;

/** The worst of them; undefined when there are none. */
export const worstOf = (changes: readonly HarmfulChange[]): Harm | undefined =>
  harms.find((harm) => changes.some((change) => change.harm === harm));

export interface Update {
  /** What the target holds, as far as it is known; what is not known cannot be lost. */
  readonly held: Document;
  readonly document: Document;
  /** Top-level fields that are sent. */
  readonly changed: readonly string[];
  readonly fields: readonly Field[];
  readonly priceFactor: string;
}

export function harmOf({ held, document, changed, fields, priceFactor }: Update): readonly HarmfulChange[] {
  const factor = new Big(priceFactor);
  return changed.flatMap((name) => {
    const field = fields.find((each) => each.name === name);
    return inField(field, name, held[name], document[name] ?? null, factor);
  });
}

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.values(value).every(isEmpty));

function inField(
  field: Field | undefined,
  path: string,
  before: Json | undefined,
  after: Json,
  factor: Big,
): readonly HarmfulChange[] {
  if (before === undefined || isEmpty(before) || says(before, after)) return [];
  if (isEmpty(after)) return [{ harm: 'blanked', path, before, after }];
  if (isObject(before) && isObject(after)) return inObject(field?.fields ?? [], path, before, after, factor);
  if (Array.isArray(before) && Array.isArray(after))
    return inList(
      field,
      path,
      (before as readonly Json[]).filter(isObject),
      (after as readonly Json[]).filter(isObject),
      factor,
    );
  const harm = harmOfValue(field?.watched, before, after, factor);
  return harm === undefined ? [] : [{ harm, path, before, after }];
}

const inObject = (fields: readonly Field[], path: string, before: Document, after: Document, factor: Big) =>
  Object.entries(after).flatMap(([name, value]) =>
    inField(fields.find((each) => each.name === name), `${path}.${name}`, before[name], value, factor),
  ); // prettier-ignore

/** Items of lists are the same when they agree in what identifies them; what has no such field is new each time. */
function inList(
  field: Field | undefined,
  path: string,
  before: readonly Document[],
  after: readonly Document[],
  factor: Big,
): readonly HarmfulChange[] {
  const fields = field?.fields ?? [];
  const isKey = ({ required, type }: Field): boolean => required === true && (type === 'text' || type === 'reference');
  const key = field?.mergeBy ?? fields.find(isKey)?.name;
  if (key === undefined) return [];
  return after.flatMap((item, index) => {
    const same = before.find((each) => says(each[key], item[key] ?? null));
    const found = same === undefined ? [] : inObject(fields, `${path}.${index}`, same, item, factor);
    return found.map((change) => ({ item: plain(item[key]), ...change }));
  });
}

const plain = (value: Json | undefined): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function harmOfValue(watched: Field['watched'], before: Json, after: Json, factor: Big): Harm | undefined {
  if (watched === 'inUse') return before === true && after === false ? 'ended' : undefined;
  if (watched === undefined) return undefined;
  const [was, is] = [numberIn(before), numberIn(after)];
  if (was === undefined || is === undefined || was.lte(0)) return undefined;
  // Below zero it was counted: more was sold than there was. What wipes stock says nought.
  if (watched === 'stock') return is.eq(0) ? 'zeroed' : undefined;
  return is.lte(0) || is.gt(was.times(factor)) || was.gt(is.times(factor)) ? 'repriced' : undefined;
}

function numberIn(value: Json): Big | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? normaliseDecimal(String(value)) : undefined;
  return text === undefined ? undefined : new Big(text);
}
