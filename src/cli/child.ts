/**
 * A process that the supervisor keeps running: started again with growing pauses when it ends by itself, stopped gently and
 * then by force when asked. Its output comes line by line. In: how to start it. Out: a handle.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';

export interface ChildOptions {
  /** As people call it: "The hub". */
  readonly name: string;
  /** Built file and arguments. */
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take to stop before it is killed. */
  readonly graceMs: number;
  onLine(line: string, stream: 'stdout' | 'stderr'): void;
  say(line: string): void;
  /** Exit codes after which starting again cannot help. */
  readonly hopeless?: readonly number[];
}

export interface Child {
  /** Rejects when it has ended in a way that starting again cannot help. */
  readonly failed: Promise<never>;
  pid(): number | undefined;
  stop(): Promise<void>;
  kill(): void;
}

const healthyMs = 60_000;
const longestPauseMs = 30_000;

export function keepChild(options: ChildOptions, clock: Clock): Child {
  let child: ChildProcess | undefined;
  const stopping = new AbortController();
  let giveUp: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (giveUp = reject));
  failed.catch(() => undefined);

  const keep = async (): Promise<void> => {
    let pauseMs = 500;
    while (!stopping.signal.aborted) {
      const startedAt = clock.monotonic();
      const last: string[] = [];
      child = start(options, last);
      const how = await ended(child);
      if (stopping.signal.aborted) return;
      if (options.hopeless?.includes(Number(how)) === true) {
        return giveUp(new KoppelError('HUB_ENDED', { name: options.name, code: how, what: last.join('\n') }));
      }
      if (clock.monotonic() - startedAt > healthyMs) pauseMs = 500;
      const words = lastWords(last);
      const intro = words.length === 0 ? '' : ' Its last words:';
      options.say(`!! ${options.name} ended with ${how} and is started again in ${pauseMs / 1000} s.${intro}`);
      for (const line of words) options.say(`   ${line}`);
      await clock.sleep(pauseMs, stopping.signal).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  };
  const keeping = keep();

  return {
    failed,
    pid: () => child?.pid,
    async stop() {
      stopping.abort(new Error('stopped'));
      child?.kill('SIGTERM');
      const force = setTimeout(() => child?.kill('SIGKILL'), options.graceMs);
      await keeping;
      clearTimeout(force);
    },
    kill: () => {
      stopping.abort(new Error('stopped'));
      child?.kill('SIGKILL');
    },
  };
}

/** What it said last, without the stack of calls; all of it is in the log. */
function lastWords(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '' && !/^\s+at /.test(line)).slice(-8);
}

function start(options: ChildOptions, last: string[]): ChildProcess {
  const preload = new URL('./end-with-parent.js', import.meta.url).href;
  // Its own session, so that Ctrl-C in a terminal reaches the supervisor only, which then stops everything in order.
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', preload, ...options.command], {
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  for (const stream of ['stdout', 'stderr'] as const) {
    const source = child[stream];
    if (source === null) continue;
    createInterface({ input: source }).on('line', (line) => {
      if (stream === 'stderr') last.push(line);
      if (last.length > 20) last.shift();
      options.onLine(line, stream);
    });
  }
  return child;
}

/** The exit code or signal as text; a process that could not be started ends with the reason. */
async function ended(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    return String(signal ?? code);
  } catch (error) {
    return (error as Error).message;
  }
}
