import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KoppelError } from '../../src/base/errors.js';
import { appendJournal, type JournalEntry } from '../../src/store/journal.js';
import { fillCatalogue, openGraphWorld, serveGraph, type GraphWorld } from '../support/graph-server.js';
import { until } from '../support/wait.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld({
    commands: {
      pauseFlow: (key) => (key === 'stock' ? Promise.reject(new Error('select secret from vault')) : Promise.resolve()),
      resumeFlow: () => Promise.reject(new KoppelError('SYSTEM_UNREACHABLE', { system: 'Till', what: 'refused' })),
    },
  });
  await fillCatalogue(world.database, 3);
  await world.database.query(`insert into flow (id, key, name, entity, source, target) values
    ('flw_B', 'stock', 'Stock', 'stock', 'mpluskassa', 'softmaat')`);
  await world.database
    .query(`insert into flow_run (id, flow, trigger, status, started_at, finished_at, read, created) values
    ('run_1', 'products', 'SCHEDULE', 'SUCCEEDED', now() - interval '1 minute', now(), 10, 4),
    ('run_2', 'products', 'MANUAL', 'FAILED', now(), now(), 5, 0)`);
  await world.database.query(
    `insert into capture_position (system, stream, position) values ('mpluskassa', 'products', '4711')`,
  );
  await world.database.query(
    `update projection set changed_at = now() - interval '2 minutes', state = 'waiting_for' where canonical_id = 'prd_00001'`,
  );
  await world.database.query(
    `insert into projection_wait values ('softmaat', 'product', 'prd_00001', 'reference:softmaat:category:cat_2')`,
  );
  await parkProblems();
  const entry = { traceId: 'trc_1', entity: 'product', canonicalId: 'prd_00001', externalId: 'A1', flow: 'products' };
  const steps: JournalEntry[] = [
    { ...entry, step: 'applied', outcome: 'created', system: 'mpluskassa' },
    { ...entry, step: 'intent', outcome: 'create', system: 'softmaat' },
    {
      ...entry,
      step: 'failed',
      outcome: 'refused',
      system: 'softmaat',
      code: 'RECORD_REFUSED',
      message: 'Name is too long.',
    },
  ];
  await world.database.tx((tx) => appendJournal(tx, steps));
}, 60_000);
afterAll(() => world.close());

async function parkProblems(): Promise<void> {
  await world.database
    .query(`insert into parked (id, stage, system, flow, entity, canonical_id, external_id, record_key, trace_id,
      code, message, hint, classification, fingerprint, payload)
    select 'prk_' || i, 'project', 'softmaat', 'products', 'product', 'prd_0000' || i, 'A' || i, 'product:prd_0000' || i, 'trc_' || i,
      'RECORD_REFUSED', 'Name is too long.', 'Shorten it.', 'data', 'fp', '{"name": "x"}' from generate_series(1, 3) i`);
}

