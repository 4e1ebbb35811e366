/** Secrets that are made once and kept. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../config/config.js';
import { keepApiKey, keepSecretKey } from './kept-secrets.js';

describe('a kept secret', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'koppel-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, readable by its user only, and is the same ever after', () => {
    const made = keepSecretKey(folder);
    expect(made.isNew).toBe(true);
    expect(statSync(made.file).mode & 0o777).toBe(0o600);
    expect(keepSecretKey(folder)).toEqual({ ...made, isNew: false });
  });

  it('has the form that the configuration asks for', () => {
    const env = { KOPPEL_SECRET_KEY: keepSecretKey(folder).value, KOPPEL_BOOTSTRAP_API_KEY: keepApiKey(folder).value };
    expect(parseConfig(env)).toMatchObject({ ok: true });
  });

  it('is refused when other users can read it', () => {
    const { file } = keepApiKey(folder);
    chmodSync(file, 0o644);
    expect(() => keepApiKey(folder)).toThrow(`The secret in ${file} can be read by other users`);
  });
});
