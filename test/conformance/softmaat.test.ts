/** The conformance suite for Softmaat. */
import type { Document } from '../../src/base/document.js';
import type { HeldRecord } from '../../src/systems/system.js';
import { softmaat } from '../../src/systems/softmaat/index.js';
import { sandboxToken, startSoftmaatSandbox } from '../../sandbox/softmaat/start.js';
import { microsOf } from '../../sandbox/softmaat/stamps.js';
import { addField, product, send } from './softmaat-products.js';
import { warehouses } from './softmaat-warehouses.js';
import { describeSystem } from './system.js';
import type { Features, Holding, StreamFeatures, WriteFeatures, World } from './system-features.js';

/** Categories, simple products, a configurable one with variants, and stock, of which many rows share an instant. */
async function fill(world: World): Promise<void> {
  for (let n = 0; n < 8; n++) await send(world, 'POST', '/categories', { code: `C${n}`, name: `Category ${n}` });
  for (let n = 0; n < 24; n++) await send(world, 'POST', '/products', product(`S${n}`));
  await send(world, 'POST', '/products', { sku: 'P1', type: 'configurable', name: 'Trui' });
  for (const size of ['S', 'M', 'L']) {
    const options = [{ code: 'size', value: size }];
    await send(world, 'POST', '/products', product(`P1-${size}`, { type: 'variant', parentSku: 'P1', options }));
  }
  await countAll(world, 1);
  const debtor = await send(world, 'POST', '/debtors', person(0));
  for (let n = 0; n < 12; n++) await send(world, 'POST', '/orders', order(debtor, n));
}

const person = (n: number, over: Document = {}): Document => ({
  kind: 'person',
  firstName: 'Zoë',
  lastName: `de "Vries" & ${n}`,
  email: `zoe${n}@example.nl`,
  addresses: [{ role: 'billing', street: 'Coolsingel', houseNumber: '1', postalCode: '3011 AD', city: 'Rotterdam', country: 'NL' }],
  ...over,
}); // prettier-ignore

const order = (debtor: Document, n: number): Document => ({
  debtorId: debtor['id']!,
  status: 'new',
  currency: 'EUR',
  pricesIncludeTax: true,
  placedAt: '2025-10-26T02:30:00+02:00',
  lines: [
    { sku: `S${n}`, quantity: '0.350', unitPrice: '12.10' },
    { sku: `S${n + 1}`, quantity: '2', unitPrice: '9.99', discountAmount: '1.00' },
  ],
  shippingCost: n % 2 === 0 ? { amount: '4.95', taxCode: 'NL21' } : null,
  payments: [{ methodCode: 'IDEAL', amount: '5.00', paidAt: '2025-10-26T03:00:00Z', reference: 'tr_1' }],
});

/** One transaction: all rows share an instant. */
async function countAll(world: World, onHand: number): Promise<void> {
  const row = (n: number, warehouseCode: string): Document => ({
    sku: `S${n}`,
    warehouseCode,
    onHand: String(onHand + n),
  });
  const data = Array.from({ length: 20 }, (_, n) => [row(n, 'MAIN'), row(n, 'SHOP-NL')]).flat();
  await send(world, 'PUT', '/stock', { data });
}

const stream = (
  name: string,
  type: string,
  idOf: (row: Document) => string,
  more: Pick<StreamFeatures, 'facts' | 'spoil' | 'together'> & Partial<StreamFeatures>,
): StreamFeatures => ({
  name,
  held: async (world) =>
    new Map(
      (await world.rows(type)).map((row): [string, Holding] => [
        idOf(row),
        { version: microsOf(String(row['updatedAt'])) ?? null, facts: more.facts(row) },
      ]),
    ),
  edits: type,
  limit: true,
  restored: true,
  ...more,
});

