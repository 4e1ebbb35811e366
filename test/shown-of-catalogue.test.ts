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
