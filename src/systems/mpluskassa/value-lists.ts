/**
 * The value lists that the default mappings use. Codes of VAT are those that a fresh installation has; every shop may have
 * others, so the list is data that people check against the till's own list of VAT groups.
 */
import type { ValueList } from '../../mapping/mapping.js';
import { saleValueLists } from './sale-value-lists.js';

const vatCodes: ValueList = {
  key: 'mpluskassa-vat-code',
  name: 'VAT rate and country → VAT code of MplusKASSA',
  kind: 'TAX_CODE',
  whenUnmapped: 'fail',
  // Entries without a country hold wherever a country has none of its own.
  entries: [
    { from: '21', to: '1' },
    { from: '9', to: '2' },
    { from: '0', to: '3' },
    { from: '6', to: '4' },
  ],
};

const branches: ValueList = {
  key: 'mpluskassa-branch',
  name: 'Stock location → branch of MplusKASSA',
  kind: 'CUSTOM',
  whenUnmapped: 'fail',
  entries: [],
};

export const defaultValueLists: readonly ValueList[] = [vatCodes, branches, ...saleValueLists];
