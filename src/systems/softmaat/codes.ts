/**
 * The codes that Softmaat itself lists, for people who fill in value lists. In: which list of its master data. Out: its codes with their
 * names, and the country of those that are for one country only.
 */
import type { Json } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { SystemCode } from '../code-words.js';
import { unexpected, type Api } from './api.js';
import { listOf, object, text } from './shapes.js';

/** Value lists whose codes are those of the shop, and where it lists them. */
export const codeLists: Readonly<Record<string, string>> = {
  'softmaat-tax-code': 'tax-codes',
  'softmaat-payment-method-out': 'payment-methods',
  'softmaat-shipping-method-out': 'shipping-methods',
  'softmaat-payment-term-out': 'payment-terms',
  'softmaat-revenue-account': 'revenue-accounts',
  'softmaat-warehouse': 'warehouses',
};

const areCodes = listOf(object({ code: text }));

/** The codes of one of the lists above, each once. */
export async function readCodes(api: Api, list: string, signal: AbortSignal): Promise<readonly SystemCode[]> {
  if (!Object.values(codeLists).includes(list))
    throw new KoppelError('UNEXPECTED', { what: `there is no list of codes ${list}` });
  const path = `/${list}`;
  const data = (await api.read(path, {}, signal))?.['data'];
  if (data === undefined || !areCodes(data)) throw unexpected(`GET ${path}`, 'it has no list of codes');
  const codes = (data as readonly Readonly<Record<string, Json>>[]).map(({ code, name, country }) => ({
    value: code as string,
    name: typeof name === 'string' && name !== '' ? name : null,
    country: typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : null,
  }));
  return [...new Map(codes.map((each) => [each.value, each])).values()];
}
