/** Problems as the API shows them, of records that were really parked: by the projector and by ingest. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { compileMapping } from '../../src/mapping/compile.js';
import { serveGraph, type GraphWorld } from '../support/graph-server.js';
import { openHub, type Hub } from './ingest-world.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

const problems = `{ deadLetters(first: 100) { nodes { value sourcePath hint payload error { code path message } } } }`;

interface ShownProblem {
  readonly value: unknown;
  readonly sourcePath: string | null;
  readonly hint: string;
  readonly error: { readonly code: string; readonly path: string | null };
}

async function problemsOf(graph: GraphWorld): Promise<ReadonlyMap<string, ShownProblem>> {
  const { body } = await graph.ask(problems);
  const nodes = body.data.deadLetters.nodes as readonly ShownProblem[];
  return new Map(nodes.map((node) => [node.error.code, node]));
}

describe('a record that could not be written', () => {
  let target: ScriptedTarget;
  let world: World;
  let graph: GraphWorld;
  beforeEach(async () => {
    target = makeScriptedTarget();
    world = await openWorld(target);
    graph = await serveGraph(world.database);
  });
  afterEach(async () => {
    await graph.close();
    await world.close();
  });

  it('shows the value at fault and where it stands, in the target and in the hub', async () => {
    await world.addFlow('order');
    await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'n'.repeat(41), price_amount: '10' });
    await world.put('stock_location', 'l9', { code: '9', name: 'Nine' });
    await world.put('stock_level', 's1', { variant_id: 'v1', location_id: 'l9', on_hand: '1' });
    const lines = [{ key: 'a', kind: 'PRODUCT', quantity: '1', unitPrice: '10', taxRate: '21' }];
    await world.put('order', 'o1', {
      placed_at: '2025-03-01T10:00:00Z',
      currency: 'EUR',
      customer_id: null,
      lines,
      total_incl: '99',
    });
    await world.settle();
    const found = await problemsOf(graph);
    expect(found.get('MAPPING_FAILED')).toMatchObject({ value: 'n'.repeat(41), sourcePath: 'name', error: { path: 'name' } }); // prettier-ignore
    expect(found.get('UNMAPPED_VALUE')).toMatchObject({ value: '9', sourcePath: 'levels.0.locationCode', error: { path: 'levels.0.warehouseCode' } }); // prettier-ignore
    expect(found.get('TOTALS_DIFFER')).toMatchObject({ value: '99', sourcePath: 'totalIncl', error: { path: 'totalIncl' } }); // prettier-ignore
  });

  it('names no field in the hint when the target named none, and shows its value when it did', async () => {
    target.answer = () => 'refused';
    await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'Shirt', price_amount: '10' });
    await world.settle();
    const refused = (await problemsOf(graph)).get('RECORD_REFUSED');
    expect(refused).toMatchObject({ value: null, sourcePath: null, error: { path: null } });
    expect(refused?.hint).not.toContain('field');
    target.refusedField = 'name';
    await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'Skirt', price_amount: '10' });
    await world.settle();
    expect((await problemsOf(graph)).get('RECORD_REFUSED')).toMatchObject({ value: 'Skirt', error: { path: 'name' } });
  });

  it.each([
    ['the target', 'Shop refused the record: …', 'mail@'],
    ['the mapping', 'email: The record could not be mapped: …', `${'m'.repeat(60)}@`],
  ])('for the same reason as many others, told by %s, shows none of their values to keys without READ_CUSTOMERS', async (_, why, mail) => {
    target.answer = () => 'refused';
    target.quotes = ({ email }) => `"${String(email)}" is no address`;
    await world.addFlow('customer');
    for (let i = 0; i < 25; i++) {
      await world.put('customer', `c${i}`, { kind: 'PERSON', full_name: `Jan ${i}`, email: `${mail}secret${i}.test` });
    }
    await world.settle();
    const query = `{ flows { key state stateReason } syncEvents(first: 100) { nodes { summary error { message originalMessage } journey { message } } }
      deadLetters(first: 100) { nodes { value payload error { message } } } deadLetterGroups { nodes { title } } }`;
    const whole = await graph.ask(query);
    expect(whole.body.errors).toBeUndefined();
    expect(whole.text).toContain('secret');
    const shown = await graph.ask(query, {}, await graph.keyWith(['READ_OPERATIONS']));
    expect(shown.body.errors).toBeUndefined();
    expect(shown.text).not.toMatch(/secret|Jan/);
    const flow = shown.body.data.flows.find(({ key }: Document) => key === 'customers-to-shop');
    expect(flow).toMatchObject({ state: 'SUSPENDED' });
    expect(flow.stateReason).toBe(`Too many records failed in the same way, 21 within a few minutes: ${why}`);
    expect(shown.text.split(flow.stateReason).length).toBeGreaterThan(2);
  }); // prettier-ignore
});

describe('a record that could not be taken over', () => {
  let hub: Hub;
  let graph: GraphWorld;
  beforeEach(async () => {
    hub = await openHub();
    graph = await serveGraph(hub.database);
  });
  afterEach(async () => {
    await graph.close();
    await hub.close();
  });

  it('shows the value at fault and where it stands, in the words of the system and of the hub', async () => {
    hub.configuration.mapping = compiled();
    const good = { titel: 'Shirt', soort: 'SIMPLE', artikelen: [{ nummer: '1', btw: 'H' }] };
    await hub.show('products', [
      { id: '1', document: { ...good, artikelen: [...good.artikelen, { nummer: '2', btw: 'X9' }] } },
      { id: '2', document: { ...good, artikelen: [{ nummer: '3', btw: 'H', prijs: 'ten' }] } },
      { id: '3', document: { ...good, status: 'WEIRD' } },
      { id: '4', document: { kop: { prijs: 'x' } }, problem: { code: 'RECORD_UNREADABLE', message: 'no', path: 'kop.prijs' } },
    ]); // prettier-ignore
    await hub.settle();
    const { body } = await graph.ask(`{ deadLetters(first: 100, sort: { field: FIRST_FAILED_AT, direction: ASC }) {
      nodes { externalId value sourcePath error { code path } } } }`);
    expect(body.data.deadLetters.nodes.sort((a: Document, b: Document) => (String(a['externalId']) < String(b['externalId']) ? -1 : 1))).toEqual([
      { externalId: '1', value: 'X9', sourcePath: 'artikelen.1.btw', error: { code: 'UNMAPPED_VALUE', path: 'variants.1.taxClass' } },
      { externalId: '2', value: 'ten', sourcePath: 'artikelen.0.prijs', error: { code: 'MAPPING_FAILED', path: 'variants.0.priceAmount' } },
      { externalId: '3', value: 'WEIRD', sourcePath: 'status', error: { code: 'MAPPING_FAILED', path: 'status' } },
      { externalId: '4', value: 'x', sourcePath: 'kop.prijs', error: { code: 'RECORD_UNREADABLE', path: 'kop.prijs' } },
    ]); // prettier-ignore
  });
});

function compiled() {
  const text = (name: string) => ({ name, type: 'text' as const });
  const result = compileMapping(
    {
      key: 'till-product-in', direction: 'inbound', connector: 'till', record: 'product', entity: 'product',
      rules: [
        { kind: 'copy', source: 'titel', target: 'name' },
        { kind: 'copy', source: 'soort', target: 'type' },
        { kind: 'copy', source: 'status', target: 'status' },
        {
          kind: 'list', source: 'artikelen', target: 'variants',
          rules: [
            { kind: 'copy', source: 'nummer', target: 'externalId' },
            { kind: 'copy', source: 'nummer', target: 'sku' },
            { kind: 'copy', source: 'prijs', target: 'priceAmount' },
            { kind: 'valueList', source: 'btw', target: 'taxClass', list: 'tax' },
          ],
        },
      ],
    },
    {
      source: {
        record: 'product',
        fields: [
          text('titel'), text('soort'), text('status'),
          { name: 'artikelen', type: 'object', list: true, fields: [text('nummer'), text('btw'), text('prijs')] },
        ],
      },
      target: {
        record: 'product',
        fields: [
          text('name'), text('type'), text('status'),
          {
            name: 'variants', type: 'object', list: true,
            fields: [text('externalId'), text('sku'), text('taxClass'), { name: 'priceAmount', type: 'decimal' }],
          },
        ],
      },
      valueLists: [
        { key: 'tax', name: 'Tax', kind: 'TAX_CODE', whenUnmapped: 'fail', entries: [{ from: 'H', to: 'HIGH' }] },
      ],
    },
  ); // prettier-ignore
  if (result.type !== 'compiled') throw new Error(JSON.stringify(result.problems));
  return result.mapping;
}
