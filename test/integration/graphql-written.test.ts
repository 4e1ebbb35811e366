/** Records whose text comes from the database are what they are when every field is written by itself, to the byte. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { buildGraph } from '../../src/resolvers/graph.js';
import { makeOdd } from '../support/graph-odd.js';
import { fillSales } from '../support/graph-sales.js';
import { fillCatalogue, openGraphWorld, serveGraph, type GraphWorld } from '../support/graph-server.js';

const schema = buildGraph();
const masterKey = randomBytes(32);
let compiled: GraphWorld;
let interpreted: GraphWorld;
beforeAll(async () => {
  compiled = await openGraphWorld({ compileAfter: 0, masterKey, pointsPerKey: 10_000_000 });
  interpreted = await serveGraph(compiled.database, compiled.database, { compileAfter: Infinity, masterKey, pointsPerKey: 10_000_000 }); // prettier-ignore
  await fillCatalogue(compiled.database, 60);
  await fillSales(compiled.database, 12);
  await makeOdd(compiled.database);
}, 60_000);
afterAll(async () => {
  await interpreted.close();
  await compiled.close();
});
beforeEach(() => void compiled.statements());

interface Compared {
  /** How the compiled one reads: statements for texts, and others. */
  readonly texts: number;
  readonly others: number;
  readonly text: string;
}

/** Asks both, expects the same answer, and says how it was read. */
async function compared(query: string, variables: object = {}, key = compiled.adminKey): Promise<Compared> {
  const dataOf = ({ text }: { readonly text: string }): string => text.replace(/,?"extensions":\{"cost".*$/, '');
  compiled.statements();
  const [one, other] = [await compiled.ask(query, variables, key), await interpreted.ask(query, variables, key)];
  const sent = compiled.statements();
  const texts = sent.filter((statement) => statement.includes(' as written')).length;
  expect(one.body.errors?.map(({ message }: Error) => message)).toEqual(other.body.errors?.map(({ message }: Error) => message)); // prettier-ignore
  if (one.body.errors === undefined) expect(dataOf(one)).toBe(dataOf(other));
  return { texts, others: sent.length - texts, text: dataOf(one) };
}

const inner = `id sku name gtin isActive unitCode version createdAt deletedAt __typename
  price { kind priceList minimumQuantity validFrom validTo taxClass { code ratePercent } price { statedSide net { amount currency } tax { amount } gross { amount currency } } }
  purchasePrice { amount currency } stock { onHand reserved available incoming locationCount oldestAsOf }`;

const written: readonly (readonly [string, string, object?])[] = [
  ['products with all that hangs on them', `{ products(first: 20) { nodes { id name brand description shortDescription type status isVisibleInWebshop createdAt updatedAt deletedAt version
    variants(first: 2) { nodes { ${inner} stockLevels(first: 1) { nodes { id onHand available asOf location { id code name country } } } } } } pageInfo { hasNextPage endCursor } } }`],
  ['the same by edges, fragments and other names', `query ($n: Int) { all: products(first: 3) { pageInfo { startCursor } edges { cursor node { ...P } } } }
    fragment P on Product { title: name ... on Product { few: variants(first: $n) { edges { node { sku stock { __typename } } } } many: variants { nodes { code: sku } } } }`, { n: 1 }],
  ['the next page, sorted by name', `query ($after: String) { products(first: 4, after: $after, sort: { field: NAME, direction: DESC }) { nodes { name } pageInfo { endCursor hasNextPage } } }`],
  ['the page before', `{ products(last: 4) { nodes { name variants(first: 1) { nodes { sku product { name } } } } pageInfo { hasPreviousPage startCursor } } }`],
  ['a product by SKU', `{ product(by: { sku: "10011" }) { id name variants { nodes { ${inner} } } } }`],
  ['a product by its id', `{ product(by: { id: "prd_00002" }) { name brand description } }`],
  ['a product that is not there', `{ a: product(by: { sku: "none" }) { id } b: product(by: { id: "prd_none" }) { name } }`],
  ['variants with every price', `{ productVariants(first: 100) { nodes { ${inner} product { name } } totalCount { value } } }`],
  ['stock', `{ stockLevels(first: 50) { nodes { id onHand reserved available incoming safetyStock asOf updatedAt variant { sku } location { name isActive } } } }`],
  ['orders with lines and customers', `{ orders(first: 20) { nodes { id type number reference status paymentStatus fulfillmentStatus placedAt placedAtLocal documentDate deliveryDate currency taxMethod taxCountry
    total { statedSide net { amount currency } tax { amount } gross { amount } } customer { id number displayName kind email isBlocked language deletedAt }
    lines(first: 5) { nodes { id kind sku description quantity quantityCancelled unitCode revenueAccount variant { sku } total { statedSide net { amount currency } tax { amount } gross { amount } } } } } pageInfo { hasNextPage } } }`],
  ['lines of which little is asked', '{ orders(first: 12) { nodes { lines(first: 20) { nodes { sku } edges { node { total { tax { amount } } } } } } } }'],
  ['an order by its number', '{ order(by: { number: { type: ORDER, number: "5003" } }) { number reference placedAt customer { displayName } lines { nodes { description } } } }'],
  ['customers', '{ customers(first: 10) { nodes { id displayName number email phone isActive createdAt } totalCount { value } } customer(by: { id: "cus_00003" }) { displayName } }'],
]; // prettier-ignore

describe('what is read as text', () => {
  it.each(written)('is the same to the byte: %s', async (_, query, variables = {}) => {
    const { texts, others } = await compared(query, variables);
    expect(texts).toBeGreaterThan(0);
    expect(others).toBe(query.includes('totalCount') ? 1 : 0);
  });

  it('has pages that follow each other', async () => {
    const query = `query ($after: String) { orders(first: 5, after: $after) { nodes { number lines(first: 1) { nodes { sku } } } pageInfo { endCursor } } }`;
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const { text, texts, others } = await compared(query, { after });
      expect([texts, others]).toEqual([1, 0]);
      after = (JSON.parse(`${text}}`) as { data: { orders: { pageInfo: { endCursor: string } } } }).data.orders.pageInfo
        .endCursor;
    }
  });

  it('says of people what the caller may see', async () => {
    const key = await compiled.keyWith(['READ_ORDERS', 'READ_CATALOGUE']);
    const orders = await compared(`{ orders(first: 3) { nodes { number customer { displayName } lines(first: 2) { nodes { kind description } } } } }`, {}, key); // prettier-ignore
    expect(orders.texts).toBe(0);
    expect(orders.text).toContain('•••');
    const products = await compared('{ products(first: 3) { nodes { id name } } }', {}, key);
    expect([products.texts, products.others]).toEqual([1, 0]);
    // Whoever may see more asks the same, and the other way round.
    const query = '{ orders(first: 2) { nodes { number customer { displayName } } } }';
    expect((await compared(query, {}, key)).text).toContain('•••');
    expect((await compared(query)).text).not.toContain('•••');
    expect((await compared(query, {}, key)).text).toContain('•••');
  });
});

