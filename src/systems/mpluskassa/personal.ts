/** What of relations, orders and invoices says something of people. In: records as the till shows them or as they are written. Pure. */
import type { Document, Json } from '../../base/document.js';
import { keyInMark } from '../../base/payment-keys.js';
import type { PersonalWords } from '../system.js';
import { textIn } from './records.js';
import { listIn, objectIn } from './sale-shapes.js';

const without = (document: Document, names: readonly string[]): Document =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));

const addresses = ['deliveryAddress', 'invoiceAddress'] as const;
const texts = ['relationName', 'relationBankAccountNumber', 'relationVatNumber', 'reference', 'creditedReason'];
const paymentTexts = ['reference', 'description', 'giftcardNumber', 'externalPaymentId', 'externalReference'];

/** The country stays, because VAT depends on it. */
const countryOf = (address: Document): Document => {
  const country = textIn(address, 'country') ?? '';
  return country === '' ? {} : { country };
};

/** A mark of the hub stays, by which it knows its own payments. */
function paymentWithout(payment: Document): Document {
  const kept = without(payment, paymentTexts);
  const reference = textIn(payment, 'externalReference') ?? '';
  return keyInMark(reference) === undefined ? kept : { ...kept, externalReference: reference };
}

function saleWithout(sale: Document): Document {
  const kept: Record<string, Json> = { ...without(sale, texts) };
  for (const name of addresses) if (name in kept) kept[name] = countryOf(objectIn(sale, name));
  for (const name of ['paymentList', 'payments']) if (name in kept) kept[name] = listIn(sale, name).map(paymentWithout);
  return kept;
}

const address = { address: '', zipcode: '', city: '', country: '' };
const delivery = { deliveryAddress: '', deliveryZipcode: '', deliveryCity: '', deliveryCountry: '' };

export const personal: PersonalWords = {
  emptied: {
    relation: { ...address, ...delivery, contact: '', telephone: '', mobile: '', email: '', website: '', vatNumber: '', commerceNumber: '', extraText: '' },
  }, // prettier-ignore
  customerOf: (record, document) =>
    record === 'order' || record === 'invoice' ? textIn(document, 'relationNumber') : undefined,
  withoutPerson(record, document) {
    if (record === 'relation') return {};
    return record === 'order' || record === 'invoice' ? saleWithout(document) : document;
  },
};
