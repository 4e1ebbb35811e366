/**
 * The second half of a hub on a real database: canonical rows are put in place by hand, and the target is scripted, because
 * these tests are about what follows from each answer of a target.
 */
import { catalogueFlows } from '../../src/config/sample.js';
import { systemClock } from '../../src/base/clock.js';
import type { Document, Json } from '../../src/base/document.js';
import { noFailpoint, type Failpoint } from '../../src/base/failpoint.js';
import { newId } from '../../src/base/ids.js';
import { silentLogger } from '../../src/base/logger.js';
import type { CanonicalEntity, FlowEntity, ProjectedEntity } from '../../src/canonical/entities.js';
import type { Provenance } from '../../src/canonical/record.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import { makePostgresLog, type PostgresLog } from '../../src/log/postgres-log.js';
import { compileMapping } from '../../src/mapping/compile.js';
import type { MappingDefinition } from '../../src/mapping/mapping.js';
import * as audit from '../../src/store/audit.js';
import * as documents from '../../src/store/canonical-documents.js';
import * as erasures from '../../src/store/erasures.js';
import * as configurationStore from '../../src/store/configuration.js';
import * as merges from '../../src/store/customer-merges.js';
import * as shipped from '../../src/store/shipped.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as owners from '../../src/store/field-owners.js';
import * as discovered from '../../src/store/discovered-fields.js';
import * as journal from '../../src/store/journal.js';
import * as parked from '../../src/store/parked.js';
import * as positions from '../../src/store/positions.js';
import * as looks from '../../src/store/projection-looks.js';
import * as matches from '../../src/store/projection-match.js';
import * as numbers from '../../src/store/allocated-numbers.js';
import * as repairs from '../../src/store/projection-repairs.js';
import * as situations from '../../src/store/order-situations.js';
import * as waits from '../../src/store/projection-waits.js';
import * as claims from '../../src/store/projection-claim.js';
import * as projections from '../../src/store/projections.js';
import * as names from '../../src/store/record-names.js';
import * as aliases from '../../src/store/reference-aliases.js';
import * as references from '../../src/store/target-references.js';
import * as systemStatus from '../../src/store/system-status.js';
import * as unmapped from '../../src/store/unmapped-values.js';
import * as guard from '../../src/store/write-holds.js';
import * as removal from '../../src/store/flow-removal.js';
import { lockStockFlows } from '../../src/store/stock-flows.js';
import { makeConfiguration, type LiveConfiguration } from '../../src/sync/configuration-source.js';
import { makeFlows, type Flows } from '../../src/sync/flows.js';
import { installDefaults, installDemo } from '../../src/sync/install.js';
import { makeLookWorker } from '../../src/sync/look.js';
import { makeTargetProjector, type TargetProjector } from '../../src/sync/project.js';
import type { ProjectorStores, ShownWrite } from '../../src/sync/projector-deps.js';
import { createTestDatabase } from '../support/database.js';
import { shopConnector, tillConnector, type ScriptedTarget } from './scripted-target.js';

const stores: ProjectorStores = {
  projections,
  claims,
  waits,
  looks,
  documents,
  erasures,
  merges,
  situations,
  references,
  names,
  aliases,
  matches,
  guard,
  numbers,
  audit,
  configuration: configurationStore,
  repairs,
  journal,
  parked,
  unmapped,
  systemStatus,
};

export interface ProjectionRow {
  readonly state: string;
  readonly reason: string | null;
  readonly reason_code: string | null;
  readonly external_id: string | null;
  readonly held: Document | null;
  readonly attempt: number;
}

