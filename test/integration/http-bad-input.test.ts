import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { connect } from 'node:net';
import { badRequests, byId, ok } from '../support/bad-requests.js';
import { answerOf, fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld({ compileAfter: Infinity });
  await fillCatalogue(world.database, 5);
}, 60_000);
afterAll(() => world.close());

describe('what is not a request', () => {
  it.each(badRequests)('%s is refused in JSON with a code', async (_, body, headers, status, code, message) => {
    const answer = await world.post(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const [error] = answer.body.errors;
    expect(error.extensions.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.extensions.requestId).toBe(answer.headers.get('x-request-id'));
    expect(answer.text).not.toMatch(/node_modules|at .*\.js/);
  });

  it('does nothing, and is not told what there might have been', async () => {
    expect(world.told).toEqual([]);
    expect(await world.database.query('select 1 from audit')).toEqual([]);
    const viewer = await world.keyOf('VIEWER');
    const answer = await world.ask('{ viewer { rol } }', {}, viewer);
    expect(answer.body.errors[0].message).toBe('Cannot query field "rol" on type "Viewer".');
    expect(answer.body.errors[0].locations).toEqual([{ line: 1, column: 12 }]);
  });
});

const values: [string, RegExp][] = [
  ...['first: 0', 'first: -1', 'first: 99999', 'last: 101', 'first: 5, last: 5', 'after: "x", before: "y"'].map((page): [string, RegExp] => [`products(${page}) { nodes { id } }`, /page was asked for/]),
  ['products(first: 99999999999) { nodes { id } }', /32-bit/],
  ['products(first: 1.5) { nodes { id } }', /Int cannot represent/],
  ['products(first: "10") { nodes { id } }', /Int cannot represent/],
  ['products(after: "x") { nodes { id } }', /cursor does not belong/],
  ...['1e400', 'NaN', 'Infinity', '1,5', '0.1234567', '123456789012345678901234567890'].map((text): [string, RegExp] => [`stockLevels(filter: { available: { eq: "${text}" } }) { nodes { id } }`, /A decimal is text/]),
  ['stockLevels(filter: { available: { eq: 0.3 } }) { nodes { id } }', /A decimal is text/],
  ['products(filter: { updatedAt: { from: "2026-02-30T00:00:00Z" } }) { nodes { id } }', /does not exist/],
  ['products(filter: { updatedAt: { from: "2026-03-29T02:30:00" } }) { nodes { id } }', /zone included/],
  ['products(filter: { updatedAt: { from: "yesterday" } }) { nodes { id } }', /zone included/],
  ['products(filter: { updatedAt: { within: "5 minutes" } }) { nodes { id } }', /A duration/],
  [`products(filter: ${'{ not: '.repeat(7)}{}${' }'.repeat(7)}) { nodes { id } }`, /nested deeper/],
  [`products(filter: { or: [${'{} '.repeat(101)}] }) { nodes { id } }`, /more than 100 filters/],
  [`orders(filter: { not: { and: [${`{ or: [${'{} '.repeat(10)}] } `.repeat(10)}] } }) { nodes { id } }`, /more than 100 filters/],
  [`customers(filter: { or: [${'{ not: {} } '.repeat(51)}] }) { nodes { id } }`, /more than 100 filters/],
  [`products(filter: { categoryId: { in: [${'"c" '.repeat(1_001)}] } }) { nodes { id } }`, /more than 1,?000 values/],
  [`products(filter: { categoryId: { notIn: [${'"c" '.repeat(1_001)}] } }) { nodes { id } }`, /more than 1,?000 values/],
  [`orders(filter: { customerId: { in: [${'"c" '.repeat(1_001)}] } }) { nodes { id } }`, /more than 1,?000 values/],
  ['products(sort: { field: ID_DROP_TABLE }) { nodes { id } }', /does not exist in "ProductSortField"/],
]; // prettier-ignore

describe('values that are not usable', () => {
  const named = values.map(([field, message]) => [field.length > 100 ? `${field.slice(0, 100)}…` : field, field, message] as const); // prettier-ignore
  it.each(named)('%s', async (_, field, message) => {
    const answer = await world.ask(`{ ${field} }`);
    const [error] = answer.body.errors;
    expect(error.message).toMatch(message);
    expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(error.extensions.code);
    expect(error.extensions.requestId).toBeDefined();
  });

  it.each([
    '',
    "' OR 1=1 --",
    '../../etc/passwd',
    'prd_' + 'x'.repeat(10_000),
    'prd_①',
    'evt_99999999999999999999',
    'ref_' + Buffer.from('a\nb').toString('base64url'),
    'ref_AAoA',
    'evt_-1',
  ])('an id such as %j is not found, and nothing breaks', async (id) => {
    const { status, body } = await world.ask(byId, { id });
    expect({ status, node: body.data?.node, errors: body.errors }).toEqual({
      status: 200,
      node: null,
      errors: undefined,
    });
  });

  it('a filter of 32,000 filters is refused before it costs anything, and one of 100 is not', async () => {
    const text = 'query ($filter: ProductFilter) { products(filter: $filter) { nodes { id } } }';
    const wide = (count: number) => world.ask(text, { filter: { or: Array(count).fill({ name: { eq: 'a' } }) } });
    world.statements();
    expect((await wide(32_000)).body.errors[0].message).toMatch(/more than 100 filters/);
    expect(world.statements().filter((text) => text.includes('product'))).toEqual([]);
    expect((await wide(100)).body).toEqual({ data: { products: { nodes: [] } }, extensions: expect.anything() });
  });

  it('a cursor of another list is refused', async () => {
    const { body } = await world.ask('{ products(first: 1) { pageInfo { endCursor } } }');
    const cursor = body.data.products.pageInfo.endCursor;
    const other = await world.ask(`{ categories(after: "${cursor}") { nodes { id } } }`);
    expect(other.body.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'BAD_CURSOR' });
    const sorted = await world.ask(`{ products(after: "${cursor}", sort: { field: NAME }) { nodes { id } } }`);
    expect(sorted.body.errors[0].extensions.reason).toBe('BAD_CURSOR');
  });
});

