import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { masterKeyId, openSecrets, parseMasterKey, sealSecrets } from './secrets.js';

const key = randomBytes(32);
const place = { table: 'system', row: 'sys_1', field: 'secrets' };
const secret = { password: 'S3CR3T-CANARY', nested: { token: 'é' } };

describe('secrets at rest', () => {
  it('open only with the key and in the place they were sealed for', () => {
    const sealed = sealSecrets(key, place, secret);
    expect(openSecrets(key, place, sealed)).toEqual(secret);
    expect(sealed.toString('latin1')).not.toContain('CANARY');
    expect(() => openSecrets(key, { ...place, row: 'sys_2' }, sealed)).toThrow('belongs to another row');
    expect(() => openSecrets(randomBytes(32), place, sealed)).toThrow(masterKeyId(key));
  });

  it('never seal the same document to the same bytes', () => {
    expect(sealSecrets(key, place, secret).equals(sealSecrets(key, place, secret))).toBe(false);
  });

  it('refuse every single changed byte and every truncation', () => {
    const sealed = sealSecrets(key, place, { a: '1' });
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i]! ^= 1;
      expect(() => openSecrets(key, place, changed)).toThrow('cannot be read');
      expect(() => openSecrets(key, place, sealed.subarray(0, i))).toThrow('cannot be read');
    }
  });

  it('accept a key of 32 bytes in hexadecimal or base64 and nothing else', () => {
    expect(parseMasterKey(key.toString('hex')).equals(key)).toBe(true);
    expect(parseMasterKey(key.toString('base64')).equals(key)).toBe(true);
    expect(() => parseMasterKey('short')).toThrow('instead of 32');
  });
});
