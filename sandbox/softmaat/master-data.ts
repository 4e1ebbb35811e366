/** The master data of the pretended shop: small, read-only, the same for every seed. */
import type { Row } from './answers.js';
import { textOf } from './answers.js';

const row = (names: readonly string[], ...values: Array<string | number>): Row =>
  Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
const rows = (names: string, ...lines: Array<ReadonlyArray<string | number>>): readonly Row[] =>
  lines.map((line) => row(names.split(' '), ...line));

/** Why there is no VAT, beside the rate of 0 that goods can have. */
const withoutVat = [['EXE', 'Vrijgesteld'], ['REV', 'Btw verlegd'], ['ICS', 'Intracommunautaire levering'], ['EXP', 'Uitvoer']] as const; // prettier-ignore

export const masterData: Readonly<Record<string, readonly Row[]>> = {
  warehouses: rows('code name', ['MAIN', 'Centraal magazijn'], ['SHOP-NL', 'Winkel Rotterdam'], ['SHOP-FR', 'Boutique Lille']),
  'tax-codes': rows(
    'code name rate country',
    ['NL21', 'BTW hoog', '21', 'NL'], ['NL9', 'BTW laag', '9', 'NL'], ['NL0', 'BTW nul', '0', 'NL'],
    ['BE21', 'BTW 21 %', '21', 'BE'], ['BE12', 'BTW 12 %', '12', 'BE'], ['BE6', 'BTW 6 %', '6', 'BE'], ['BE0', 'BTW 0 %', '0', 'BE'],
    ['FR20', 'TVA 20 %', '20', 'FR'], ['FR10', 'TVA 10 %', '10', 'FR'], ['FR5', 'TVA 5,5 %', '5.5', 'FR'], ['FR2', 'TVA 2,1 %', '2.1', 'FR'], ['FR0', 'TVA 0 %', '0', 'FR'],
    ['DE19', 'USt 19 %', '19', 'DE'], ['DE7', 'USt 7 %', '7', 'DE'], ['DE0', 'USt 0 %', '0', 'DE'],
    ...['NL', 'BE', 'FR', 'DE', 'LU'].flatMap((country) => withoutVat.map(([ending, name]) => [country + ending, name, '0', country])),
    ['LU17', 'TVA 17 %', '17', 'LU'], ['LU14', 'TVA 14 %', '14', 'LU'], ['LU8', 'TVA 8 %', '8', 'LU'], ['LU3', 'TVA 3 %', '3', 'LU'], ['LU0', 'TVA 0 %', '0', 'LU'],
  ), // prettier-ignore
  'revenue-accounts': rows(
    'code name country',
    ['8000', 'Omzet hoog', 'NL'], ['8010', 'Omzet laag', 'NL'], ['8020', 'Omzet nul', 'NL'],
    ['700000', 'Verkopen België', 'BE'], ['707000', 'Ventes de marchandises', 'FR'], ['8400', 'Erlöse', 'DE'], ['702000', 'Ventes Luxembourg', 'LU'],
  ), // prettier-ignore
  'shipping-methods': rows('code name', ['POSTNL', 'PostNL'], ['BPOST', 'bpost'], ['COLISSIMO', 'Colissimo'], ['DHL', 'DHL Parcel'], ['EXPRESS', 'Express'], ['MAILBOX', 'Brievenbuspakket'], ['COURIER', 'Koerier'], ['PICKUP', 'Afhalen in de winkel'], ['OTHER', 'Overig']),
  'payment-methods': rows('code name', ['IDEAL', 'iDEAL'], ['BANCONTACT', 'Bancontact'], ['CARD', 'Creditcard'], ['PIN', 'Pin'], ['CASH', 'Contant'], ['INVOICE', 'Op rekening'], ['PAYPAL', 'PayPal'], ['TRANSFER', 'Overboeking'], ['DEBIT', 'Incasso'], ['VOUCHER', 'Cadeaubon'], ['OTHER', 'Overig']),
  'payment-terms': rows('code name days', ['DIRECT', 'Direct', 0], ['N8', '8 dagen', 8], ['N14', '14 dagen', 14], ['N30', '30 dagen', 30], ['N60', '60 jours fin de mois', 60]),
}; // prettier-ignore

export function hasMaster(kind: string, code: unknown): boolean {
  return masterData[kind]?.some((one) => one['code'] === code) ?? false;
}

export function countryOf(taxCode: unknown): string | undefined {
  const found = masterData['tax-codes']?.find((one) => one['code'] === taxCode);
  return found === undefined ? undefined : textOf(found['country']);
}

export function rateOf(taxCode: unknown): string | undefined {
  const found = masterData['tax-codes']?.find((one) => one['code'] === taxCode);
  return found === undefined ? undefined : textOf(found['rate']);
}
