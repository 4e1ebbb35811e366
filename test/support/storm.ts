/** Processes that join a hub at work and leave it again, one each second, alternately as they are told to and by SIGKILL. */
import { expect } from '@jest/globals';
import type { HubHandle } from './processes.js';
import type { Stage } from './stage.js';

export interface Storm {
  readonly seconds: number;
  /** Roles of the process that joins, as in KOPPEL_ROLE. */
  readonly roles: (second: number) => string;
  /** What happens in the systems meanwhile. */
  readonly work: (second: number) => Promise<void>;
}

/** How many of them there are at a time: some have work by the time that they leave, and some are not ready yet. */
const most = 2;

/** Returns how many left in which way. */
export async function storm(
  stage: Stage,
  { seconds, roles, work }: Storm,
): Promise<{ stopped: number; killed: number }> {
  const left = { stopped: 0, killed: 0 };
  const kill = async (hub: HubHandle): Promise<void> => {
    expect(await hub.kill()).toBeUndefined();
    left.killed++;
  };
  const extra: HubHandle[] = [];
  for (let second = 0; second < seconds; second++) {
    extra.push(await stage.hub({ untilReady: false, env: { KOPPEL_ROLE: roles(second) } }));
    await work(second);
    await new Promise((next) => setTimeout(next, 1_000));
    if (extra.length <= most) continue;
    const leaving = extra.shift()!;
    if (left.killed <= left.stopped) await kill(leaving);
    else {
      await leaving.stop();
      left.stopped++;
    }
  }
  for (const hub of extra) await kill(hub);
  return left;
}
