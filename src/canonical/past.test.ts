import { describe, expect, it } from '@jest/globals';
import { knownAt, trueAt, type Past, type PastChange } from './past.js';

const change = (version: number, at: number, trueMoment: number, changes: PastChange['changes']): PastChange => ({
  eventId: `evt_${version}`,
  version,
  isCreation: version === 1,
  at,
  trueAt: trueMoment,
  changes,
});
/** Made at 10, as it was at 1; the shop's change of 3 was learned at 20, the till's of 2 only at 30. */
const past: Past = {
  now: { fields: { name: 'Tea', phone: 'till' }, version: 3 },
  changes: [
    change(1, 10, 1, { name: [null, 'Tea'], note: [null, 'n'] }),
    change(2, 20, 3, { phone: [null, 'shop'] }),
    change(3, 30, 2, { phone: ['shop', 'till'], note: ['n', null] }),
  ],
};
const held = (fields: object, version: number) => ({
  type: 'held',
  state: { fields, version, eventId: `evt_${version}` },
});

describe('what the hub knew', () => {
  it('is found by taking back what was taken over later', () => {
    expect(knownAt(past, 9)).toEqual({ type: 'unknownYet' });
    expect(knownAt(past, 10)).toEqual(held({ name: 'Tea', note: 'n' }, 1));
    expect(knownAt(past, 29)).toEqual(held({ name: 'Tea', note: 'n', phone: 'shop' }, 2));
    expect(knownAt(past, 30)).toEqual(held({ name: 'Tea', phone: 'till' }, 3));
  });

  it('is what it was before the first change that is kept, when that one did not make the record', () => {
    const late = { ...past, changes: past.changes.slice(1) };
    expect(knownAt(late, 5)).toEqual({
      type: 'held',
      state: { fields: { name: 'Tea', note: 'n' }, version: 1, eventId: null },
    });
  });

  it('is not guessed where it is not kept what a change replaced', () => {
    const [first, second, third] = past.changes as [PastChange, PastChange, PastChange];
    const gone = { ...past, changes: [first, { ...second, changes: null }, third] };
    expect(knownAt(gone, 15)).toEqual({ type: 'notKept', since: 20 });
    expect(knownAt(gone, 20)).toEqual(held({ name: 'Tea', note: 'n', phone: 'shop' }, 2));
    expect(trueAt(gone, 2)).toEqual({ type: 'notKept', since: 20 });
  });
});

describe('what was so in the systems', () => {
  it('is made of what had happened there, in the order in which the hub judges', () => {
    expect(trueAt(past, 0)).toEqual({ type: 'unknownYet' });
    expect(trueAt(past, 1)).toEqual(held({ name: 'Tea', note: 'n' }, 1));
    expect(trueAt(past, 2)).toEqual(held({ name: 'Tea', phone: 'till' }, 3));
    expect(trueAt(past, 3)).toEqual(held({ name: 'Tea', phone: 'till' }, 3));
  });

  it('is the record as it is, at the present moment', () => {
    expect(trueAt(past, 99)).toEqual(knownAt(past, 99));
  });

  it('begins with the first that is known to have happened, whatever the system says of the making', () => {
    const [first, ...others] = past.changes as [PastChange, ...PastChange[]];
    expect(trueAt({ ...past, changes: [{ ...first, trueAt: 9 }, ...others] }, 2)).toMatchObject({
      type: 'held',
      state: { fields: { name: 'Tea', phone: 'till' } },
    });
  });
});
