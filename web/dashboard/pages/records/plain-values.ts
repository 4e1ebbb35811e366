/** Values without parts as people read them. In: the name of the field, its text. Out: which pages' words say it; whether it is an amount, a rate, a quantity. Pure. */

/** Where the pages have words for what a field can be, when not under the field's own name. */
const wordsOf: Readonly<Record<string, (value: string) => readonly string[]>> = {
  status: (value) => [`status.${value}`, `document.${value}`],
  paymentStatus: (value) => [`payment.${value}`],
  fulfillmentStatus: (value) => [`fulfillment.${value}`],
  kind: (value) => [`kind.${value}`, `line.${value}`],
  method: (value) => [`paidBy.${value}`],
  paymentMethod: (value) => [`paidBy.${value}`],
  shippingMethod: (value) => [`shippedBy.${value}`],
  unitCode: (value) => [`unit.${value}`],
};

/** The keys under which words for a value may stand, the likeliest first. */
export const keysOf = (name: string, value: string): readonly string[] =>
  wordsOf[name]?.(value) ?? [`${name}.${value}`];

/** How a decimal text is written. */
export type Measure = 'money' | 'percent' | 'number';

const decimal = /^-?\d{1,15}(\.\d{1,9})?$/;
const measures: readonly (readonly [Measure, RegExp])[] = [
  [
    'money',
    /(?:^a|A)mount(?:Excl|Incl)?$|(?:^p|P)rice(?:Excl|Incl)?$|^(?:total(?:Excl|Tax|Incl)?|base|excl|tax|incl)$/,
  ],
  ['percent', /(?:^r|R)ate$|Percentage$/],
  ['number', /(?:^q|Q)uantity|^(?:onHand|reserved|incoming|safetyStock|amount(?:Free|Reserved|Incoming))$/],
];

/** Undefined for what is no decimal, or only looks like one: numbers of articles, telephones. */
export const measureOf = (name: string, value: string): Measure | undefined =>
  decimal.test(value) ? measures.find(([, names]) => names.test(name))?.[0] : undefined;

/** The last name of a path; places in lists are none. */
export const nameAt = (path: string): string => path.split('.').findLast((segment) => !/^\d+$/.test(segment)) ?? path;

/** A part by its name below the field: `data.vatCode`. */
export interface NamedPart {
  readonly path: string;
  readonly label: string;
}

/** The parts of one of the parts. */
export const partsWithin = (parts: readonly NamedPart[], name: string): readonly NamedPart[] =>
  parts.flatMap(({ path, label }) =>
    path.startsWith(`${name}.`) ? [{ path: path.slice(name.length + 1), label }] : [],
  );

/** Keys by which the systems tell lines apart. */
const unshown = 'key';

/** Nothing that people would read. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.values(value).every(isEmpty));

/** An id that a machine has made; as a part of something it says nothing to people. */
const machineId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What of an object is shown: what has a name, in the order of the names, and all of it when nothing has. A currency is said with its amounts.
 * `isNamed`: whether an id names a record that can be shown.
 */
export function shownParts(
  value: object,
  parts: readonly NamedPart[],
  isNamed: (id: string) => boolean = () => false,
): readonly (readonly [name: string, held: unknown])[] {
  const isSaid = 'currency' in value && Object.keys(value).some((name) => measureOf(name, '0') === 'money');
  const isNoise = (each: unknown): boolean => typeof each === 'string' && machineId.test(each) && !isNamed(each);
  const held = Object.entries(value).filter(
    ([name, each]) => name !== unshown && !isEmpty(each) && !isNoise(each) && !(isSaid && name === 'currency'),
  );
  const placeOf = ([name]: readonly [string, unknown]): number => parts.findIndex(({ path }) => path === name);
  const named = held.filter((each) => placeOf(each) >= 0).sort((one, other) => placeOf(one) - placeOf(other));
  return named.length === 0 ? held : named;
}

/** An amount as systems say it. */
export interface Price {
  readonly amount: string;
  readonly currency: string;
  readonly taxIncluded?: unknown;
}

const partsOfPrice: readonly string[] = ['amount', 'currency', 'taxIncluded'];

export const isPrice = (value: object): value is Price =>
  'amount' in value &&
  'currency' in value &&
  typeof value.amount === 'string' &&
  typeof value.currency === 'string' &&
  /^[A-Z]{3}$/.test(value.currency) &&
  Object.keys(value).every((name) => partsOfPrice.includes(name));
