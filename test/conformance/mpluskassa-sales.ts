/** Relations, orders and invoices of MplusKASSA for the conformance suite. */
import type { Document, Json } from '../../src/base/document.js';
import type { Holding, StreamFeatures, WriteFeatures, World } from './system-features.js';

export const list = (document: Document, field: string): readonly Document[] =>
  (document[field] ?? []) as readonly Document[];
export const unique = 'every change has a marker of its own';

let articles: string[] | undefined;
/** A number that is the same article in every sandbox of the suite. */
export async function articleAt(world: World, n: number): Promise<string> {
  articles ??= [...new Set((await world.rows('stock')).map((row) => String(row['articleNumber'])))].sort();
  return articles[n % articles.length]!;
}

/** Streams whose records have a marker of their own and come in pages of as many as are asked for. */
const simple = (
  name: string,
  id: string,
  spoilt: RegExp,
  facts: (row: Document) => Json,
  asHeld: (value: Json) => Json,
): StreamFeatures => ({
  name,
  async held(world) {
    return new Map(
      (await world.rows(name)).map((row): [string, Holding] => [
        String(row[id]),
        { version: BigInt(String(row['syncMarker'])), facts: asHeld(facts(row)) },
      ]),
    );
  },
  facts,
  edits: name,
  together: { waived: unique },
  limit: { waived: 'the overlap below the position comes on top of the new records of a page' },
  restored: true,
  spoil: (body) => body.replace(spoilt, '$1spoilt'),
});

const same = (value: Json): Json => value;
const inEuros = (facts: Json): Json =>
  (facts as readonly Json[]).map((fact) =>
    typeof fact === 'string' && /^-?\d+$/.test(fact) ? (Number(fact) / 100).toFixed(2) : fact,
  );

export const relations = simple(
  'relations',
  'relationNumber',
  /(<(?:\w+:)?active>)(?:true|false)/,
  (row) => [row['name'] ?? '', row['email'] ?? '', row['address'] ?? '', row['companyName'] ?? ''],
  same,
);
const sale = (state: string) => (row: Document) => [
  row['totalInclAmount']!,
  row['totalExclAmount']!,
  row[state]!,
  list(row, 'lineList').map((line) => line['articleNumber']!),
];
export const orders = simple('orders', 'orderId', /(<(?:\w+:)?totalInclAmount>)-?\d+/, sale('deliveryState'), inEuros);
export const invoices: StreamFeatures = {
  ...simple('invoices', 'invoiceId', /(<(?:\w+:)?totalInclAmount>)-?\d+/, sale('state'), inEuros),
  restored: { waived: 'the few seeded invoices have markers without gaps, so a restored shop gives the same ones' },
};

export const relationWrites: WriteFeatures = {
  entity: 'customer',
  operations: { create: 'createRelation', update: 'updateRelation' },
  make: async (_, n) => ({
    extRelationId: `cus_${n}`,
    name: `Customer ${n} & <co>`,
    email: `customer${n}@example.nl`,
    address: `Veldstraat ${n}`,
    zipcode: '9000',
    city: 'Gent',
    country: 'België',
  }),
  change: (document, n) => ({ document: { ...document, mobile: `06${n}` }, changed: ['mobile'] }),
  refused: (n) => ({ extRelationId: `cus_nameless${n}`, name: ' ' }),
  facts: (document) => [document['name']!, document['email']!, document['address']!, document['mobile'] ?? ''],
  creates: true,
  unique: { waived: 'nothing of a relation is unique; a lost answer is looked up by extRelationId' },
  gone: '999999',
  stale: { waived: 'relations have no version that an update could name: the last word counts' },
};

export const orderWrites: WriteFeatures = {
  entity: 'order',
  operations: { create: 'createOrderV3', update: 'updateOrderV2' },
  make: async (world, n) => ({
    extOrderId: `ord_${n}`,
    relationNumber: '1',
    employeeNumber: '999999',
    reference: `Order ${n}`,
    vatMethod: 'VAT-METHOD-INCLUSIVE',
    entryTimestamp: '2026-10-25T00:30:00.000Z',
    lineList: [
      { tempId: 'a', articleNumber: await articleAt(world, n), data: { quantity: '2', price: '19.95' } },
      { tempId: 'b', articleNumber: await articleAt(world, n + 1), data: { quantity: '0.35', price: '7.5' } },
    ],
  }),
  change: (document, n) => ({ document: { ...document, reference: `Changed ${n}` }, changed: ['reference'] }),
  refused: (n) => ({
    extOrderId: `ord_refused${n}`,
    relationNumber: '1',
    employeeNumber: '999999',
    lineList: [{ tempId: 'a', articleNumber: '999999999', data: { quantity: '1', price: '1' } }],
  }),
  facts: (document) => [
    document['extOrderId']!,
    document['reference']!,
    document['entryTimestamp']!,
    list(document, 'lineList').map((line) => {
      const { quantity, price } = line['data'] as Document;
      return [line['articleNumber']!, Number(quantity), Number(price)];
    }),
  ],
  creates: true,
  unique: { rows: async (world) => (await world.rows('orders')).length },
  gone: 'no-such-order',
  stale: {
    when: 'afterReading',
    async change(world, { externalId, document }) {
      const other = { ...document, reference: 'by somebody else' };
      const request = { opKey: 'other', externalId, document: other, changed: ['reference'], held: null };
      await world.connect().target.write('order', [request], new AbortController().signal);
    },
  },
};