describe('what is not read as text', () => {
  it.each([
    ['is asked for in two ways', '{ products(first: 3) { nodes { id } edges { node { name } } } }'],
    ['starts elsewhere than at the first', '{ products(first: 3) { nodes { variants(last: 1) { nodes { sku } } } } }'],
    ['has cursors within', '{ products(first: 3) { nodes { variants(first: 1) { nodes { sku } pageInfo { endCursor } } } } }'],
    ['speaks a language', '{ orders(first: 3) { nodes { paymentMethod { code name } } } }'],
    ['is computed by the hub', '{ products(first: 3) { nodes { name syncStatuses { state } } } }'],
    ['cannot be', '{ products(first: 3) { nodes { variants(first: 0) { nodes { sku } } } } }'],
  ])('%s, and is answered all the same', async (_, query) => {
    expect((await compared(query)).texts).toBe(0);
  }); // prettier-ignore

  it('has a record that cannot be written: its page is read again, and the next ones by columns', async () => {
    const query = '{ orders(first: 20) { nodes { id total { gross { amount } } } } }';
    await compiled.database.query(`update sales_order set total_excl = null where id = 'ord_00005'`);
    expect(await compared(query)).toMatchObject({ texts: 1, others: 1 });
    expect(await compared(query)).toMatchObject({ texts: 0, others: 1 });
    await compiled.database.query(`update sales_order set total_excl = 41.85 where id = 'ord_00005'`);
    for (let i = 0; i < 50; i++) await compiled.ask(query);
    expect(await compared(query)).toMatchObject({ texts: 1, others: 0 });
  });

  it('has a part that cannot be written, or is not what its column says', async () => {
    const broken = [
      `update customer set created_at = '0500-01-01' where id = 'cus_00001'`,
      `update sales_order set lines = '[{"key": "1", "quantity": "two", "unitPrice": "1", "taxRate": "21"}]' where id = 'ord_00001'`,
      `update sales_order set placed_at = '0500-01-01' where id = 'ord_00004'`,
    ];
    const queries = [
      '{ orders(first: 12) { nodes { customer { createdAt } } } }',
      '{ orders(first: 12) { nodes { lines { nodes { quantity total { gross { amount } } } } } } }',
      '{ orders(first: 12) { nodes { placedAt } } }',
    ];
    for (const [i, statement] of broken.entries()) {
      await compiled.database.query(statement);
      expect(await compared(queries[i]!)).toMatchObject({ texts: 1 });
    }
    const { text } = await compared('{ orders(first: 12) { nodes { lines { nodes { quantity } } placedAt number } } }');
    expect(text).toContain('"quantity":"two"');
  });
});

/** All of a type that can be asked without arguments, `depth` objects deep. */
function asked(field: GraphQLField<unknown, unknown>, depth: number): string {
  const type = getNamedType(field.type);
  if (field.args.some((argument) => isNonNullType(argument.type))) return '';
  if (isLeafType(type)) return field.name;
  if (depth === 0 || !isObjectType(type)) return '';
  const isPage = type.name.endsWith('Connection');
  const node = isPage ? (getNamedType(type.getFields()['nodes']!.type) as GraphQLObjectType) : type;
  const below = Object.values(node.getFields())
    .map((one) => asked(one, depth - 1))
    .join(' ');
  if (below.trim() === '') return '';
  return isPage ? `${field.name}(first: 3) { nodes { ${below} } }` : `${field.name} { ${below} }`;
}

const lists = { products: 'Product', productVariants: 'ProductVariant', customers: 'Customer', orders: 'Order', stockLevels: 'StockLevel' }; // prettier-ignore

describe.each(Object.entries(lists))('each field of %s', (list, name) => {
  const fields = Object.values((schema.getType(name) as GraphQLObjectType).getFields());
  const single = fields.map((field) => [field.name, asked(field, 2)] as const).filter(([, text]) => text !== '');

  it.each(single)('is the same to the byte: %s', async (_, selection) => {
    await compared(`{ ${list}(first: 12) { nodes { ${selection} } } }`);
  });
});

describe('each field of a line', () => {
  const fields = Object.values((schema.getType('OrderLine') as GraphQLObjectType).getFields());

  it.each(fields.map((field) => [field.name, asked(field, 2)] as const))('is the same to the byte: %s', async (_, selection) => {
    await compared(`{ orders(first: 12) { nodes { lines(first: 10) { nodes { ${selection} } } } } }`);
  }); // prettier-ignore
});
