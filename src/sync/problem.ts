/** A projection that cannot go on, as the record that people see: what was to be written, what is held, why it failed. */
import { contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import type { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import { valueAt } from '../base/value-at.js';
import { cleanJson, cleanText } from '../canonical/clean-text.js';
import type { ParkedRecord } from '../store/parked.js';
import type { Projection } from '../store/projections.js';

export interface Problem {
  readonly target: string;
  readonly row: Projection;
  readonly error: KoppelError;
  /** The document that was to be written, or what is known of it. */
  readonly wanted: Document | null;
  readonly externalId: string | null;
  readonly traceId: string;
  /** Tells causes with the same code apart: codes of mapping problems. */
  readonly cause?: readonly string[];
  /** The calculation that led here. */
  readonly trace?: readonly string[];
}

/** A path of one item of a list as that of all of them: `lines.0.rate` → `lines.*.rate`. */
export const everyItem = (path: string): string => path.replace(/\.\d+(?=\.|$)/g, '.*');

/** Problems with the same code, place and cause are one group; which record and which value it was makes no difference. */
export function fingerprintOf({
  target,
  row,
  error,
  cause = [],
}: Omit<Problem, 'wanted' | 'externalId' | 'traceId'>): string {
  const path = error.path === undefined ? null : everyItem(error.path);
  return contentHash(['project', target, row.flow, row.entity, error.code, path, ...cause]);
}

export function toParked(problem: Problem): ParkedRecord {
  const { target, row, error, wanted, externalId, traceId, trace } = problem;
  const known = { wanted, held: row.held, drifted: row.drifted };
  const payload: { readonly [name: string]: Json } = trace === undefined ? known : { ...known, trace };
  return {
    id: newId('parked'),
    stage: 'project',
    system: target,
    flow: row.flow,
    entity: row.entity,
    canonicalId: row.canonicalId,
    externalId,
    recordKey: `${row.entity}:${row.canonicalId}`,
    traceId,
    code: error.code,
    message: cleanText(error.message),
    hint: cleanText(error.hint),
    path: error.path ?? null,
    sourcePath: error.sourcePath ?? null,
    value: cleanJson(error.value ?? valueAt(wanted, error.path) ?? null),
    valueList: error.list ?? null,
    original: error.original === undefined ? null : cleanText(error.original),
    classification: error.class,
    fingerprint: fingerprintOf(problem),
    payload: cleanJson(payload),
    log: null,
  };
}
