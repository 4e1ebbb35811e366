/** Who may ask how often, and with which documents; what was done is written down. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { documentIdOf, parseManifest, readManifest } from '../../src/http/trusted-documents.js';
import { answerOf, fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { connectSocket, endSockets, signedInSocket, subscribeMessage } from '../support/graph-socket.js';

const viewer = '{ viewer { role } }';
const byId = 'query ($id: ID!) { node(id: $id) { id } }';
const feed = 'subscription { syncEventRecorded { cursor } }';
const change = 'mutation { flowPause(input: { id: "flw_A" }) { userErrors { code } } }';
const manifest = parseManifest(JSON.stringify(Object.fromEntries([viewer, byId, feed, change].map((text) => [documentIdOf(text), text]))), 'test'); // prettier-ignore

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld({ trustedDocuments: manifest, trustedProxies: ['127.0.0.1'] });
  await fillCatalogue(world.database, 1);
}, 60_000);
afterEach(endSockets);
afterAll(() => world.close());

const post = (body: object, key = world.adminKey, headers: Record<string, string> = {}) =>
  world.post(JSON.stringify(body), { authorization: `Bearer ${key}`, ...headers });
const codeOf = ({ body }: Awaited<ReturnType<typeof post>>): string | undefined => body.errors?.[0]?.extensions.code; // prettier-ignore

describe('trusted documents', () => {
  let limited: string;
  beforeAll(async () => {
    const made = await world.ask(
      `mutation { apiKeyCreate(input: { name: "dashboard", scopes: [READ_OPERATIONS, REPLAY], isLimitedToTrustedDocuments: true }) {
        secret apiKey { isLimitedToTrustedDocuments } } }`,
    );
    expect(made.body.data.apiKeyCreate.apiKey.isLimitedToTrustedDocuments).toBe(true);
    limited = made.body.data.apiKeyCreate.secret;
  });

  it('are sent by their id instead of their text, with POST, with GET and over WebSocket', async () => {
    for (const key of [world.adminKey, limited]) {
      const posted = await post({ documentId: documentIdOf(byId), variables: { id: 'flw_A' } }, key);
      expect(posted.body.data).toEqual({ node: { id: 'flw_A' } });
      const search = new URLSearchParams({ documentId: documentIdOf(byId), variables: '{"id":"flw_A"}' }).toString();
      const headers = { authorization: `Bearer ${key}`, 'apollo-require-preflight': '1' };
      const got = await answerOf(await fetch(`${world.url}/graphql?${search}`, { headers }));
      expect(got.body.data).toEqual({ node: { id: 'flw_A' } });
      const client = await signedInSocket(world.url, key);
      client.send(subscribeMessage('1', '', {}, { documentId: documentIdOf(feed) }));
      client.send(subscribeMessage('2', '', {}, { extensions: { documentId: documentIdOf(viewer) } }));
      expect((await client.next('error', '2')).payload[0].message).toMatch(/only subscriptions/);
      expect(client.got).toEqual([]);
    }
  });

  it('are all that a key can send that is limited to them', async () => {
    expect(codeOf(await post({ query: viewer }, limited))).toBe('PERSISTED_DOCUMENT_REQUIRED');
    const client = await signedInSocket(world.url, limited);
    client.send(subscribeMessage('1', feed));
    expect((await client.next('error', '1')).payload[0].extensions.code).toBe('PERSISTED_DOCUMENT_REQUIRED');
  });

  it.each([
    ['an unknown id', { documentId: `sha256:${'0'.repeat(64)}` }, 'PERSISTED_DOCUMENT_NOT_FOUND'],
    ['something else than an id', { documentId: { a: 1 } }, 'PERSISTED_DOCUMENT_NOT_FOUND'],
    ['a name that every object has', { documentId: '__proto__' }, 'PERSISTED_DOCUMENT_NOT_FOUND'],
    ['an id and a text', { documentId: documentIdOf(viewer), query: viewer }, 'BAD_USER_INPUT'],
  ])('%s is refused on both transports', async (_, body, code) => {
    const answer = await post(body);
    expect([answer.status, codeOf(answer)]).toEqual([400, code]);
    const client = await signedInSocket(world.url, world.adminKey);
    client.send({ id: '1', type: 'subscribe', payload: { query: '', ...body } });
    expect((await client.next('error', '1')).payload[0].extensions.code).toBe(code);
  });

  it('stay what they are: a mutation does not go with GET, and scopes hold', async () => {
    const headers = { authorization: `Bearer ${limited}`, 'apollo-require-preflight': '1' };
    const got = await fetch(`${world.url}/graphql?documentId=${documentIdOf(change)}`, { headers });
    expect(got.status).toBe(405);
    const key = await world.keyWith(['READ_CATALOGUE']);
    expect(codeOf(await post({ documentId: documentIdOf(change) }, key))).toBe('FORBIDDEN');
    expect(world.told).toEqual([]);
  });

  it.each([
    ['rubbish', '{', /not JSON/],
    ['a list', '[]', /not an object/],
    ['another text', JSON.stringify({ [documentIdOf('a')]: 'b' }), /has the hash sha256:/],
    ['no text', JSON.stringify({ [documentIdOf('a')]: 1 }), /is not text/],
  ])('a manifest with %s is refused', (_, json, message) => {
    expect(() => parseManifest(json, 'manifest.json')).toThrow(message);
  });

  it('a manifest that cannot be read is named', () => {
    expect(() => readManifest('/nowhere/manifest.json')).toThrow(
      'manifest of trusted documents /nowhere/manifest.json',
    );
  });
});

describe('how much may be asked', () => {
  const dear = '{ products(first: 100) { nodes { variants(first: 25) { nodes { stock { onHand } } } } } }';

  it('is a budget of points for each key, which the answers tell', async () => {
    const key = await world.keyOf('VIEWER');
    const first = await post({ query: dear }, key);
    expect(first.body.errors).toBeUndefined();
    const { cost } = first.body.extensions;
    expect(cost).toMatchObject({ limit: 50_000, restoreRate: 1_000 });
    expect(cost.remaining).toBe(50_000 - cost.requested);
    const told = await post({ query: '{ rateLimit { limit remaining cost restoreRate resetsAt } }' }, key);
    expect(told.body.data.rateLimit).toMatchObject({ limit: 50_000, cost: 1, restoreRate: 1_000 });
    expect(told.body.data.rateLimit.remaining).toBeLessThan(50_000);
    let last = first;
    for (let i = 0; i < 40 && last.status === 200; i++) last = await post({ query: dear }, key);
    expect([last.status, codeOf(last)]).toEqual([429, 'THROTTLED']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await post({ query: dear }, await world.keyOf('VIEWER'))).status).toBe(200);
  });

  it('grows with the ids of a list, written out or as a variable, whatever was asked before', async () => {
    const idsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `prd_${i}`);
    const costOf = async (query: string, variables: object = {}): Promise<number> =>
      (await post({ query, variables })).body.extensions.cost.requested as number;
    const record = '{ id ... on Product { defaultVariant { id } } }';
    const written = (count: number) => costOf(`{ nodes(ids: ${JSON.stringify(idsOf(count))}) ${record} }`);
    const asVariable = (ids: unknown) => costOf(`query ($ids: [ID!]!) { nodes(ids: $ids) ${record} }`, { ids });
    const one = await written(1);
    expect(one).toBeGreaterThan(2);
    expect(await written(100)).toBe(1 + 100 * (one - 1));
    const prices: number[] = [];
    for (const count of [1, 100, 1, 50]) prices.push(await asVariable(idsOf(count)));
    expect(prices).toEqual([1, 100, 1, 50].map((count) => 1 + count * (one - 1)));
    expect(await asVariable('prd_1')).toBe(one);
    expect(await costOf('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: idsOf(100) })).toBe(101);
    expect(await costOf('{ nodes(ids: []) { id } }')).toBe(1);
  });

  it('is told with the first event over WebSocket, and taken from the same budget', async () => {
    const client = await signedInSocket(world.url, world.adminKey);
    client.send(subscribeMessage('1', 'subscription { syncEventRecorded(since: "x") { cursor } }'));
    const { extensions } = (await client.next('next', '1')).payload;
    expect(extensions.cost).toMatchObject({ requested: 1, limit: 50_000 });
    expect(extensions.requestId).toMatch(/^trc_/);
  });

  it('is limited for each address, whatever keys it has', async () => {
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const answers: string[] = [];
    let key = '';
    // The ten keys' worth of an address come back while they are used: on a slow machine some more are needed.
    for (let n = 0; n < 40 && answers.at(-1) !== 'ADDRESS_THROTTLED'; n++) {
      key = await world.keyOf('VIEWER');
      for (let i = 0; i < 30; i++) {
        const answer = await post({ query: dear }, key, from);
        if (answer.status === 429) {
          answers.push(answer.body.errors[0].extensions.reason);
          break;
        }
      }
    }
    expect(answers[0]).toBe('THROTTLED');
    expect(answers).toContain('ADDRESS_THROTTLED');
    const elsewhere = await post({ query: viewer }, key, { 'x-forwarded-for': '203.0.113.10' });
    expect(elsewhere.status).toBe(200);
  }, 60_000);
});

describe('wrong keys', () => {
  it('are refused unseen after twenty of them, on both transports, while keys that have worked go on', async () => {
    const from = { 'x-forwarded-for': '2001:db8:1:2::3' };
    const known = await world.keyOf('VIEWER');
    expect((await post({ query: viewer }, known, from)).status).toBe(200);
    let tried = 0;
    /** Tries wrong keys until that is refused unseen: how many were seen. One comes back every five seconds. */
    const useUp = async (): Promise<number> => {
      for (let seen = 0; ; seen++) {
        const { status } = await post({ query: viewer }, `kpl_wrong-key-${tried++}`, from);
        if (status === 429) return seen;
        expect(status).toBe(401);
      }
    };
    const since = performance.now();
    const seen = await useUp();
    expect(seen).toBeGreaterThanOrEqual(20);
    expect(seen).toBeLessThanOrEqual(20 + Math.ceil((performance.now() - since) / 5_000));
    expect((await post({ query: viewer }, known, from)).status).toBe(200);
    const neighbour = { 'x-forwarded-for': '2001:db8:1:2:ffff::1' };
    /** Uses all tries up and asks with a new key at once; anew with another one when a try came back just between the two. */
    const refusedUnseen = async (ask: (key: string) => Promise<boolean>): Promise<string> => {
      for (let again = 0; again < 3; again++) {
        const key = await world.keyOf('VIEWER');
        if (await ask(key)) return key;
      }
      throw new Error('Three new keys were let in, although no try was left.');
    };
    const unseen = await refusedUnseen(async (key) => {
      await useUp();
      const answer = await post({ query: viewer }, key, neighbour);
      if (answer.status === 200) return false;
      expect([answer.status, codeOf(answer)]).toEqual([429, 'THROTTLED']);
      return true;
    });
    await refusedUnseen(async (key) => {
      const client = await connectSocket(world.url, { headers: from });
      await useUp();
      client.send({ type: 'connection_init', payload: { Authorization: `Bearer ${key}` } });
      const end = await Promise.race([client.closed, client.next('connection_ack').then(() => 'let in' as const)]);
      if (end === 'let in') return false;
      expect(end).toBe(1013);
      return true;
    });
    expect((await post({ query: viewer }, unseen, { 'x-forwarded-for': '2001:db8:1:3::1' })).status).toBe(200);
  });
});

