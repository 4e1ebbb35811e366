import { describe, expect, it } from '@jest/globals';
import { toFlowSettings } from '../sync/flow-settings.js';
import type { Configuration, ConnectedSystem, Flow } from '../sync/configuration.js';
import type { FlowEntity } from '../canonical/entities.js';
import type { Document } from '../base/document.js';
import { capturedStreams, isTwoWay, ownershipOf } from './sources.js';

const streams = [
  { name: 'products', record: 'p', entity: 'product' },
  { name: 'levels', record: 'l', entity: 'stock_level' },
  { name: 'branches', record: 'b', entity: 'stock_location' },
  { name: 'customers', record: 'c', entity: 'customer' },
  { name: 'orders', record: 'o', entity: 'order' },
] as const;

const flow = (source: string, target: string, entity: FlowEntity, settings: Document = {}): Flow => ({
  id: '', key: `${source}-${entity}`, name: '', entity, source, target, isEnabled: true, isRead: true, isInUse: true, startedAt: '', pollEveryMs: 1,
  settings: toFlowSettings(settings),
}); // prettier-ignore

const configured = (...flows: readonly Flow[]): Configuration => ({
  systems: new Map(['till', 'shop'].map((key) => [key, { key, connector: { streams } } as unknown as ConnectedSystem])),
  flows,
  catalogues: new Map(),
  fieldOwners: [],
  valueLists: [],
  inbound: () => undefined,
  outbound: () => undefined,
  stockPlaces: () => undefined,
  counts: () => true,
});

const read = (...flows: readonly Flow[]): readonly string[] =>
  capturedStreams(configured(...flows)).map(
    ({ system, stream, startsNow }) => `${system} ${stream.name}${startsNow ? ' from now' : ''}`,
  );

describe('the streams that are read', () => {
  it('for orders are those of customers, branches and orders of the source, and where our writes show in the target', () => {
    expect(read(flow('till', 'shop', 'order'))).toEqual([
      'till branches',
      'till customers',
      'till orders',
      'shop customers',
      'shop orders',
    ]);
  });

  it('start now when every flow that takes these records says so; the records around them are needed from the beginning', () => {
    const now = flow('till', 'shop', 'order', { startFrom: 'now' });
    expect(read(now)).toContain('till orders from now');
    expect(read(now)).toContain('till customers');
    const back = flow('shop', 'till', 'order');
    expect(read(now, back)).toContain('till orders from now');
    expect(read(now, back)).toContain('shop orders');
    expect(read(now, flow('till', 'web', 'order'))).toContain('till orders');
  });
});

describe('a stream', () => {
  const everyMs = (...flows: readonly Flow[]): Readonly<Record<string, number>> =>
    Object.fromEntries(
      capturedStreams(configured(...flows)).map(({ system, stream: { name }, pollEveryMs }) => [`${system} ${name}`, pollEveryMs]),
    ); // prettier-ignore

  it('of a source is read as often as its flows say, one in which only our writes show once a second at most', () => {
    const often = { ...flow('till', 'shop', 'order'), pollEveryMs: 100 };
    expect(everyMs(often)).toMatchObject({ 'till orders': 100, 'shop orders': 1_000 });
    expect(everyMs({ ...often, pollEveryMs: 5_000 })).toMatchObject({ 'till orders': 5_000, 'shop orders': 5_000 });
    const back = { ...flow('shop', 'till', 'order'), pollEveryMs: 300 };
    expect(everyMs(often, back)).toMatchObject({ 'till orders': 100, 'shop orders': 300 });
    expect(everyMs(back, often)).toMatchObject({ 'till orders': 100, 'shop orders': 300 });
  });
});

describe('a system', () => {
  it('is source and target of orders and their customers when flows go both ways, never of stock', () => {
    const entities = ['order', 'customer', 'stock_level', 'stock_location', 'product'] as const;
    const both = (of: FlowEntity) => configured(flow('till', 'shop', of), flow('shop', 'till', of));
    expect(entities.filter((entity) => isTwoWay(both('order'), 'till', entity))).toEqual(['order', 'customer']);
    expect(entities.filter((entity) => isTwoWay(both('stock'), 'till', entity))).toEqual([]);
  });
});

describe('fields that a flow gives to its source', () => {
  it('are those of the records that it is about, or of the entity that is named', () => {
    const ownership = ownershipOf(
      configured(
        flow('till', 'shop', 'product', { ownedFields: ['priceAmount', 'name'] }),
        flow('shop', 'till', 'order', { ownedFields: ['note', 'customer.email'] }),
      ),
    );
    expect([...(ownership.owners('variant', 'priceAmount') ?? [])]).toEqual(['till']);
    expect([...(ownership.owners('product', 'name') ?? [])]).toEqual(['till']);
    expect([...(ownership.owners('customer', 'email') ?? [])]).toEqual(['shop']);
    expect(ownership.owners('customer', 'note')).toBeUndefined();
    expect(ownership.owners('category', 'name')).toBeUndefined();
  });
});