const oneByOne = 'the API changes one of them at a time; stock rows share instants';
const id = (row: Document): string => String(row['id']);
const streams: readonly StreamFeatures[] = [
  stream('categories', 'categories', id, {
    facts: (row) => [row['code'] ?? null, row['name']!, row['position'] ?? null, row['version']!],
    together: { waived: oneByOne },
    spoil: (body) => body.replace(/"name":"[^"]*"/, '"name":7'),
  }),
  stream('products', 'products', id, {
    facts: (row) => [row['sku']!, row['name']!, row['price'] ?? null, row['visibleInShop']!, row['version']!],
    together: { waived: oneByOne },
    spoil: (body) => body.replace(/"active":true/, '"active":"perhaps"'),
  }),
  stream('stock', 'stock', (row) => `${String(row['sku'])}@${String(row['warehouseCode'])}`, {
    facts: (row) => [row['onHand']!, row['available']!, row['version']!],
    together: (world) => countAll(world, 2_000),
    spoil: (body) => body.replace(/"onHand":"[^"]*"/, '"onHand":"many"'),
  }),
  stream('debtors', 'debtors', id, {
    facts: (row) => [row['number']!, row['lastName'] ?? null, row['email'] ?? null, row['addresses']!, row['version']!],
    together: { waived: oneByOne },
    spoil: (body) => body.replace(/"blocked":(true|false)/, '"blocked":"perhaps"'),
    restored: { waived: 'debtors are there after a reset, and a newest record that is gone may have been deleted' },
  }),
  stream('orders', 'orders', id, {
    facts: (row) => [row['number']!, row['status']!, row['lines']!, row['payments']!, row['version']!],
    together: { waived: oneByOne },
    spoil: (body) => body.replace(/"pricesIncludeTax":true/, '"pricesIncludeTax":"yes"'),
  }),
  warehouses,
];

const nowhere = '00000000-0000-7000-8000-000000000000';
const staleBy = (path: string, changed: Document, when: 'before' | 'afterReading' = 'before') => ({
  when,
  change: async (world: World, held: HeldRecord) =>
    void (await send(world, 'PATCH', `${path}/${held.externalId}`, changed)),
});
const rename = (document: Document, n: number) => ({
  document: { ...document, name: `Renamed ${n}` },
  changed: ['name'],
});
const rowsOf = (type: string) => async (world: World) => (await world.rows(type)).length;
const named = (key: string) => (document: Document) => [document[key]!, document['name']!];

const categoryWrites: WriteFeatures = {
  entity: 'category',
  operations: { create: 'createCategory', update: 'changeCategory' },
  make: async (_, n) => ({ code: `W${n}`, name: `Written ${n} & <co>`, active: true }),
  change: rename,
  refused: (n) => ({ code: `X${n}`, name: 'Orphan', parentId: nowhere }),
  facts: named('code'),
  creates: true,
  unique: { rows: rowsOf('categories') },
  gone: nowhere,
  stale: staleBy('/categories', { position: 77 }),
};

const productWrites: WriteFeatures = {
  entity: 'product',
  operations: { create: 'createProduct', update: 'changeProduct' },
  make: async (_, n) => ({ sku: `WP${n}`, type: 'configurable', name: `Written ${n}`, manageStock: false }),
  // Characteristics are read before they are written.
  change: (document, n) => ({
    document: { ...document, name: `Renamed ${n}`, characteristics: [{ code: 'n', value: String(n), unit: null }] },
    changed: ['name', 'characteristics'],
  }),
  refused: (n) => ({ sku: `XP${n}`, type: 'configurable', name: 'x', categoryIds: [nowhere] }),
  facts: named('sku'),
  creates: true,
  unique: { rows: rowsOf('products') },
  gone: nowhere,
  stale: staleBy('/products', { visibleInShop: true }, 'afterReading'),
};

const variantWrites: WriteFeatures = {
  entity: 'variant',
  operations: { create: 'createProduct', update: 'changeProduct' },
  make: async (_, n) => product(`WV${n}`),
  change: rename,
  refused: (n) => product(`XV${n}`, { taxCode: 'XX' }),
  facts: named('sku'),
  creates: true,
  unique: { rows: rowsOf('products') },
  gone: nowhere,
  stale: staleBy('/products', { visibleInShop: true }),
};

const stockWrites: WriteFeatures = {
  entity: 'stock',
  operations: { create: 'setStock', update: 'setStock' },
  make: async (_, n) => ({ sku: `S${n % 24}`, levels: [{ warehouseCode: 'SHOP-FR', onHand: String(1_000 + n) }] }),
  change: (document, n) => ({
    document: { ...document, levels: [{ warehouseCode: 'SHOP-FR', onHand: String(5_000 + n) }] },
    changed: ['levels'],
  }),
  refused: (n) => ({ sku: `unknown-${n}`, levels: [{ warehouseCode: 'SHOP-FR', onHand: '1' }] }),
  // Other warehouses of the SKU are not the hub's.
  facts: (document) => [
    document['sku'] ?? null,
    ((document['levels'] ?? []) as readonly Document[])
      .filter((level) => level['warehouseCode'] === 'SHOP-FR')
      .map((level) => level['onHand']!),
  ],
  creates: { waived: 'some SKUs have rows in other warehouses; whether a row was made is no promise of the port' },
  unique: { rows: rowsOf('stock') },
  gone: { waived: 'stock of an unknown SKU is refused, with the SKU in the message' },
  stale: {
    when: 'afterReading',
    change: async (world, { externalId }) =>
      void (await send(world, 'PUT', '/stock', { data: [{ sku: externalId, warehouseCode: 'SHOP-FR', onHand: '9' }] })),
  },
};

