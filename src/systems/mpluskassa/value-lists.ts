/**
 * The value lists that the default mappings use. Codes of VAT are those that a fresh installation has; every shop may have
 * others, so the list is data that people check against the till's own list of VAT groups.
 */
import type { ValueList } from '../../mapping/mapping.js';
import { saleValueLists } from './sale-value-lists.js';

/** Whose rates a fresh installation knows. The VAT of any other country needs entries of its own: 21 % is not 21 % everywhere. */
const known = ['NL', 'BE', 'FR', 'DE', 'LU'];
/** They hold in every country that is known. */
const everywhere = [
  { from: '21', to: '1' },
  { from: '9', to: '2' },
  { from: '0', to: '3' },
  { from: '6', to: '4' },
  // There is one code without VAT; exempt and exported goods need one of their own, so none is guessed.
  { from: 'ZERO_RATED', to: '3' },
];

const vatCodes: ValueList = {
  key: 'mpluskassa-vat-code',
  name: 'VAT rate (or why there is no VAT) and country → VAT code of MplusKASSA',
  kind: 'TAX_CODE',
  whenUnmapped: 'fail',
  entries: [
    ...known.flatMap((secondKey) => everywhere.map((entry) => ({ ...entry, secondKey }))),
    { from: '12', secondKey: 'BE', to: '2' },
    { from: '20', secondKey: 'FR', to: '1' },
    { from: '10', secondKey: 'FR', to: '2' },
    { from: '5.5', secondKey: 'FR', to: '4' },
  ],
};

const taxCategories: ValueList = {
  key: 'mpluskassa-tax-category',
  name: 'VAT code of MplusKASSA → why it is that VAT',
  kind: 'TAX_CODE',
  whenUnmapped: 'omit',
  entries: [
    { from: '1', to: 'STANDARD' },
    { from: '2', to: 'STANDARD' },
    { from: '3', to: 'ZERO_RATED' },
    { from: '4', to: 'STANDARD' },
  ],
};

const branches: ValueList = {
  key: 'mpluskassa-branch',
  name: 'Stock location → branch of MplusKASSA',
  kind: 'CUSTOM',
  whenUnmapped: 'fail',
  entries: [],
};

export const defaultValueLists: readonly ValueList[] = [vatCodes, taxCategories, branches, ...saleValueLists];