export interface World {
  readonly database: Database;
  readonly log: PostgresLog;
  readonly configuration: LiveConfiguration;
  readonly flows: Flows;
  readonly target: ScriptedTarget;
  /** Puts a record in place, with its reference in the till and its event. */
  put(entity: CanonicalEntity, id: string, fields: Document, options?: PutOptions): Promise<void>;
  /** A flow from the till to the shop, beside those of products, categories and stock. */
  addFlow(entity: FlowEntity, settings?: Document): Promise<void>;
  projector(options?: {
    failpoint?: Failpoint;
    concurrency?: number;
    batchSize?: number;
    shown?: (writes: readonly ShownWrite[]) => void;
    acknowledged?: () => void;
  }): TargetProjector;
  look(): Promise<void>;
  /** Looks and projects until nothing is due. */
  settle(projector?: TargetProjector): Promise<void>;
  /** Makes everything that waits for a time due now. */
  passTime(): Promise<void>;
  row(entity: ProjectedEntity, id: string): Promise<ProjectionRow | undefined>;
  states(): Promise<Readonly<Record<string, number>>>;
  steps(id: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface PutOptions {
  /** Where its fields came from; nothing is said when left out. */
  readonly provenance?: Provenance;
  /** Which system knows it, and as what; the till by the same id when left out. */
  readonly known?: { readonly system: string; readonly externalId: string };
}

const tables: Readonly<Record<CanonicalEntity, readonly string[]>> = {
  category: ['name', 'code', 'parent_id'],
  product: ['name', 'code', 'type', 'categories', 'brand', 'description'],
  variant: ['product_id', 'sku', 'name', 'price_amount', 'tracks_stock'],
  stock_location: ['code', 'name', 'country'],
  stock_level: ['variant_id', 'location_id', 'on_hand', 'reserved', 'safety_stock'],
  customer: ['kind', 'email', 'company_name', 'full_name', 'phone', 'vat_number', 'note', 'is_blocked', 'contacts', 'addresses'],
  order: [
    'type', 'placed_at', 'currency', 'customer_id', 'lines', 'status', 'payment_status', 'payment_method', 'total_incl',
    'number', 'settles', 'location_id',
  ],
}; // prettier-ignore
const jsonColumns = new Set(['contacts', 'addresses', 'lines', 'settles']);
const stored = (column: string, value: Json): Json => (jsonColumns.has(column) ? JSON.stringify(value) : value);

export async function openWorld(target: ScriptedTarget, mappings?: readonly MappingDefinition[]): Promise<World> {
  const test = await createTestDatabase();
  const open = (failpoint: Failpoint): Database =>
    openDatabase(
      { url: test.url, poolMax: 8, applicationName: 'test' },
      { clock: systemClock, logger: silentLogger, failpoint },
    );
  const database = open(noFailpoint);
  const doomed: Database[] = [];
  const log = makePostgresLog({ database, logger: silentLogger, partitions: () => 1 });
  const connectors = [tillConnector, shopConnector(target, mappings)];
  const install = { database, store: configurationStore, shipped, owners };
  await installDefaults(install, connectors);
  await installDemo(install, {
    source: { key: 'till', connector: 'till', name: 'Till', settings: {}, secrets: {} },
    target: { key: 'shop', connector: 'shop', name: 'Shop', settings: {}, secrets: {} },
    flows: catalogueFlows,
    fieldOwners: [],
    pollEveryMs: 1_000,
    sealSecrets: () => Buffer.from('{}'),
    valueLists: {
      warehouse: [
        { from: '1', to: 'MAIN' },
        { from: '2', to: 'MAIN' },
      ],
    },
  });
  const configuration = makeConfiguration({
    database,
    store: { ...configurationStore, ...discovered },
    connectors,
    compile: compileMapping,
    openSecrets: () => ({}),
    clock: systemClock,
    logger: silentLogger,
    failpoint: noFailpoint,
  });
  await configuration.start();
  const looker = makeLookWorker({
    database, log, canonicalTopic, positions, looks, clock: systemClock, logger: silentLogger, owner: newId('run'),
  }); // prettier-ignore

  const world: World = {
    database,
    log,
    configuration,
    target,
    flows: makeFlows({
      database,
      store: configurationStore,
      audit,
      looks,
      lockStockFlows,
      removal,
      stockPlaces: (key) => configuration.current().stockPlaces(key),
    }),
    async put(entity, id, fields, { provenance = {}, known = { system: 'till', externalId: id } } = {}) {
      const columns = tables[entity].filter((column) => column in fields);
      const names = ['id', 'version', 'content_hash', 'provenance', ...columns];
      const of = (column: string): Json => stored(column, fields[column] ?? null);
      const values: Json[] = [id, 1, 'x', JSON.stringify(provenance), ...columns.map(of)];
      const changes = Object.fromEntries(columns.map((column) => [column, [null, fields[column] ?? null] as const]));
      const table = entity === 'order' ? 'sales_order' : entity;
      await database.tx(async (tx) => {
        await tx.query(
          `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})
           on conflict (id) do update set version = ${table}.version + 1, provenance = excluded.provenance,
             ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
          values,
        );
        await tx.query(
          `insert into external_reference (system, entity, external_id, canonical_id, origin)
           values ($1, $2, $3, $4, 'INGESTED') on conflict do nothing`,
          [known.system, entity, known.externalId, id],
        );
        const event = { entity, id, version: 1, action: 'updated', changes, cause: { system: 'till', externalId: id } };
        await log.append(tx, canonicalTopic, [{ key: id, traceId: newId('trace'), payload: event }]);
      });
    },
    async addFlow(entity, settings = {}) {
      await database.query(
        `insert into flow (id, key, name, entity, source, target, settings) values ($1, $2, $2, $3, 'till', 'shop', $4)`,
        [newId('flow'), `${entity}s-to-shop`, entity, JSON.stringify(settings)],
      );
      await configuration.reload();
    },
    projector({ failpoint = noFailpoint, concurrency = 6, batchSize = 200, shown, acknowledged } = {}) {
      const own = failpoint === noFailpoint ? database : open(failpoint);
      if (own !== database) doomed.push(own);
      return makeTargetProjector('shop', {
        database: own, stores, configuration, clock: systemClock, logger: silentLogger, failpoint, concurrency, batchSize,
        sendWithinMs: 10_000, random: () => 1,
        storeShown: (_, __, writes) => Promise.resolve(shown?.(writes)),
        acknowledged: () => acknowledged?.(),
      }); // prettier-ignore
    },
    async look() {
      while ((await looker.run()) === 'more');
    },
    async settle(projector = world.projector()) {
      for (let rounds = 0; rounds < 100; rounds++) {
        await world.look();
        if ((await projector.run(new AbortController().signal)) === 'idle') return;
      }
      throw new Error('the projector does not come to rest');
    },
    async passTime() {
      await database.query(
        `update projection set next_at = now() - interval '1 second',
           in_flight_until = case when in_flight_until is not null then now() end
         where next_at is not null`,
      );
    },
    async row(entity, id) {
      const [row] = await database.query<ProjectionRow & Record<string, unknown>>(
        'select state, reason, reason_code, external_id, held, attempt from projection where entity = $1 and canonical_id = $2',
        [entity, id],
      );
      return row;
    },
    async states() {
      const rows = await database.query<{ state: string; n: number }>(
        'select state, count(*)::int as n from projection group by state order by state',
      );
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    },
    async steps(id) {
      const rows = await database.query<{ step: string; outcome: string }>(
        'select step, outcome from journal where canonical_id = $1 order by position',
        [id],
      );
      return rows.map(({ step, outcome }) => `${step} ${outcome}`);
    },
    async close() {
      await configuration.stop();
      await log.close();
      for (const own of doomed) await own.end();
      await database.end();
      await test.drop();
    },
  };
  return world;
}
