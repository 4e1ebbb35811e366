import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFurther, unite } from './several-sources.js';

const payment = (key: string, more: object = {}) => ({ key, amount: '1', ...more });

describe('a list to which several systems add', () => {
  it('keeps what others have added, and takes over what the system says of its own', () => {
    const held = [payment('till:1'), payment('shop:1')];
    expect(unite(held, [payment('till:2')], 'till')).toEqual([payment('shop:1'), payment('till:2')]);
    expect(unite(held, [payment('till:1', { amount: '2' })], 'till')).toEqual([
      payment('till:1', { amount: '2' }),
      payment('shop:1'),
    ]);
  });

  it('fills in of others’ items only what was empty', () => {
    const held = [payment('shop:1')];
    expect(unite(held, [payment('shop:1', { amount: '9', method: 'CARD' })], 'till')).toEqual([
      payment('shop:1', { method: 'CARD' }),
    ]);
  });

  it('does not bring back what another system has taken out, because it was stated before', () => {
    const before = [payment('shop:1'), payment('till:1')];
    expect(unite([payment('till:1')], [...before, payment('till:2')], 'till', before)).toEqual([
      payment('till:1'),
      payment('till:2'),
    ]);
    // Its own it may put back; of what it has never stated nobody knows that it was taken out.
    expect(unite([], before, 'till', [payment('till:1')])).toEqual(before);
    expect(unite([], before, 'till', null)).toEqual(before);
  });

  const keys = fc.constantFrom('till:1', 'till:2', 'shop:1', 'shop:2', 'other:1');
  const item = fc.record({ key: keys, amount: fc.constantFrom('1', '2') });
  const list = fc.uniqueArray(item, { selector: ({ key }) => key });

  it('is the same when the same is said again, and holds every item of others', () => {
    fc.assert(
      fc.property(list, fc.array(item), list, (held, said, last) => {
        const once = unite(held, said, 'till', last) as { key: string; amount: string }[];
        expect(unite(once, said, 'till', said)).toEqual(once);
        const others = held.filter(({ key }) => !key.startsWith('till:'));
        expect(once).toEqual(expect.arrayContaining(others));
      }),
    );
  });

  it('is the same whichever of two systems speaks first', () => {
    fc.assert(
      fc.property(list, list, (till, shop) => {
        const byKey = (value: unknown) =>
          [...(value as { key: string }[])].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key }) => key);
        const own = (items: typeof till, name: string) => items.filter(({ key }) => key.startsWith(name));
        const [a, b] = [own(till, 'till'), own(shop, 'shop')];
        expect(byKey(unite(unite([], a, 'till'), b, 'shop'))).toEqual(byKey(unite(unite([], b, 'shop'), a, 'till')));
      }),
    );
  });
});

describe('a value that goes through stages', () => {
  it('is further on when it comes later; what the order does not know comes before all', () => {
    const order = ['OPEN', 'DONE'];
    expect([isFurther(order, 'OPEN', 'DONE'), isFurther(order, 'DONE', 'OPEN'), isFurther(order, 'x', 'OPEN')]).toEqual(
      [true, false, true],
    );
  });
});
