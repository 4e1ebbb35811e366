/**
 * What is shown of people to keys without READ_CUSTOMERS: that there is a name, not which. In: records as stored. Out: the
 * same records with every personal text replaced. Applied where records are read, so that no edge of the graph leads around it.
 */
import type { Document, Json } from '../base/document.js';
import type { StoredAddress } from '../schema/address.js';
import type { Customer } from '../schema/customer.js';
import type { SalesOrder, StoredSnapshot } from '../schema/order.js';
import type { StoredLine, StoredPayment } from '../schema/order-parts.js';
import type { DeadLetter, DeadLetterGroup } from '../schema/sync-event.js';
import type { ExternalReference } from '../schema/sync-status.js';
import type { EventRow } from './journal-reads.js';
import type { ProjectionStatus } from './sync-reads.js';

export const masked = '•••';

const hidden = <T extends string | null>(text: T): T => (text === null ? text : (masked as T));

/** What was not asked for is not there. */
const each = <T>(list: readonly T[] | undefined, hiding: (one: T) => T): T[] => (list ?? []).map(hiding);
const given = <T extends object>(value: T | null | undefined, hiding: (one: T) => T): T | null =>
  value ? hiding(value) : null;

/** Every text of an object that is not named. */
function hide<T extends object>(record: T, except: readonly string[]): T {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      typeof value === 'string' && !except.includes(name) ? masked : (value as unknown),
    ]),
  ) as T;
}

const address = (stored: StoredAddress): StoredAddress => hide(stored, ['role', 'country']);
const snapshot = (stored: StoredSnapshot): StoredSnapshot => hide(stored, ['kind']);

/** Lines of text say what people like, names too; the descriptions of others are those of products and services. */
const line = (stored: StoredLine): StoredLine =>
  stored.kind === 'TEXT' && typeof stored.description === 'string' ? { ...stored, description: masked } : stored;

/** Banks state the payer there. */
const payment = (stored: StoredPayment): StoredPayment =>
  typeof stored.reference === 'string' ? { ...stored, reference: masked } : stored;

export function withoutPerson(customer: Customer): Customer {
  return {
    ...customer,
    companyName: hidden(customer.companyName),
    fullName: hidden(customer.fullName),
    firstName: hidden(customer.firstName),
    infix: hidden(customer.infix),
    lastName: hidden(customer.lastName),
    email: hidden(customer.email),
    phone: hidden(customer.phone),
    mobile: hidden(customer.mobile),
    website: hidden(customer.website),
    vatNumber: hidden(customer.vatNumber),
    registrationNumber: hidden(customer.registrationNumber),
    note: hidden(customer.note),
    addresses: each(customer.addresses, address),
    contacts: each(customer.contacts, (contact) => hide(contact, [])),
  };
}

/** Number and reference stay: they are what an order is found by, as in `order(by:)` and the filters. */
export function withoutBuyer(order: SalesOrder): SalesOrder {
  return {
    ...order,
    customerSnapshot: given(order.customerSnapshot, snapshot),
    billingAddress: given(order.billingAddress, address),
    shippingAddress: given(order.shippingAddress, address),
    lines: each(order.lines, line),
    payments: each(order.payments, payment),
    note: hidden(order.note),
  };
}

/** The same of the fields of an order as the hub holds them: at another moment, say. */
export function withoutBuyerIn(fields: Document): Document {
  const masked = withoutBuyer(fields as unknown as SalesOrder) as unknown as Document;
  return Object.fromEntries(Object.keys(fields).map((name) => [name, masked[name] ?? null]));
}

const personalEntities = ['customer', 'contact', 'order'];

/** Whether records of this kind say something of people. */
export const isPersonal = (entity: string): boolean => personalEntities.includes(entity);

const personalTypes = ['CUSTOMER', 'CONTACT', 'ORDER'];

const unquoted = 'What went wrong is shown to those who may see names and addresses of customers.';

function withoutTexts(value: Json): Json {
  if (typeof value === 'string') return masked;
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutTexts(inner as Json)]));
}

/** Problems of customers and orders without the record and without sentences that may quote from it. */
export function withoutQuotes<T extends DeadLetter>(problem: T): T {
  if (!personalTypes.includes(problem.entityType ?? '')) return problem;
  const error = { ...problem.error, message: unquoted, originalMessage: null };
  const value = problem.value === null ? null : withoutTexts(problem.value);
  return { ...problem, error, value, note: hidden(problem.note), payload: withoutTexts(problem.payload) };
}

export const withoutTitle = (group: DeadLetterGroup): DeadLetterGroup =>
  personalTypes.includes(group.entityType ?? '') ? { ...group, title: unquoted } : group;

/** Journal rows of customers and orders without their sentences. */
export const withoutSentences = (row: EventRow): EventRow =>
  personalEntities.includes(row.entity ?? '')
    ? { ...row, message: row.message === null ? null : masked, detail: null }
    : row;

/** The state of a customer or order without the sentence of the engine, which may quote from it. */
export const withoutReason = <T extends ProjectionStatus>(row: T): T =>
  personalEntities.includes(row.entity) ? { ...row, reason: null } : row;

/** People may be known by their e-mail address in a system. */
export const withoutKeys = (reference: ExternalReference): ExternalReference =>
  ['CUSTOMER', 'CONTACT'].includes(reference.entityType) ? { ...reference, alternateKeys: [] } : reference;
