/** Address lines: the vectors that parsers get wrong, and the promise that what people wrote stays as it is. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shortestOfThreeMs } from '../../test/support/patience.js';
import { comparablePostalCode, completeAddress, joinAddressLine, parseAddressLine } from './addresses.js';
import { countryCodeOf } from './countries.js';

describe('an address line', () => {
  it.each([
    ["Laan 1940-'45 66", 'NL', "Laan 1940-'45", '66', null],
    ['Plein 1944 12', 'NL', 'Plein 1944', '12', null],
    ['1e Kruisweg 36', 'NL', '1e Kruisweg', '36', null],
    ['16 april 1944 Pad 1', 'NL', '16 april 1944 Pad', '1', null],
    ['Kerkstraat 3HS', 'NL', 'Kerkstraat', '3', 'HS'],
    ['Bankastraat 23 - II', 'NL', 'Bankastraat', '23', 'II'],
    ['Professor Pieter Willemsstraat 23 B 03', 'NL', 'Professor Pieter Willemsstraat', '23', 'B 03'],
    ['Amperelaan 7 8', 'NL', 'Amperelaan', '7', '8'],
    ['5e Regiment Lancierslaan 16', 'BE', '5e Regiment Lancierslaan', '16', null],
    ['13 2e Avenue', 'FR', '2e Avenue', '13', null],
    ['470 6e Av', 'FR', '6e Av', '470', null],
    ['470 6e Av', null, '6e Av', '470', null],
    ['Kerkstraat 12 bus 3', 'BE', 'Kerkstraat', '12', 'bus 3'],
    ['Kerkstraat 12A bus 301', 'BE', 'Kerkstraat', '12', 'A bus 301'],
    ['Rue Haute 12 bte 4', 'BE', 'Rue Haute', '12', 'bte 4'],
    ['Rue Haute 12, boîte 4', 'BE', 'Rue Haute', '12', 'boîte 4'],
    ['16 rue de la Loi', 'BE', 'rue de la Loi', '16', null],
    ['16, rue de la Loi bte 7', 'BE', 'rue de la Loi', '16', 'bte 7'],
    ['12 bis rue de la Paix', 'FR', 'rue de la Paix', '12', 'bis'],
    ['12bis, rue de la Paix', 'FR', 'rue de la Paix', '12', 'bis'],
    ['5 ter avenue Foch', 'FR', 'avenue Foch', '5', 'ter'],
    ['7 quater impasse des Lilas', 'FR', 'impasse des Lilas', '7', 'quater'],
    ['12 rue du 8 Mai 1945', 'FR', 'rue du 8 Mai 1945', '12', null],
    ['Rue de la Paix 12', 'FR', 'Rue de la Paix', '12', null],
    ['Dorpsstraat 12-3', 'NL', 'Dorpsstraat', '12', '3'],
    ['Dorpsstraat 12/14', 'NL', 'Dorpsstraat', '12', '14'],
    ['Straße des 17. Juni 135', 'DE', 'Straße des 17. Juni', '135', null],
    ['Postbus 1234', 'NL', 'Postbus', '1234', null],
    ['10 Downing Street', 'GB', 'Downing Street', '10', null],
  ])('%s (%s) is %s, %s, %s', (line, country, street, houseNumber, addition) => {
    expect(parseAddressLine(line, country)).toMatchObject({ street, houseNumber, addition });
  });

  it.each([
    ['Kerkstraat 12 bus 3', '3'],
    ['Rue Haute 12 bte 4B', '4B'],
    ['Rue Haute 12 boîte 4', '4'],
    ['Kerkstraat 12 B', null],
  ])('%s has box %s', (line, box) => {
    expect(parseAddressLine(line, 'BE')).toMatchObject({ box });
  });

  it.each([
    ['Rue du 8 Mai 1945', 'FR'],
    ['Place du 11 Novembre 1918', 'BE'],
    ['Postbus', 'NL'],
    ['', null],
  ])('%s (%s) has no house number', (line, country) => {
    expect(parseAddressLine(line, country)).toBeNull();
  });

  it.each([
    ['of words', 'ab '.repeat(50_000)],
    ['of numbers', `Laan ${'1 '.repeat(50_000)}straat`],
    ['of commas', `1 ab${','.repeat(40_000)}x`],
  ])('that is very long, %s, is not taken apart, and at once', (_, line) => {
    const took = shortestOfThreeMs(() => {
      expect(parseAddressLine(line, 'FR')).toBeNull();
      expect(completeAddress({ line1: line, country: 'NL' })).toEqual({ line1: line, country: 'NL', street: line });
    });
    expect(took).toBeLessThan(100);
  });

  it('says how sure it is', () => {
    const sure = (line: string, country: string): unknown => parseAddressLine(line, country)?.confidence;
    expect([sure('Kerkstraat 3', 'NL'), sure('Rue Haute 3', 'FR'), sure('Plein 1944', 'NL')]).toEqual([
      'high',
      'medium',
      'low',
    ]);
  });

  it('made of parts reads back as those parts', () => {
    const street = fc.constantFrom('Kerkstraat', '1e Kruisweg', 'Plein 1944', 'Rue Haute', "Laan 1940-'45");
    const addition = fc.constantFrom(null, 'HS', 'A', 'bis', 'B 03', 'bus 12');
    const country = fc.constantFrom('NL', 'BE', 'DE');
    fc.assert(
      fc.property(street, fc.integer({ min: 1, max: 999 }), addition, country, (name, number, more, where) => {
        const parts = { street: name, houseNumber: String(number), addition: more };
        expect(parseAddressLine(joinAddressLine(parts, where), where)).toMatchObject(parts);
      }),
    );
  });
});

describe('completing an address', () => {
  it('fills in the parts of a line', () => {
    expect(completeAddress({ line1: 'Kerkstraat 3HS', country: 'NL' })).toEqual({
      line1: 'Kerkstraat 3HS',
      street: 'Kerkstraat',
      houseNumber: '3',
      addition: 'HS',
      country: 'NL',
    });
  });

  it('leaves the whole line as the street rather than guess', () => {
    expect(completeAddress({ line1: 'Plein 1944', country: 'NL' })).toMatchObject({ street: 'Plein 1944' });
    expect(completeAddress({ line1: 'Plein 1944', country: 'NL' })).not.toHaveProperty('houseNumber');
    expect(completeAddress({ line1: 'Kerkstraat', houseNumber: '3' })).toMatchObject({ street: 'Kerkstraat' });
  });

  it('reads the country from its name and keeps the name', () => {
    expect(completeAddress({ countryText: 'Pays-Bas' })).toEqual({ country: 'NL', countryText: 'Pays-Bas' });
    expect(completeAddress({ country: 'Nederland' })).toEqual({ country: 'NL', countryText: 'Nederland' });
    expect(completeAddress({ countryText: 'Narnia' })).toEqual({ countryText: 'Narnia' });
  });

  it('never changes what was stated, and changes nothing the second time', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Kerkstraat 3 bus 2', '12 bis rue X', 'NL'));
    const address = fc.record(
      { line1: text, street: text, houseNumber: text, addition: text, postalCode: text, countryText: text },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(address, (stated) => {
        const once = completeAddress(stated);
        const filled = Object.fromEntries(Object.entries(stated).filter(([, value]) => value.trim() !== ''));
        expect(once).toMatchObject(filled);
        expect(completeAddress(once)).toEqual(once);
      }),
    );
  });
});

describe('postal codes', () => {
  it.each([
    ['1234 AB', 'NL', '1234AB'],
    ['1234ab', 'NL', '1234AB'],
    ['NL-1234 AB', 'NL', '1234AB'],
    ['1000', 'BE', '1000'],
    ['B-1000', 'BE', '1000'],
    ['01000', 'FR', '01000'],
    ['F-01000', 'FR', '01000'],
    ['D-01067', 'DE', '01067'],
    ['L-1009', 'LU', '1009'],
    ['SW1A 2AA', 'GB', 'SW1A2AA'],
  ])('%s in %s is compared as %s', (code, country, expected) => {
    expect(comparablePostalCode(code, country)).toBe(expected);
  });
});

describe('countries', () => {
  it.each([
    ['Nederland', 'NL'],
    ['THE NETHERLANDS', 'NL'],
    ['Pays-Bas', 'NL'],
    ['pays bas', 'NL'],
    ['Niederlande', 'NL'],
    ['NLD', 'NL'],
    ['nl', 'NL'],
    ['Belgique', 'BE'],
    ['België', 'BE'],
    ['Belgie', 'BE'],
    ['Duitsland', 'DE'],
    ['Allemagne', 'DE'],
    ['Großbritannien', 'GB'],
    ['UK', 'GB'],
    ['Luxembourg', 'LU'],
    ['Frankreich', 'FR'],
    ['Österreich', 'AT'],
    ['us', 'US'],
    ['Zweden', 'SE'],
    ['Suède', 'SE'],
    ['Sverige', 'SE'],
    ['Finland', 'FI'],
    ['Suomi', 'FI'],
    ['Noorwegen', 'NO'],
    ['Griekenland', 'GR'],
    ['Hongarije', 'HU'],
    ['USA', 'US'],
    ['U.S.A.', 'US'],
    ['Verenigde Staten', 'US'],
    ['VK', 'GB'],
    ['Curaçao', 'CW'],
    ['ESP', 'ES'],
    ['swe', 'SE'],
    ['Turkije', 'TR'],
    ['Vereinigte Arabische Emirate', 'AE'],
  ])('%s is %s', (text, code) => {
    expect(countryCodeOf(text)).toBe(code);
  });

  it.each(['Narnia', 'XX', 'ZZ', 'EU', '', '12'])('%p is none', (text) => {
    expect(countryCodeOf(text)).toBeUndefined();
  });
});
