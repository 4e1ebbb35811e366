/**
 * What people may choose from in a value list: the codes that connected systems list themselves. In: the key of a list. Out: per system
 * that lists its codes, these codes, or why they are not known now. An answer is kept for a while, a failure for a moment, and who asks
 * while a system is being asked waits for the same answer. Never throws for a system: people can always type a code.
 */
import type { Clock } from '../base/clock.js';
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { SystemCode } from '../systems/code-words.js';
import type { System } from '../systems/system.js';
import type { ConfigurationSource, ConnectedSystem } from './configuration.js';

export interface CodesOfSystem {
  readonly systemKey: string;
  readonly codes: readonly SystemCode[];
  /** When they were read; null = they could not be. */
  readonly readAt: Date | null;
  /** Why they are not known, or not as of now. */
  readonly problem: string | null;
}

export interface CodeChoices {
  /** None: no system lists the codes of this list. */
  of(valueList: string): Promise<readonly CodesOfSystem[]>;
}

interface Known {
  readonly answer: Promise<CodesOfSystem>;
  /** By the monotonic clock; undefined while the system is being asked. */
  until?: number;
}

const keptMs = 600_000;
const failedMs = 30_000;
/** Somebody waits with a page open. */
const patienceMs = 5_000;

export function makeCodeChoices({
  configuration,
  clock,
}: {
  readonly configuration: Pick<ConfigurationSource, 'current'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
}): CodeChoices {
  /** By connection, so that a system that is connected anew is asked anew. */
  const known = new WeakMap<System, Map<string, Known>>();

  async function read(connected: ConnectedSystem, list: string, before: CodesOfSystem | null): Promise<CodesOfSystem> {
    const { key: systemKey, name, system, isPaused } = connected;
    const failed = (problem: string): CodesOfSystem => ({
      ...(before ?? { systemKey, codes: [], readAt: null }),
      problem,
    });
    if (isPaused) return failed(`Nothing is read from ${name} now.`);
    try {
      const codes = await inTime(name, list, (signal) => system.codes!(list, signal));
      return { systemKey, codes, readAt: clock.now(), problem: null };
    } catch (thrown) {
      return failed(asKoppelError(thrown).message);
    }
  }

  async function codesOf(connected: ConnectedSystem, list: string): Promise<CodesOfSystem> {
    const lists = known.get(connected.system) ?? new Map<string, Known>();
    known.set(connected.system, lists);
    const last = lists.get(list);
    if (last !== undefined && (last.until === undefined || last.until > clock.monotonic())) return last.answer;
    const before = (await last?.answer) ?? null;
    // Somebody else may have begun meanwhile.
    if (lists.get(list) !== last) return lists.get(list)!.answer;
    const asked: Known = { answer: read(connected, list, before) };
    lists.set(list, asked);
    const { problem } = await asked.answer;
    asked.until = clock.monotonic() + (problem === null ? keptMs : failedMs);
    return asked.answer;
  }

  return {
    of(valueList) {
      const asked = [...configuration.current().systems.values()].flatMap((connected) => {
        const list = connected.connector.codeLists?.[valueList];
        return list === undefined || connected.system.codes === undefined ? [] : [codesOf(connected, list)];
      });
      return Promise.all(asked);
    },
  };
}

/** A connector may take its own time to notice that nobody waits any more. */
async function inTime<T>(system: string, operation: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(patienceMs);
  const late = new Promise<never>((_, refuse) => {
    signal.addEventListener('abort', () =>
      refuse(new KoppelError('SYSTEM_TIMEOUT', { system, operation, ms: patienceMs })),
    );
  });
  const answer = work(signal);
  // What comes after that is of no use to anybody.
  answer.catch(() => undefined);
  return Promise.race([answer, late]);
}
