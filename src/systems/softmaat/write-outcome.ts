/** From a judged answer to the outcome of a write. Pure. */
import type { Document } from '../../base/document.js';
import type { HeldRecord, WriteOutcome, WriteRequest } from '../system.js';
import { unexpected } from './api.js';
import { refused, type Judged, type Problem } from './answer.js';
import { versionOf } from './instant.js';
import { known } from './catalogue.js';
import { categoryShape, problemIn, productShape } from './shapes.js';
import { textOf } from './json-text.js';

export type RecordEntity = 'product' | 'variant' | 'category';

export const keyFieldOf = { product: 'sku', variant: 'sku', category: 'code' } as const satisfies Record<
  RecordEntity,
  string
>;
const shapeOf = { product: productShape, variant: productShape, category: categoryShape } as const;

/** The record as the system holds it, or undefined when what it showed is not such a record. */
export function heldOf(entity: RecordEntity, row: Document, sought: Document): HeldRecord | undefined {
  if (problemIn(shapeOf[entity], row) !== undefined) return undefined;
  const key = row[keyFieldOf[entity]];
  return {
    externalId: textOf(row['id']),
    key: typeof key === 'string' ? key : null,
    document: withOwnCharacteristics(known(entity, row), sought),
    ...versionOf(row),
  };
}

/**
 * Of the characteristics only those that the hub gave: the others belong to the people in the shop. When it gave none, it
 * says nothing about them, so that what people add is no drift.
 */
function withOwnCharacteristics(document: Document, sought: Document): Document {
  const { characteristics, ...rest } = document;
  const own = new Set(codesOf(sought['characteristics']));
  if (own.size === 0 || !Array.isArray(characteristics)) return rest;
  const given = (characteristics as readonly Document[]).filter((one) => own.has(textOf(one['code'])));
  return { ...rest, characteristics: given };
}

export function codesOf(characteristics: unknown): readonly string[] {
  return Array.isArray(characteristics)
    ? (characteristics as readonly Document[]).map((one) => textOf(one['code']))
    : [];
}

/** Reads what the system answered: the record as it is held, or a text that says what is wrong with it. */
export type ReadRow = (row: Document) => HeldRecord | string;

export const readRecord =
  (entity: RecordEntity, sought: Document): ReadRow =>
  (row) =>
    heldOf(entity, row, sought) ?? problemIn(shapeOf[entity], row) ?? 'it is no record';

/** Categories that change places go one by one: the new parent may be below this one until it has been written itself. */
const isOfParent = ({ errors }: Problem): boolean => errors.some(({ pointer }) => pointer === '/parentId');

export function outcomeOf(request: WriteRequest, judged: Judged, read: ReadRow): WriteOutcome {
  const isCreate = request.externalId === null;
  switch (judged.type) {
    case 'error':
      return { type: judged.mayBeApplied ? 'unknown' : 'failed', error: judged.error };
    case 'answered': {
      const held = read(judged.body);
      if (typeof held !== 'string') return { type: 'written', created: isCreate, held };
      return { type: 'unknown', error: unexpected(isCreate ? 'a creation' : 'a change', held) };
    }
    case 'problem':
      if (judged.status === 412) return { type: 'stale' };
      if (judged.status === 404 && !isCreate) return { type: 'gone' };
      if (judged.status === 404)
        return { type: 'failed', error: unexpected('a creation', `HTTP 404: ${judged.problem.detail}`) };
      // On update another record has the key; looking again would find the same and plan the same.
      if (judged.status === 409 && isCreate) return { type: 'stale' };
      return {
        type: 'refused',
        error: refused(judged.problem),
        ...(!isCreate && isOfParent(judged.problem) && { mayPass: true }),
      };
  }
}
