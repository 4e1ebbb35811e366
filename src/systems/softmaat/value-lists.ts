/** The value lists that the default mappings use. Rates are as of 2025; a list is data that people extend. */
import type { ValueList, ValueListEntry } from '../../mapping/mapping.js';
import { makeOrderValueLists } from './order-value-lists.js';

const rates: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NL: { '21': 'NL21', '9': 'NL9', '0': 'NL0' },
  BE: { '21': 'BE21', '12': 'BE12', '6': 'BE6', '0': 'BE0' },
  FR: { '20': 'FR20', '10': 'FR10', '5.5': 'FR5', '2.1': 'FR2', '0': 'FR0' },
  DE: { '19': 'DE19', '7': 'DE7', '0': 'DE0' },
  LU: { '17': 'LU17', '14': 'LU14', '8': 'LU8', '3': 'LU3', '0': 'LU0' },
};

/** Where there is no VAT, the code says why: each of these has the rate 0. */
const withoutVat: Readonly<Record<string, string>> = {
  ZERO_RATED: '0',
  EXEMPT: 'EXE',
  REVERSE_CHARGE: 'REV',
  INTRA_COMMUNITY: 'ICS',
  EXPORT: 'EXP',
};
const reasons = Object.keys(rates).flatMap((country) =>
  Object.entries(withoutVat).map(([from, ending]) => ({ from, secondKey: country, to: country + ending })),
);

const perCountry = Object.entries(rates).flatMap(([country, codes]) =>
  Object.entries(codes).map(([from, to]) => ({ from, secondKey: country, to })),
);

/**
 * Rates that are Belgian where shops with a branch in Belgium sell at them too. Nowhere else: 6 % of Sweden or Portugal is not
 * Belgian VAT, and has no code until somebody enters one.
 */
const belgian = Object.keys(rates).flatMap((secondKey) =>
  ['6', '12']
    .filter((from) => rates[secondKey]?.[from] === undefined)
    .map((from) => ({ from, secondKey, to: `BE${from}` })),
);
const taxEntries: readonly ValueListEntry[] = [...perCountry, ...reasons, ...belgian];

export const defaultValueLists: readonly ValueList[] = [
  ...makeOrderValueLists(perCountry, reasons),
  {
    key: 'softmaat-tax-code',
    name: 'VAT rate (or why there is no VAT) and country → tax code of Softmaat',
    kind: 'TAX_CODE',
    whenUnmapped: 'fail',
    entries: taxEntries,
  },
  {
    key: 'softmaat-tax-rate',
    name: 'Tax code of Softmaat → VAT rate',
    kind: 'TAX_CODE',
    whenUnmapped: 'fail',
    entries: [
      ...perCountry,
      ...reasons.filter(({ from }) => from !== 'ZERO_RATED').map((each) => ({ ...each, from: '0' })),
    ].map(({ from, to }) => ({ from: to, to: from })),
  },
  {
    key: 'softmaat-warehouse',
    name: 'Stock location → warehouse of Softmaat',
    kind: 'CUSTOM',
    whenUnmapped: 'fail',
    entries: [],
  },
];
