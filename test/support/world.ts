/** The one Postgres of all tests of the projects "world" and "kafka", with the migrated template database in it. */
import { startThrowawayPostgres } from '../../src/embedded/throwaway.js';
import { offerKafka } from './shared-kafka.js';
import { createTemplate, dropDatabase } from './database.js';

/** Starts the server, or uses the given one; a Kafka is started by the first test that needs it. Returns the way to remove everything again. */
export async function openTestWorld(given: string | undefined): Promise<() => Promise<void>> {
  const endKafka = offerKafka();
  const endPostgres = await openPostgres(given);
  return async () => {
    endKafka();
    await endPostgres();
  };
}

async function openPostgres(given: string | undefined): Promise<() => Promise<void>> {
  if (given !== undefined) {
    const template = await announce(given);
    return () => dropDatabase(given, template);
  }
  const postgres = await startThrowawayPostgres();
  await announce(postgres.url('postgres'));
  return () => postgres.stop();
}

/** Test files run in processes of their own; they learn of the server by the environment. */
async function announce(server: string): Promise<string> {
  const template = await createTemplate(server);
  process.env['KOPPEL_TEST_SERVER'] = server;
  process.env['KOPPEL_TEST_TEMPLATE'] = template;
  return template;
}
