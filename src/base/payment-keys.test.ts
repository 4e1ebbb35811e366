import { describe, expect, it } from '@jest/globals';
import { keyedPayments, markOfKey } from './payment-keys.js';

describe('a payment', () => {
  it('has the key in the mark of the hub; every other reference is a reference, however much it looks like a key', () => {
    const references = [
      markOfKey('till:9'),
      'order:1001',
      'order:1001',
      'mollie:x',
      'till:9',
      'koppel:',
      'koppel:a',
      '',
    ];
    const keyed = keyedPayments(
      'shop',
      references.map((reference, id) => ({ id: String(id), reference })),
    );
    expect(keyed).toEqual([
      { key: 'till:9', reference: null },
      ...references.slice(1).map((reference, i) => ({ key: `shop:${i + 1}`, reference: reference || null })),
    ]);
  });

  it('whose mark somebody copied is a payment of its own', () => {
    const copies = ['1', '2'].map((id) => ({ id, reference: markOfKey('till:9') }));
    expect(keyedPayments('shop', copies).map(({ key }) => key)).toEqual(['till:9', 'shop:2']);
    expect(keyedPayments('till', copies).map(({ key }) => key)).toEqual(['till:1', 'till:2']);
  });
});
