/** A running HTTP server over a database of its own, or over one that a test works with already, and ways to ask it. */
import { randomBytes } from 'node:crypto';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger, type Logger } from '../../src/base/logger.js';
import { fieldsOf } from '../../src/canonical/normalise.js';
import { makeHttpServer, type HttpServer, type HttpServerOptions } from '../../src/http/server.js';
import { toFlowSettings } from '../../src/sync/flow-settings.js';
import { settingProblems } from '../../src/sync/setting-problems.js';
import { connectors } from '../../src/systems/connectors.js';
import type { Commands } from '../../src/resolvers/context.js';
import { ensureFirstKey, hashOfKey, makeKey } from '../../src/security/keyring.js';
import type { Connector as ShownConnector } from '../../src/schema/system.js';
import type { RoleName } from '../../src/schema/access.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { createTestDatabase } from './database.js';
import { testStreams } from './test-streams.js';

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Answers are looked at field by field; a wrong path fails the assertion.
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

export interface GraphWorld {
  readonly url: string;
  readonly database: Database;
  readonly adminKey: string;
  readonly server: HttpServer;
  /** What the engine was told, in order. */
  readonly told: string[];
  /** Statements that the API sent since the last call, without those about keys. */
  statements(): string[];
  /** How many statements the API has sent. */
  sent(): number;
  ask(query: string, variables?: object, key?: string): Promise<GraphAnswer>;
  post(body: string | Buffer, headers?: Record<string, string>): Promise<GraphAnswer>;
  keyOf(role: RoleName): Promise<string>;
  /** A key with these scopes and no others. */
  keyWith(scopes: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export type GraphWorldOptions = Partial<HttpServerOptions> & {
  readonly commands?: Partial<Commands>;
  /** Kinds of systems that the hub can talk to; none when left out. */
  readonly connectors?: readonly ShownConnector[];
  readonly logger?: Logger;
  readonly masterKey?: Buffer;
};

export async function openGraphWorld(options: GraphWorldOptions = {}): Promise<GraphWorld> {
  const testDatabase = await createTestDatabase();
  const open = (): Database =>
    openDatabase(
      { url: testDatabase.url, poolMax: 4, applicationName: 'koppel test' },
      { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
    );
  const database = open();
  const forApi = open();
  const world = await serveGraph(database, forApi, options);
  return {
    ...world,
    async close() {
      await world.close();
      await forApi.end();
      await database.end();
      await testDatabase.drop();
    },
  };
}

/** The API over a database of the caller, who closes it. */
export async function serveGraph(
  database: Database,
  forApi: Database = database,
  options: GraphWorldOptions = {},
): Promise<GraphWorld> {
  const sent: string[] = [];
  let count = 0;
  const counted: Database = {
    ...forApi,
    query: (text, values, name, until) => {
      sent.push(text);
      count++;
      return forApi.query(text, values, name, until);
    },
  };
  const told: string[] = [];
  const server = makeHttpServer(
    {
      database: counted,
      clock: systemClock,
      logger: options.logger ?? silentLogger,
      commands: { ...commandsOf(told), ...options.commands },
      masterKey: options.masterKey ?? randomBytes(32),
      version: '0.0.0-test',
      connectors: () => options.connectors ?? [],
      streamsOf: testStreams,
    },
    // Compiled from the first time on; a hub executes the first ones with Apollo, as tests that say so do.
    { port: 0, host: '127.0.0.1', compileAfter: 0, ...options },
  );
  const { printed: adminKey = '' } = await ensureFirstKey(database);
  await server.start();
  const url = `http://127.0.0.1:${server.port()}`;
  const post = async (body: string | Buffer, headers: Record<string, string> = {}): Promise<GraphAnswer> => {
    const given = { 'content-type': 'application/json', authorization: `Bearer ${adminKey}`, ...headers };
    const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      // One that is held up for seconds may send just when the server gives up a connection that rests.
      headers: { ...kept, connection: 'close' },
      body: new Uint8Array(Buffer.from(body)),
    });
    return answerOf(response);
  };
  return {
    url,
    database,
    adminKey,
    server,
    told,
    sent: () => count,
    statements: () => sent.splice(0).filter((text) => !text.includes('api_key')),
    post,
    ask: (query, variables = {}, key = adminKey) =>
      post(JSON.stringify({ query, variables }), { authorization: `Bearer ${key}` }),
    async keyOf(role) {
      const key = makeKey();
      await database.query(`insert into api_key (id, name, prefix, hash, role) values ($1, $2, $3, $4, $5)`, [
        `key_${key.slice(4, 12)}`,
        role,
        key.slice(0, 12),
        hashOfKey(key),
        role,
      ]);
      return key;
    },
    async keyWith(scopes) {
      const key = makeKey();
      await database.query(
        `insert into api_key (id, name, prefix, hash, role, scopes) values ($1, 'scoped', $2, $3, 'VIEWER', $4)`,
        [`key_${key.slice(4, 12)}`, key.slice(0, 12), hashOfKey(key), scopes],
      );
      return key;
    },
    close: () => server.stop(),
  };
}

export async function answerOf(response: Response): Promise<GraphAnswer> {
  const text = await response.text();
  const isJson = String(response.headers.get('content-type')).includes('json');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}

/** Commands that note what they are told, and the names that they would say. */
export function commandsOf(told: string[]): Commands {
  const note = (what: string) => {
    told.push(what);
    return Promise.resolve();
  };
  return {
    pauseFlow: (key, reason) => note(`pause ${key} ${reason}`),
    resumeFlow: (key) => note(`resume ${key}`),
    settingsOf: toFlowSettings,
    settingProblems: (entity, kind, settings) =>
      settingProblems(entity, connectors.find((each) => each.kind === kind), settings), // prettier-ignore
    createFlow: ({ key }) => note(`create ${key}`),
    updateFlow: (key, change) => note(`update ${key} ${JSON.stringify(change)}`),
    enableFlow: (key) => note(`enable ${key}`),
    disableFlow: (key) => note(`disable ${key}`),
    deleteFlow: (key) => note(`delete ${key}`).then(() => ({ problems: 0, records: 0, underWay: 0 })),
    flowRemains: () => Promise.resolve({ problems: 0, records: 0, underWay: 0 }),
    heldRuns: {
      end: (run, { isApproved, note: why }) =>
        note(`${isApproved ? 'release' : 'drop'} ${run} ${why}`).then(() => ({ HELD_REPRICED: 30 })),
    },
    resends: notGiven<Commands['resends']>('resends'),
    undo: notGiven<Commands['undo']>('undo'),
    savedViews: notGiven<Commands['savedViews']>('savedViews'),
    references: notGiven<Commands['references']>('references'),
    runFlow: (key) => note(`run ${key}`),
    replayParked: (ids, { asOwn }) => note(`replay ${ids.join(',')}${asOwn ? ' as own' : ''}`).then(() => ids.length),
    assignParked: (ids, assignee) => note(`assign ${ids.join(',')} ${assignee}`).then(() => ids.length),
    annotateParked: (id, change) => note(`annotate ${id} ${JSON.stringify(change)}`).then(() => true),
    discardParked: (ids, reason) => note(`discard ${ids.join(',')} ${reason}`).then(() => ids.length),
    alerts: notGiven<Commands['alerts']>('alerts'),
    valueLists: notGiven<Commands['valueLists']>('valueLists'),
    codeChoices: { of: () => Promise.resolve([]) },
    mappings: notGiven<Commands['mappings']>('mappings'),
    markers: notGiven<Commands['markers']>('markers'),
    demo: null,
    names: {
      system: (key) => key,
      list: () => undefined,
      flow: () => undefined,
      connector: (kind) => kind,
      kinds: () => [],
      codes: () => undefined,
    },
    fieldsOf: (entity) => fieldsOf[entity],
    origins: notGiven<Commands['origins']>('origins'),
    past: notGiven<Commands['past']>('past'),
    trials: notGiven<Commands['trials']>('trials'),
    setup: notGiven<Commands['setup']>('setup'),
    comparisons: notGiven<Commands['comparisons']>('comparisons'),
    restoreChecks: notGiven<Commands['restoreChecks']>('restoreChecks'),
    erasures: notGiven<Commands['erasures']>('erasures'),
    exports: notGiven<Commands['exports']>('exports'),
    customerMerges: notGiven<Commands['customerMerges']>('customerMerges'),
    systems: notGiven<Commands['systems']>('systems'),
    fieldOwnership: notGiven<Commands['fieldOwnership']>('fieldOwnership'),
    configurationFiles: notGiven<Commands['configurationFiles']>('configurationFiles'),
    discoverFields: (key) => note(`discover ${key}`).then(() => true),
    testSystem: (key) =>
      note(`test ${key}`).then(() => [
        { name: 'address', status: 'PASS', message: 'answers', hint: null, settings: [], durationMs: 1 },
      ]),
  };
}

/** What a test has to give itself when it asks for it. */
const notGiven = <T extends object>(name: string): T =>
  new Proxy({} as T, {
    get: (_, method) => () => {
      throw new Error(`${name}.${String(method)} is not part of this test`);
    },
  });

/** Two systems, one flow, `n` products of two variants with stock at two locations, in three categories. */
export async function fillCatalogue(database: Database, n: number): Promise<void> {
  await database.query(`insert into system (id, key, connector, name) values
    ('sys_A', 'mpluskassa', 'mpluskassa', 'Till'), ('sys_B', 'softmaat', 'softmaat', 'ERP')`);
  await database.query(`insert into flow (id, key, name, entity, source, target) values
    ('flw_A', 'products', 'Products', 'product', 'mpluskassa', 'softmaat')`);
  await database.query(`insert into category (id, version, content_hash, parent_id, code, name, position) values
    ('cat_1', 1, 'h', null, 'all', 'All', 0), ('cat_2', 1, 'h', 'cat_1', 'wear', 'Wear', 1), ('cat_3', 1, 'h', 'cat_2', 'shirts', 'Shirts', 1)`);
  await database.query(`insert into stock_location (id, version, content_hash, code, name) values
    ('loc_1', 1, 'h', 'B1', 'Shop'), ('loc_2', 1, 'h', 'B2', 'Store')`);
  await database.query(
    `insert into product (id, version, content_hash, type, name, categories, attributes)
     select 'prd_' || lpad(i::text, 5, '0'), 1, 'h', 'CONFIGURABLE', 'Shirt ' || i, '{cat_3}',
       '[{"code": "material", "value": "cotton"}]' from generate_series(1, $1::integer) i`,
    [n],
  );
  await database.query(
    `insert into variant (id, version, content_hash, product_id, position, sku, gtin, options, price_amount, price_currency,
       price_includes_tax, tax_class, tax_rate)
     select 'var_' || lpad(i::text, 5, '0') || s, 1, 'h', 'prd_' || lpad(i::text, 5, '0'), s, (1000 + i)::text || s,
       null, json_build_array(json_build_object('code', 'size', 'value', (array['S','M'])[s])), 19.95, 'EUR', true, 'high', 21
     from generate_series(1, $1::integer) i, generate_series(1, 2) s`,
    [n],
  );
  await database.query(
    `insert into stock_level (id, version, content_hash, variant_id, location_id, on_hand, reserved, safety_stock)
     select 'stk_' || substr(v.id, 5) || l, 1, 'h', v.id, 'loc_' || l, 10.35, 2, 1 from variant v, generate_series(1, 2) l`,
  );
  await database.query(
    `insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin)
     select 'mpluskassa', 'product', 'A' || p.id, p.id, null, 'INGESTED' from product p`,
  );
  await database.query(
    `insert into projection (target, entity, canonical_id, flow, state)
     select 'softmaat', 'product', p.id, 'products', case when right(p.id, 1) = '3' then 'parked' else 'in_sync' end
     from product p`,
  );
}
