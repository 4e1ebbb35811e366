/** What a system changes of an address counts; what it cannot say stays. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { withMergedAddresses } from './merge-addresses.js';

const billing: Document = { role: 'BILLING', company: 'Firm', line1: 'Kerkstraat 3HS', line2: 'achterom', street: 'Kerkstraat', houseNumber: '3', addition: 'HS', postalCode: '1000 AA', country: 'NL', countryText: 'Holland' }; // prettier-ignore
const visiting: Document = { role: 'VISITING', line1: 'Laan 1', street: 'Laan', houseNumber: '1' };
/** As a system shows it that has no line, no company and no words for countries. */
const parts: Document = { role: 'BILLING', name: 'Firm', street: 'Kerkstraat', houseNumber: '3', addition: 'HS', line2: 'achterom', postalCode: '1000 AA', country: 'NL' }; // prettier-ignore
/** As a system shows it that has one line. */
const line: Document = { role: 'BILLING', line1: 'Kerkstraat 3HS', street: 'Kerkstraat', houseNumber: '3', addition: 'HS', postalCode: '1000 AA', country: 'NL', countryText: 'Holland' }; // prettier-ignore

const merge = (stated: readonly Document[], last: readonly Document[] | null, held = [billing, visiting]): unknown =>
  withMergedAddresses(
    'customer',
    { addresses: stated },
    { addresses: held },
    last === null ? null : { addresses: last },
  )['addresses'];

describe('the addresses of a customer', () => {
  it('are others when the system has moved: nothing is mixed with where another system has moved them meanwhile', () => {
    const moved = { ...billing, line1: 'Coolsingel 1', street: 'Coolsingel', houseNumber: '1', addition: null, postalCode: '3011 AD', city: 'Rotterdam' }; // prettier-ignore
    const before = { ...parts, city: 'Utrecht' };
    const now = { ...before, street: 'Biltstraat', houseNumber: '72', addition: null, postalCode: '3521 DP' };
    expect(merge([now], [before], [moved])).toMatchObject([{ line1: 'Biltstraat 72', city: 'Utrecht', postalCode: '3521 DP' }]); // prettier-ignore
  });

  it('get a line out of their parts when they are new, as the country writes it', () => {
    const paix = { role: 'BILLING', street: 'rue de la Paix', houseNumber: '12', addition: 'bis' };
    expect(merge([{ ...paix, country: 'FR' }], null, [])).toMatchObject([{ line1: '12 bis rue de la Paix' }]);
    expect(merge([{ ...paix, country: 'BE' }], null, [])).toMatchObject([{ line1: 'rue de la Paix 12 bis' }]);
    expect(merge([{ role: 'BILLING', city: 'Gent' }], null, [])).toEqual([{ role: 'BILLING', city: 'Gent' }]);
  });

  it('take over what a system changed and keep what it cannot say', () => {
    expect(merge([{ ...parts, postalCode: '1' }], [parts])).toEqual([{ ...billing, postalCode: '1' }, visiting]);
    expect(merge([{ ...line, postalCode: '1' }], [line])).toEqual([{ ...billing, postalCode: '1' }, visiting]);
  });

  it('keep what another system has changed since this one spoke last', () => {
    const moved = { ...billing, line1: 'Dam 1', street: 'Dam', houseNumber: '1', addition: undefined };
    const held = [JSON.parse(JSON.stringify(moved)) as Document];
    expect(merge([{ ...line, postalCode: '1' }], [line], held)).toEqual([{ ...held[0], postalCode: '1' }]);
  });

  it('take over another line, and the line of other parts', () => {
    expect(merge([{ ...line, line1: 'Kerkstraat 3 hs' }], [line])).toMatchObject([{ line1: 'Kerkstraat 3 hs' }, visiting]);
    expect(merge([{ ...parts, addition: 'II' }], [parts])).toMatchObject([{ line1: 'Kerkstraat 3 II' }, visiting]);
  });

  it('lose what a system has emptied, and the words for another country', () => {
    const { line2: _, ...without } = parts;
    const { line2: __, ...expected } = billing;
    expect(merge([without], [parts])).toEqual([expected, visiting]);
    const { countryText: ___, ...abroad } = billing;
    expect(merge([{ ...parts, country: 'BE' }], [parts])).toEqual([{ ...abroad, country: 'BE' }, visiting]);
  });

  it('are taken away only by a system that has shown them', () => {
    const shipping = { role: 'SHIPPING', line1: 'Kade 2', street: 'Kade', houseNumber: '2' };
    expect(merge([], [parts])).toEqual([visiting]);
    expect(merge([parts], [parts], [billing, shipping])).toEqual([billing, shipping]);
    expect(merge([parts], [parts, shipping], [billing, shipping])).toEqual([billing]);
  });
}); // prettier-ignore

describe('an address of an order', () => {
  it('keeps its line as long as nobody states other parts', () => {
    const merged = (stated: Document): unknown =>
      withMergedAddresses('order', { billingAddress: stated }, { billingAddress: billing }, null)['billingAddress'];
    expect(merged({ street: 'Kerkstraat', houseNumber: '3', addition: 'HS', country: 'NL', city: 'Ede' })).toEqual({
      line1: 'Kerkstraat 3HS', street: 'Kerkstraat', houseNumber: '3', addition: 'HS', country: 'NL', countryText: 'Holland', city: 'Ede',
    }); // prettier-ignore
    expect(merged({ street: 'Kerkstraat', houseNumber: '4' })).toMatchObject({ line1: 'Kerkstraat 4' });
  });
});
