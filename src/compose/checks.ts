/**
 * What makes a process of any role unready: a database that lacks migrations of this release, a worker that does not come round. And what
 * whoever watches should know, although it works: that flows are being compared after a restore, that
 * Kafka lacks events, that changes are not taken in, and since when what is kept.
 */
import { asKoppelError } from '../base/errors.js';
import { canonicalTopic } from '../log/change-log.js';
import type { CheckResult } from '../schema/system.js';
import { readStandingIngest, stoppedConsumers, unreadSince } from '../store/log-heads.js';
import { missingMigrations } from '../store/migrate.js';
import { openCheck } from '../store/restore-checks.js';
import { lastSweep } from '../store/retention.js';
import { standingSentence } from '../store/shown-flows.js';
import { relayConsumer } from '../sync/relay.js';
import type { Ground } from './ground.js';

export type Checks = () => Promise<readonly CheckResult[]>;

const result = (name: string, problem: string | undefined): CheckResult => ({
  name,
  status: problem === undefined ? 'PASS' : 'FAIL',
  message: problem ?? 'is as it should be',
  hint: null,
  settings: [],
  durationMs: null,
});

/** Brokers that are restarted are back before. */
const lateRelayMs = 5 * 60_000;

export function makeChecks({ base, config, readDatabase }: Ground): Checks {
  /** Migrations are never taken back. */
  let isAtHead = false;
  const missing = async (): Promise<string | undefined> => {
    if (isAtHead) return undefined;
    try {
      const names = await missingMigrations(readDatabase);
      isAtHead = names.length === 0;
      return isAtHead ? undefined : `these have not run: ${names.join(', ')}`;
    } catch (thrown) {
      return asKoppelError(thrown).message;
    }
  };
  /** The process works, so it is ready. */
  const restored = async (): Promise<readonly CheckResult[]> => {
    const open = isAtHead ? await openCheck(readDatabase).catch(() => null) : null;
    if (open === null) return [];
    const message = `checking after a restore: ${open.done} of ${open.flows} flows compared; nothing is written to the others`;
    return [{ ...result('restore', message), status: 'WARN' }];
  };
  /** What somebody has not read for so long will not be read without help. */
  const retained = async (): Promise<readonly CheckResult[]> => {
    const report = isAtHead ? await lastSweep(readDatabase).catch(() => null) : null;
    if (report === null) return [];
    const unread = report.left.find(({ because }) => because === 'unread');
    if (unread !== undefined) {
      const message = `older than it has to be kept, and not read yet by ${unread.consumer}: ${unread.what}`;
      return [{ ...result('retention', message), status: 'WARN' }];
    }
    const [events, payloads, audit] = (['events', 'payloads', 'audit'] as const).map((of) => report.keptSince[of].slice(0, 10)); // prettier-ignore
    const message = `what happened is kept since ${events}, records as systems showed them since ${payloads}, the audit since ${audit}`;
    return [{ ...result('retention', undefined), message }];
  };
  /** Readers of Kafka wait; in the hub itself nothing does. */
  const relayed = async (): Promise<readonly CheckResult[]> => {
    if (config.kafka === undefined || !isAtHead) return [];
    const since = await unreadSince(readDatabase, relayConsumer, canonicalTopic).catch(() => null);
    if (since === null || base.clock.now().getTime() - since.getTime() < lateRelayMs) return [];
    const message = `canonical events since ${since.toISOString()} are not in Kafka yet`;
    return [{ ...result('relay', message), status: 'WARN' }];
  };
  /** By whichever process: the one that should take them in may not be there. */
  const taken = async (): Promise<readonly CheckResult[]> => {
    const [standing] = isAtHead ? await readStandingIngest(readDatabase).catch(() => []) : [];
    return standing === undefined ? [] : [{ ...result('ingest', standingSentence(standing)), status: 'WARN' }];
  };
  /** Who has not read what was removed waits for a person. */
  const lost = async (): Promise<readonly CheckResult[]> => {
    const stopped = isAtHead ? await stoppedConsumers(readDatabase, canonicalTopic).catch(() => []) : [];
    return stopped.map(({ consumer, message }) => ({ ...result(consumer, message), status: 'WARN' }));
  };
  return async () => {
    const [late] = base.watchdog.late();
    const stuck = late && `${late.name} has not come round for ${Math.round(late.forMs / 1_000)} s`;
    return [
      result('migrations', await missing()),
      result('workers', stuck),
      ...(await restored()),
      ...(await taken()),
      ...(await lost()),
      ...(await relayed()),
      ...(await retained()),
    ];
  };
}
