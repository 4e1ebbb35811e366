/**
 * Customers and debtors. A company is a debtor with contacts under it; whoever has no company name is a person. What the
 * other side does not say about a debtor (telephone, VAT number) is left as people in the shop have it.
 */
import type { MappingDefinition, Predicate, Rule } from '../../mapping/mapping.js';

const copies = (...names: readonly string[]): readonly Rule[] =>
  names.map((name) => ({ kind: 'copy', target: name, source: name }));

const hasCompany: Predicate = {
  any: [
    { field: 'companyName', is: 'filled' },
    { field: 'kind', is: 'eq', value: 'COMPANY' },
  ],
};

/**
 * Inside an address an empty part is said too, because addresses are replaced as a whole. The country of the shop stands in
 * only where nothing is said of the country; what people wrote and nobody knows is asked of a person. `isTold`: otherwise all
 * parts are empty, and so is the address.
 */
const addressOut = (at: string, to: string, isTold?: Predicate): readonly Rule[] => {
  const source = (name: string): string => `${at}${name}`;
  const isFilled = (name: string): Predicate => ({ field: source(name), is: 'filled' });
  const told = (when: Predicate): Predicate => (isTold === undefined ? when : { all: [isTold, when] });
  const firstOf = (name: string, ...from: readonly string[]): Rule => ({
    kind: 'condition',
    target: `${to}${name}`,
    rows: from.map((each) => ({ when: told(isFilled(each)), then: { copy: source(each) } })),
    whenEmpty: 'clear',
  });
  const isUsed: Predicate = { any: [isFilled('street'), isFilled('line1'), isFilled('city')] };
  const here = at === '' ? 'item.' : `record.${at}`;
  const isOther: Predicate = { expression: `${here}company != ${here}name` };
  const above = at === '' ? '^.settings.country' : 'settings.country';
  return [
    firstOf('name', 'company', 'name'),
    firstOf('street', 'street', 'line1'),
    ...['houseNumber', 'addition', 'postalCode', 'city', 'region'].map((name) => firstOf(name, name)),
    {
      kind: 'condition',
      target: `${to}line2`,
      rows: [
        { when: told(isFilled('line2')), then: { copy: source('line2') } },
        { when: told({ all: [isFilled('company'), isFilled('name'), isOther] }), then: { copy: source('name') } },
      ],
      whenEmpty: 'clear',
      note: 'One name of an address is that of the company; the person stands in the second line when that is free.',
    },
    {
      kind: 'condition',
      target: `${to}country`,
      rows: [
        { when: told(isFilled('country')), then: { copy: source('country') } },
        { when: told({ all: [isFilled('countryText'), isUsed] }), then: { translate: { source: source('countryText'), list: 'softmaat-country' } } },
        { when: told(isUsed), then: { copy: above } },
      ],
      whenEmpty: 'clear',
    },
  ];
}; // prettier-ignore

/**
 * The rules of both addresses of an order. An address has a street and a city there: what lacks one is not told of bills,
 * because the debtor has an address too. A street alone is told of parcels, which may go nowhere else, and refused.
 */
export const orderAddressesOut: readonly Rule[] = ['billingAddress', 'shippingAddress'].flatMap((name) => {
  const isFilled = (part: string): Predicate => ({ field: `${name}.${part}`, is: 'filled' });
  const hasStreet: Predicate = { any: [isFilled('street'), isFilled('line1')] };
  const isTold = name === 'billingAddress' ? { all: [hasStreet, isFilled('city')] } : hasStreet;
  return addressOut(`${name}.`, `${name}.`, isTold);
});

const debtorIn: MappingDefinition = {
  direction: 'inbound',
  connector: 'softmaat',
  key: 'softmaat-debtor-in',
  record: 'debtor',
  entity: 'customer',
  rules: [
    { kind: 'copy', target: 'hubId', source: 'externalReference' },
    {
      kind: 'condition',
      target: 'kind',
      rows: [{ when: { field: 'kind', is: 'eq', value: 'company' }, then: { constant: 'COMPANY' } }],
      otherwise: { constant: 'PERSON' },
    },
    ...copies('number', 'language', 'vatNumber'),
    ...['companyName', 'firstName', 'infix', 'lastName', 'email', 'phone', 'mobile'].map((name): Rule => ({
      kind: 'copy',
      target: name,
      source: name,
      whenEmpty: 'clear',
      note: 'A name is given as a whole: parts of the old one must not stay.',
    })),
    { kind: 'copy', target: 'registrationNumber', source: 'chamberOfCommerce' },
    { kind: 'valueList', target: 'priceList', source: 'priceListCode', list: 'softmaat-price-list-in' },
    { kind: 'valueList', target: 'paymentTerm', source: 'paymentTermCode', list: 'softmaat-payment-term-in' },
    { kind: 'valueList', target: 'paymentDays', source: 'paymentTermCode', list: 'softmaat-payment-term-in' },
    { kind: 'copy', target: 'isBlocked', source: 'blocked' },
    {
      kind: 'list',
      target: 'addresses',
      source: 'addresses',
      whenEmpty: 'clear',
      rules: [
        {
          kind: 'condition',
          target: 'role',
          rows: [{ when: { field: 'role', is: 'eq', value: 'shipping' }, then: { constant: 'SHIPPING' } }],
          otherwise: { constant: 'BILLING' },
        },
        ...copies('name', 'street', 'houseNumber', 'addition', 'line2', 'postalCode', 'city', 'region', 'country'),
      ],
    },
    {
      kind: 'list',
      target: 'contacts',
      source: 'contacts',
      whenEmpty: 'clear',
      rules: [
        ...copies('firstName', 'lastName', 'email', 'phone', 'jobTitle'),
        { kind: 'copy', target: 'isPrimary', source: 'primary' },
      ],
    },
  ],
};

