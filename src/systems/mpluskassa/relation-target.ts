/**
 * Relations as target. A relation that the hub makes carries the hub's id in `extRelationId`; nothing there is unique, so a
 * lost answer is looked up by it. The service's own search takes fragments and gives one hit: whatever it finds is compared
 * again, exactly (an e-mail address without regard to case).
 *
 * Boundary: where the release has no exact search and its first hit for an e-mail address is another one (`an@x.nl` finds
 * `jan@x.nl`), the relation is taken as not found.
 */
import type { Document, Json } from '../../base/document.js';
import type { HeldRecord, WriteOutcome } from '../system.js';
import type { Api } from './api.js';
import { recordsOf, textIn } from './records.js';
import { objectIn, relationShape } from './sale-shapes.js';
import { makeNewer, refused, type EntityTarget } from './target-entity.js';

export function makeRelationTarget(api: Api): EntityTarget {
  const newer = makeNewer();

  const byNumber = async (relationNumber: string, signal: AbortSignal): Promise<HeldRecord | null> => {
    if (!/^\d{1,18}$/.test(relationNumber)) return null;
    const answer = await api.ask('getRelation', { relationNumber }, signal);
    return answer['result'] === 'GET-RELATION-RESULT-OK' ? heldRelation(answer) : null;
  };

  /** The relation whose field is exactly this. */
  const search = async (
    field: 'extRelationId' | 'email',
    text: string,
    signal: AbortSignal,
  ): Promise<HeldRecord | null> => {
    if (text === '') return null;
    const relation = { [field]: text };
    const answer = await newer(
      'findRelationV2',
      () => api.ask('findRelationV2', { request: { relation, exactMatch: true } }, signal),
      () => api.ask('findRelation', { relation }, signal),
    );
    if (answer['result'] !== 'FIND-RELATION-RESULT-OK') return null;
    const found = heldRelation(answer);
    return found !== null && isSame[field](textIn(found.document, field) ?? '', text) ? found : null;
  };

  return {
    async write(request, call, signal) {
      const { externalId, document } = request;
      if (externalId === null) {
        const relation = relationWords(document, Object.keys(document));
        const answer = await call('createRelation', relation, 'relation');
        if (answer['result'] !== 'CREATE-RELATION-RESULT-OK') return refusal(answer);
        return written(true, await byNumber(String(answer['relationNumber']), signal));
      }
      const relation = relationWords(document, request.changed.filter((field) => field !== 'extRelationId')); // prettier-ignore
      const answer = await call('updateRelation', { ...relation, relationNumber: externalId }, 'relation');
      if (answer['result'] === 'UPDATE-RELATION-RESULT-NOT-FOUND') return { type: 'gone' };
      if (answer['result'] !== 'UPDATE-RELATION-RESULT-OK') return refusal(answer);
      return written(false, await byNumber(externalId, signal));
    },

    async find({ externalId, document, by }, signal) {
      if (externalId !== null) return byNumber(externalId, signal);
      const marked = await search('extRelationId', textIn(document, 'extRelationId') ?? '', signal);
      if (marked !== null || by === 'mark') return marked;
      return search('email', (textIn(document, 'email') ?? '').trim(), signal);
    },
  };
}

const isSame = {
  extRelationId: (a: string, b: string): boolean => a === b,
  email: (a: string, b: string): boolean => a.trim().toLowerCase() === b.toLowerCase(),
};

function heldRelation(answer: Document): HeldRecord | null {
  const body = { relationList: [objectIn(answer, 'relation')] };
  const record = recordsOf({ body, problems: [] }, relationShape)[0]?.record;
  if (record === undefined) return null;
  if (record.problem !== undefined) throw record.problem;
  return { externalId: record.externalId, key: null, document: record.document, version: record.version };
}

/** Cleared texts are empty ones; a number cannot be cleared and is left as it is. */
function relationWords(document: Document, fields: readonly string[]): Document {
  const words: Record<string, Json> = {};
  for (const field of fields) {
    const value = document[field];
    if (value === undefined) continue;
    if (value !== null) words[field] = value;
    else if (field !== 'paymentWithinDays' && field !== 'active') words[field] = '';
  }
  return words;
}

const refusal = (answer: Document): WriteOutcome => ({
  type: 'refused',
  error: refused(textIn(answer, 'errorMessage') || String(answer['result'])),
});

const written = (created: boolean, held: HeldRecord | null): WriteOutcome =>
  held === null ? { type: 'gone' } : { type: 'written', created, held };
