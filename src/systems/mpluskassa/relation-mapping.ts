/** Default mappings of relations: a relation with a company name is a company with its contacts, another one a person. */
import type { MappingDefinition, Predicate, Rule } from '../../mapping/mapping.js';

export const copy = (target: string, source: string, more: Partial<Rule> = {}): Rule =>
  ({ kind: 'copy', target, source, ...more }) as Rule;
export const clear = { whenEmpty: 'clear' } as const;

const isCompany: Predicate = { field: 'companyName', is: 'filled' };

const relationIn: MappingDefinition = {
  key: 'mpluskassa-relation-in',
  direction: 'inbound',
  connector: 'mpluskassa',
  record: 'relation',
  entity: 'customer',
  rules: [
    copy('hubId', 'extRelationId'),
    {
      kind: 'condition',
      target: 'kind',
      rows: [{ when: isCompany, then: { constant: 'COMPANY' } }],
      otherwise: { constant: 'PERSON' },
    },
    copy('number', 'relationNumber'),
    copy('companyName', 'companyName', clear),
    {
      kind: 'condition',
      target: 'fullName',
      rows: [{ when: { not: isCompany }, then: { copy: 'name' } }],
      ...clear,
      note: 'The name of a company is its company name; people of a company are its contacts.',
    },
    copy('email', 'email', clear),
    copy('phone', 'telephone', clear),
    copy('mobile', 'mobile', clear),
    copy('website', 'website', clear),
    copy('vatNumber', 'vatNumber', clear),
    copy('registrationNumber', 'commerceNumber', clear),
    {
      kind: 'condition',
      target: 'paymentTerm',
      rows: [{ when: { field: 'paymentWithinDays', is: 'gt', value: 0 }, then: { copy: 'paymentWithinDays' } }],
      note: 'Terms of the hub are named after their days.',
    },
    {
      kind: 'condition',
      target: 'paymentDays',
      rows: [{ when: { field: 'paymentWithinDays', is: 'gt', value: 0 }, then: { copy: 'paymentWithinDays' } }],
    },
    copy('isActive', 'active', { default: true }),
    copy('note', 'extraText', clear),
    {
      kind: 'list',
      target: 'addresses',
      source: 'addressList',
      rules: [
        {
          kind: 'condition',
          target: 'role',
          rows: [{ when: { field: 'use', is: 'eq', value: 'DELIVERY' }, then: { constant: 'SHIPPING' } }],
          otherwise: { constant: 'BILLING' },
        },
        {
          kind: 'condition',
          target: 'company',
          rows: [{ when: { field: '^.companyName', is: 'filled' }, then: { copy: '^.companyName' } }],
        },
        copy('line1', 'address'),
        copy('postalCode', 'zipcode'),
        copy('city', 'city'),
        { kind: 'valueList', target: 'country', source: 'country', list: 'mpluskassa-country' },
        copy('countryText', 'country'),
      ],
      ...clear,
    },
    {
      kind: 'list',
      target: 'contacts',
      source: 'people',
      includeWhen: { field: '^.companyName', is: 'filled' },
      rules: [
        copy('fullName', 'name'),
        copy('email', 'email'),
        copy('phone', 'telephone'),
        copy('mobile', 'mobile'),
        copy('isPrimary', 'isFirst'),
      ],
      ...clear,
    },
  ],
};

/** The fields in the order line, postal code, city, country. */
const addressOut = ([line, zipcode, city, country]: readonly [string, string, string, string], from: string): readonly Rule[] => [
  copy(line, `${from}.line1`, clear),
  copy(zipcode, `${from}.postalCode`, clear),
  copy(city, `${from}.city`, clear),
  { kind: 'valueList', target: country, source: `${from}.country`, list: 'mpluskassa-country-out', ...clear },
]; // prettier-ignore

const customerOut: MappingDefinition = {
  key: 'mpluskassa-customer-out',
  direction: 'outbound',
  connector: 'mpluskassa',
  record: 'relation',
  entity: 'customer',
  rules: [
    copy('extRelationId', 'id', { whenEmpty: 'fail', onUpdate: false }),
    {
      kind: 'condition',
      target: 'name',
      rows: [
        {
          when: {
            all: [
              { field: 'kind', is: 'eq', value: 'COMPANY' },
              { field: 'companyName', is: 'filled' },
            ],
          },
          then: { copy: 'companyName' },
        },
        { when: { field: 'fullName', is: 'filled' }, then: { copy: 'fullName' } },
        { when: { field: 'companyName', is: 'filled' }, then: { copy: 'companyName' } },
      ],
      otherwise: { copy: 'email' },
      note: 'A relation needs a name.',
    },
    copy('companyName', 'companyName', clear),
    copy('contact', 'primaryContact.fullName', clear),
    copy('email', 'email', clear),
    copy('telephone', 'phone', clear),
    copy('mobile', 'mobile', clear),
    copy('website', 'website', clear),
    copy('vatNumber', 'vatNumber', clear),
    copy('commerceNumber', 'registrationNumber', clear),
    copy('paymentWithinDays', 'paymentDays'),
    copy('extraText', 'note', clear),
    copy('active', 'isActive', { default: true }),
    ...addressOut(['address', 'zipcode', 'city', 'country'], 'billingAddress'),
    ...addressOut(['deliveryAddress', 'deliveryZipcode', 'deliveryCity', 'deliveryCountry'], 'shippingAddress'),
  ],
};

export const relationMappings: readonly MappingDefinition[] = [relationIn, customerOut];
