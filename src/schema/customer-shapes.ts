/** Stored customers in the shapes of the graph, and what is odd about them. Pure. */
import type { CustomerAddress, DataIssue, StoredAddress } from './address.js';
import type { CompanyDetails, Contact, Customer, PersonDetails, StoredContact } from './customer.js';
import { addressOf } from './order-shapes.js';

/** Company name, else the person's name, else the number: never empty. The same words as in the sort order by name. */
export const displayNameOf = (customer: Customer): string =>
  customer.companyName ?? customer.fullName ?? customer.lastName ?? customer.number ?? customer.id;

export const companyOf = (customer: Customer): CompanyDetails | null =>
  customer.kind === 'COMPANY'
    ? {
        legalName: displayNameOf(customer),
        vatNumber: customer.vatNumber,
        registrationNumber: customer.registrationNumber,
      }
    : null;

const personIn = (names: StoredContact): PersonDetails => ({
  fullName: names.fullName ?? null,
  firstName: names.firstName ?? null,
  namePrefix: names.infix ?? null,
  lastName: names.lastName ?? null,
});

export const personOf = ({ kind, fullName, firstName, infix, lastName }: Customer): PersonDetails | null =>
  kind === 'PERSON' ? { fullName, firstName, namePrefix: infix, lastName } : null;

export const contactsOf = (customer: Customer): Contact[] =>
  customer.contacts.map((contact) => ({
    person: personIn(contact),
    email: contact.email ?? null,
    phone: contact.phone ?? null,
    mobile: contact.mobile ?? null,
    jobTitle: contact.jobTitle ?? null,
    isPrimary: contact.isPrimary ?? false,
  }));

export const addressesOf = (customer: Customer): CustomerAddress[] =>
  customer.addresses.map((address) => ({
    roles: address.role === undefined ? [] : [address.role],
    address: addressOf(address),
  }));

/** What an e-mail address looks like; also asked of the database, by the filter for customers with issues. */
export const mailForm = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

function mailIssue(email: string | null | undefined, path: string): DataIssue[] {
  if (!email || mailForm.test(email)) return [];
  return [{ code: 'EMAIL_MALFORMED', message: 'This is not an e-mail address.', path, severity: 'WARNING' }];
}

function addressIssues(address: StoredAddress, path: string): DataIssue[] {
  const found: DataIssue[] = [];
  if (address.country === undefined && address.countryText !== undefined) {
    const message = 'The country was not recognised; its text is in countryText.';
    found.push({ code: 'COUNTRY_UNKNOWN', message, path: `${path}.country`, severity: 'WARNING' });
  }
  if (address.line1 !== undefined && (address.street === undefined || address.houseNumber === undefined)) {
    const message = 'Street and house number were not found in the first line.';
    found.push({ code: 'ADDRESS_UNPARSED', message, path: `${path}.line1`, severity: 'INFO' });
  }
  return found;
}

/** Of a customer as it is stored; a record whose personal data is masked cannot be judged. */
export const issuesOf = (customer: Customer): DataIssue[] => [
  ...mailIssue(customer.email, 'email'),
  ...customer.contacts.flatMap(({ email }, i) => mailIssue(email, `contacts.${i}.email`)),
  ...customer.addresses.flatMap((address, i) => addressIssues(address, `addresses.${i}`)),
];
