/** Who may do what, for every role and scope and every field of the graph, over real HTTP and WebSocket. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { extendSchema, isObjectType, parse, type GraphQLObjectType } from 'graphql';
import { makeBudget } from '../../src/http/budget.js';
import { makePrepareOperation } from '../../src/http/prepare-operation.js';
import { systemClock } from '../../src/base/clock.js';
import { buildGraph } from '../../src/resolvers/graph.js';
import type { Commands } from '../../src/resolvers/context.js';
import { accessOfRootFields } from '../../src/schema/root-access.js';
import { maskedTypes, Scope, scopeOfType, scopesOfRole, scopesOfType, type RoleName, type ScopeName } from '../../src/schema/access.js'; // prettier-ignore
import { appendJournal } from '../../src/store/journal.js';
import { fillSales } from '../support/graph-sales.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { askAs, personWith, type BrowserHeaders } from '../support/graph-people.js';
import { endSockets, signedInSocket, subscribeMessage } from '../support/graph-socket.js';
import { queriesInto, queryOfType, reachable, rootOperations } from '../support/minimal-operation.js';

const schema = buildGraph();
const roles = Object.keys(scopesOfRole) as RoleName[];
const scopes = Object.values(Scope) as ScopeName[];
const operations = rootOperations(schema);
const isAllowed = (name: string, held: readonly ScopeName[]): boolean =>
  accessOfRootFields[name]!.length === 0 || accessOfRootFields[name]!.some((scope) => held.includes(scope));

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld({ commands: { systems: { tryOut } as unknown as Commands['systems'] } });
  await fillCatalogue(world.database, 9);
  await fillSales(world.database, 2);
}, 60_000);
afterEach(endSockets);
afterAll(() => world.close());

/** Kinds of systems that settings were tried of. */
const tried: string[] = [];
const tryOut: Commands['systems']['tryOut'] = ({ connector }) => {
  tried.push(connector);
  return Promise.resolve([]);
};

/** FORBIDDEN, `allowed`, or what is wrong with the operation itself. */
async function verdict(name: string, text: string, key: string | BrowserHeaders): Promise<string> {
  if (!name.startsWith('Subscription.')) {
    const { status, body } = await (typeof key === 'string' ? world.ask(text, {}, key) : askAs(world, key, text));
    return judged(body.errors?.[0], status);
  }
  const client = await signedInSocket(world.url, key);
  client.send(subscribeMessage('1', text));
  // A second operation that is always refused: when its answer is there, that of the first one is too.
  client.send(subscribeMessage('2', '{ viewer { role } }'));
  await client.next('error', '2');
  const refused = client.got.find(({ type, id }) => type === 'error' && id === '1');
  client.socket.terminate();
  return judged(refused?.payload[0], 200);
}

function judged(error: { message: string; extensions: { code: string } } | undefined, status: number): string {
  const code = error?.extensions.code;
  if (code === 'FORBIDDEN' || status === 403) return 'FORBIDDEN';
  if (code === 'GRAPHQL_VALIDATION_FAILED' || status === 429) return `${code}: ${error?.message}`;
  return 'allowed';
}

async function matrixOf(held: readonly ScopeName[], key: string | BrowserHeaders): Promise<void> {
  const found: string[] = [];
  for (const { name, text } of operations) found.push(`${name} ${await verdict(name, text, key)}`);
  expect(found).toEqual(operations.map(({ name }) => `${name} ${isAllowed(name, held) ? 'allowed' : 'FORBIDDEN'}`));
}

