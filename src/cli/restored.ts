/**
 * `npm run restored`: says that the database of KOPPEL_DATABASE_URL was restored, for backups that the hub cannot notice by itself: all
 * flows are compared before they write again. The hub may run, or be started afterwards. Exit code 0 done, 1 failed, 3 no usable address.
 */
import { systemClock } from '../base/clock.js';
import { noFailpoint } from '../base/failpoint.js';
import { silentLogger } from '../base/logger.js';
import { canonicalTopic } from '../log/change-log.js';
import { hubItself } from '../store/audit.js';
import { openDatabase } from '../store/database.js';
import * as heads from '../store/log-heads.js';
import { migrate } from '../store/migrate.js';
import * as store from '../store/restore-checks.js';
import { beginCheck } from '../sync/restored.js';
import { onDatabase } from './on-database.js';

process.exitCode = await onDatabase(process.env, async (url) => {
  await migrate(url);
  const parts = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
  const database = openDatabase({ url, poolMax: 1, applicationName: 'koppel-restored' }, parts);
  try {
    await database.tx((tx) => beginCheck(tx, { store, heads, canonicalTopic }, 'ASKED', hubItself));
    const open = await store.openCheck(database);
    return open === null
      ? 'No flow is in use; there is nothing to compare.'
      : `${open.flows} flow(s) are compared before they write again.`;
  } finally {
    await database.end();
  }
});
