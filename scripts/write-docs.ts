/**
 * `npm run docs`: writes the documents that are made from code. Tests compare them, so that they cannot go stale.
 * `npm run docs -- --release`: also takes the present graph as the one that clients have, at a release.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { systemClock } from '../src/base/clock.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { silentLogger } from '../src/base/logger.js';
import { startThrowawayPostgres } from '../src/embedded/throwaway.js';
import { openDatabase } from '../src/store/database.js';
import { migrate } from '../src/store/migrate.js';
import { listTables } from '../src/store/schema-listing.js';
import { eventSchemas, schemaText } from './event-schemas.js';
import { errorsDocument, expressionsDocument, graphDocument } from './documents.js';

async function tablesDocument(): Promise<string> {
  const postgres = await startThrowawayPostgres();
  try {
    const url = postgres.url('postgres');
    await migrate(url);
    const options = { url, poolMax: 1, applicationName: 'koppel docs' };
    const database = openDatabase(options, { clock: systemClock, logger: silentLogger, failpoint: noFailpoint });
    const text = await listTables(database);
    await database.end();
    return text;
  } finally {
    await postgres.stop();
  }
}

writeFileSync('docs/schema.graphql', graphDocument());
writeFileSync('docs/errors.md', errorsDocument());
writeFileSync('docs/expressions.md', expressionsDocument());
for (const [name, schema] of eventSchemas()) writeFileSync(`docs/events/${name}`, schemaText(schema));
writeFileSync('docs/schema.sql', await tablesDocument());

if (process.argv.includes('--release')) {
  writeFileSync('docs/schema-released.graphql', graphDocument());
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const [introduction = ''] = readFileSync('docs/schema-breaking-changes.md', 'utf8').split(/^## Since /m);
  writeFileSync('docs/schema-breaking-changes.md', `${introduction}## Since ${version}\n`);
}