describe('root fields', () => {
  it.each(roles)(
    'are allowed and refused to %s as the table says',
    async (role) => {
      await matrixOf(scopesOfRole[role], await world.keyOf(role));
    },
    60_000,
  );

  it.each(roles)(
    'are allowed and refused to a person who is %s and has signed in as the table says',
    async (role) => {
      await matrixOf(scopesOfRole[role], (await personWith(world, role)).headers);
    },
    60_000,
  );

  it.each(scopes)(
    'are allowed and refused to a key with %s alone as the table says',
    async (scope) => {
      await matrixOf([scope], await world.keyWith([scope]));
    },
    60_000,
  );

  it('have a rule each; one without is refused to everybody, also to administrators', () => {
    expect(operations.map(({ name }) => name).filter((name) => accessOfRootFields[name] === undefined)).toEqual([]);
    const extended = extendSchema(schema, parse('extend type Query { forgotten: String }'));
    const prepare = makePrepareOperation({
      schema: extended,
      budget: makeBudget(systemClock),
      trustedDocuments: new Map<string, string>(),
    });
    const admin = { actorId: 'key_1', session: null, language: null, name: 'a', role: 'ADMIN' as const, scopes: new Set(scopes), trustedDocumentsOnly: false }; // prettier-ignore
    expect(() => prepare({ query: '{ forgotten }' }, admin, '')).toThrow('Query.forgotten; it needs a rule');
  });

  it('change nothing for those who may only read, and keys, audit and configuration are for administrators', () => {
    const mutations = operations.map(({ name }) => name).filter((name) => name.startsWith('Mutation.'));
    // What a person keeps for himself: files of lists that he may read and stopping them, named filters of such lists, and the password.
    const own = ['Mutation.jobCancel', 'Mutation.dataExport', 'Mutation.savedViewSave', 'Mutation.savedViewDelete', 'Mutation.savedViewDefault', 'Mutation.passwordChange']; // prettier-ignore
    expect(mutations.filter((name) => isAllowed(name, scopesOfRole.VIEWER))).toEqual(own);
    const reads = scopes.filter((scope) => scope.startsWith('READ_'));
    expect(mutations.filter((name) => isAllowed(name, reads))).toEqual(own);
    const guarded = operations.map(({ name }) => name).filter((name) => /apiKey|audit|config|user[A-Zs]/.test(name));
    expect(guarded.length).toBeGreaterThan(4);
    expect(guarded.filter((name) => accessOfRootFields[name]!.join() !== 'ADMIN')).toEqual([]);
    const edits = mutations.filter((name) => /mapping|valueMap|flow(Create|Update|Enable|Disable)/.test(name));
    expect(edits.filter((name) => isAllowed(name, scopesOfRole.OPERATOR))).toEqual([]);
  });
});

describe('types', () => {
  const scoped = Object.entries(scopeOfType).filter(([name]) => !maskedTypes.has(name) && schema.getType(name));

  it.each(scoped)('%s is refused to a key with all scopes but %s, whichever way leads there', async (name) => {
    const type = schema.getType(name) as GraphQLObjectType;
    const isNode = type.getInterfaces().some((each) => each.name === 'Node');
    const queries = [
      ...(isNode ? [`{ node(id: "x") { ... on ${name} { id } } }`] : []),
      ...[queryOfType(schema, type)].filter((query) => query !== undefined),
    ];
    expect(queries.length).toBeGreaterThan(0);
    const needed = scopesOfType(name)!;
    const others = await world.keyWith(scopes.filter((each) => !needed.includes(each)));
    for (const query of queries) {
      expect([query, judged((await world.ask(query, {}, others)).body.errors?.[0], 200)]).toEqual([query, 'FORBIDDEN']);
      expect([query, judged((await world.ask(query)).body.errors?.[0], 200)]).toEqual([query, 'allowed']);
    }
  });

  it.each(scoped)(
    '%s is refused to such a key through an interface of it, too, by every field that leads there',
    async (name) => {
      const type = schema.getType(name) as GraphQLObjectType;
      const needed = scopesOfType(name)!;
      const rest = scopes.filter((each) => !needed.includes(each));
      const others = await world.keyWith(rest);
      const isClosed = (each: string): boolean =>
        !maskedTypes.has(each) && scopesOfType(each)?.every((scope) => !rest.includes(scope)) === true;
      const interfaces = type.getInterfaces().map((each) => each.name);
      const selections = [
      '__typename',
      ...(interfaces.includes('Node') ? ['... on Node { id }'] : []),
      ...(interfaces.includes('Syncable') ? ['... on Syncable { version }', '... on Node { ... on Syncable { fields { value } } }'] : []),
    ]; // prettier-ignore
      for (const query of selections.flatMap((selection) => queriesInto(schema, type, selection, isClosed))) {
        expect([query, judged((await world.ask(query, {}, others)).body.errors?.[0], 200)]).toEqual([
          query,
          'FORBIDDEN',
        ]);
        expect([query, judged((await world.ask(query)).body.errors?.[0], 200)]).toEqual([query, 'allowed']);
      }
    },
    60_000,
  );

  it('that everybody may see are few and hold no records', () => {
    const open = Object.entries(schema.getQueryType()!.getFields()).filter(([name]) => accessOfRootFields[`Query.${name}`]!.length === 0); // prettier-ignore
    const found = new Set<string>();
    for (const [, field] of open) {
      const type = schema.getType(String(field.type).replace(/[![\]]/g, ''));
      if (!isObjectType(type)) throw new Error(`${field.name} is open to everybody and gives ${String(field.type)}`);
      found.add(type.name);
      reachable(type, new Set(Object.keys(scopeOfType)), found);
    }
    // Of views each is shown to those who may read its list; saved-views.test.ts holds that.
    expect([...found].sort()).toEqual(['CheckResult', 'Health', 'RateLimit', 'SavedView', 'Viewer']);
  });
});

