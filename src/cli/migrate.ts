/**
 * `npm run migrate`: brings the database of KOPPEL_DATABASE_URL to the schema of this release and ends; for installations that
 * do this once before their processes start. Any number may run at once. Exit code 0 done, 1 failed, 3 no usable address.
 */
import { migrate } from '../store/migrate.js';
import { onDatabase } from './on-database.js';

process.exitCode = await onDatabase(process.env, async (url) => {
  const names = await migrate(url);
  return names.length === 0 ? 'The database is up to date.' : `${names.length} migration(s) run: ${names.join(', ')}`;
});