describe('operations over the API', () => {
  it('shows flows with their position, age, last run and counts', async () => {
    const { body } =
      await world.ask(`{ flows(filter: { entityType: [PRODUCT] }) { key state source { key } target { name } openDeadLetterCount
      syncState { marker markerKind lagSeconds pending { value } lastSuccessAt consecutiveFailures lastRun { id status durationMs counts { read } flow { key } }
        counts(window: "P1D") { read created } }
      runs(first: 1) { nodes { id startedAt } totalCount { value } } } systems { key flows { key } health { lastErrorAt lastError { code } } } }`);
    expect(body.errors).toBeUndefined();
    const [flow] = body.data.flows;
    expect(flow).toMatchObject({
      key: 'products', source: { key: 'mpluskassa' }, target: { name: 'ERP' }, openDeadLetterCount: 3,
      syncState: {
        marker: '4711', markerKind: 'SYNC_MARKER', pending: { value: 1 }, consecutiveFailures: 0,
        lastRun: { id: 'run_2', status: 'FAILED', counts: { read: 5 }, flow: { key: 'products' } }, counts: { read: 15, created: 4 },
      },
      runs: { nodes: [{ id: 'run_2' }], totalCount: { value: 2 } },
    }); // prettier-ignore
    expect(flow.syncState.lagSeconds).toBeGreaterThanOrEqual(119);
    expect(body.data.systems.map(({ flows }: { flows: object[] }) => flows.length)).toEqual([2, 2]);
  });

  it('says what a blocked record waits for and which problem it has', async () => {
    const { body } = await world.ask(`{ node(id: "prd_00001") { ... on Product { syncStatuses { state system { key }
      reason { code responsible waitingFor { id } } deadLetter { id hint error { code classification } } lastEvent { outcome } } } } }`);
    expect(body.data.node.syncStatuses[1]).toEqual({
      state: 'BLOCKED', system: { key: 'softmaat' },
      reason: { code: 'WAITING_FOR_RECORD', responsible: 'INTEGRATOR', waitingFor: [{ id: 'cat_2' }] },
      deadLetter: { id: 'prk_1', hint: 'Shorten it.', error: { code: 'RECORD_REFUSED', classification: 'VALUE' } },
      lastEvent: { outcome: 'FAILED' },
    }); // prettier-ignore
  });

  it('shows the activity log and the journey of a record from being received to being refused', async () => {
    const { body } =
      await world.ask(`{ syncEvents(filter: { outcome: [FAILED], systemId: "sys_B" }) { totalCount { value precision } nodes {
      id entityLabel entityType action outcome summary error { code message } flow { key } source { key } target { key } entity { id } deadLetter { id }
      journey { stage status system { key } } } }
      product(by: { id: "prd_00001" }) { history(first: 2) { nodes { outcome } totalCount { value } } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.syncEvents.totalCount).toEqual({ value: 1, precision: 'EXACT' });
    expect(body.data.syncEvents.nodes[0]).toMatchObject({
      entityLabel: 'Shirt 1', entityType: 'PRODUCT', outcome: 'FAILED', error: { code: 'RECORD_REFUSED', message: 'Name is too long.' },
      flow: { key: 'products' }, source: { key: 'mpluskassa' }, target: { key: 'softmaat' }, entity: { id: 'prd_00001' }, deadLetter: { id: 'prk_1' },
      journey: [
        { stage: 'RECEIVED', status: 'SUCCEEDED', system: { key: 'mpluskassa' } },
        { stage: 'MERGED', status: 'SUCCEEDED', system: { key: 'mpluskassa' } },
        { stage: 'SENT', status: 'SUCCEEDED', system: { key: 'softmaat' } },
        { stage: 'SENT', status: 'FAILED', system: { key: 'softmaat' } },
      ],
    }); // prettier-ignore
    expect(body.data.product.history).toEqual({
      nodes: [{ outcome: 'FAILED' }, { outcome: 'SUCCEEDED' }],
      totalCount: { value: 3 },
    });
  });

  it('groups problems by cause, and replays or discards exactly those that are meant, with an audit row', async () => {
    const groups =
      await world.ask(`{ deadLetterGroups(filter: { classification: [VALUE] }) { nodes { fingerprint title classification count example { id } } totalCount { value } }
      deadLetters(filter: { status: [OPEN] }, sort: { field: FIRST_FAILED_AT }, first: 2) { nodes { id status payload entity { id } journey { stage } } pageInfo { hasNextPage } } }`);
    expect(groups.body.errors).toBeUndefined();
    expect(groups.body.data.deadLetterGroups).toMatchObject({
      nodes: [{ fingerprint: 'fp', classification: 'VALUE', count: 3 }],
      totalCount: { value: 1 },
    });
    expect(groups.body.data.deadLetters.pageInfo.hasNextPage).toBe(true);
    const dry = await world.ask(
      `mutation { deadLettersReplay(input: { selection: { fingerprint: "fp" }, isDryRun: true }) { plan { count { value } } replayedCount userErrors { code } } }`,
    );
    expect(dry.body.data.deadLettersReplay).toEqual({
      plan: { count: { value: 3 } },
      replayedCount: 0,
      userErrors: [],
    });
    const done =
      await world.ask(`mutation { deadLettersReplay(input: { selection: { ids: ["prk_2", "prk_9"] } }) { replayedCount userErrors { code } }
      deadLettersDiscard(input: { selection: { ids: ["prk_3"] }, reason: "sold out" }) { discardedCount userErrors { code } } }`);
    expect(done.body.data).toEqual({
      deadLettersReplay: { replayedCount: 1, userErrors: [] },
      deadLettersDiscard: { discardedCount: 1, userErrors: [] },
    });
    await world.ask(
      'mutation { deadLettersReplay(input: { selection: { ids: ["prk_1"] }, mode: AS_OWN }) { replayedCount } }',
    );
    expect(world.told).toEqual(['replay prk_2', 'discard prk_3 NOT_NEEDED: sold out', 'replay prk_1 as own']);
    const audit = await world.database.query('select action, subject from audit order by id');
    expect(audit).toEqual([
      { action: 'deadLettersReplay', subject: 'prk_2' },
      { action: 'deadLettersDiscard', subject: 'prk_3' },
      { action: 'deadLettersReplay', subject: 'prk_1' },
    ]);
  });

  it('gives back what a person can correct as data', async () => {
    const { body } =
      await world.ask(`mutation { a: flowPause(input: { id: "flw_X" }) { flow { id } userErrors { code field message } }
      b: flowResume(input: { id: "flw_A" }) { userErrors { code message } }
      c: deadLettersDiscard(input: { selection: { ids: [] }, reason: " " }) { userErrors { code field } }
      d: apiKeyCreate(input: { name: "", scopes: [], expiresAt: "2020-01-01T00:00:00Z" }) { secret userErrors { code field } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.a).toEqual({
      flow: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'id'], message: 'There is no flow flw_X.' }],
    });
    expect(body.data.b.userErrors[0].code).toBe('SYSTEM_UNREACHABLE');
    expect(body.data.c.userErrors).toEqual([{ code: 'BLANK', field: ['input', 'reason'] }]);
    expect(body.data.d.userErrors.map(({ code }: { code: string }) => code)).toEqual([
      'BLANK',
      'BLANK',
      'OUT_OF_RANGE',
    ]);
  });

  it('hides what broke and says under which id it was logged', async () => {
    const answer = await world.ask(`mutation { flowPause(input: { id: "flw_B" }) { flow { id } } }`);
    expect(answer.text).not.toContain('vault');
    expect(answer.body.errors[0]).toMatchObject({
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: answer.headers.get('x-request-id') },
    });
  });

  it('stops an operation that takes too long', async () => {
    const commands = { runFlow: () => new Promise<never>(() => undefined) };
    const impatient = await serveGraph(world.database, world.database, { operationTimeoutMs: 400, commands });
    try {
      const { status, body } = await impatient.ask(`mutation { flowRun(input: { id: "flw_A" }) { run { id } } }`, {}, world.adminKey); // prettier-ignore
      expect([status, body.errors[0].extensions.code]).toEqual([504, 'OPERATION_TIMEOUT']);
    } finally {
      await impatient.close();
    }
  });
});

