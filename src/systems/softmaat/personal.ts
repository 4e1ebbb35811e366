/** What of debtors, their contacts and orders says something of people. In: records as the shop shows them or as they are written. Pure. */
import type { Document, Json } from '../../base/document.js';
import { keyInMark } from '../../base/payment-keys.js';
import type { PersonalWords } from '../system.js';
import { textOf } from './json-text.js';
import { objectsIn } from './order-derive.js';

const addresses = ['billingAddress', 'shippingAddress'] as const;

/** A mark of the hub stays, by which it knows its own payments. */
function paymentWithout({ reference = null, ...payment }: Document): Document {
  return keyInMark(textOf(reference)) === undefined ? payment : { ...payment, reference };
}

/** Of an address the country stays, because VAT depends on it. */
function orderWithout({ note: _note, reference: _reference, ...order }: Document): Document {
  const kept: Record<string, Json> = { ...order };
  for (const name of addresses) {
    if (!(name in kept)) continue;
    const [address = {}] = objectsIn([kept[name] ?? null]);
    const country = textOf(address['country']);
    if (country === '') delete kept[name];
    else kept[name] = { country };
  }
  if ('payments' in kept) kept['payments'] = objectsIn(kept['payments']).map(paymentWithout);
  return kept;
}

const person = { firstName: null, email: null, phone: null };

export const personal: PersonalWords = {
  emptied: {
    debtor: { ...person, infix: null, mobile: null, vatNumber: null, chamberOfCommerce: null, addresses: [] },
    contact: { ...person, jobTitle: null },
  },
  customerOf: (record, document) => (record === 'order' ? textOf(document['debtorId']) || undefined : undefined),
  withoutPerson(record, document) {
    if (record === 'debtor' || record === 'contact') return {};
    return record === 'order' ? orderWithout(document) : document;
  },
};
