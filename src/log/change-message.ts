/**
 * A change as a message of Kafka, and back. Pure. The value is the envelope of Debezium (`before, after, source, op, ts_ms`) as plain
 * JSON, without the schema that Connect may put around it; docs/events.md describes it. The key is that of the record, so its messages keep their order.
 */
import { createHash } from 'node:crypto';
import type { Document, Json } from '../base/document.js';
import type { Change } from './envelope.js';

/** Raised when a reader of the older form could not read the newer one. */
export const schemaVersion = '1';
export const connectorName = 'koppel';

export const headerNames = {
  trace: 'koppel-trace',
  schema: 'koppel-schema',
  parent: 'traceparent',
  hub: 'koppel-hub',
} as const;

/** W3C trace context: the same trace for every message of it. The hub's own id is in a header of its own. */
export function traceparent(traceId: string): string {
  const digest = createHash('sha256').update(traceId).digest('hex');
  return `00-${digest.slice(0, 32)}-${digest.slice(32, 48)}-01`;
}

/** `hub`: which hub writes it. */
export const headersOf = (traceId: string, kind: string, hub?: string): Readonly<Record<string, string>> => ({
  [headerNames.parent]: traceparent(traceId),
  [headerNames.trace]: traceId,
  [headerNames.schema]: `${kind}/${schemaVersion}`,
  ...(hub === undefined ? {} : { [headerNames.hub]: hub }),
});

export function toChangeMessage(change: Change): string {
  const { system, stream, record, externalId, version, hash, seenAt, document, problem } = change;
  const at = Date.parse(seenAt);
  return JSON.stringify({
    before: null,
    after: document,
    source: {
      version: schemaVersion,
      connector: connectorName,
      name: system,
      ts_ms: at,
      stream,
      record,
      id: externalId,
      revision: version,
      hash,
      ...(problem === undefined ? {} : { problem }),
    },
    // A system shows what a record is now, not what was done to it: Debezium's word for that is a read.
    op: 'r',
    ts_ms: at,
  });
}

/** Where a message was found, and what is expected there. */
export interface ExpectedChange {
  readonly system: string;
  readonly record: string;
  /** Streams of the system that show such records. */
  readonly streams: readonly string[];
}

/** What is wrong with a message that the hub did not write. */
export interface ForeignMessage {
  readonly foreign: string;
}

export function fromChangeMessage(value: Buffer | null, expected: ExpectedChange): Change | ForeignMessage {
  if (value === null) return { foreign: 'it has no value' };
  let message: unknown;
  try {
    message = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(value));
  } catch {
    return { foreign: 'its value is not JSON' };
  }
  if (!isObject(message) || !isObject(message['source'])) return { foreign: 'it has no envelope' };
  const { after, source } = message;
  if (!isObject(after)) return { foreign: 'after is not an object' };
  const { version: schema, name, ts_ms: at, stream, record, id, revision, hash, problem } = source;
  if (schema !== schemaVersion) return { foreign: `source.version is not ${schemaVersion}` };
  if (name !== expected.system) return { foreign: `source.name is not ${expected.system}` };
  if (record !== expected.record) return { foreign: `source.record is not ${expected.record}` };
  if (typeof stream !== 'string' || !expected.streams.includes(stream))
    return { foreign: 'source.stream is not known' };
  if (!isText(id)) return { foreign: 'source.id is not a text' };
  if (typeof revision !== 'string' || !/^-?\d{1,30}$/.test(revision))
    return { foreign: 'source.revision is no number' };
  if (!isText(hash)) return { foreign: 'source.hash is not a text' };
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || Math.abs(at) > 8.64e15)
    return { foreign: 'source.ts_ms is no time' };
  if (!isProblem(problem)) return { foreign: 'source.problem is not one' };
  return {
    system: expected.system,
    stream,
    record: expected.record,
    externalId: id,
    version: revision,
    hash,
    seenAt: new Date(at).toISOString(),
    document: after,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** A message of nobody knows whom, as a change that ingest parks: alone, and with all that was in it. */
export function foreignChange(
  { key, value }: { readonly key: Buffer | null; readonly value: Buffer | null },
  expected: ExpectedChange,
  place: { readonly partition: number; readonly offset: string; readonly at: string },
  said: { readonly code: string; readonly message: string },
): Change {
  const document: Document = { key: textOf(key), value: textOf(value) };
  return {
    system: expected.system,
    stream: expected.streams[0] ?? '',
    record: expected.record,
    // No record of a system is called so; a problem of a real one is left alone.
    externalId: `kafka:${place.partition}:${place.offset}`,
    version: '0',
    hash: createHash('sha256').update(JSON.stringify(document)).digest('hex'),
    seenAt: place.at,
    document,
    problem: said,
  };
}

/** Text as it stands; bytes that are none in base64, so that nothing of them is lost. */
function textOf(bytes: Buffer | null): Json {
  if (bytes === null) return null;
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : { base64: bytes.toString('base64') };
}

const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Postgres takes it too: no NUL, no half of a character. */
const isStorable = (value: unknown): value is string =>
  typeof value === 'string' && !value.includes('\0') && Buffer.from(value).toString() === value;
const isText = (value: unknown): value is string => isStorable(value) && value !== '';

const isProblem = (value: unknown): value is Change['problem'] =>
  value === undefined ||
  (isObject(value) &&
    isStorable(value['code']) &&
    isStorable(value['message']) &&
    (value['path'] === undefined || isStorable(value['path'])));