describe('the audit', () => {
  beforeEach(() => world.database.query('truncate audit'));

  it('tells who did what to what, when and from where, the newest first, page by page', async () => {
    const operator = await world.keyOf('OPERATOR');
    const act = (id: string, key: string) =>
      world.ask('mutation ($id: ID!) { flowPause(input: { id: $id, reason: "stocktaking" }) { userErrors { code } } }', { id }, key); // prettier-ignore
    await act('flw_A', operator);
    await act('flw_A', world.adminKey);
    await act('flw_X', world.adminKey);
    const made = await world.ask(`mutation { apiKeyCreate(input: { name: "shop", scopes: [ADMIN] }) { secret apiKey { id createdBy { __typename ... on ApiKey { role } } } } }`); // prettier-ignore
    const { secret, apiKey } = made.body.data.apiKeyCreate;
    expect(apiKey.createdBy).toEqual({ __typename: 'ApiKey', role: 'ADMIN' });
    const list = (filter: string, page = '') =>
      world.ask(`{ auditEntries(${filter}${page}) { totalCount { value } pageInfo { hasNextPage endCursor }
        nodes { id at action subjectType subjectId subject { id } detail reason ipAddress requestId actor { __typename ... on ApiKey { name } ... on SystemProcess { name } } } } }`, {}, secret); // prettier-ignore
    const { body } = await list('', 'first: 2');
    expect(body.errors).toBeUndefined();
    expect(body.data.auditEntries.totalCount).toEqual({ value: 3 });
    const [newest, before] = body.data.auditEntries.nodes;
    expect(newest).toMatchObject({ action: 'apiKeyCreate', subjectType: 'ApiKey', subjectId: apiKey.id, subject: { id: apiKey.id } }); // prettier-ignore
    expect(JSON.stringify(newest)).not.toContain(secret);
    // The new key has ADMIN alone: it may not see flows.
    expect(before).toMatchObject({ action: 'flowPause', subjectType: 'Flow', subject: null, reason: 'stocktaking', actor: { name: 'administrator (first start)' }, ipAddress: '127.0.0.1' }); // prettier-ignore
    const rest = await list('', `first: 2, after: "${body.data.auditEntries.pageInfo.endCursor}"`);
    expect(rest.body.data.auditEntries.nodes.map(({ actor }: { actor: object }) => actor)).toEqual([
      { __typename: 'ApiKey', name: 'OPERATOR' },
    ]);
    const again = await world.ask('query ($id: ID!) { node(id: $id) { ... on AuditEntry { action } } }', { id: newest.id }, secret); // prettier-ignore
    expect(again.body.data.node).toEqual({ action: 'apiKeyCreate' });
    const count = async (filter: string) => (await list(`filter: ${filter}`)).body.data.auditEntries.totalCount.value;
    const { actorId } = (await world.database.query<{ actorId: string }>(`select actor as "actorId" from audit order by id limit 1`))[0]!; // prettier-ignore
    expect(await count(`{ actorId: "${actorId}" }`)).toBe(1);
    expect(await count('{ action: { eq: "flowPause" } }')).toBe(2);
    expect(await count('{ subjectType: ["ApiKey"] }')).toBe(1);
    expect(await count('{ subjectId: "flw_A", at: { within: "PT1M" } }')).toBe(2);
    expect(await count('{ at: { to: "2020-01-01T00:00:00Z" } }')).toBe(0);
  });
});
