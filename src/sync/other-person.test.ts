/** Who of a company the record of a target is, when somebody else comes first. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { isOneOf } from './other-person.js';

const record = { knownBy: [['email'], ['firstName', 'lastName']] };
const ann: Document = { firstName: 'Ann', lastName: 'Smit', email: 'ann@firm.nl' };
const bob: Document = { firstName: 'Bob', lastName: 'Kok', email: 'bob@firm.nl' };

describe('the record of the first person of a company', () => {
  it('is one of the others when somebody else comes first', () => {
    expect(isOneOf(record, ann, bob, [ann])).toBe(true);
    expect(isOneOf(record, ann, bob, [{ ...ann, email: 'ANN@firm.nl ', lastName: 'Vos' }])).toBe(true);
    expect(isOneOf(record, ann, bob, [{ ...ann, email: 'new@firm.nl' }])).toBe(true);
    expect(isOneOf(record, { ...ann, email: null }, { ...bob, email: null }, [{ ...ann, email: null }])).toBe(true);
  });

  it('stays his when he has got another name or address, or both', () => {
    expect(isOneOf(record, ann, { ...ann, lastName: 'Vos' }, [bob])).toBe(false);
    expect(isOneOf(record, ann, { ...ann, email: null }, [bob])).toBe(false);
    expect(isOneOf(record, ann, bob, [])).toBe(false);
    expect(isOneOf(record, ann, { ...ann, lastName: 'Vos', email: 'vos@firm.nl' }, [bob])).toBe(false);
  });

  it('is told apart by the name among people with one address', () => {
    const [annAt, bobAt] = [
      { ...ann, email: 'info@firm.nl' },
      { ...bob, email: 'info@firm.nl' },
    ];
    expect(isOneOf(record, annAt, bobAt, [annAt])).toBe(true);
    expect(isOneOf(record, annAt, { ...annAt, firstName: 'Anna' }, [bobAt])).toBe(false);
    // He has got an address of his own; the colleague has the one that they shared.
    expect(isOneOf(record, annAt, ann, [bobAt])).toBe(false);
    expect(isOneOf(record, annAt, ann, [bobAt, annAt])).toBe(true);
  });

  it('is nobody else where nothing is known of him, or nothing says who one is', () => {
    expect(isOneOf(record, {}, bob, [ann])).toBe(false);
    expect(isOneOf({}, ann, bob, [ann])).toBe(false);
  });
});
