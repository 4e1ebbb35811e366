/** The default mappings of customers, with documents as they really come. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../base/document.js';
import { mapped, run } from '../../../test/support/shop-fixture.js';

describe('a customer', () => {
  const settings = { country: 'NL', currency: 'EUR' };

  it('with a company name becomes a company, whose name and contact are apart', () => {
    const company = { id: 'cus_1', kind: 'COMPANY', companyName: 'Kaap BV', email: 'info@kaap.nl', registrationNumber: '1', paymentTerm: '8', settings };
    expect(mapped('softmaat-customer-out', company)).toEqual({
      externalReference: 'cus_1', kind: 'company', companyName: 'Kaap BV', firstName: null, infix: null, email: 'info@kaap.nl', chamberOfCommerce: '1', paymentTermCode: 'N8',
    });
    const contact = { id: 'cus_1', customer: 'cus_1', kind: 'COMPANY', fullName: 'Jan van den Berg', firstName: 'Jan', infix: 'van den', lastName: 'Berg', mobile: '06', settings };
    expect(mapped('softmaat-contact-out', contact)).toEqual({ debtorId: 'cus_1', lastName: 'van den Berg', firstName: 'Jan', phone: '06', primary: true });
    for (const infix of ["d'", 'd’']) expect(mapped('softmaat-contact-out', { ...contact, infix })).toMatchObject({ lastName: `${infix}Berg`, firstName: 'Jan' });
    expect(mapped('softmaat-contact-out', { ...contact, firstName: null, infix: null, lastName: null })).toMatchObject({ lastName: 'Jan van den Berg', firstName: null });
    expect(mapped('softmaat-contact-out', { ...contact, infix: null })).toMatchObject({ lastName: 'Berg', firstName: 'Jan' });
    expect(run('softmaat-contact-out', { ...contact, kind: 'PERSON' })).toMatchObject({ type: 'excluded' });
  }); // prettier-ignore

  it('without one is a person, by last name or else by the whole name, and keeps the reference that it has', () => {
    const person = { id: 'cus_2', kind: 'PERSON', fullName: 'Cher', settings };
    expect(mapped('softmaat-customer-out', person)).toEqual({ externalReference: 'cus_2', kind: 'person', lastName: 'Cher', firstName: null, infix: null });
    expect(mapped('softmaat-customer-out', { ...person, lastName: 'Vries', infix: 'de', isBlocked: true }, 'update')).toEqual({
      kind: 'person', lastName: 'Vries', firstName: null, infix: 'de', blocked: true,
    });
  }); // prettier-ignore

  it('has the addresses that a debtor can have', () => {
    const addresses: readonly Document[] = [
      { role: 'BILLING', line1: 'Laan 1', city: 'Breda' },
      { role: 'SHIPPING', name: 'Jan', company: 'Kaap', street: 'Kerkstraat', houseNumber: '3', addition: 'HS', city: 'Gent', country: 'BE' },
      { role: 'SHIPPING', city: 'Gent' },
      { role: 'VISITING', street: 'x', city: 'y' },
    ];
    expect(mapped('softmaat-customer-out', { id: 'c', kind: 'PERSON', lastName: 'x', addresses, settings })).toMatchObject({
      addresses: [
        { role: 'billing', street: 'Laan 1', houseNumber: null, city: 'Breda', country: 'NL' },
        { role: 'shipping', name: 'Kaap', line2: 'Jan', street: 'Kerkstraat', houseNumber: '3', addition: 'HS', city: 'Gent', country: 'BE' },
      ],
    });
  }); // prettier-ignore

  it('has the country of the shop only where nothing is said of the country; one that nobody knows is a problem that names it', () => {
    const written = (countryText: string | null): Document => ({ role: 'BILLING', line1: 'Storgatan 1', city: 'Stad', countryText });
    const problems = [{ code: 'UNMAPPED_VALUE', list: 'softmaat-country', value: 'Westeros' }];
    const customer = (countryText: string | null): Document => ({ id: 'c', kind: 'PERSON', lastName: 'x', addresses: [written(countryText)], settings });
    expect(mapped('softmaat-customer-out', customer(null))).toMatchObject({ addresses: [{ country: 'NL' }] });
    expect(run('softmaat-customer-out', customer('Westeros'))).toMatchObject({ type: 'failed', problems });
  }); // prettier-ignore

  it('is read with its contacts, its terms in days and the id of the hub', () => {
    const debtor: Document = {
      id: 'd1', number: '10001', kind: 'company', companyName: 'Kaap', email: 'info@kaap.nl', paymentTermCode: 'N30', priceListCode: 'B2B', blocked: true,
      addresses: [{ role: 'shipping', street: 'Laan', city: 'Breda', country: 'NL' }], externalReference: 'cus_1',
      contacts: [{ id: 'k1', lastName: 'Maes', firstName: null, email: 'm@kaap.nl', phone: null, jobTitle: 'Inkoop', primary: true }],
    };
    expect(mapped('softmaat-debtor-in', debtor)).toMatchObject({
      hubId: 'cus_1', kind: 'COMPANY', number: '10001', companyName: 'Kaap', paymentTerm: '30', paymentDays: 30, priceList: 'B2B', isBlocked: true,
      addresses: [{ role: 'SHIPPING', street: 'Laan' }],
      contacts: [{ lastName: 'Maes', email: 'm@kaap.nl', jobTitle: 'Inkoop', isPrimary: true }],
    });
  }); // prettier-ignore
});
