/**
 * Secrets at rest, as envelopes: each document is encrypted with a data key of its own, which the master key wraps. In: the
 * master key, where the document is stored, the document. Out: bytes for the column. A sealed document opens only in the
 * place it was sealed for, and only with the master key it names; nothing is ever overwritten when it does not open.
 *
 * Layout: version (1) · id of the master key (8) · wrap nonce (12) · wrapped data key (32) · tag (16) · nonce (12) ·
 * ciphertext · tag (16).
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';

const algorithm = 'aes-256-gcm';
const tagLength = 16;
const nonceLength = 12;
const version = 1;
const head = 1 + 8 + nonceLength + 32 + tagLength;

/** Where a secret is stored; part of what is authenticated, so that rows cannot be swapped. */
export interface SecretPlace {
  readonly table: string;
  readonly row: string;
  readonly field: string;
}

const nameOf = (place: SecretPlace): string => `${place.table}.${place.row}.${place.field}`;

/** 32 bytes from 64 hexadecimal characters or base64. */
export function parseMasterKey(text: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length !== 32)
    throw new KoppelError('MASTER_KEY_INVALID', { what: `it has ${key.length} bytes instead of 32` });
  return key;
}

/** Tells master keys apart without telling anything about them. */
export const masterKeyId = (masterKey: Buffer): string =>
  createHash('sha256').update('koppel master key').update(masterKey).digest().subarray(0, 8).toString('hex');

/** A key for another purpose, from which the master key cannot be found. */
export const derivedSecret = (masterKey: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, '', `koppel ${purpose}`, 32));

function encrypt(key: Buffer, aad: string, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(aad));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, aad: string, sealed: Buffer): Buffer {
  if (sealed.length < nonceLength + tagLength) throw new Error('too short');
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength)), decipher.final()]);
}

export function sealSecrets(masterKey: Buffer, place: SecretPlace, document: Document): Buffer {
  const dataKey = randomBytes(32);
  const keyId = Buffer.from(masterKeyId(masterKey), 'hex');
  const wrapped = encrypt(masterKey, `data key ${nameOf(place)}`, dataKey);
  const body = encrypt(dataKey, nameOf(place), Buffer.from(JSON.stringify(document), 'utf8'));
  return Buffer.concat([Buffer.from([version]), keyId, wrapped, body]);
}

/** Throws SECRET_UNREADABLE when the key is another one, or when bytes or place do not fit. */
export function openSecrets(masterKey: Buffer, place: SecretPlace, sealed: Buffer): Document {
  const refuse = (what: string): never => {
    throw new KoppelError('SECRET_UNREADABLE', { where: nameOf(place), what });
  };
  if (sealed.length <= head || sealed[0] !== version) return refuse('it has another form');
  const keyId = sealed.subarray(1, 9).toString('hex');
  if (keyId !== masterKeyId(masterKey)) return refuse(`it was stored with the secret key ${keyId}`);
  try {
    const dataKey = decrypt(masterKey, `data key ${nameOf(place)}`, sealed.subarray(9, head));
    return JSON.parse(decrypt(dataKey, nameOf(place), sealed.subarray(head)).toString('utf8')) as Document;
  } catch {
    return refuse('it was changed, or belongs to another row');
  }
}

/** Secrets of the rows of a table, as they are stored with them. */
function secretsOf(masterKey: Buffer, table: string) {
  const placeOf = (id: string): SecretPlace => ({ table, row: id, field: 'secrets' });
  return {
    sealSecrets: ({ id }: { readonly id: string }, secrets: Document) => sealSecrets(masterKey, placeOf(id), secrets),
    openSecrets: ({ id, secrets }: { readonly id: string; readonly secrets: Buffer | null }): Document =>
      secrets === null ? {} : openSecrets(masterKey, placeOf(id), secrets),
  };
}

/** Secrets of connected systems. */
export const secretsOfSystems = (masterKey: Buffer) => secretsOf(masterKey, 'system');

/** Secrets of the channels over which alerts are told. */
export const secretsOfChannels = (masterKey: Buffer) => secretsOf(masterKey, 'alert_channel');
