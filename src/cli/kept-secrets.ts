/**
 * Secrets that the supervisor makes once and keeps in the data folder, readable by its user only: the key that encrypts stored
 * credentials, and the first API key. Losing the folder loses both, together with the embedded database that needs them.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KoppelError } from '../base/errors.js';

export interface KeptSecret {
  readonly value: string;
  readonly file: string;
  readonly isNew: boolean;
}

/** 32 random bytes in base64. */
export function keepSecretKey(dataDir: string): KeptSecret {
  return keep(join(dataDir, 'secret-key'), () => randomBytes(32).toString('base64'));
}

export function keepApiKey(dataDir: string): KeptSecret {
  return keep(
    join(dataDir, 'api-key'),
    () => `kpl_${randomBytes(4).toString('hex')}_${randomBytes(32).toString('base64url')}`,
  );
}

function keep(file: string, make: () => string): KeptSecret {
  if (existsSync(file)) {
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
      throw new KoppelError('SECRET_FILE_OPEN', { file });
    }
    return { value: readFileSync(file, 'utf8').trim(), file, isNew: false };
  }
  const value = make();
  writeFileSync(`${file}.tmp`, `${value}\n`, { mode: 0o600, flush: true });
  chmodSync(`${file}.tmp`, 0o600);
  renameSync(`${file}.tmp`, file);
  return { value, file, isNew: true };
}
