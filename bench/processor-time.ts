/**
 * How much processor time processes and all below them have used, those that have ended included: what a piece of work costs,
 * however busy the machine is with others. Linux only; elsewhere nothing is known.
 */
import { readFileSync } from 'node:fs';
import pg from 'pg';

/** Ticks a second in /proc, on every Linux that Node runs on. */
const ticks = 100;

/** Seconds of these processes since they began; undefined where that cannot be asked. */
export function processorSeconds(pids: readonly (number | undefined)[]): number | undefined {
  try {
    return pids.reduce<number>((sum, pid) => sum + (pid === undefined ? 0 : treeTicks(pid)), 0) / ticks;
  } catch {
    return undefined;
  }
}

function treeTicks(pid: number): number {
  // Behind the name, which may hold anything: state, parent and so on.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const own = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children === '' ? own : children.split(' ').reduce((sum, child) => sum + ifThere(Number(child)), own);
}

/** One that has just ended is counted by its parent. */
function ifThere(pid: number): number {
  try {
    return treeTicks(pid);
  } catch {
    return 0;
  }
}

/** The server itself, when it is on this machine: the parent of the process that answers. */
export async function serverPid(url: string): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const fields = readFileSync(`/proc/${rows[0]?.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return Number(fields?.[1]);
  } catch {
    return undefined;
  } finally {
    await client.end();
  }
}