describe('keys', () => {
  const role = '{ viewer { role scopes } }';

  it('a new key has exactly its scopes, is shown once and is kept only as a hash', async () => {
    const made = await world.ask(
      `mutation { apiKeyCreate(input: { name: "shop", scopes: [READ_CATALOGUE] }) { secret apiKey { id prefix scopes role } userErrors { code } } }`,
    );
    const { secret, apiKey } = made.body.data.apiKeyCreate;
    expect(apiKey).toMatchObject({ prefix: secret.slice(0, 12), scopes: ['READ_CATALOGUE'] });
    expect((await world.ask(role, {}, secret)).body.data.viewer.scopes).toEqual(['READ_CATALOGUE']);
    const stock = await world.ask('{ products { nodes { variants { nodes { stock { onHand } } } } } }', {}, secret);
    expect([stock.status, stock.body.errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect((await world.ask('{ node(id: "sys_A") { id } }', {}, secret)).body.data.node).toBeNull();
    const rows = await world.database.query(`select row_to_json(k)::text as text from api_key k`);
    expect(rows.map(({ text }) => text).join()).not.toContain(secret.slice(13));
    await world.ask('mutation ($id: ID!) { apiKeyRevoke(input: { id: $id }) { apiKey { revokedAt } } }', {
      id: apiKey.id,
    });
    expect((await world.ask(role, {}, secret)).status).toBe(401);
  });

  it('an expired key is refused', async () => {
    const key = await world.keyOf('VIEWER');
    await world.database.query(`update api_key set expires_at = now() - interval '1 second' where prefix = $1`, [
      key.slice(0, 12),
    ]);
    expect((await world.ask(role, {}, key)).status).toBe(401);
  });

  it.each([
    ['VIEWER', 403, 403, 403],
    ['OPERATOR', 200, 403, 403],
    ['EDITOR', 200, 403, 200],
    ['ADMIN', 200, 200, 200],
  ] as const)('%s may do what its role says', async (name, replay, keys, introspection) => {
    const key = await world.keyOf(name);
    const ask = async (query: string) => (await world.ask(query, {}, key)).status;
    expect(
      await ask(
        'mutation { deadLettersReplay(input: { selection: { ids: ["prk_1"] }, isDryRun: true }) { replayedCount } }',
      ),
    ).toBe(replay);
    expect(await ask('{ apiKeys { id } }')).toBe(keys);
    expect(await ask('{ __schema { queryType { name } } }')).toBe(introspection === 403 ? 400 : 200);
  });

  it('only administrators are told what they may have meant', async () => {
    const viewer = await world.keyOf('VIEWER');
    expect((await world.ask('{ viewer { rol } }')).body.errors[0].message).toContain('Did you mean');
    expect((await world.ask('{ viewer { rol } }', {}, viewer)).body.errors[0].message).not.toContain('Did you mean');
    const value = await world.ask(
      'query ($s: [ProductStatus!]) { products(filter: { status: $s }) { nodes { id } } }',
      { s: ['ACTIV'] },
      viewer,
    );
    expect(value.text).not.toContain('Did you mean');
  });

  it('a key that asks for too much is slowed down, and others are not', async () => {
    const key = await world.keyOf('VIEWER');
    const costly = '{ products(first: 100) { nodes { id history(first: 90) { nodes { id } } } } }';
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.ask(costly, {}, key)));
    const last = answers.find(({ status }) => status === 429);
    expect(last?.body.errors[0].extensions.code).toBe('THROTTLED');
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await world.ask(role)).body.extensions.cost).toMatchObject({ requested: 1, restoreRate: 1000 });
  });
});

describe('pages for machines', () => {
  const page = async (path: string, headers = {}) => {
    const response = await fetch(`${world.url}${path}`, { headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };

  it('say that the process lives, works, and what it is', async () => {
    expect(await page('/livez')).toMatchObject({ status: 200, text: 'ok\n' });
    // A database that does not answer within a second is said to be away, and asked again with the next question.
    const ready = (path: string, headers = {}) =>
      until(async () => [await page(path, headers)].find(({ status }) => status === 200), {
        what: `${path} to say so`,
      });
    expect((await ready('/readyz?verbose')).text).toBe('[+]database ok\nready\n');
    expect(JSON.parse((await ready('/readyz', { accept: 'application/json' })).text).status).toBe('ready');
    expect(JSON.parse((await page('/version')).text)).toMatchObject({ name: 'koppel', version: '0.0.0-test' });
    expect((await page('/', { accept: 'text/html' })).text).toContain('<h1>Koppel');
    expect((await page('/')).text).toContain('/graphql');
    expect((await page('/')).headers.get('x-content-type-options')).toBe('nosniff');
  });
});
