/**
 * A process of the hub as a list of services in the order in which they start. In: the parsed environment, whose roles say what
 * this process does, and a database at the head of the migrations. Each service is safe beside others of its kind elsewhere.
 */
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import type { HubConfig } from '../config/config.js';
import type { Commands } from '../resolvers/context.js';
import { canonicalTopic } from '../log/change-log.js';
import { makeHealthServer } from '../http/health-server.js';
import { forgetAlerts } from '../store/alerts.js';
import { isLockRefused } from '../store/brief-locks.js';
import * as storedConfiguration from '../store/configuration.js';
import * as discovered from '../store/discovered-fields.js';
import * as runs from '../store/flow-runs.js';
import * as holds from '../store/write-holds.js';
import * as journal from '../store/journal.js';
import * as keptAnswers from '../store/kept-answers.js';
import { forgetExportFiles } from '../store/export-files.js';
import * as oldJournal from '../store/old-journal.js';
import * as oldLog from '../store/old-log.js';
import * as oldRows from '../store/old-rows.js';
import { readJournalStart } from '../store/record-past.js';
import * as sweeps from '../store/retention.js';
import { refreshStatistics } from '../store/statistics.js';
import { makeDiscovery } from '../sync/discovery.js';
import { makeRetention } from '../sync/retention.js';
import { makeRuns } from '../sync/runs.js';
import { makeUpkeep } from '../sync/upkeep.js';
import { makeChecks, type Checks } from './checks.js';
import { makeCommands } from './commands.js';
import { makeGround, prepare, type Ground } from './ground.js';
import { makePipeline } from './pipeline.js';
import { composeRestoreCheck } from './restore.js';
import { version } from './version.js';

export async function composeHub(config: HubConfig, logger: Logger): Promise<readonly Service[]> {
  const ground = makeGround(config, logger);
  await prepare(ground);
  const { base, database, configuration, connections, logServices, logDrain, membership, hints } = ground;
  const checks = makeChecks(ground);
  const pipeline = makePipeline(ground);
  const { projector, look, ingest, capture } = pipeline;
  const { commands, jobs, endPauses, watches } = makeCommands(ground, pipeline);
  const store = { ...storedConfiguration, ...discovered };
  const discovery = makeDiscovery({ ...base, database, configuration, store });
  const print = (line: string): void => logger.info({ line }, 'run ended');
  const reporter = makeRuns({ ...base, database, runs, holds, print });
  const upkeep = makeUpkeep({
    ...base,
    database,
    endPauses,
    store: { ...journal, ...keptAnswers, ...storedConfiguration, refreshStatistics, forgetAlerts, forgetExportFiles },
  });
  const retention = makeRetention({
    ...base,
    database,
    owner: ground.owner,
    keptFor: config.retention,
    canonicalTopic,
    store: { ...sweeps, ...oldJournal, ...oldLog, ...oldRows, isLockRefused, readJournalStart },
  });
  const restoreCheck = composeRestoreCheck(ground, pipeline);
  const answering = await makeAnswering(ground, commands, checks);
  const has = (role: HubConfig['roles'][number], services: readonly Service[]): readonly Service[] =>
    config.roles.includes(role) ? services : [];
  return [
    connections,
    ...answering.first,
    membership,
    configuration,
    // Who is woken asks for the configuration.
    hints,
    // Jobs do what the projector would do, runs are what it has done, and after a restore flows are compared before it does it.
    ...has('project', [projector, look, reporter, ...jobs, restoreCheck]),
    // It fills the tables that need upkeep.
    ...has('ingest', [ingest, ...upkeep, retention]),
    // Both ask the systems what they have.
    ...has('capture', [capture, discovery]),
    // They tell people, who know the hub by the address of the API.
    ...has('api', watches),
    // Nothing while the log is in Postgres.
    ...has('relay', logServices),
    base.watchdog,
    // Once more, because it leaves first: the others take what is given back without counting with this process.
    membership,
    // Whoever finds it ready finds everything running.
    answering.last,
    ...logDrain,
  ];
}

interface Answering {
  readonly first: readonly Service[];
  readonly last: Service;
}

/** Without API: the server is the first to start and the last to stop, and at the other end it is told how far the process is. */
async function makeAnswering(ground: Ground, commands: Commands, checks: Checks): Promise<Answering> {
  const { config, readDatabase } = ground;
  if (config.roles.includes('api')) {
    // The graph takes a while and some memory; the other roles do without.
    const { makeApi } = await import('./api.js');
    return { first: [], last: makeApi(ground, commands, checks) };
  }
  const { httpPort: port, httpHost: host } = config;
  const health = makeHealthServer({ database: readDatabase, version, checks }, { port, host });
  const last: Service = {
    name: 'readiness',
    start: () => Promise.resolve(health.opened()),
    stop: () => Promise.resolve(health.drains()),
  };
  return { first: [health], last };
}
