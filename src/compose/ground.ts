/**
 * What everything else stands on: clock, failpoint, databases, secrets, the change log and the configuration. In: the parsed
 * environment. Out: ports that are open. `prepare` brings a database that is at the head of the migrations into the state that services expect.
 */
import { systemClock as clock, type Clock } from '../base/clock.js';
import { makeFailpoint, type Failpoint } from '../base/failpoint.js';
import { newId } from '../base/ids.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeWatchdog, type WatchdogService } from '../base/watchdog.js';
import type { HubConfig } from '../config/config.js';
import { sample } from '../config/sample.js';
import { version } from './version.js';
import { canonicalTopic, type ChangeLog } from '../log/change-log.js';
import { compileMapping } from '../mapping/compile.js';
import { ensureFirstKey } from '../security/keyring.js';
import { parseMasterKey, secretsOfSystems } from '../security/secrets.js';
import { hubItself } from '../store/audit.js';
import * as storedConfiguration from '../store/configuration.js';
import * as identity from '../store/database-identity.js';
import * as heads from '../store/log-heads.js';
import { openDatabase, type Database, type Tx } from '../store/database.js';
import * as discovered from '../store/discovered-fields.js';
import * as owners from '../store/field-owners.js';
import * as hintStore from '../store/hints.js';
import * as journal from '../store/journal.js';
import * as processes from '../store/processes.js';
import * as checks from '../store/restore-checks.js';
import * as shipped from '../store/shipped.js';
import { makeConfiguration } from '../sync/configuration-source.js';
import { makeHints, type Hints } from '../sync/hints.js';
import { installDefaults, installDemo } from '../sync/install.js';
import { makeMembership, type Membership } from '../sync/membership.js';
import { noticeRestore } from '../sync/restored.js';
import { connectors } from '../systems/connectors.js';
import { openLog } from './log.js';

/** What all services are made with. */
export interface Base {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly failpoint: Failpoint;
  readonly watchdog: WatchdogService;
}

export interface Ground {
  readonly base: Base;
  readonly config: HubConfig;
  /** Unique per run of a process: the name under which it holds leases. */
  readonly owner: string;
  readonly database: Database;
  /** For what the API reads: statements that take too long are cut off. */
  readonly readDatabase: Database;
  readonly masterKey: ReturnType<typeof parseMasterKey>;
  readonly secrets: ReturnType<typeof secretsOfSystems>;
  /** What a connection to a system is made with. */
  readonly connecting: Base & {
    readonly connectors: typeof connectors;
    readonly openSecrets: ReturnType<typeof secretsOfSystems>['openSecrets'];
  };
  readonly configuration: ReturnType<typeof makeConfiguration>;
  readonly log: ChangeLog<Tx>;
  /** The other processes of the hub. */
  readonly membership: Membership;
  readonly hints: Hints;
  /** Where the log keeps what a system showed. */
  readonly changesTopic: (system: string) => string;
  /** Services of the log itself. */
  readonly logServices: readonly Service[];
  readonly logDrain: readonly Service[];
  /** Starts first and stops last. */
  readonly connections: Service;
}

export function makeGround(config: HubConfig, logger: Logger): Ground {
  const watchdog = makeWatchdog({
    clock,
    mostMs: config.watchdogMs,
    stuck(name, forMs) {
      // What it holds goes on elsewhere; here nothing can be trusted to end.
      logger.error({ loop: name, forMs: Math.round(forMs) }, 'a worker does not come round; the process ends');
      process.exit(1);
    },
  });
  const base = { clock, logger, failpoint: makeFailpoint(config.failpoint), watchdog };
  const open = (url: string, applicationName: string) =>
    openDatabase({ url, poolMax: config.databasePoolMax, applicationName }, base);
  const database = open(config.databaseUrl, 'koppel-engine');
  const readUrl = new URL(config.databaseUrl);
  readUrl.searchParams.set('statement_timeout', '10000');
  const readDatabase = open(readUrl.href, 'koppel-api');
  const masterKey = parseMasterKey(config.secretKey);
  const secrets = secretsOfSystems(masterKey);
  const connecting = { ...base, connectors, openSecrets: secrets.openSecrets };
  const store = { ...storedConfiguration, ...discovered };
  const configuration = makeConfiguration({ ...connecting, database, store, compile: compileMapping });
  const owner = newId('run');
  const { log, changesTopic, services, drain } = openLog(config, { ...base, database, owner, configuration });
  const connections: Service = {
    name: 'database',
    start: () => Promise.resolve(),
    async stop() {
      await log.close();
      await database.end();
      await readDatabase.end();
    },
  };
  const membership = makeMembership({ ...base, database, store: processes, owner, roles: config.roles, version });
  const hints = makeHints({ ...base, database, store: hintStore, owner, mayHaveOthers: () => membership.mayHaveOthers() }); // prettier-ignore
  return { base, config, owner, database, readDatabase, masterKey, secrets, connecting, configuration, log, changesTopic, logServices: services, logDrain: drain, membership, hints, connections }; // prettier-ignore
}

/** What must be in the database before services start; repeating it is harmless, and one process does it at a time. */
export const prepare = (ground: Ground): Promise<void> =>
  processes.oneAtATime(ground.database, () => prepareAlone(ground));

async function prepareAlone({ base, config, database, secrets, changesTopic }: Ground): Promise<void> {
  await heads.refuseUnread(database, changesTopic(''));
  const cause = await noticeRestore(database, { identity, store: checks, heads, canonicalTopic }, hubItself);
  if (cause !== null) base.logger.warn({ cause }, 'the database was restored; flows are compared before they write');
  if (!(await journal.ensureJournalPartitions(database, 7)))
    base.logger.info({}, 'the journal is being read; partitions for the next days are made later');
  const firstKey = await ensureFirstKey(database, config.bootstrapApiKey);
  if (firstKey.printed !== undefined) process.stdout.write(`API key (shown once): ${firstKey.printed}\n`);
  const install = { database, store: storedConfiguration, shipped, owners };
  await installDefaults(install, connectors);
  if (config.demo === 'connected') await installDemo(install, { ...sample(config), sealSecrets: secrets.sealSecrets });
}
