/** Erasing customers, wired: the stores that hold something of them, and the log that does. */
import { canonicalTopic, changesTopic } from '../log/change-log.js';
import * as merges from '../store/customer-merges.js';
import * as records from '../store/erasure-records.js';
import * as scrub from '../store/erasure-scrub.js';
import * as sweeping from '../store/erasure-sweep.js';
import * as store from '../store/erasures.js';
import { dropPersonalExports } from '../store/export-files.js';
import * as jobs from '../store/jobs.js';
import * as journal from '../store/journal.js';
import * as documents from '../store/person-export.js';
import * as looks from '../store/projection-looks.js';
import * as rows from '../store/rows.js';
import type { ErasureDeps } from '../sync/erasure.js';
import type { Ground } from './ground.js';

export const erasureDeps = (
  { base, config, database, configuration, log }: Ground,
  said: Pick<ErasureDeps, 'looked' | 'jobMade'>,
): ErasureDeps => ({
  ...said,
  database,
  configuration,
  log,
  canonicalTopic,
  // Also a hub whose log is in Kafka now may have kept it in Postgres before.
  changesTopic,
  rows,
  journal,
  store,
  scrub: { ...records, ...scrub, ...sweeping, dropPersonalExports },
  merges,
  looks,
  documents,
  jobs,
  clock: base.clock,
  isLogInKafka: config.kafka !== undefined,
});
