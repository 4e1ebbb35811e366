/** Both ways to execute a document give the same answer, errors included; and documents that come again are compiled. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getOperationAST, getVariableValues, parse, validate } from 'graphql';
import { compileAnswer } from '../../src/http/write-answer.js';
import { buildGraph } from '../../src/resolvers/graph.js';
import { fillSales } from '../support/graph-sales.js';
import { fillCatalogue, openGraphWorld, serveGraph, type GraphWorld } from '../support/graph-server.js';

const schema = buildGraph();
let compiled: GraphWorld;
let interpreted: GraphWorld;
beforeAll(async () => {
  compiled = await openGraphWorld({ compileAfter: 0 });
  interpreted = await serveGraph(compiled.database, compiled.database, { compileAfter: Infinity });
  await fillCatalogue(compiled.database, 12);
  await fillSales(compiled.database, 8);
}, 60_000);
afterAll(async () => {
  await interpreted.close();
  await compiled.close();
});

const documents: readonly (readonly [string, string, object?])[] = [
  ['a page of products', `query ($n: Int!, $with: Boolean = true) { products(first: $n, sort: { field: NAME, direction: DESC }) {
    totalCount { value } pageInfo { hasNextPage } edges { node { ...P variants(first: 1) @include(if: $with) { nodes { sku } } } } } }
    fragment P on Product { __typename id name syncStatuses { state system { key } } }`, { n: 3 }],
  ['variants left out', `query ($with: Boolean!) { products(first: 2) { nodes { id variants(first: 2) @include(if: $with) { nodes { id } } } } }`, { with: false }],
  ['interfaces and unions', `{ node(id: "prd_00001") { __typename id ... on Product { name } ... on Syncable { version } }
    search(text: "Shirt 1", first: 5) { nodes { __typename ... on Product { title: name } } } nodes(ids: ["prd_00002", "nothing"]) { id } }`],
  ['orders with money', `{ orders(first: 5) { nodes { number total { gross { amount currency } net { amount } } taxes { ratePercent tax { amount } }
    lines(first: 2) { nodes { quantity total { gross { amount } } } } customer { displayName } } } }`],
  ['a filter of filters', `query ($f: ProductFilter) { products(first: 5, filter: $f) { totalCount { value precision } } }`, { f: { or: [{ name: { contains: '1' } }, { not: { name: { contains: '2' } } }] } }],
  ['what introspection says', '{ __schema { queryType { name } } __type(name: "Order") { kind fields { name type { name kind ofType { name } } } } }'],
  ['a page that cannot be', '{ products(first: 0) { nodes { id } } viewer { role } }'],
  ['two things wrong beside what is right', '{ a: products(first: 500) { nodes { id } } b: products(after: "x") { nodes { id } } viewer { role } }'],
  ['what comes with products', `query ($n: Int = 2, $more: Boolean = false) { products(first: 6) { nodes { id variants(first: $n) { pageInfo { hasNextPage endCursor }
    nodes { id sku name gtin isActive createdAt deletedAt provenance: __typename barcodes { value isValidGtin } selectedOptions { attribute { code } value { value } }
    price { price { gross { amount currency } net { amount } } } stock { onHand reserved available incoming locationCount oldestAsOf } stockLevels(first: 1) @include(if: $more) { nodes { id } } } } } } }`],
  ['the same with a condition that holds', `query ($n: Int = 2, $more: Boolean = false) { products(first: 6) { nodes { id name @skip(if: $more) variants(first: $n) {
    nodes { id stockLevels(first: 1) @include(if: $more) { nodes { id } } } } } } }`, { n: 1, more: true }],
  ['one product with what comes with it', '{ product(by: { sku: "1001" }) { id name variants(first: 3) { nodes { id sku stock { oldestAsOf } } } } }'],
  ['customers of orders, whole', `{ orders(first: 8) { nodes { id placedAt taxes { country ratePercent } paid { amount } outstanding { amount } customer { id kind number displayName email version createdAt
    isActive paymentTerm { days } company { legalName } person { lastName } contacts { email } addresses { roles address { line1 city country } } issues { code path } orders(first: 1) { nodes { number } } }
    lines(first: 3) { totalCount { value } edges { cursor node { id quantityFulfilled taxes { country tax { amount } } variant { sku } } } pageInfo { hasNextPage } } } } }`],
  ['the same field twice, in parts', `{ products(first: 1) { nodes { id } ...Q } products(first: 1) { nodes { name other: name } } } fragment Q on ProductConnection { nodes { ... on Product { brand } } }`],
  ['text that JSON has to escape', '{ orders(first: 3, search: "\\"\\u2028") { nodes { number } } products(first: 1, filter: { name: { contains: "\\"" } }) { nodes { name } } }'],
  ['nothing found', '{ product(by: { sku: "no" }) { id name } order(by: { id: "ord_x" }) { id } }'],
]; // prettier-ignore

/** Each of the two servers signs cursors with a key of its own. */
const unsigned = (data: unknown): string =>
  JSON.stringify(data ?? null).replace(/("(?:c|startC|endC)ursor":")[\w-]{16}/g, '$1');

const shown = ({ status, body }: { status: number; body: { data?: unknown; errors?: { message: string; path?: unknown; extensions: { code: string } }[] } }) => ({
  status,
  data: unsigned(body.data),
  errors: body.errors?.map(({ message, path, extensions: { code } }) => ({ message, path, code })),
}); // prettier-ignore

// What is compared of answers is text: fields come in the order in which they are asked for.
describe('a document', () => {
  it.each(documents)('%s is answered alike, compiled or not', async (_, query, variables = {}) => {
    const [one, other] = [
      await compiled.ask(query, variables),
      await interpreted.ask(query, variables, compiled.adminKey),
    ];
    expect(shown(one)).toEqual(shown(other));
    expect(one.body.data === undefined && one.body.errors === undefined).toBe(false);
  });

  it.each(documents)('%s is answered alike to those who may not see people', async (_, query, variables = {}) => {
    const key = await compiled.keyWith(['READ_CATALOGUE', 'READ_ORDERS', 'READ_STOCK', 'READ_OPERATIONS']);
    expect(shown(await compiled.ask(query, variables, key))).toEqual(
      shown(await interpreted.ask(query, variables, key)),
    );
  });

  it.each(documents)('%s is compiled, unless it is about the schema', (name, query, variables = {}) => {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    const operation = getOperationAST(document)!;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
    const made = compileAnswer(schema, document, operation, coerced!);
    expect(made === null).toBe(name === 'what introspection says');
  });

  it.each(documents)('%s is read as often, compiled or not', async (_, query, variables = {}) => {
    compiled.statements();
    interpreted.statements();
    const { body } = await compiled.ask(query, variables);
    await interpreted.ask(query, variables, compiled.adminKey);
    const [ours, others] = [compiled.statements().length, interpreted.statements().length];
    // Where something went wrong it is executed again.
    expect(ours).toBeLessThanOrEqual(body.errors === undefined ? others : 2 * others);
  });

  it('is answered alike when it comes again and again, also with other values', async () => {
    const usual = await serveGraph(compiled.database, compiled.database, { compileAfter: 2 });
    const query = 'query ($n: Int) { products(first: $n) { nodes { id } } }';
    const counts = [];
    for (const n of [1, 2, 3, 4, 5]) {
      counts.push((await usual.ask(query, { n }, compiled.adminKey)).body.data.products.nodes.length);
    }
    expect(counts).toEqual([1, 2, 3, 4, 5]);
    await usual.close();
  });
});