const notUnique = 'the system refuses no second debtor or contact; the hub looks before it makes one';

const customerWrites: WriteFeatures = {
  entity: 'customer',
  operations: { create: 'createDebtor', update: 'changeDebtor' },
  make: async (_, n) => person(n, { email: `new${n}@example.nl`, externalReference: `cus_conformance${n}` }),
  change: (document, n) => ({ document: { ...document, lastName: `Renamed ${n}` }, changed: ['lastName'] }),
  refused: (n) => ({ kind: 'company', lastName: `Nameless ${n}`, externalReference: `cus_refused${n}` }),
  facts: (document) => [document['externalReference'] ?? null, document['lastName'] ?? null],
  creates: true,
  unique: { waived: notUnique },
  gone: nowhere,
  stale: staleBy('/debtors', { phone: '010' }),
};

let company: Promise<Document> | undefined;
const contactWrites: WriteFeatures = {
  entity: 'contact',
  operations: { create: 'createContact', update: 'changeContact' },
  make: async (world, n) => {
    company ??= send(world, 'POST', '/debtors', { kind: 'company', companyName: 'Kaap BV' });
    return { debtorId: (await company)['id']!, lastName: `Maes ${n}`, email: `maes${n}@example.be`, primary: false };
  },
  change: (document, n) => ({ document: { ...document, jobTitle: `Buyer ${n}` }, changed: ['jobTitle'] }),
  refused: (n) => ({ debtorId: nowhere, lastName: 'x'.repeat(256), email: `x${n}@example.be` }),
  facts: (document) => [document['lastName'] ?? null, document['email'] ?? null, document['jobTitle'] ?? null],
  creates: true,
  unique: { waived: notUnique },
  gone: nowhere,
  stale: {
    when: 'before',
    change: async (world, { externalId, document }) => {
      const path = `/debtors/${String(document['debtorId'])}/contacts/${externalId}`;
      await send(world, 'PATCH', path, { phone: '09' });
    },
  },
};

let buyer: Promise<Document> | undefined;
const orderWrites: WriteFeatures = {
  entity: 'order',
  operations: { create: 'createOrder', update: 'changeOrder' },
  make: async (world, n) => {
    buyer ??= send(world, 'POST', '/debtors', person(0));
    return { ...order(await buyer, n % 20), externalReference: `ord_conformance${n}` };
  },
  change: (document, n) => ({ document: { ...document, note: `Changed ${n}` }, changed: ['note'] }),
  refused: (n) => ({ ...order({ id: nowhere }, n % 20), externalReference: `ord_refused${n}` }),
  facts: (document) => [document['externalReference'] ?? null, document['status'] ?? null, document['note'] ?? null],
  creates: true,
  unique: { rows: rowsOf('orders') },
  gone: nowhere,
  stale: staleBy('/orders', { reference: 'changed by somebody' }, 'afterReading'),
};

describeSystem({
  connector: softmaat,
  settings: (url) => ({ url, token: sandboxToken }),
  secrets: ['token'],
  start: (seed, dataDir) => startSoftmaatSandbox({ port: 0, dataDir, seed, products: 0, rateLimit: 100_000 }),
  fill,
  streams,
  writes: [categoryWrites, productWrites, variantWrites, stockWrites, customerWrites, contactWrites, orderWrites],
  addField,
  restore: async (world) => void (await world.admin('POST', 'reset', {})),
  hollow: [
    '{}',
    '{"data":[]}',
    '{"data":[],"page":{}}',
    '{"data":[],"page":{"nextCursor":"x"}}',
    '{"data":{},"page":{"nextCursor":null}}',
    '{"data":[{}],"page":{"nextCursor":null}}',
    '{"page":{"nextCursor":null}}',
  ],
  complain: (words) => ({
    type: 'application/problem+json',
    body: JSON.stringify({
      type: 'about:blank',
      title: words,
      detail: words,
      errors: [{ pointer: `/${words}`, code: words, message: words }],
    }),
  }),
} satisfies Features);
