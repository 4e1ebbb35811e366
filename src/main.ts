/**
 * The composition root: environment → configuration → ports → services. The only file that knows everything; it decides
 * nothing. In: KOPPEL_* variables. Out: a running hub that stops on SIGTERM or SIGINT; exit code 3 when the environment is
 * not usable.
 */
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock as clock } from './base/clock.js';
import { asKoppelError } from './base/errors.js';
import { makeFailpoint } from './base/failpoint.js';
import { newId } from './base/ids.js';
import { startAll, stopAll, type Service } from './base/lifecycle.js';
import { makeLogger } from './base/logger.js';
import type { FlowEntity, ProjectedEntity } from './canonical/entities.js';
import { makeCapture } from './cdc/capture.js';
import { makeIngestBatch } from './cdc/ingest-batch.js';
import { makeIngest } from './cdc/ingest.js';
import { makeReplayParked } from './cdc/replay.js';
import { makeShownBy } from './cdc/shown.js';
import { ownershipOf } from './cdc/sources.js';
import { describeProblems, parseHubConfig, type HubConfig } from './config/config.js';
import { makeHttpServer } from './http/server.js';
import { readManifest } from './http/trusted-documents.js';
import { canonicalTopic, changesTopic } from './log/change-log.js';
import { makePostgresLog } from './log/postgres-log.js';
import { compileMapping } from './mapping/compile.js';
import type { Commands } from './resolvers/context.js';
import { ensureFirstKey } from './security/keyring.js';
import { parseMasterKey, secretsOfSystems } from './security/secrets.js';
import * as documents from './store/canonical-documents.js';
import * as streams from './store/capture-positions.js';
import * as storedConfiguration from './store/configuration.js';
import * as published from './store/configuration-file.js';
import { openDatabase, type Tx } from './store/database.js';
import * as deferred from './store/deferred-changes.js';
import * as conflicts from './store/field-conflicts.js';
import * as fieldOwners from './store/field-owners.js';
import * as discovered from './store/discovered-fields.js';
import * as runs from './store/flow-runs.js';
import * as impacts from './store/impacts.js';
import * as jobStore from './store/jobs.js';
import * as journal from './store/journal.js';
import * as keptAnswers from './store/kept-answers.js';
import * as mappingTests from './store/mapping-tests.js';
import { headOf } from './store/log-heads.js';
import { migrate } from './store/migrate.js';
import * as parked from './store/parked.js';
import * as positions from './store/positions.js';
import * as situations from './store/order-situations.js';
import * as looks from './store/projection-looks.js';
import * as matches from './store/projection-match.js';
import { observe } from './store/projection-observe.js';
import * as numbers from './store/allocated-numbers.js';
import * as repairs from './store/projection-repairs.js';
import * as waits from './store/projection-waits.js';
import * as claims from './store/projection-claim.js';
import * as projectionRows from './store/projection-rows.js';
import * as projections from './store/projections.js';
import * as names from './store/record-names.js';
import * as aliases from './store/reference-aliases.js';
import * as references from './store/references.js';
import * as reservations from './store/reservations.js';
import * as rows from './store/rows.js';
import * as shipped from './store/shipped.js';
import * as shown from './store/shown-statements.js';
import { refreshStatistics } from './store/statistics.js';
import * as systemAdminStore from './store/system-admin.js';
import * as systemStatus from './store/system-status.js';
import * as targetReferences from './store/target-references.js';
import * as lists from './store/value-lists.js';
import * as versions from './store/versions.js';
import * as unmapped from './store/unmapped-values.js';
import { lockStockFlows } from './store/stock-flows.js';
import { makeStoreShown } from './sync/acknowledge-shown.js';
import { makeApply } from './sync/apply.js';
import { makeConfigurationFiles } from './sync/configuration-import.js';
import { makeConfiguration } from './sync/configuration-source.js';
import { discoverSystem, makeDiscovery } from './sync/discovery.js';
import { toFlowSettings } from './sync/flow-settings.js';
import { makeFieldOwnership } from './sync/field-ownership.js';
import { makeFlows } from './sync/flows.js';
import { installDefaults, installDemo } from './sync/install.js';
import { analysis, makeImpact } from './sync/impact.js';
import { makeJobs } from './sync/jobs.js';
import { makeLook } from './sync/look.js';
import { callsAtOnce } from './sync/projector-deps.js';
import { makeMarkers } from './sync/markers.js';
import { makeProjector } from './sync/project.js';
import { settingProblems } from './sync/setting-problems.js';
import { makeMappingWork } from './sync/mapping-work.js';
import { makeSystemAdmin } from './sync/system-admin.js';
import { settingsProblem, streamOf, testSystem } from './sync/systems.js';
import { makeValueListEdits } from './sync/value-list-edits.js';
import { restBeforeWriteMs } from './sync/rest-before-write.js';
import { makeRuns } from './sync/runs.js';
import { makeUpkeep } from './sync/upkeep.js';
import { sample } from './config/sample.js';
import { connectors } from './systems/connectors.js';

