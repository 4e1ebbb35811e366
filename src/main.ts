/**
 * The process of the hub: environment → run → stop. In: KOPPEL_* variables. Out: a running hub, put together in `compose/`,
 * that stops on SIGTERM or SIGINT; exit code 3 when the environment is not usable.
 */
import 'reflect-metadata';
import { asKoppelError } from './base/errors.js';
import { startAll, stopAll, type Service } from './base/lifecycle.js';
import { makeLogger } from './base/logger.js';
import { composeHub } from './compose/hub.js';
import { describeProblems, parseHubConfig, type HubConfig } from './config/config.js';
import { withUsableFiles } from './config/kafka-files.js';
import { migrate } from './store/migrate.js';

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
    services = await composeHub(config, logger);
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

const parsed = withUsableFiles(parseHubConfig(process.env));
if (parsed.ok) await run(parsed.config);
else {
  process.stderr.write(`The hub cannot start:\n${describeProblems(parsed.problems)}\n`);
  process.exitCode = 3;
}
