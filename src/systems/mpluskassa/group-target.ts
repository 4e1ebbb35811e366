/**
 * Article groups as target. The service knows no key of ours and allows two groups of the same name, so a group whose
 * number is not known is found by its name under its parent. Groups are never deleted from here.
 */
import type { Document, Json } from '../../base/document.js';
import type { HeldRecord, SeenRecord, WriteOutcome } from '../system.js';
import type { Api } from './api.js';
import { groupShape, recordsOf, type Shape } from './records.js';
import { refused, type EntityTarget } from './target-entity.js';

/** Nothing is read on from a group that is only looked up: it needs no marker. */
const shape: Shape = { ...groupShape, hasMarker: false };

export function makeGroupTarget(api: Api): EntityTarget {
  /** The groups of an answer that are the sought one. One of them that cannot be read is an error, and no group that is gone; others do not matter. */
  const groups = async (
    request: Document,
    isSought: (group: SeenRecord) => boolean,
    signal: AbortSignal,
  ): Promise<readonly HeldRecord[]> => {
    const records = recordsOf(await api.read('getArticleGroupChanges', { request }, signal), shape);
    const sought = records.map(({ record }) => record).filter(isSought);
    const unread = sought.find(({ problem }) => problem !== undefined);
    if (unread?.problem !== undefined) throw unread.problem;
    return sought
      .filter(({ document }) => document['isDeleted'] !== true)
      .map(({ externalId, document }) => ({ externalId, key: null, document }));
  };

  const byNumber = async (number: string, signal: AbortSignal): Promise<HeldRecord | null> => {
    const [found] = await groups({ groupNumbers: [Number(number)] }, ({ externalId }) => externalId === number, signal);
    return found ?? null;
  };

  return {
    async write(request, call, signal) {
      const { externalId, document } = request;
      if (externalId === null) {
        const answer = await call('newArticleGroup', {
          parentGroupNumber: parentOf(document),
          ...fieldsOf(document, ['sortOrder']),
          name: textIn(document, 'name'),
          text: textIn(document, 'text'),
        });
        const outcome = outcomeOf(String(answer['result']));
        return outcome ?? written(true, await byNumber(String(answer['groupNumber']), signal));
      }
      const changed = request.changed.filter((field) => updatable.has(field));
      const isMoved = changed.includes('parentGroupNumber');
      const answer = await call('updateArticleGroup', {
        groupNumber: Number(externalId),
        ...fieldsOf(document, changed),
        ...(isMoved ? { parentGroupNumber: parentOf(document) } : {}),
      });
      const outcome = outcomeOf(String(answer['result']));
      // The new parent may be below this one until it has been written itself.
      if (outcome?.type === 'refused' && isMoved) return { ...outcome, mayPass: true };
      return outcome ?? written(false, await byNumber(externalId, signal));
    },

    async find({ externalId, document }, signal) {
      if (externalId !== null) return byNumber(externalId, signal);
      const isSame = (group: SeenRecord): boolean =>
        textIn(group.document, 'name') === textIn(document, 'name') && parentOf(group.document) === parentOf(document);
      const same = [...(await groups({}, isSame, signal))];
      return same.sort((a, b) => Number(a.externalId) - Number(b.externalId))[0] ?? null;
    },
  };
}

const updatable = new Set(['name', 'text', 'sortOrder', 'parentGroupNumber']);

/** Parent is a number here and text in documents; without one it is the root, 0. */
const parentOf = (document: Document): number => Number(document['parentGroupNumber'] ?? 0);

const textIn = (document: Document, field: string): string => String(document[field] ?? '').trim();

function fieldsOf(document: Document, names: readonly string[]): Document {
  const fields: Record<string, Json> = {};
  for (const name of names) {
    const value = document[name];
    if (name !== 'parentGroupNumber' && value !== undefined) fields[name] = value ?? (name === 'sortOrder' ? 0 : '');
  }
  return fields;
}

/** What a result other than OK means; undefined for OK. */
function outcomeOf(result: string): WriteOutcome | undefined {
  if (result.endsWith('-RESULT-OK')) return undefined;
  if (result.endsWith('PARENT-NOTFOUND'))
    return { type: 'refused', error: refused('the parent group does not exist', 'parentGroupNumber') };
  if (result.endsWith('NOT-FOUND')) return { type: 'gone' };
  return { type: 'refused', error: refused(result) };
}

const written = (created: boolean, held: HeldRecord | null): WriteOutcome =>
  held === null ? { type: 'gone' } : { type: 'written', created, held };