async function run(config: HubConfig): Promise<void> {
  const logger = makeLogger(config.logLevel, 'koppel');
  const stopping = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  // Half alive is worse than dead: whoever supervises the process starts it again, and every step can be repeated.
  const die = (error: unknown): void => {
    logger.error({ err: error instanceof Error ? error.stack : String(error) }, 'the hub ends because of a bug');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  let services: readonly Service[] = [];
  try {
    await migrate(config.databaseUrl);
    services = await compose(config, logger);
    await startAll(services);
  } catch (thrown) {
    const error = asKoppelError(thrown);
    logger.error({ code: error.code, err: error.message, cause: String(error.cause ?? '') }, 'the hub could not start');
    process.exit(1);
  }
  await stopping;
  setTimeout(() => process.exit(1), config.shutdownGraceMs).unref();
  await stopAll(services);
}

/** All services in the order in which they start. */
async function compose(config: HubConfig, logger: ReturnType<typeof makeLogger>): Promise<readonly Service[]> {
  const failpoint = makeFailpoint(config.failpoint);
  const owner = newId('run');
  const base = { clock, logger, failpoint };
  const open = (url: string, applicationName: string) =>
    openDatabase({ url, poolMax: config.databasePoolMax, applicationName }, base);
  const database = open(config.databaseUrl, 'koppel-engine');
  const readUrl = new URL(config.databaseUrl);
  readUrl.searchParams.set('statement_timeout', '10000');
  const readDatabase = open(readUrl.href, 'koppel-api');
  const masterKey = parseMasterKey(config.secretKey);

  await journal.ensureJournalPartitions(database, 7);
  const firstKey = await ensureFirstKey(database, config.bootstrapApiKey);
  if (firstKey.printed !== undefined) process.stdout.write(`API key (shown once): ${firstKey.printed}\n`);
  const secrets = secretsOfSystems(masterKey);
  const install = { database, store: storedConfiguration, shipped };
  await installDefaults(install, connectors);
  if (config.demo) {
    await installDemo(install, {
      ...sample(config),
      sealSecrets: secrets.sealSecrets,
    });
  }

  const store = { ...storedConfiguration, ...discovered };
  const connecting = {
    ...base,
    connectors,
    openSecrets: secrets.openSecrets,
  };
  const configuration = makeConfiguration({ ...connecting, database, store, compile: compileMapping });
  const discovery = makeDiscovery({ ...base, database, configuration, store });
  const log = makePostgresLog({ database, logger, partitions: (topic) => (topic === canonicalTopic ? 1 : 8) });
  const apply = makeApply({ log, canonicalTopic, rows, references, reservations, waits, parked, unmapped, conflicts, journal }); // prettier-ignore
  const ingestBatch = makeIngestBatch({
    references,
    reservations,
    rows,
    conflicts,
    deferred,
    shown,
    configuration,
    apply,
    observe,
  });
  const work = { ...base, database, log, positions, configuration, owner, changesTopic, canonicalTopic };

  const capture = makeCapture({ ...work, streams, systems: systemStatus });
  const replay = makeReplayParked({
    database,
    log,
    parked,
    ingestBatch,
    projectAgain: async (tx, { system, entity, canonicalId }) => {
      const keys = canonicalId === null ? [] : [{ entity: entity as ProjectedEntity, canonicalId }];
      await projections.setProjectionDue(tx, system, keys, null);
    },
    logger,
  });
  const ingest = makeIngest({ ...work, ingestBatch, deferred, parked, replayParked: replay, ingested: () => projector.wake() }); // prettier-ignore
  const stores = { projections, claims, waits, looks, documents, situations, references: targetReferences, configuration: storedConfiguration, numbers, names, aliases, matches, repairs, journal, parked, unmapped, systemStatus }; // prettier-ignore
  const projector = makeProjector({
    ...base,
    database,
    configuration,
    stores,
    storeShown: makeStoreShown(makeShownBy(configuration), shown),
    acknowledged: (target) => ingest.wakeDeferred(target),
  });
  const look = makeLook({ ...work, looks, restBeforeWriteMs: (event) => restBeforeWriteMs(configuration.current(), event), looked: () => projector.wake() }); // prettier-ignore
  const reporter = makeRuns({ database, runs, clock, logger, print: (line) => logger.info({ line }, 'run ended') });
  const stockPlaces = (system: string) => configuration.current().stockPlaces(system);
  const flows = makeFlows({ database, store: storedConfiguration, looks, lockStockFlows, stockPlaces });
  const canonicalHead = (tx: Tx) => headOf(tx, canonicalTopic);
  const impact = makeImpact({ database, configuration, stores, compile: compileMapping, rows: projectionRows, impacts, canonicalHead, callMs: impacts.medianCallMs, concurrency: callsAtOnce }); // prettier-ignore
  const jobs = makeJobs({ ...base, database, owner, store: jobStore, handlers: { IMPACT_ANALYSIS: analysis(impact) } });
  const { announceConfiguration } = storedConfiguration;
  const edits = { database, versions, announceConfiguration, reload: () => configuration.reload() };
  const fieldOwnership = makeFieldOwnership({ ...edits, conflicts, owners: fieldOwners, statements: shown, rows, journal, log, canonicalTopic, configuration, ownershipOf, changed: () => projector.wake() }); // prettier-ignore
  const commands: Commands = {
    pauseFlow: (key, reason) => flows.pauseFlow(key, reason),
    resumeFlow: (key) => flows.resumeFlow(key),
    settingsOf: toFlowSettings,
    settingProblems: (entity, kind, settings) =>
      settingProblems(entity, connectors.find((each) => each.kind === kind), settings), // prettier-ignore
    createFlow: (flow) => flows.createFlow(flow),
    updateFlow: (key, change) => flows.updateFlow(key, change),
    async enableFlow(key) {
      await flows.enableFlow(key);
      capture.wake();
      projector.wake();
    },
    disableFlow: (key) => flows.disableFlow(key),
    async runFlow(key) {
      await flows.runFlowNow(key);
      capture.wake();
      projector.wake();
    },
    async replayParked(ids, options) {
      const results = await replay(ids, options);
      projector.wake();
      return results.filter(({ result }) => result !== 'skipped' && result !== 'failed').length;
    },
    discardParked: (ids, note) => parked.discardParked(database, ids, note),
    valueLists: makeValueListEdits({ ...edits, lists }),
    mappings: makeMappingWork({ ...edits, stores, configuration, connectors, compile: compileMapping, clock, rows: projectionRows, looks, jobs: jobStore, tests: mappingTests, canonicalHead, looked: () => projector.wake(), jobMade: () => jobs.wake() }), // prettier-ignore
    fieldOwnership,
    markers: makeMarkers({ database, configuration, positions: streams, streamOf, moved: (system) => capture.wake(system) }), // prettier-ignore
    systems: makeSystemAdmin({ ...edits, connectors, connecting, ...secrets, store: { ...systemAdminStore, ...storedConfiguration } }), // prettier-ignore
    configurationFiles: makeConfigurationFiles({ ...edits, configuration, compile: compileMapping, connectors, published, lists, store: storedConfiguration, looks, changeOwners: fieldOwnership.changeOwners, settingsProblem: (row, settings) => settingsProblem(connecting, row, settings) }), // prettier-ignore
    async discoverFields(key) {
      const connected = configuration.current().systems.get(key);
      if (connected === undefined) return false;
      const isChanged = await discoverSystem({ database, store }, connected, AbortSignal.timeout(30_000));
      if (isChanged) await configuration.reload();
      return isChanged;
    },
    testSystem: (key) => testSystem(configuration.current(), key),
  };
  const http = makeHttpServer(
    {
      database: readDatabase,
      clock,
      logger,
      commands,
      masterKey,
      version: version(),
      connectors: () =>
        connectors.map(({ kind, name, settingsSchema }) => ({ id: `con_${kind}`, key: kind, name, settingsSchema })),
      streamOf: (system, entity) => streamOf(configuration.current(), system, entity as FlowEntity),
    },
    {
      port: config.httpPort,
      host: config.httpHost,
      webFolder: fileURLToPath(new URL('../web/', import.meta.url)),
      ...trusted(config),
    },
  );
  const connections: Service = {
    name: 'database',
    start: () => Promise.resolve(),
    async stop() {
      await log.close();
      await database.end();
      await readDatabase.end();
    },
  };
  const upkeep = makeUpkeep({ ...base, database, store: { ...journal, ...keptAnswers, refreshStatistics } });
  return [connections, configuration, projector, look, ingest, capture, discovery, reporter, jobs, ...upkeep, http];
}

/** Documents and proxies that the operator has named. */
function trusted({ trustedDocuments: file, trustedProxies }: HubConfig) {
  return {
    ...(file === undefined ? {} : { trustedDocuments: readManifest(file) }),
    ...(trustedProxies === undefined ? {} : { trustedProxies }),
  };
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

const parsed = parseHubConfig(process.env);
if (parsed.ok) await run(parsed.config);
else {
  process.stderr.write(`The hub cannot start:\n${describeProblems(parsed.problems)}\n`);
  process.exitCode = 3;
}