describe('records', () => {
  const ids: Record<string, string> = {
    Product: 'prd_00001', ProductVariant: 'var_000011', Category: 'cat_1', StockLocation: 'loc_1', StockLevel: 'stk_0000111', Customer: 'cus_00001',
    Order: 'ord_00001', System: 'sys_A', Flow: 'flw_A', FlowRun: 'run_1', DeadLetter: 'prk_1', SyncEvent: 'evt_0', AuditEntry: 'aud_1', Job: 'job_1', Mapping: 'map_1', ValueMap: 'vls_1',
  }; // prettier-ignore
  beforeAll(async () => {
    await world.database.query(`insert into flow_run (id, flow, trigger, status, started_at) values ('run_1', 'products', 'SCHEDULE', 'RUNNING', now())`); // prettier-ignore
    await world.database
      .query(`insert into parked (id, stage, system, flow, entity, canonical_id, external_id, record_key, trace_id,
      code, message, hint, classification, fingerprint, payload) values ('prk_1', 'project', 'softmaat', 'orders', 'order', 'ord_00001', 'A', 'order:ord_00001', 'trc_1',
      'RECORD_REFUSED', 'm', 'h', 'data', 'fp', '{}')`);
    await world.database.query(`insert into job (id, kind, input, created_by) values ('job_1', 'BACKFILL', '{}', 'x')`);
    await world.database.query(`insert into mapping (id, key, connector, direction, record, entity, published_version) values ('map_1', 'm', 'softmaat', 'outbound', 'r', 'product', 1)`); // prettier-ignore
    await world.database.query(`insert into mapping_version (mapping, version, definition) values ('m', 1, '{"key": "m", "connector": "softmaat", "direction": "outbound", "record": "r", "entity": "product", "rules": []}')`); // prettier-ignore
    await world.database.query(`insert into value_list (id, key, name, kind, published_version) values ('vls_1', 'l', 'List', 'CUSTOM', 1)`); // prettier-ignore
    await world.database.query(`insert into value_list_version (value_list, version, body) values ('l', 1, '{"otherwise": {"type": "fail"}, "entries": []}')`); // prettier-ignore
    await world.database.query(`update projection set state = 'waiting_for' where canonical_id = 'prd_00001'`);
    await world.database.query(`insert into projection_wait values ('softmaat', 'product', 'prd_00001', 'reference:softmaat:order:ord_00001')`); // prettier-ignore
    await world.database.tx((tx) =>
      appendJournal(tx, [{ traceId: 'trc_1', step: 'applied', outcome: 'created', entity: 'order', canonicalId: 'ord_00001' }]),
    ); // prettier-ignore
    const [key] = await world.database.query<{ id: string }>('select id from api_key order by id limit 1');
    const [entry] = await world.database.query<{ id: string }>(`insert into audit (actor, action, subject) values ('x', 'y', 'z') returning 'aud_' || id as id`); // prettier-ignore
    Object.assign(ids, { ApiKey: key!.id, AuditEntry: entry!.id, User: (await personWith(world, 'VIEWER')).id });
  });

  it('are found by their id with the scope of their type, and with no other', async () => {
    const look = async (id: string, key?: string) => (await world.ask('query ($id: ID!) { node(id: $id) { id } }', { id }, key)).body; // prettier-ignore
    for (const scope of scopes) {
      const key = await world.keyWith([scope]);
      for (const [type, id] of Object.entries(ids)) {
        const { data } = await look(id, key);
        expect([scope, type, data?.node?.id ?? null]).toEqual([
          scope,
          type,
          scopesOfType(type)!.includes(scope) ? id : null,
        ]);
      }
    }
    for (const id of Object.values(ids)) expect((await look(id)).data.node).toEqual({ id });
  });

  it('of another subject do not come along with what leads to them', async () => {
    const key = await world.keyWith(['READ_OPERATIONS', 'READ_CATALOGUE']);
    const text = `{ deadLetters { nodes { id entity { id } } } syncEvents { nodes { id entity { id } } }
      product(by: { id: "prd_00001" }) { syncStatuses { reason { code waitingFor { id } } } } }`;
    const all = (await world.ask(text)).body;
    expect(all.errors).toBeUndefined();
    expect(JSON.stringify(all.data).match(/ord_00001/g)).toHaveLength(3);
    const some = (await world.ask(text, {}, key)).body;
    expect(some.errors).toBeUndefined();
    expect(some.data.deadLetters.nodes).toEqual([{ id: 'prk_1', entity: null }]);
    expect(JSON.stringify(some.data)).not.toContain('ord_00001');
  });

  it('do not come along with what comparisons and conflicts found out about them', async () => {
    await world.database.query(`insert into comparison (id, flow, job, entity, source, target) values ('cmp_1', 'products', 'job_1', 'variant', 'a', 'b')`); // prettier-ignore
    await world.database.query(`insert into comparison_item (id, comparison, state, system, entity, canonical_id) values ('cit_1', 'cmp_1', 'DIFFERENT', 'b', 'variant', 'var_000011')`); // prettier-ignore
    await world.database.query(`insert into field_conflict (id, entity, canonical_id, field, claims) values ('cfl_1', 'variant', 'var_000011', 'price', '[]')`); // prettier-ignore
    const text = `{ reconciliation(id: "cmp_1") { items { nodes { entity { id fields { path value } } } } }
      fieldConflicts { nodes { entity { id fields { path value } } } } }`;
    const { data, errors } = (await world.ask(text)).body;
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data).match(/var_000011/g)).toHaveLength(2);
    const some = (await world.ask(text, {}, await world.keyWith(['READ_OPERATIONS']))).body;
    expect(some).toEqual({
      data: { reconciliation: { items: { nodes: [{ entity: null }] } }, fieldConflicts: { nodes: [{ entity: null }] } },
      extensions: expect.anything(),
    });
  });
});

