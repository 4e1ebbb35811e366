/**
 * Writes single records: categories, configurable products, and what is sold. In: write requests. Out: one POST or PATCH
 * for each, some at once. An update sends only the fields that differ.
 */
import type { Document, Json } from '../../base/document.js';
import { asKoppelError } from '../../base/errors.js';
import type { HeldRecord, Sought, WriteOutcome, WriteRequest } from '../system.js';
import { unexpected, type Api, type WriteCall } from './api.js';
import { createBody, someAtOnce, updateBody } from './request-body.js';
import { codesOf, heldOf, keyFieldOf, outcomeOf, readRecord, type RecordEntity } from './write-outcome.js';
import { textOf } from './json-text.js';

const pathOf = { product: '/products', variant: '/products', category: '/categories' } as const satisfies Record<
  RecordEntity,
  string
>;
export interface RecordTarget {
  write(
    entity: RecordEntity,
    requests: readonly WriteRequest[],
    deadline: number,
    signal: AbortSignal,
  ): Promise<readonly WriteOutcome[]>;
  find(entity: RecordEntity, sought: Sought, signal: AbortSignal): Promise<HeldRecord | null>;
}

export function makeRecordTarget(api: Api): RecordTarget {
  return {
    async write(entity, requests, deadline, signal) {
      return someAtOnce(requests, (request) => writeOne(api, { entity, request, deadline, signal }));
    },

    async find(entity, sought, signal) {
      const path = pathOf[entity];
      if (sought.externalId !== null) {
        const row = await api.read(`${path}/${encodeURIComponent(sought.externalId)}`, {}, signal);
        return row === null ? null : sure(entity, row, sought, path);
      }
      const keyField = keyFieldOf[entity];
      const key = sought.document[keyField];
      if (typeof key !== 'string' || key === '') return null;
      const body = await api.read(path, { [keyField]: key }, signal);
      const data = body?.['data'];
      if (!Array.isArray(data)) throw unexpected(`GET ${path}`, 'it has no list "data"');
      const rows = (data as readonly Document[]).filter((row) => row[keyField] === key);
      if (rows.length > 1) throw unexpected(`GET ${path}`, `${rows.length} records have the ${keyField} ${key}`);
      return rows[0] === undefined ? null : sure(entity, rows[0], sought, path);
    },
  };
}

interface OneWrite {
  readonly entity: RecordEntity;
  readonly request: WriteRequest;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

async function writeOne(api: Api, one: OneWrite): Promise<WriteOutcome> {
  let call: WriteCall | 'gone';
  try {
    call = await prepare(api, one);
  } catch (thrown) {
    // Only reading has happened so far.
    return { type: 'failed', error: asKoppelError(thrown) };
  }
  if (call === 'gone') return { type: 'gone' };
  const { entity, request } = one;
  return outcomeOf(request, await api.write(call, one.signal), readRecord(entity, request.document));
}

async function prepare(api: Api, { entity, request, deadline, signal }: OneWrite): Promise<WriteCall | 'gone'> {
  if (request.externalId === null) {
    return { method: 'POST', path: pathOf[entity], body: createBody(entity, request.document), deadline };
  }
  const path = `${pathOf[entity]}/${encodeURIComponent(request.externalId)}`;
  let body = updateBody(entity, request);
  let version = request.held?.document['version'];
  if (Object.hasOwn(body, 'characteristics')) {
    const present = await api.read(path, {}, signal, deadline);
    if (present === null) return 'gone';
    body = { ...body, characteristics: mergeCharacteristics(request, present) };
    version = present['version'];
  }
  const headers: Record<string, string> = typeof version === 'number' ? { 'if-match': `"${version}"` } : {};
  return { method: 'PATCH', path, body, headers, deadline };
}

function sure(entity: RecordEntity, row: Document, sought: Sought, path: string): HeldRecord {
  const held = heldOf(entity, row, sought.document);
  if (held === undefined) throw unexpected(`GET ${path}`, 'what it found is no such record');
  return held;
}

/**
 * Softmaat replaces lists as a whole, and people add characteristics of their own there. Those that neither the hub
 * wants nor held before are theirs and stay.
 */
function mergeCharacteristics(request: WriteRequest, present: Document): Json {
  const wanted = (request.document['characteristics'] ?? []) as readonly Document[];
  const ours = new Set([...codesOf(wanted), ...codesOf(request.held?.document['characteristics'])]);
  const theirs = (present['characteristics'] ?? []) as readonly Document[];
  return [...wanted, ...theirs.filter((one) => !ours.has(textOf(one['code'])))];
}
