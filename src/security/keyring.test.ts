/** What becomes the administrator's key at the first start. */
import { describe, expect, it } from '@jest/globals';
import type { Database } from '../store/database.js';
import { ensureFirstKey } from './keyring.js';

const untouched = {} as Database;

describe('the first key', () => {
  it.each(['hunter2hunter2', `kpl_4f9QzT1a_${'x'.repeat(43)}`])(
    'is never one that can be guessed: %s',
    async (given) => {
      await expect(ensureFirstKey(untouched, given)).rejects.toMatchObject({ code: 'API_KEY_MALFORMED' });
    },
  );
});
