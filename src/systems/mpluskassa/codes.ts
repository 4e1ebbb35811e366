/**
 * The codes that the till itself lists, for people who fill in value lists. In: which list. Out: its codes with their names; methods that
 * somebody has switched off are not among them. A code of VAT has the rates that branches have for it as its name.
 */
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { SystemCode } from '../code-words.js';
import type { Api } from './api.js';
import { neutralDocument } from './neutral.js';
import { listIn } from './product-words.js';
import { idIn, itemType, textIn } from './records.js';
import type { OperationName } from './soap/codec.js';

/** Value lists whose codes are those of the till; codes that stand in settings have a name here too, though no list leads to them. */
export const codeLists: Readonly<Record<string, string>> = {
  'mpluskassa-vat-code': 'vat',
  'mpluskassa-payment-method-out': 'payment',
  'mpluskassa-delivery-method-out': 'delivery',
  'mpluskassa-branch': 'branch',
  'mpluskassa-order-category': 'category',
};

interface CodeSource {
  readonly operation: OperationName;
  /** Field of the answer. */
  readonly list: string;
  readonly codeOf: (item: Document) => string | undefined;
  /** By everything that is listed under the code. */
  readonly nameOf: (items: readonly Document[]) => string | undefined;
  readonly isOff?: (item: Document) => boolean;
}

const vatType = itemType('getVatGroupList', 'vatGroup');

/** The rate, or each rate with the countries whose branches have it. */
function ratesOf(items: readonly Document[]): string {
  const countries = new Map<string, Set<string>>();
  for (const item of items) {
    const rate = `${String(neutralDocument(item, vatType)['vatPercentage'])}\u00a0%`;
    countries.set(rate, (countries.get(rate) ?? new Set()).add(textIn(item, 'countryIso3') ?? '?'));
  }
  const rates = [...countries];
  return rates.map(([rate, found]) => (rates.length === 1 ? rate : `${rate} ${[...found].join(' ')}`)).join(', ');
}

const sources: Readonly<Record<string, CodeSource>> = {
  vat: { operation: 'getVatGroupList', list: 'vatGroup', codeOf: (item) => idIn(item, 'vatCode'), nameOf: ratesOf },
  payment: {
    operation: 'getPaymentMethods',
    list: 'paymentMethodList',
    codeOf: (item) => textIn(item, 'method'),
    nameOf: ([item = {}]) => textIn(item, 'description'),
    isOff: (item) => item['active'] === false,
  },
  delivery: {
    operation: 'getDeliveryMethods',
    list: 'deliveryMethodList',
    codeOf: (item) => textIn(item, 'deliveryMethod'),
    nameOf: ([item = {}]) => textIn(item, 'description'),
    isOff: (item) => item['enabled'] === false,
  },
  branch: {
    operation: 'getBranches',
    list: 'branches',
    codeOf: (item) => idIn(item, 'branchNumber'),
    nameOf: ([item = {}]) => textIn(item, 'branchName'),
  },
  category: {
    operation: 'getOrderCategories',
    list: 'orderCategory',
    codeOf: (item) => idIn(item, 'orderCategoryNumber'),
    nameOf: ([item = {}]) => textIn(item, 'orderCategoryDescription'),
  },
};

/** The codes of one of the lists above, each once. */
export async function readCodes(api: Api, list: string, signal: AbortSignal): Promise<readonly SystemCode[]> {
  const source = Object.hasOwn(sources, list) ? sources[list] : undefined;
  if (source === undefined) throw new KoppelError('UNEXPECTED', { what: `there is no list of codes ${list}` });
  const byCode = new Map<string, Document[]>();
  for (const item of listIn(await api.ask(source.operation, {}, signal), source.list)) {
    const code = source.codeOf(item)?.trim() ?? '';
    if (code === '' || source.isOff?.(item) === true) continue;
    byCode.set(code, [...(byCode.get(code) ?? []), item]);
  }
  return [...byCode].map(([value, items]) => ({ value, name: source.nameOf(items)?.trim() || null, country: null }));
}
