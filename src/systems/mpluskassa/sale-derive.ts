/**
 * The computed fields of orders, invoices and relations. Pure and total. What mappings cannot say is calculated here:
 * sums, comparisons of two amounts, local time. What it means for the hub is said by mappings.
 */
import Big from 'big.js';
import { normaliseDecimal } from '../../base/decimal.js';
import type { Document, Field } from '../../base/document.js';
import { keyedPayments } from '../../base/payment-keys.js';
import { textIn } from './records.js';
import { listIn, objectIn } from './sale-shapes.js';
import { localText } from './soap/shop-time.js';

export const paidStates = ['NOTHING', 'PART', 'ALL', 'TOO-MUCH', 'PART-REFUNDED', 'REFUNDED'] as const;

/** No record names it: it is a setting. */
export const currencyComputed: Field = {
  name: 'currency',
  type: 'text',
  computed: true,
  label: 'Currency of the administration',
};

export const saleComputed: readonly Field[] = [
  currencyComputed,
  { name: 'numberText', type: 'text', computed: true, label: 'Readable number: the transaction, else year and number' },
  { name: 'entryTimestampLocal', type: 'text', computed: true, label: 'Time of entry in the shop, with its offset' },
  {
    name: 'saleCountryIso3',
    type: 'text',
    computed: true,
    label: 'Country of VAT: the stated one, else that of all its VAT',
  },
  { name: 'totalVatAmount', type: 'decimal', computed: true, label: 'VAT: the difference of both totals' },
  { name: 'paidState', type: 'text', values: paidStates, computed: true, label: 'How much of the total is paid' },
];

const addressParts = ['address', 'zipcode', 'city', 'country'] as const;

/** Uses of the addresses of a relation, and the names under which each has its parts: those of `addressParts`. */
const addressUses = [
  ['MAIN', addressParts],
  ['DELIVERY', ['deliveryAddress', 'deliveryZipcode', 'deliveryCity', 'deliveryCountry']],
] as const;

export const relationComputed: readonly Field[] = [
  {
    name: 'addressList',
    type: 'object',
    list: true,
    computed: true,
    label: 'Addresses: the main one and the one for deliveries',
    fields: [
      { name: 'use', type: 'text', required: true, values: addressUses.map(([use]) => use) },
      ...addressParts.map((name) => ({ name, type: 'text' }) as const),
    ],
  },
  {
    name: 'people',
    type: 'object',
    list: true,
    computed: true,
    fields: [
      { name: 'name', type: 'text' },
      { name: 'email', type: 'text' },
      { name: 'telephone', type: 'text' },
      { name: 'mobile', type: 'text' },
      { name: 'isFirst', type: 'boolean' },
    ],
    label: 'Contact persons of a company, the one on the relation first',
  },
];

/** `paid`: field that says how much was paid. */
export function deriveSale(sale: Document, system: string, numberField: string, paid: string): Document {
  const [incl, excl] = [decimalIn(sale, 'totalInclAmount'), decimalIn(sale, 'totalExclAmount')];
  const entered = textIn(sale, 'entryTimestamp');
  return {
    ...sale,
    payments: paymentsOf(sale, system),
    numberText: numberOf(sale, numberField),
    entryTimestampLocal: entered === undefined ? null : localText(entered),
    saleCountryIso3: countryOf(sale),
    totalVatAmount: incl === null || excl === null ? null : incl.minus(excl).toFixed(),
    paidState: incl === null ? null : paidState(incl, decimalIn(sale, paid) ?? new Big(0), listIn(sale, 'payments')),
  };
}

/** What is stated for the sale as a whole counts; VAT of several countries says nothing. */
function countryOf(sale: Document): string | null {
  const stated = textIn(sale, 'vatCountryIso3')?.trim() ?? '';
  if (stated !== '') return stated;
  const [country = '', ...others] = new Set(listIn(sale, 'vatGroupList').map((group) => textIn(group, 'countryIso3')?.trim() ?? ''));
  return country === '' || others.length > 0 ? null : country;
} // prettier-ignore

function numberOf(sale: Document, field: string): string | null {
  const readable = textIn(sale, 'transactionString')?.trim() ?? '';
  if (readable !== '') return readable;
  const { year, number } = objectIn(sale, field);
  return Number(year) > 0 ? `${String(year)}-${String(number)}` : null;
}

/** Payments by the key that they have in all systems. */
function paymentsOf(sale: Document, system: string): readonly Document[] {
  const payments = listIn(sale, 'payments');
  const keyed = keyedPayments(
    system,
    payments.map((payment) => {
      const { key = '', id = key, reference = '' } = payment;
      return { id: String(id), reference: String(key === id ? reference : key) };
    }),
  );
  return payments.map((payment, index) => ({ ...payment, ...keyed[index] }));
}

/** A total below zero is paid when as much was given back. */
function paidState(total: Big, paid: Big, payments: readonly Document[]): (typeof paidStates)[number] {
  const [due, given] = total.lt(0) ? [total.neg(), paid.neg()] : [total, paid];
  const hasRefund = total.gt(0) && payments.some((payment) => decimalIn(payment, 'amount')?.lt(0) === true);
  const hasPayment = payments.some((payment) => decimalIn(payment, 'amount')?.gt(0) === true);
  if (given.gt(due)) return 'TOO-MUCH';
  if (given.eq(due)) return due.eq(0) && hasRefund && !hasPayment ? 'REFUNDED' : 'ALL';
  if (hasRefund && hasPayment) return given.gt(0) ? 'PART-REFUNDED' : 'REFUNDED';
  return given.gt(0) ? 'PART' : 'NOTHING';
}

export function deriveRelation(relation: Document): Document {
  const contact = textIn(relation, 'contact')?.trim() ?? '';
  const below = listIn(relation, 'contactList').map((person) => ({
    name: textIn(person, 'name') ?? '',
    email: textIn(person, 'email') ?? '',
    telephone: textIn(person, 'telephone') ?? '',
    mobile: textIn(person, 'mobile') ?? '',
  }));
  const known = below.some(({ name }) => name.trim() === contact);
  const first = contact === '' || known ? [] : [{ name: contact, email: '', telephone: '', mobile: '' }];
  const people = [...first, ...below].filter(({ name, email }) => name !== '' || email !== '');
  const at = Math.max(0, people.findIndex(({ name }) => name.trim() === contact)); // prettier-ignore
  return {
    ...relation,
    addressList: addressesOf(relation),
    people: people.map((person, index) => ({ ...person, isFirst: index === at })),
  };
}

function addressesOf(relation: Document): readonly Document[] {
  return addressUses.flatMap(([use, names]) => {
    const parts = addressParts.map((part, at) => [part, textIn(relation, names[at] ?? part) ?? ''] as const);
    return parts.every(([, text]) => text === '') ? [] : [{ use, ...Object.fromEntries(parts) }];
  });
}

export function decimalIn(document: Document, field: string): Big | null {
  const value = document[field];
  const text = typeof value === 'string' ? normaliseDecimal(value) : undefined;
  return text === undefined ? null : new Big(text);
}
