/** What people see of the hub's log, and what never reaches the file. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHubLog, shortLine } from './hub-log.js';

const time = '2026-07-01T12:00:31.123Z';

describe('a line for people', () => {
  it('is what the hub meant for them, with the time of day', () => {
    const entry = {
      level: 'info',
      time,
      service: 'koppel',
      line: 'products-to-softmaat: 500 created',
      msg: 'run ended',
    };
    expect(shortLine(entry)).toBe('12:00:31    products-to-softmaat: 500 created');
  });

  it('is else the message with its plain fields', () => {
    const entry = {
      level: 'warn',
      time,
      service: 'koppel',
      system: 'softmaat',
      waitMs: 5,
      nested: {},
      msg: 'a worker failed',
    };
    expect(shortLine(entry)).toBe('12:00:31 !  a worker failed · system softmaat · waitMs 5');
  });

  it('does not exist for details', () => {
    expect(shortLine({ level: 'debug', time, msg: 'one record' })).toBeUndefined();
  });

  it('is never endless', () => {
    expect(shortLine({ level: 'info', time, msg: 'x'.repeat(5000) })).toHaveLength(200);
  });
});

describe('the file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'koppel-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gets every JSON line and all complaints, but not a key that is shown once', async () => {
    const said: string[] = [];
    const file = join(folder, 'hub.log');
    const log = openHubLog(file, (line) => said.push(line));
    const detail = JSON.stringify({ level: 'debug', time, msg: 'one record' });
    log.line(detail);
    log.line('API key (shown once): kpl_secret');
    log.complaint('Error: stack');
    await log.close();
    expect(readFileSync(file, 'utf8')).toBe(`${detail}\nError: stack\n`);
    expect(said).toEqual(['API key (shown once): kpl_secret']);
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});
