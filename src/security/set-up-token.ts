/**
 * The proof of being the one who has set up the hub, with which the first account is made. It follows from the secret key, so
 * that whoever starts the hub can print it and every process of the hub knows it, and nothing of it is stored.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedSecret, parseMasterKey } from './secrets.js';

const tokenOf = (masterKey: Buffer): string =>
  createHmac('sha256', derivedSecret(masterKey, 'first account')).update('1').digest('base64url');

/** `secretKey`: as it was configured. */
export const setUpToken = (secretKey: string): string => tokenOf(parseMasterKey(secretKey));

export function isSetUpToken(masterKey: Buffer, given: string): boolean {
  const [wanted, found] = [Buffer.from(tokenOf(masterKey)), Buffer.from(given)];
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}
