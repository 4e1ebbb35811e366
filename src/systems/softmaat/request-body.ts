/** Bodies of single writes, by the catalogue; and how many writes run at once. */
import type { Document, Json } from '../../base/document.js';
import type { WriteOutcome, WriteRequest } from '../system.js';
import { fieldsOf } from './catalogue.js';

const atOnce = 6;

export function createBody(record: string, document: Document): Document {
  const body: Record<string, Json> = {};
  for (const field of fieldsOf(record)) {
    const value = document[field.name] ?? null;
    if (value !== null && field.onCreate !== false && field.computed !== true) body[field.name] = value;
  }
  return body;
}

/** The changed fields; what is empty now is cleared, and an empty list is a list. */
export function updateBody(record: string, request: WriteRequest): Document {
  const body: Record<string, Json> = {};
  for (const field of fieldsOf(record)) {
    if (!request.changed.includes(field.name) || field.onUpdate === false || field.computed === true) continue;
    body[field.name] = request.document[field.name] ?? (field.list === true ? [] : null);
  }
  return body;
}

/** Outcomes in the order of the requests. */
export async function someAtOnce(
  requests: readonly WriteRequest[],
  write: (request: WriteRequest) => Promise<WriteOutcome>,
): Promise<readonly WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (let at = 0; at < requests.length; at += atOnce) {
    outcomes.push(...(await Promise.all(requests.slice(at, at + atOnce).map(write))));
  }
  return outcomes;
}
