/** Whose stream is waited for when people may have changed what the hub has written. */
import { describe, expect, it } from '@jest/globals';
import type { FlowEntity, ProjectedEntity } from '../canonical/entities.js';
import type { FieldOwner } from '../canonical/ownership.js';
import { isLeftToStream, type Sources } from './left-to-stream.js';

interface Given {
  /** The entities of the flows from the shop to the till. */
  readonly back: readonly FlowEntity[];
  readonly owners?: Sources['fieldOwners'];
  readonly isInUse?: boolean;
}
/** The till is a source of everything, the shop of what is given. */
function configurationOf({ back, owners = [], isInUse = true }: Given): Sources {
  const there = (['product', 'category', 'customer', 'order', 'stock'] as const).map((entity) => ({
    entity,
    source: 'till',
    isInUse: true,
  }));
  return { flows: [...there, ...back.map((entity) => ({ entity, source: 'shop', isInUse }))], fieldOwners: owners };
}
const owner = (entity: FieldOwner['entity'], policy: FieldOwner['policy']) => ({ entity, policy });
const leftIn = (given: Given, entities: readonly ProjectedEntity[]): readonly ProjectedEntity[] =>
  entities.filter((entity) => isLeftToStream(configurationOf(given), 'shop', entity));
const all: readonly ProjectedEntity[] = ['product', 'variant', 'category', 'stock', 'customer', 'contact', 'order'];

describe('what people changed in a target', () => {
  it('is told by nobody but the look when the target is a source of nothing', () => {
    expect(leftIn({ back: [], owners: [owner('variant', 'manual'), owner('customer', 'manual')] }, all)).toEqual([]);
  });

  it('is left to its stream where what systems said last is kept: customers and orders', () => {
    expect(leftIn({ back: ['product', 'category', 'customer', 'order', 'stock'] }, all)).toEqual([
      'customer',
      'contact',
      'order',
    ]);
    expect(leftIn({ back: ['customer'] }, all)).toEqual(['customer', 'contact']);
  });

  it('is left to it of products and categories when several systems may change a field of theirs', () => {
    const back = ['product', 'category'] as const;
    const products = ['product', 'variant'];
    expect(leftIn({ back, owners: [owner('variant', 'manual')] }, all)).toEqual(products);
    expect(leftIn({ back, owners: [owner('product', 'lastWriter')] }, all)).toEqual(products);
    expect(leftIn({ back, owners: [owner('category', 'manual')] }, all)).toEqual(['category']);
    expect(leftIn({ back, owners: [owner('variant', 'source')] }, all)).toEqual([]);
    expect(leftIn({ back: ['category'], owners: [owner('variant', 'manual')] }, all)).toEqual([]);
  });

  it('is not left to a stream that is not read', () => {
    const back = ['product', 'customer', 'order'] as const;
    expect(leftIn({ back, owners: [owner('variant', 'manual')], isInUse: false }, all)).toEqual([]);
  });
});
