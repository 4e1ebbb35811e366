/** Processes of the Kafka benchmark: started, told when to begin and when to end, over the channel that Node gives a child. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
}

export interface Contender {
  readonly pid: number | undefined;
  go(): void;
  /** Lets it finish what it has in hand. */
  stop(): Promise<Outcome>;
  /** What it has said last of how far it is: the next offset of each partition that it has had. */
  reached(): Reached;
  end(): Promise<void>;
}

/** Next offset by partition. */
export type Reached = Readonly<Record<number, number>>;

type Said =
  | { readonly type: 'ready' }
  | { readonly type: 'reached'; readonly reached: Reached }
  | { readonly type: 'done'; readonly outcome: Outcome };

/** Starts a process and waits until it could begin. */
export async function openContender(file: string, parts: object): Promise<Contender> {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(parts)], { execArgv: profiling() });
  let reached: Reached = {};
  let done: ((outcome: Outcome) => void) | undefined;
  let failed: ((error: Error) => void) | undefined;
  let isEnding = false;
  const ready = new Promise<void>((resolve, reject) => {
    child.on('exit', (code) => {
      const error = new Error(`${file} ended with ${code}`);
      reject(error);
      failed?.(error);
      if (!isEnding) process.stderr.write(`${error.message}\n`);
    });
    child.on('message', (said: Said) => {
      if (said.type === 'ready') resolve();
      else if (said.type === 'reached') reached = said.reached;
      else done?.(said.outcome);
    });
  });
  await ready;
  return {
    pid: child.pid,
    go: () => void child.send('go'),
    stop: () =>
      new Promise((resolve, reject) => {
        done = resolve;
        failed = reject;
        if (child.connected) child.send('stop');
        else reject(new Error(`${file} is not there any more`));
      }),
    reached: () => reached,
    async end() {
      isEnding = true;
      await ended(child);
    },
  };
}

/** A folder for profiles of the processor, when one is asked for. */
function profiling(): string[] {
  const folder = process.env['BENCH_PROFILES'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  if (child.connected) child.disconnect();
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(force);
}

/** In the child: says that it is ready and does what it is told. */
export function onOrders(orders: { go(): Promise<Outcome>; stop(): void }): void {
  const fail = (error: unknown): void => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  };
  let running: Promise<Outcome> | undefined;
  process.on('message', (order) => {
    if (order === 'go') {
      running = orders.go();
      running.catch(fail);
    } else {
      orders.stop();
      running?.then((outcome) => process.send?.({ type: 'done', outcome }), fail);
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ type: 'ready' });
}

export const sayReached = (reached: Reached): void => void process.send?.({ type: 'reached', reached });
