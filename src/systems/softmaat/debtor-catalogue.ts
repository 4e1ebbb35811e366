/** The fields of debtors and of the contacts under them. A debtor is read with the contacts of a company. */
import type { Field, RecordCatalogue } from '../../base/document.js';

const system = { onCreate: false, onUpdate: false } as const;

const stamps: readonly Field[] = [
  { name: 'updatedAt', type: 'instant', ...system, label: 'Changed at' },
  { name: 'version', type: 'integer', ...system, label: 'Version' },
];

/** Street, city and country are needed in every address; the system says so when one is missing. */
export const addressFields: readonly Field[] = [
  { name: 'name', type: 'text', label: 'Name' },
  { name: 'street', type: 'text', label: 'Street' },
  { name: 'houseNumber', type: 'text', label: 'House number' },
  { name: 'addition', type: 'text', label: 'Addition to the house number' },
  { name: 'line2', type: 'text', label: 'Second line' },
  { name: 'postalCode', type: 'text', label: 'Postal code' },
  { name: 'city', type: 'text', label: 'City' },
  { name: 'region', type: 'text', label: 'Region' },
  { name: 'country', type: 'text', maxLength: 2, label: 'Country (ISO 3166-1 alpha-2)' },
];

const personal: readonly Field[] = [
  { name: 'lastName', type: 'text', maxLength: 255, label: 'Last name' },
  { name: 'firstName', type: 'text', label: 'First name' },
  { name: 'email', type: 'text', maxLength: 254, label: 'E-mail' },
  { name: 'phone', type: 'text', label: 'Telephone' },
];

const contactFields: readonly Field[] = [
  ...personal.map((field) => (field.name === 'lastName' ? { ...field, required: true } : field)),
  { name: 'jobTitle', type: 'text', label: 'Job title' },
  { name: 'primary', type: 'boolean', label: 'First contact' },
];

export const debtorCatalogue: readonly RecordCatalogue[] = [
  {
    record: 'debtor',
    fields: [
      { name: 'id', type: 'text', ...system, label: 'Id' },
      { name: 'number', type: 'text', ...system, label: 'Debtor number' },
      { name: 'kind', type: 'text', required: true, values: ['company', 'person'], label: 'Company or person' },
      { name: 'companyName', type: 'text', maxLength: 255, label: 'Company name' },
      ...personal,
      { name: 'infix', type: 'text', label: 'Infix' },
      { name: 'mobile', type: 'text', label: 'Mobile' },
      { name: 'vatNumber', type: 'text', label: 'VAT number' },
      { name: 'chamberOfCommerce', type: 'text', label: 'Chamber of commerce number' },
      { name: 'language', type: 'text', label: 'Language' },
      { name: 'paymentTermCode', type: 'text', label: 'Payment term' },
      { name: 'priceListCode', type: 'text', label: 'Price list' },
      { name: 'blocked', type: 'boolean', label: 'Blocked' },
      {
        name: 'addresses',
        type: 'object',
        list: true,
        label: 'Addresses',
        fields: [
          {
            name: 'role',
            type: 'text',
            required: true,
            values: ['billing', 'shipping'],
            label: 'For invoices or deliveries',
          },
          ...addressFields,
        ],
      },
      { name: 'externalReference', type: 'text', label: 'Reference of the other system' },
      {
        name: 'contacts',
        type: 'object',
        list: true,
        ...system,
        label: 'Contacts of a company',
        fields: [{ name: 'id', type: 'text', ...system, label: 'Id' }, ...contactFields, ...stamps],
      },
      ...stamps,
    ],
  },
  {
    record: 'contact',
    fields: [
      { name: 'id', type: 'text', ...system, label: 'Id' },
      { name: 'debtorId', type: 'reference', entity: 'customer', required: true, label: 'Debtor' },
      ...contactFields,
      ...stamps,
    ],
  },
];
