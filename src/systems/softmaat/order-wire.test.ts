import { describe, expect, it } from '@jest/globals';
import { wire } from './order-wire.js';

const whole = { name: 'Jan', street: 'Laan', city: 'Breda', country: 'NL' };
const nothing = { name: null, street: null, city: null, country: null };

describe('the body of an order', () => {
  it.each([
    [whole, whole],
    [nothing, null],
    [{ ...nothing, name: 'Jan' }, null],
    [{ ...whole, city: null }, null],
    [{ ...whole, street: '' }, null],
    [{ ...whole, country: null }, null],
  ])('has of the billing address %j: %j', (billingAddress, expected) => {
    expect(wire({ billingAddress })).toEqual({ body: { billingAddress: expected }, withheld: undefined });
  });

  it('has a delivery address with street, city and country, or none; a street without a city is held back', () => {
    expect(wire({ shippingAddress: whole })).toEqual({ body: { shippingAddress: whole }, withheld: undefined });
    expect(wire({ shippingAddress: { ...nothing, name: 'Jan', country: 'NL' } }).body).toEqual({
      shippingAddress: null,
    });
    expect(wire({ note: 'x', shippingAddress: { ...whole, city: null } })).toEqual({
      body: { note: 'x' },
      withheld: { code: 'ADDRESS_INCOMPLETE', path: 'shippingAddress' },
    });
  });

  it('has shipping costs of one amount that is not negative, with one tax code', () => {
    const cost = { amount: '4.95', taxCode: 'NL21' };
    expect(wire({ shippingCost: cost }).body).toEqual({ shippingCost: cost });
    expect(wire({ shippingCost: { amount: null, taxCode: 'NL21' } }).body).toEqual({ shippingCost: null });
    for (const unfit of [{ ...cost, amount: '-4.95' }, { amount: '4.95' }]) {
      const withheld = { code: 'SHIPPING_COSTS_UNFIT', path: 'shippingCost' };
      expect(wire({ shippingCost: unfit })).toEqual({ body: {}, withheld });
    }
  });
});