describe('other ways in', () => {
  const get = (search: string, headers: Record<string, string> = {}) =>
    fetch(`${world.url}/graphql?${search}`, {
      headers: { authorization: `Bearer ${world.adminKey}`, ...headers },
    }).then(answerOf);

  it('GET answers queries when it cannot come from a web page', async () => {
    const search = new URLSearchParams({
      query: 'query ($id: ID!) { node(id: $id) { id } }',
      variables: '{"id":"prd_00001"}',
    }).toString();
    const preflight = { 'apollo-require-preflight': '1' };
    expect((await get(search, preflight)).body.data.node).toEqual({ id: 'prd_00001' });
    expect((await get(search)).body.errors[0].extensions.code).toBe('CSRF_PREVENTED');
    expect((await get(search, { ...preflight, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await get('query={viewer{role}}&variables={', preflight)).body.errors[0].extensions.code).toBe('BAD_JSON');
    const mutation = await get(
      `query=${encodeURIComponent('mutation { flowResume(input: { id: "flw_A" }) { flow { id } } }')}`,
      preflight,
    );
    expect([mutation.status, mutation.headers.get('allow')]).toEqual([405, 'POST, GET']);
    expect(world.told).toEqual([]);
  });

  it('other methods and paths are refused', async () => {
    expect((await fetch(`${world.url}/graphql`, { method: 'PUT' })).status).toBe(405);
    const nowhere = await answerOf(await fetch(`${world.url}/nowhere`));
    expect([nowhere.status, nowhere.body.errors[0].extensions.code]).toEqual([404, 'PATH_UNKNOWN']);
  });

  it('a body that never says how long it is ends at the limit', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(`${world.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${world.adminKey}`,
          'transfer-encoding': 'chunked',
        },
      });
      sent.on('response', (response) => {
        resolve(response.statusCode ?? 0);
        sent.destroy();
      });
      sent.on('error', reject);
      for (let i = 0; i < 20; i++) sent.write('x'.repeat(65_536));
    });
    expect(status).toBe(413);
  });

  it('rubbish instead of HTTP does not disturb the server', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(world.server.port(), '127.0.0.1', () => socket.end('\0\0rubbish\r\n\r\n'));
      socket.on('close', () => resolve());
      socket.on('error', () => undefined);
      socket.resume();
    });
    expect((await world.post(ok)).status).toBe(200);
  });
});
