/**
 * Customers and addresses as the hub keeps them. Raw lines are the truth: `line1` and `fullName` are what people wrote;
 * street, number and the parts of a name are derived from them where a system gives only the whole (addresses.ts, names.ts).
 */
import type { Field } from '../base/document.js';

export const customerKinds = ['PERSON', 'COMPANY'] as const;
export const addressRoles = ['BILLING', 'SHIPPING', 'VISITING'] as const;

export const addressFields = [
  { name: 'name', type: 'text', label: 'Name of the person' },
  { name: 'company', type: 'text', label: 'Name of the company' },
  { name: 'line1', type: 'text', label: 'First line as it is printed' },
  { name: 'line2', type: 'text', label: 'Second line' },
  { name: 'street', type: 'text', label: 'Street' },
  { name: 'houseNumber', type: 'text', label: 'House number' },
  { name: 'addition', type: 'text', label: 'Addition to the house number, or box' },
  { name: 'postalCode', type: 'text', label: 'Postal code' },
  { name: 'city', type: 'text', label: 'City' },
  { name: 'region', type: 'text', label: 'Region' },
  { name: 'country', type: 'text', maxLength: 2, label: 'Country (ISO 3166-1 alpha-2)' },
  { name: 'countryText', type: 'text', label: 'Country as the system wrote it' },
] as const satisfies readonly Field[];

export const personFields = [
  { name: 'fullName', type: 'text', label: 'Full name as it is written' },
  { name: 'firstName', type: 'text', label: 'First name' },
  { name: 'infix', type: 'text', label: 'Infix (van, de, du)' },
  { name: 'lastName', type: 'text', label: 'Last name' },
  { name: 'email', type: 'text', maxLength: 254, label: 'E-mail' },
  { name: 'phone', type: 'text', label: 'Telephone' },
  { name: 'mobile', type: 'text', label: 'Mobile' },
] as const satisfies readonly Field[];

export const contactFields = [
  ...personFields,
  { name: 'jobTitle', type: 'text', label: 'Job title' },
  { name: 'isPrimary', type: 'boolean', label: 'First contact' },
] as const satisfies readonly Field[];

export const customerFields = [
  { name: 'kind', type: 'text', values: customerKinds, label: 'Person or company' },
  { name: 'number', type: 'text', label: 'Number by which people know the customer' },
  { name: 'companyName', type: 'text', label: 'Company name' },
  ...personFields,
  { name: 'website', type: 'text', label: 'Website' },
  { name: 'language', type: 'text', label: 'Language' },
  { name: 'vatNumber', type: 'text', label: 'VAT number' },
  { name: 'registrationNumber', type: 'text', label: 'Chamber of commerce, KBO or SIREN number' },
  { name: 'priceList', type: 'text', label: 'Price list' },
  { name: 'paymentTerm', type: 'text', label: 'Payment term' },
  { name: 'paymentDays', type: 'integer', label: 'Days within which to pay' },
  { name: 'isActive', type: 'boolean', label: 'Active' },
  { name: 'isBlocked', type: 'boolean', label: 'Blocked' },
  { name: 'note', type: 'text', label: 'Note' },
  {
    name: 'addresses',
    type: 'object',
    list: true,
    fields: [
      { name: 'role', type: 'text', required: true, values: addressRoles, label: 'Kind of address' },
      ...addressFields,
    ],
    label: 'Addresses',
  },
  { name: 'contacts', type: 'object', list: true, fields: contactFields, label: 'Contacts of a company' },
] as const satisfies readonly Field[];
