/** What the dashboard's pages of records ask: the same number of statements for few records as for many, and a price well below the limit. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fillSales } from '../support/graph-sales.js';
import { fillCatalogue, openGraphWorld, type GraphAnswer, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
const documents = Object.values(
  JSON.parse(readFileSync('dist/web/documents.json', 'utf8')) as Readonly<Record<string, string>>,
);
const documentOf = (name: string): string => {
  const found = documents.find((text) => new RegExp(`\\b(query|subscription) ${name}\\b`).test(text));
  if (found === undefined) throw new Error(`The dashboard has no operation ${name}.`);
  return found;
};

beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 60);
  await fillSales(world.database, 60);
  await world.database.query(`insert into category (id, version, content_hash, parent_id, code, name, position)
    select 'cat_x' || i, 1, 'h', 'cat_1', 'x' || i, 'Below ' || i, i from generate_series(1, 40) i`);
}, 60_000);
afterAll(() => world.close());

async function asked(name: string, variables: object): Promise<{ answer: GraphAnswer; statements: number }> {
  world.statements();
  const answer = await world.ask(documentOf(name), variables);
  expect(answer.body.errors).toBeUndefined();
  return { answer, statements: world.statements().length };
}

/**
 * Two lists of one answer that come at different moments ask for what they share one after the other: a statement or two more or fewer, by
 * how busy the machine is. One for each of 25 records or of 40 children is far more than that.
 */
const atOtherMoments = 8;

const most = 5_000;

it.each([
  ['OrderList', 50],
  ['ProductList', 50],
  ['CustomerList', 50],
  ['CategoryList', 50],
  ['StockByVariant', 25],
  ['StockByLevel', 25],
])('%s sends as many statements for %i records as for two', async (name, size) => {
  await asked(name, { first: 2 });
  const few = await asked(name, { first: 2 });
  const many = await asked(name, { first: size });
  expect(Math.abs(many.statements - few.statements)).toBeLessThanOrEqual(atOtherMoments);
  expect(many.answer.body.extensions.cost.requested).toBeLessThan(most);
});

it.each([
  ['CategoryChildren', 'cat_1', 'cat_2'],
  ['CategoryDetail', 'cat_1', 'cat_2'],
])('%s sends as many statements for many children as for one', async (name, many, few) => {
  const one = await asked(name, { id: few });
  const all = await asked(name, { id: many });
  expect(all.statements).toBeLessThanOrEqual(one.statements + atOtherMoments);
  expect(all.answer.body.extensions.cost.requested).toBeLessThan(most);
});

it('details cost little and send a handful of statements', async () => {
  const { body } = await world.ask('{ orders(first: 1) { nodes { id } } customers(first: 1) { nodes { id } } stockLevels(first: 1) { nodes { id } } }'); // prettier-ignore
  const idIn = (list: string): string => body.data[list].nodes[0].id as string;
  const details = [
    ['OrderDetail', idIn('orders')],
    ['OrderLines', idIn('orders'), { first: 50 }],
    ['RecordHistory', idIn('orders'), { first: 25 }],
    ['CustomerDetail', idIn('customers')],
    ['ProductDetail', 'prd_00001'],
    ['ProductDetail', 'var_000011'],
    ['StockDetail', idIn('stockLevels')],
  ] as const;
  for (const [name, id, page = {}] of details) {
    const { answer, statements } = await asked(name, { id, ...page });
    expect(answer.body.data.node).not.toBeNull();
    expect({ name, isCheap: answer.body.extensions.cost.requested < most }).toEqual({ name, isCheap: true });
    expect({ name, isFew: statements <= 25, statements }).toEqual({ name, isFew: true, statements });
  }
});
