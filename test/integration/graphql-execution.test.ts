/** Both ways to execute a document give the same answer, errors included; and documents that come again are compiled. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillSales } from '../support/graph-sales.js';
import { fillCatalogue, openGraphWorld, serveGraph, type GraphWorld } from '../support/graph-server.js';

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
    search(text: "Shirt 1", first: 5) { __typename ... on Product { title: name } } nodes(ids: ["prd_00002", "nothing"]) { id } }`],
  ['orders with money', `{ orders(first: 5) { nodes { number total { gross { amount currency } net { amount } } taxes { ratePercent tax { amount } }
    lines(first: 2) { nodes { quantity total { gross { amount } } } } customer { displayName } } } }`],
  ['a filter of filters', `query ($f: ProductFilter) { products(first: 5, filter: $f) { totalCount { value precision } } }`, { f: { or: [{ name: { contains: '1' } }, { not: { name: { contains: '2' } } }] } }],
  ['what introspection says', '{ __schema { queryType { name } } __type(name: "Order") { kind fields { name type { name kind ofType { name } } } } }'],
  ['a page that cannot be', '{ products(first: 0) { nodes { id } } viewer { role } }'],
  ['two things wrong beside what is right', '{ a: products(first: 500) { nodes { id } } b: products(after: "x") { nodes { id } } viewer { role } }'],
  ['nothing found', '{ product(by: { sku: "no" }) { id name } order(by: { id: "ord_x" }) { id } }'],
]; // prettier-ignore

const shown = ({ status, body }: { status: number; body: { data?: unknown; errors?: { message: string; path?: unknown; extensions: { code: string } }[] } }) => ({
  status,
  data: body.data,
  errors: body.errors?.map(({ message, path, extensions: { code } }) => ({ message, path, code })),
}); // prettier-ignore

describe('a document', () => {
  it.each(documents)('%s is answered alike, compiled or not', async (_, query, variables = {}) => {
    const [one, other] = [
      await compiled.ask(query, variables),
      await interpreted.ask(query, variables, compiled.adminKey),
    ];
    expect(shown(one)).toEqual(shown(other));
    expect(one.body.data === undefined && one.body.errors === undefined).toBe(false);
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