const customerOut: MappingDefinition = {
  direction: 'outbound',
  connector: 'softmaat',
  key: 'softmaat-customer-out',
  record: 'debtor',
  entity: 'customer',
  rules: [
    {
      kind: 'copy',
      target: 'externalReference',
      source: 'id',
      onUpdate: false,
      note: 'A debtor that somebody else made keeps the reference that it has.',
    },
    {
      kind: 'condition',
      target: 'kind',
      rows: [{ when: hasCompany, then: { constant: 'company' } }],
      otherwise: { constant: 'person' },
    },
    {
      kind: 'condition',
      target: 'companyName',
      rows: [
        { when: { field: 'companyName', is: 'filled' }, then: { copy: 'companyName' } },
        { when: { field: 'kind', is: 'eq', value: 'COMPANY' }, then: { copy: 'fullName' } },
      ],
    },
    {
      kind: 'condition',
      target: 'lastName',
      rows: [
        { when: { field: 'lastName', is: 'filled' }, then: { copy: 'lastName' } },
        { when: hasCompany, then: { constant: null } },
      ],
      otherwise: { copy: 'fullName' },
      note: 'A person needs a last name; who gives only a whole name has it there.',
    },
    ...['firstName', 'infix'].map((name): Rule => ({
      kind: 'copy',
      target: name,
      source: name,
      whenEmpty: 'clear',
      note: 'A name is given as a whole: parts of the old one must not stay.',
    })),
    ...copies('email', 'phone', 'mobile', 'vatNumber', 'language'),
    { kind: 'copy', target: 'chamberOfCommerce', source: 'registrationNumber' },
    { kind: 'valueList', target: 'paymentTermCode', source: 'paymentTerm', list: 'softmaat-payment-term-out' },
    { kind: 'valueList', target: 'priceListCode', source: 'priceList', list: 'softmaat-price-list-out' },
    { kind: 'copy', target: 'blocked', source: 'isBlocked' },
    {
      kind: 'list',
      target: 'addresses',
      source: 'addresses',
      includeWhen: {
        all: [
          { field: 'role', is: 'in', value: ['BILLING', 'SHIPPING'] },
          { field: 'city', is: 'filled' },
          {
            any: [
              { field: 'street', is: 'filled' },
              { field: 'line1', is: 'filled' },
            ],
          },
        ],
      },
      rules: [
        {
          kind: 'condition',
          target: 'role',
          rows: [{ when: { field: 'role', is: 'eq', value: 'SHIPPING' }, then: { constant: 'shipping' } }],
          otherwise: { constant: 'billing' },
        },
        ...addressOut('', ''),
      ],
      note: 'Only addresses that the debtor can have: for bills or parcels, with street and city.',
    },
  ],
};

const contactOut: MappingDefinition = {
  direction: 'outbound',
  connector: 'softmaat',
  key: 'softmaat-contact-out',
  record: 'contact',
  entity: 'contact',
  includeWhen: { field: 'kind', is: 'eq', value: 'COMPANY', note: 'Only companies have contacts.' },
  rules: [
    { kind: 'copy', target: 'debtorId', source: 'customer' },
    {
      kind: 'condition',
      target: 'lastName',
      rows: [
        {
          when: {
            all: [
              { field: 'lastName', is: 'filled' },
              { field: 'infix', is: 'filled' },
            ],
          },
          then: {
            expression: `record.infix + (record.infix.replace("’", "'").endsWith("'") ? "" : " ") + record.lastName`,
          },
        },
        { when: { field: 'lastName', is: 'filled' }, then: { copy: 'lastName' } },
      ],
      otherwise: { copy: 'fullName' },
      note: 'A contact has no field for an infix: it stands before the last name, as people write it there.',
    },
    {
      kind: 'condition',
      target: 'firstName',
      rows: [{ when: { field: 'lastName', is: 'filled' }, then: { copy: 'firstName' } }],
      whenEmpty: 'clear',
      note: 'A whole name in the place of the last name holds it already.',
    },
    { kind: 'copy', target: 'email', source: 'email' },
    {
      kind: 'condition',
      target: 'phone',
      rows: [{ when: { field: 'phone', is: 'filled' }, then: { copy: 'phone' } }],
      otherwise: { copy: 'mobile' },
    },
    { kind: 'copy', target: 'jobTitle', source: 'jobTitle' },
    { kind: 'copy', target: 'primary', source: 'isPrimary', default: true },
  ],
};

export const debtorMappings: readonly MappingDefinition[] = [debtorIn, customerOut, contactOut];
