import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('keeps a second process off a folder while the first one lives', () => {
  // The parent of a test process is alive and is not this process.
  writeFileSync(join(dataDir, 'sandbox.lock'), String(process.ppid));
  expect(() => lockFolder(dataDir)).toThrow(new RegExp(`in use by process ${process.ppid}`));
});

it('takes over the folder of a process that is gone', () => {
  writeFileSync(join(dataDir, 'sandbox.lock'), '2147483646');
  const unlock = lockFolder(dataDir);
  expect(existsSync(join(dataDir, 'sandbox.lock'))).toBe(true);
  unlock();
  expect(existsSync(join(dataDir, 'sandbox.lock'))).toBe(false);
});