describe('settings of a system that are stored nowhere', () => {
  const candidate = `mutation { systemTest(input: { candidate: { connectorKey: "softmaat", settings: { url: "http://10.0.0.1" } } }) {
    result { isOk } userErrors { message } } }`;
  const connected = 'mutation { systemTest(input: { id: "sys_A" }) { result { isOk } userErrors { message } } }';

  it('name any address, so only who may connect systems tries them; others test what is connected', async () => {
    for (const key of [await world.keyOf('OPERATOR'), await world.keyOf('EDITOR'), await world.keyWith(['REPLAY'])]) {
      const { body } = await world.ask(candidate, {}, key);
      expect(body.errors?.[0].extensions).toMatchObject({ code: 'FORBIDDEN', params: { needed: 'WRITE_SYSTEMS' } });
      expect((await world.ask(connected, {}, key)).body.data.systemTest).toEqual({
        result: { isOk: true },
        userErrors: [],
      });
    }
    expect(tried).toEqual([]);
    for (const key of [await world.keyOf('ADMIN'), await world.keyWith(['WRITE_SYSTEMS'])]) {
      const { body } = await world.ask(candidate, {}, key);
      expect(body.data.systemTest).toEqual({ result: { isOk: true }, userErrors: [] });
    }
    expect(tried).toEqual(['softmaat', 'softmaat']);
  });
});
