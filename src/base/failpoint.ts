/**
 * Named places where a test may make the process die, throw or wait; each is a kill point of docs/guarantees.md.
 * Off unless `KOPPEL_FAILPOINT=name:action[:nth]` is set, and then it costs one comparison of strings.
 */
import { KoppelError } from './errors.js';

export const failpointNames = [
  'C0', 'C1', 'C2', 'C3', 'C4', 'C5',
  'A0', 'A1', 'A2', 'A3',
  'R0', 'R2', 'R3',
  'P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7',
] as const; // prettier-ignore
/** Those that a hub passes whose log is in Postgres. */
export const failpointsWithoutKafka = failpointNames.filter((name) => !name.startsWith('R'));
export type FailpointName = (typeof failpointNames)[number];
export const failpointActions = ['kill', 'throw', 'hang', 'pause'] as const;
export type FailpointAction = (typeof failpointActions)[number];

/** What to do at which point, the nth time that it is passed (1 = the first). */
export interface FailpointSetting {
  readonly name: FailpointName;
  readonly action: FailpointAction;
  readonly nth: number;
}

/**
 * Called at each named point. Never returns when the action is `hang`; the process is gone when it is `kill`, and stands still as a whole until
 * somebody sends SIGCONT when it is `pause`.
 */
export type Failpoint = (name: FailpointName) => Promise<void> | undefined;

export const noFailpoint: Failpoint = () => undefined;

export function makeFailpoint(setting: FailpointSetting | undefined): Failpoint {
  if (setting === undefined) return noFailpoint;
  let passed = 0;
  return (name) => {
    if (name !== setting.name || ++passed !== setting.nth) return undefined;
    switch (setting.action) {
      case 'kill':
        process.kill(process.pid, 'SIGKILL');
        return new Promise(() => undefined);
      case 'pause':
        process.kill(process.pid, 'SIGSTOP');
        return undefined;
      case 'hang':
        return new Promise(() => undefined);
      case 'throw':
        return Promise.reject(new KoppelError('FAILPOINT', { name }));
    }
  };
}
