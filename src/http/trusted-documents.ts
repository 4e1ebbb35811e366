/**
 * Trusted documents: operations that were written down before, sent by their id instead of their text. In: the manifest, and
 * what a client sent. Out: the text of the operation. Keys that are limited to them can send nothing else.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KoppelError } from '../base/errors.js';
import type { Caller } from '../security/caller.js';

/** From `sha256:<hexadecimal>` to the text with that hash. */
export type TrustedDocuments = ReadonlyMap<string, string>;

export const documentIdOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** The manifest in a file. Throws TRUSTED_DOCUMENTS_INVALID. */
export function readManifest(file: string): TrustedDocuments {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch (error) {
    throw new KoppelError('TRUSTED_DOCUMENTS_INVALID', { file, what: (error as Error).message });
  }
  return parseManifest(json, file);
}

/** The operations of our own pages, from the folder that they were built into; none where they were not built. */
export function documentsOfPages(webFolder: string | undefined): TrustedDocuments {
  const file = webFolder === undefined ? undefined : join(webFolder, 'documents.json');
  return file !== undefined && existsSync(file) ? readManifest(file) : new Map();
}

/** Reads a manifest, as JSON. Throws TRUSTED_DOCUMENTS_INVALID: a text that is not the one of its id is never trusted. */
export function parseManifest(json: string, file: string): TrustedDocuments {
  const refuse = (what: string): never => {
    throw new KoppelError('TRUSTED_DOCUMENTS_INVALID', { file, what });
  };
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch {
    return refuse('it is not JSON');
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return refuse('it is not an object');
  const entries = Object.entries(read).map(([id, text]): [string, string] => {
    const given = id.startsWith('sha256:') ? id : `sha256:${id}`;
    if (typeof text !== 'string') return refuse(`${id} is not text`);
    if (documentIdOf(text) !== given) return refuse(`the text of ${id} has the hash ${documentIdOf(text)}`);
    return [given, text];
  });
  return new Map(entries);
}

/** The request with the text of its document. */
export function withDocument<R extends { readonly query: unknown; readonly documentId?: unknown }>(
  request: R,
  caller: Caller,
  trusted: TrustedDocuments,
): R {
  const { documentId } = request;
  const hasText = typeof request.query === 'string' && request.query.trim() !== '';
  if (documentId === undefined || documentId === null) {
    if (caller.trustedDocumentsOnly) throw new KoppelError('PERSISTED_DOCUMENT_REQUIRED');
    return request;
  }
  if (hasText) throw new KoppelError('BAD_INPUT', { where: 'documentId', what: 'send either documentId or query' });
  const id = typeof documentId === 'string' ? documentId : '';
  const query = trusted.get(id);
  if (query === undefined) throw new KoppelError('PERSISTED_DOCUMENT_NOT_FOUND', { id: id.slice(0, 80) });
  return { ...request, query };
}
