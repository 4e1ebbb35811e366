/**
 * A benchmark leaves nothing behind: no Postgres, Kafka or other process that it has started, no file of theirs, no database on a server
 * that it was given. In: the work. Out: what comes of it. All of that is gone when the work is done, has failed, or is ended by SIGINT,
 * SIGTERM or SIGHUP. Node tells of every process that is started, however deep down, so who starts one need not know of this.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropOwnDatabases } from './server.js';

const gentlyMs = 10_000;
const lookEveryMs = 50;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export async function leavingNothing<T>(work: () => Promise<T>): Promise<T> {
  const started = noteStarted();
  const folder = ownFolder();
  const removeFiles = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  // For ends that wait for nothing: an exception that nobody has caught, a library that ends the process.
  process.on('exit', () => {
    for (const child of started()) child.kill('SIGKILL');
    removeFiles();
  });
  let isEnding = false;
  const clean = async (): Promise<void> => {
    await endAll(started);
    await dropOwnDatabases();
    removeFiles();
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    // From a terminal it comes twice: to all processes there at once, and passed on by scripts/run.mjs.
    if (isEnding) return;
    isEnding = true;
    // Whoever works with what is ended now complains; nobody needs to hear it.
    process.on('uncaughtException', () => undefined);
    process.on('unhandledRejection', () => undefined);
    await clean();
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, () => void end(signal));
  try {
    return await work();
  } finally {
    await (isEnding ? new Promise(() => undefined) : clean());
  }
}

/** Those of the processes started from now on that live. */
function noteStarted(): () => readonly ChildProcess[] {
  const all = new Set<ChildProcess>();
  subscribe('child_process', (message) => {
    const { process: child } = message as { readonly process: ChildProcess };
    all.add(child);
    child.once('exit', () => all.delete(child));
  });
  return () => [...all].filter(({ pid, exitCode, signalCode }) => pid !== undefined && exitCode === null && signalCode === null); // prettier-ignore
}

/** Asks once, which for Postgres must be by SIGINT: at SIGTERM it waits for its clients. Who goes on all the same is ended by force, as is what is started meanwhile. */
async function endAll(started: () => readonly ChildProcess[]): Promise<void> {
  const asked = new Set<ChildProcess>();
  const until = performance.now() + gentlyMs;
  for (let living = started(); living.length > 0; living = started()) {
    const isLate = performance.now() > until;
    for (const child of living) {
      if (isLate) child.kill('SIGKILL');
      else if (!asked.has(child)) child.kill('SIGINT');
      asked.add(child);
    }
    await new Promise((next) => setTimeout(next, lookEveryMs));
  }
}

/** Where everything that is written for a while goes, here and in what is started here. */
function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'koppel-bench-'));
  // Started as root, Postgres runs as somebody else, who has to get here.
  chmodSync(folder, 0o755);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return folder;
}
