/**
 * `node dist/src/cli/install-demo.js`: connects the two sandboxes and makes their flows in the database of
 * KOPPEL_DATABASE_URL, and ends; hubs that run already take them up. Nothing that exists is changed but the addresses of the
 * sandboxes. Exit code 0 done, 1 failed, 3 configuration invalid.
 */
import { systemClock } from '../base/clock.js';
import { asKoppelError } from '../base/errors.js';
import { makeFailpoint } from '../base/failpoint.js';
import { makeLogger } from '../base/logger.js';
import { describeProblems, parseHubConfig, type HubConfig } from '../config/config.js';
import { sample } from '../config/sample.js';
import { parseMasterKey, secretsOfSystems } from '../security/secrets.js';
import * as storedConfiguration from '../store/configuration.js';
import { openDatabase } from '../store/database.js';
import * as owners from '../store/field-owners.js';
import * as shipped from '../store/shipped.js';
import { installDefaults, installDemo } from '../sync/install.js';
import { connectors } from '../systems/connectors.js';

async function install(config: HubConfig): Promise<void> {
  const logger = makeLogger(config.logLevel, 'koppel');
  const database = openDatabase(
    { url: config.databaseUrl, poolMax: 2, applicationName: 'koppel demo' },
    { clock: systemClock, logger, failpoint: makeFailpoint(undefined) },
  );
  try {
    const { sealSecrets } = secretsOfSystems(parseMasterKey(config.secretKey));
    const deps = { database, store: storedConfiguration, shipped, owners };
    await installDefaults(deps, connectors);
    await installDemo(deps, { ...sample(config), sealSecrets });
  } finally {
    await database.end();
  }
}

const parsed = parseHubConfig(process.env);
if (!parsed.ok) {
  process.stderr.write(`The configuration cannot be used:\n${describeProblems(parsed.problems)}\n`);
  process.exitCode = 3;
} else {
  try {
    await install(parsed.config);
    process.stdout.write('The sandboxes are connected.\n');
  } catch (thrown) {
    const error = asKoppelError(thrown);
    process.stderr.write(`${error.code}: ${error.message}\n${error.hint}\n`);
    process.exitCode = 1;
  }
}
