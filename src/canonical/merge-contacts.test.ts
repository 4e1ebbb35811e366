import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { mergeContacts, withWrittenContact } from './merge-contacts.js';

const jan: Document = {
  fullName: 'Jan de Vries', firstName: 'Jan', infix: 'de', lastName: 'Vries', mobile: '06 1', isPrimary: true,
}; // prettier-ignore
const an: Document = { fullName: 'An Smit', firstName: 'An', lastName: 'Smit', isPrimary: false };
/** Jan as a system shows him that has no infix, no mobile number, and room for one contact. */
const janThere: Document = { fullName: 'Jan de Vries', lastName: 'Jan de Vries', phone: '06 1', isPrimary: true };

describe('people of a company whom another system shows', () => {
  it('lose nothing that the system has no room for', () => {
    expect(mergeContacts([jan, an], [janThere], [])).toEqual([jan, an]);
  });

  it('stay as they are when the system says the same again', () => {
    const held = mergeContacts([jan, an], [janThere], []);
    expect(mergeContacts(held, [janThere], [janThere])).toEqual(held);
  });

  it('are renamed, and get what else is said otherwise than before', () => {
    const renamed = { ...janThere, fullName: 'Joost Vos', lastName: 'Vos', firstName: 'Joost', jobTitle: 'Inkoop' };
    expect(mergeContacts([jan], [renamed], [janThere])).toEqual([
      { fullName: 'Joost Vos', firstName: 'Joost', lastName: 'Vos', mobile: '06 1', isPrimary: true, jobTitle: 'Inkoop' },
    ]); // prettier-ignore
  });

  it('are known by their e-mail address when their name is another one', () => {
    const there = { ...janThere, fullName: 'J. de Vries', lastName: 'J. de Vries', email: 'Jan@x.nl' };
    const held = [an, { ...jan, email: 'jan@x.nl' }];
    expect(mergeContacts(held, [there], [])).toMatchObject([an, { fullName: 'J. de Vries', mobile: '06 1' }]);
  });

  it('come and go in the system that shows them', () => {
    expect(mergeContacts([jan], [janThere, an], [janThere])).toEqual([jan, an]);
    expect(mergeContacts([jan, an], [janThere], [janThere, an])).toEqual([jan]);
    expect(mergeContacts([jan], [], [janThere])).toEqual([]);
  });

  it('stay two where each system has one whom the other has never shown', () => {
    const carl = { fullName: 'Carl Bos', email: 'carl@x.nl', phone: '06 3', jobTitle: 'Inkoop', isPrimary: false };
    const bob = { fullName: 'Bob Kok', email: 'bob@x.nl', isPrimary: false };
    const held = mergeContacts([jan, carl], [janThere, bob], []);
    expect(held).toEqual([jan, carl, bob]);
    expect(mergeContacts([jan, carl], [janThere, bob], [janThere])).toEqual([jan, carl, bob]);
    const renamed = { fullName: 'Bert Kok', email: 'bert@x.nl', isPrimary: false };
    expect(mergeContacts(held, [janThere, renamed], [janThere, bob])).toEqual([jan, carl, renamed]);
  });

  const firstOf = (people: readonly Document[]): readonly unknown[] =>
    people.filter(({ isPrimary }) => isPrimary === true).map(({ email, fullName }) => email ?? fullName);

  it('have the one first whom the system names anew, also where the former one stays marked there', () => {
    const bob = { fullName: 'Bob Kok', email: 'bob@x.nl', isPrimary: true };
    for (const stated of [
      [janThere, bob],
      [bob, janThere],
    ]) {
      const merged = mergeContacts([jan], stated, [janThere]);
      expect(firstOf(merged)).toEqual(['bob@x.nl']);
      expect(mergeContacts(merged, stated, stated)).toEqual(merged);
      // Nor does another word about one of them.
      const moved = stated.map((each) => ({ ...each, jobTitle: 'Inkoop' }));
      expect(firstOf(mergeContacts(merged, moved, stated))).toEqual(['bob@x.nl']);
      // One who was there and was marked later.
      const before = [janThere, { ...bob, isPrimary: false }];
      expect(firstOf(mergeContacts([jan, { ...bob, isPrimary: false }], stated, before))).toEqual(['bob@x.nl']);
    }
  });

  it('keep the one first who is, where a system that is seen for the first time marks him and others', () => {
    const others = [{ ...an, isPrimary: true }, janThere];
    expect(firstOf(mergeContacts([jan], others, []))).toEqual(['Jan de Vries']);
    expect(firstOf(mergeContacts([an], others, []))).toEqual(['An Smit']);
  });

  it('have one who comes first also when two have one name, or the system knows him by another name', () => {
    const [father, son] = ['a@x.nl', 'b@x.nl'].map((email) => ({ ...jan, email }));
    const both = [father!, son!];
    expect(firstOf(mergeContacts([father!], both, [father!]))).toEqual(['b@x.nl']);
    expect(firstOf(mergeContacts([father!], both, []))).toEqual(['a@x.nl']);
    const there = { fullName: 'J. de Vries', lastName: 'J. de Vries', phone: '06 1', isPrimary: true };
    const merged = mergeContacts([jan], [there, { ...an, isPrimary: true }], [there]);
    expect(merged).toEqual([
      { ...jan, isPrimary: false },
      { ...an, isPrimary: true },
    ]);
  });

  it('have one who comes first', () => {
    const first = { ...an, isPrimary: true };
    const merged = mergeContacts([jan, an], [{ ...janThere, isPrimary: false }, first], [janThere, an]);
    expect(merged.map(({ isPrimary }) => isPrimary)).toEqual([false, true]);
  });
});

describe('people whom a system stated last, after a write of ours to one of them', () => {
  const moved = { ...janThere, phone: '06 2' };

  it('hold him as he is shown now, known by what he was', () => {
    expect(withWrittenContact([an, janThere], { now: moved, before: janThere })).toEqual([an, moved]);
    const renamed = { ...moved, fullName: 'Joost Vos' };
    expect(withWrittenContact([an, janThere], { now: renamed, before: janThere })).toEqual([an, renamed]);
    expect(withWrittenContact([an, { ...janThere, jobTitle: 'x' }], { now: moved, before: janThere })).toEqual([an, moved]); // prettier-ignore
  });

  it('are one more when he is new, unless he was shown already', () => {
    expect(withWrittenContact([an], { now: moved, before: null })).toEqual([an, moved]);
    expect(withWrittenContact([an, janThere], { now: moved, before: null })).toEqual([an, moved]);
  });
});
