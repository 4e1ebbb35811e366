/** What the shop says of a product after a write of ours, as far as several systems may change it, by the default mappings. */
import { expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import { inboundCatalogue } from '../src/canonical/entities.js';
import { makeShownBy } from '../src/cdc/shown.js';
import { compileMapping } from '../src/mapping/compile.js';
import type { Configuration } from '../src/sync/configuration.js';
import { softmaat } from '../src/systems/softmaat/index.js';

const compiled = new Map(
  softmaat.defaultMappings
    .filter(({ direction, record }) => direction === 'inbound' && ['product', 'variant'].includes(record))
    .map((definition) => {
      const source = softmaat.catalogue.find(({ record }) => record === definition.record)!;
      const target = inboundCatalogue.find(({ record }) => record === definition.entity)!;
      const result = compileMapping(definition, { source, target, valueLists: softmaat.defaultValueLists });
      if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems));
      return [definition.record, { compiled: result.mapping }] as const;
    }),
);
const current = {
  systems: new Map([['shop', { key: 'shop', connector: softmaat }]]),
  flows: [],
  fieldOwners: [{ entity: 'variant', field: 'priceAmount', policy: 'manual', owner: null }],
  inbound: (_: string, record: string) => compiled.get(record),
} as unknown as Configuration;
const shownBy = makeShownBy({ current: () => current, onChange: () => () => undefined });

const price = (amount: string): Document => ({ price: { amount, currency: 'EUR', taxIncluded: true } });
const sold: Document = { id: 'p1', sku: '1', name: 'Puzzle', taxCode: 'NL21', active: true, manageStock: true };

it.each<[string, Document]>([
  ['a product that is sold of itself', { ...sold, type: 'simple', parentSku: null, visibleInShop: true }],
  ['a variant', { ...sold, type: 'variant', parentSku: 'P', options: [{ code: 'size', value: 'M' }] }],
])('the price of %s that we wrote is what the shop has said last of it', (_, document) => {
  const shown = shownBy({
    system: 'shop',
    record: 'variant',
    entity: 'variant',
    externalId: 'p1',
    document: { ...document, ...price('12.00') },
    changed: ['price'],
    sent: price('12.00'),
    before: { ...document, ...price('11.00') },
  });
  expect(shown).toEqual([
    {
      entity: 'variant',
      externalId: 'p1',
      statement: { now: { priceAmount: '12' }, before: { priceAmount: '11' } },
      words: {},
    },
  ]);
});

it.each<[string, string, string]>([
  ['somebody has changed between our write and the look after it', '13.00', '12'],
  ['the shop has written its own way', '12.000', '12'],
])('the price that %s is ours as we wrote it', (_, found, ours) => {
  const document = { ...sold, type: 'simple', parentSku: null, visibleInShop: true };
  const write = {
    system: 'shop', record: 'variant', entity: 'variant', externalId: 'p1', document: { ...document, ...price(found) },
    changed: ['price'], sent: price('12.00'), before: { ...document, ...price('11.00') },
  } as const; // prettier-ignore
  expect(shownBy({ ...write, mayHoldEdits: true })[0]?.statement).toEqual({
    now: { priceAmount: ours },
    before: { priceAmount: '11' },
  });
  // What a write was answered with, the system has made of it.
  expect(shownBy(write)[0]?.statement.now).toEqual({ priceAmount: String(Number(found)) });
  // Of a new record nothing was held before.
  const made = { ...write, changed: null, sent: { ...document, ...price('12.00') }, before: null, mayHoldEdits: true };
  expect(shownBy(made)[0]?.statement).toEqual({ now: { priceAmount: ours }, before: {} });
});
