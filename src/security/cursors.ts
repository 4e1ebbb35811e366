/**
 * Cursors of lists: signed, so that nobody writes their own, and bound to the list and order that they came from. In: the
 * list's name and the key of a row. Out: text that only this installation reads back.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { KoppelError } from '../base/errors.js';

export interface Cursors {
  encode(list: string, key: readonly string[]): string;
  /** Of one of these lists. Throws BAD_CURSOR. */
  decode(list: string | readonly string[], cursor: string): string[];
}

const version = '1';
const longest = 4_096;

export function makeCursors(secret: Buffer): Cursors {
  const sign = (text: string): Buffer => createHmac('sha256', secret).update(text).digest().subarray(0, 12);
  return {
    encode(list, key) {
      const text = JSON.stringify([version, list, ...key]);
      return Buffer.concat([sign(text), Buffer.from(text, 'utf8')]).toString('base64url');
    },
    decode(list, cursor) {
      const refuse = (what: string): never => {
        throw new KoppelError('BAD_CURSOR', { what });
      };
      if (cursor.length > longest || !/^[\w-]+$/.test(cursor)) return refuse('it is not a cursor');
      const bytes = Buffer.from(cursor, 'base64url');
      const text = bytes.subarray(12).toString('utf8');
      if (bytes.length < 14 || !timingSafeEqual(bytes.subarray(0, 12), sign(text))) return refuse('it was changed');
      const [form, of, ...key] = JSON.parse(text) as string[];
      if (form !== version) return refuse('it comes from another release');
      const lists = [list].flat();
      if (!lists.includes(of!)) return refuse(`it comes from ${of}, this is ${lists[0]}`);
      return key;
    },
  };
}
