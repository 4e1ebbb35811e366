/**
 * Keeps two processes off one data folder: both would append to the same journal, each with its own idea of the state. The
 * lock names its process, so one that was killed leaves nothing behind that would keep the next one out.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxUsageError } from './usage-error.js';

/** Gives the function that lets go of the folder. */
export function lockFolder(dataDir: string): () => void {
  const path = join(dataDir, 'sandbox.lock');
  const holder = holderOf(path);
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) {
    throw new SandboxUsageError(
      `${dataDir} is in use by process ${holder}; stop it or use another folder (or delete ${path} if that is no sandbox)`,
    );
  }
  writeFileSync(path, String(process.pid));
  return () => {
    if (holderOf(path) === process.pid) rmSync(path, { force: true });
  };
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
