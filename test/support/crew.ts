/** The processes of a hub on a stage, several of a role: started, known by what they hold, killed, and replaced by others. */
import { expect } from '@jest/globals';
import type { HubHandle, HubStart } from './processes.js';
import type { Stage } from './stage.js';
import { until } from './wait.js';

export type Role = 'api' | 'capture' | 'ingest' | 'project' | 'relay';

export interface Worker {
  readonly role: Role;
  readonly hub: HubHandle;
  /** What it writes into leases. */
  readonly owner: string;
}

interface Member {
  readonly id: string;
  readonly roles: readonly string[];
}

export interface Crew {
  /** Those that are at work now. */
  readonly running: readonly Worker[];
  ofRole(role: Role): readonly Worker[];
  /** Starts a process and waits until it is ready, or only until it is alive (`how`); of the same role one at a time. */
  start(role: Role, env?: Readonly<Record<string, string>>, how?: HubStart): Promise<Worker>;
  /** It is not at work any more. */
  forget(worker: Worker): void;
  /** Processes that say that they are alive. */
  members(): Promise<readonly Member[]>;
  /** What a process holds by its leases, until another one has taken it. */
  leases(worker: Worker): Promise<readonly string[]>;
  /** The process of a role that holds most; undefined when none of them holds anything. */
  busiest(role: Role): Promise<Worker | undefined>;
  /** How many partitions of a topic each process has that takes them in, most first. */
  shares(topic: string): Promise<readonly number[]>;
  untilTaken(worker: Worker): Promise<void>;
  /**
   * Kills the process of a role that holds most and waits until all of that has another owner; how long that took, in ms by the database's clock.
   * Took it `mostMs` or longer, the one that took over may itself have stood still for a moment: then a second process is killed, and the shorter
   * time counts.
   */
  takeOver(role: Role, mostMs: number): Promise<number>;
}

export function makeCrew(stage: Stage): Crew {
  const running: Worker[] = [];
  const members = (): Promise<Member[]> =>
    stage.ask('select id, roles from hub_process where alive_until > clock_timestamp()');
  const forget = ({ owner }: Worker): void => {
    const at = running.findIndex((each) => each.owner === owner);
    if (at >= 0) running.splice(at, 1);
  };
  const leases = async ({ owner }: Worker): Promise<string[]> => {
    const rows = await stage.ask<{ what: string }>(
      `select consumer || ' ' || topic || ' ' || partition as what from consumer_position where owner = $1
       union all select 'capture ' || system || ' ' || stream from capture_position where owner = $1`,
      [owner],
    );
    return rows.map(({ what }) => what);
  };
  const ofRole = (role: Role): Worker[] => running.filter((each) => each.role === role);
  const untilTaken = async (worker: Worker): Promise<void> => {
    const held = await leases(worker);
    await until(async () => (await leases(worker)).length === 0, {
      timeoutMs: 30_000,
      everyMs: 25,
      what: `others to take ${held.join(', ')}`,
    });
  };
  const now = async (): Promise<number> => {
    const [row] = await stage.ask<{ ms: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
    );
    return row?.ms ?? NaN;
  };
  const killAndMeasure = async (worker: Worker): Promise<number> => {
    const at = await now();
    expect(await worker.hub.kill()).toBeUndefined();
    forget(worker);
    await untilTaken(worker);
    return (await now()) - at;
  };
  const start: Crew['start'] = async (role, env = {}, how = {}) => {
    // One that a busy machine keeps from its heartbeat for some seconds is not a new one with its next.
    const known = (): Promise<Member[]> => stage.ask('select id, roles from hub_process');
    const before = new Set((await known()).map(({ id }) => id));
    const hub = await stage.hub({ ...how, env: { ...env, KOPPEL_ROLE: role } });
    const isMade = ({ id, roles }: Member): boolean => !before.has(id) && roles.join() === role;
    const made = await until(async () => (await known()).find(isMade), {
      timeoutMs: 60_000,
      what: `the process for ${role} to say that it is alive`,
    }).catch(async (late: Error) => {
      throw new Error(`${late.message}; ${(await hub.kill()) ?? 'it was running'}`);
    });
    const worker = { role, hub, owner: made.id };
    running.push(worker);
    return worker;
  };
  const busiest = async (role: Role): Promise<Worker | undefined> => {
    const held = await Promise.all(ofRole(role).map(async (each) => ({ each, count: (await leases(each)).length })));
    const [first] = held.sort((a, b) => b.count - a.count);
    return first === undefined || first.count === 0 ? undefined : first.each;
  };
  return {
    running,
    ofRole,
    forget,
    members,
    leases,
    untilTaken,
    start,
    busiest,
    async shares(topic) {
      const rows = await stage.ask<{ count: number }>(
        `select count(*)::int as count from consumer_position
         where consumer = 'ingest' and topic = $1 and lease_until > clock_timestamp() group by owner order by count desc`,
        [topic],
      );
      return rows.map(({ count }) => count);
    },
    async takeOver(role, mostMs) {
      const take = async (): Promise<number> => {
        const worker = await busiest(role);
        if (worker === undefined) throw new Error(`No process for ${role} holds anything.`);
        return killAndMeasure(worker);
      };
      const first = await take();
      if (first < mostMs) return first;
      await start(role);
      return Math.min(first, await take());
    },
  };
}
