/**
 * Looks after the rules: every so often one process of the hub, the one with the lease, looks at what the database knows, lets alerts
 * begin and end, and leaves the messages for notify.ts. What it decides by is pure: conditions.ts and rounds.ts.
 */
import type { Clock } from '../base/clock.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Watchdog } from '../base/watchdog.js';
import type { AlertRuleRow } from '../store/alert-rules.js';
import type { Database } from '../store/database.js';
import { findings } from './conditions.js';
import { readFacts, type FactReads } from './facts.js';
import { nextSteps, type Step } from './rounds.js';

export interface WatchDeps {
  readonly database: Database;
  readonly store: typeof import('../store/alert-rounds.js') &
    Pick<typeof import('../store/alert-rules.js'), 'disableOrphans'> &
    Pick<typeof import('../store/alerts.js'), 'endAlertsOfRule'>;
  readonly facts: FactReads;
  /** Unique per run of a process. */
  readonly owner: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
  /** Something is to be sent. */
  readonly told: () => void;
}

export interface Watch extends Service {
  /** One look at everything; false while another process has the lease. */
  look(): Promise<boolean>;
}

const restMs = 15_000;
/** A process that has ended is replaced after this; one that stops gives the lease back. */
const leaseMs = 3 * restMs;

export function makeWatch(deps: WatchDeps): Watch {
  const { database, store, logger } = deps;

  const take = (rule: AlertRuleRow, step: Step): Promise<boolean> =>
    database.tx(async (tx) => {
      switch (step.type) {
        case 'begin':
          return store.beginAlert(tx, rule, step.finding);
        case 'end':
          return store.finishAlert(tx, step.id);
        case 'keep':
          await store.keepAlert(tx, step.id, step);
          return false;
        case 'miss':
          await store.missAlert(tx, step.id);
          return false;
        case 'wake':
          await store.wakeAlert(tx, step.id);
          return false;
      }
    });

  /** What nobody looks at any more would go on for ever. */
  const switchOffOrphans = (): Promise<void> =>
    database.tx(async (tx) => {
      for (const { id, name } of await store.disableOrphans(tx)) {
        await store.endAlertsOfRule(tx, id);
        logger.warn({ rule: name }, 'an alert rule was switched off: the flows or systems that it is about are gone');
      }
    });

  const look = async (): Promise<boolean> => {
    const time = await store.takeWatch(database, deps.owner, leaseMs);
    if (time === undefined) return false;
    await switchOffOrphans();
    const rules = await store.enabledRules(database);
    let news = await database.tx((tx) => store.endSnoozes(tx));
    if (rules.length > 0) {
      const facts = await readFacts(database, deps.facts, rules, time);
      const standing = await store.standingAlerts(database);
      for (const rule of rules) {
        const own = standing.filter((alert) => alert.rule === rule.id);
        for (const step of nextSteps(own, findings(rule, rules, facts))) {
          if (!(await take(rule, step))) continue;
          news++;
          const title = step.type === 'begin' ? step.finding.title : own.find(({ id }) => id === idOf(step))?.title;
          logger.warn({ rule: rule.name, alert: title }, step.type === 'begin' ? 'an alert has begun' : 'an alert is over'); // prettier-ignore
        }
      }
    }
    if (news > 0) deps.told();
    return true;
  };

  const loop = makeLoop(
    {
      name: 'alerts',
      restMs,
      async run() {
        await look();
        return 'idle';
      },
    },
    deps,
  );
  return {
    name: 'alerts',
    look,
    start: () => loop.start(),
    async stop() {
      await loop.stop();
      await store.leaveWatch(database, deps.owner);
    },
  };
}

const idOf = (step: Step): string | null => (step.type === 'begin' ? null : step.id);
