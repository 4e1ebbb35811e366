/** Names of people: particles stay where they belong, and the full name stays as it was written. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { completeName, joinName, splitName } from './names.js';

describe('a full name', () => {
  it.each([
    ['Jan Jansen', 'Jan', null, 'Jansen'],
    ['Jan Peter Balkenende', 'Jan Peter', null, 'Balkenende'],
    ['Jan van Dijk', 'Jan', 'van', 'Dijk'],
    ['Jan van der Berg', 'Jan', 'van der', 'Berg'],
    ["Anna van 't Hof", 'Anna', "van 't", 'Hof'],
    ['Anna in ’t Veld', 'Anna', 'in ’t', 'Veld'],
    ["Piet 't Hart", 'Piet', "'t", 'Hart'],
    ['Jan Van den Berghe', 'Jan', 'Van den', 'Berghe'],
    ['J. v.d. Meer', 'J.', 'v.d.', 'Meer'],
    ['Anna van Dijk-de Boer', 'Anna', 'van', 'Dijk-de Boer'],
    ['Anna Jansen-de Boer', 'Anna', null, 'Jansen-de Boer'],
    ['Jean de la Fontaine', 'Jean', 'de la', 'Fontaine'],
    ['Jeanne du Pont', 'Jeanne', 'du', 'Pont'],
    ["Jean d'Alembert", 'Jean', "d'", 'Alembert'],
    ['Otto von und zu Stein', 'Otto', 'von und zu', 'Stein'],
    ['de Vries', null, 'de', 'Vries'],
    ['Madonna', null, null, 'Madonna'],
    ['Vries, Jan de', 'Jan', 'de', 'Vries'],
    ['van der Berg, Jan', 'Jan', 'van der', 'Berg'],
    ['Jan de', 'Jan', null, 'de'],
  ])('%s is %s, %s, %s', (fullName, firstName, infix, lastName) => {
    expect(splitName(fullName)).toEqual({ firstName, infix, lastName });
  });

  it('without a comma is its parts joined again', () => {
    const word = fc.constantFrom('Jan', 'van', 'de', 'der', "'t", 'Berg', "d'Arc", 'la', 'Jansen-de', 'Élise', 'von');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 7 }), (words) => {
        const fullName = words.join(' ');
        expect(joinName(splitName(fullName))).toBe(fullName);
      }),
    );
  });
});

describe('completing a name', () => {
  it('fills in what is missing', () => {
    expect(completeName({ fullName: 'Jan van Dijk' })).toEqual({
      fullName: 'Jan van Dijk',
      firstName: 'Jan',
      infix: 'van',
      lastName: 'Dijk',
    });
    const parts = { firstName: 'Jean', infix: "d'", lastName: 'Arc' };
    expect(completeName(parts)).toEqual({ ...parts, fullName: "Jean d'Arc" });
  });

  it('does not take the name of a company apart', () => {
    const company = { kind: 'COMPANY', companyName: 'De Gouden Leeuw', fullName: 'De Gouden Leeuw' };
    expect(completeName(company)).toEqual(company);
  });

  it('never changes what was stated, and changes nothing the second time', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Jan van der Berg', 'de', 'Vries, Jan de'));
    const person = fc.record({ fullName: text, firstName: text, infix: text, lastName: text }, { requiredKeys: [] });
    fc.assert(
      fc.property(person, (stated) => {
        const once = completeName(stated);
        const filled = Object.fromEntries(Object.entries(stated).filter(([, value]) => value.trim() !== ''));
        expect(once).toMatchObject(filled);
        expect(completeName(once)).toEqual(once);
      }),
    );
  });
});
