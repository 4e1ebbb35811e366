/**
 * Relations as target. A relation that the hub makes carries the hub's id in `extRelationId`; nothing there is unique, so a
 * lost answer is looked up by it. The service's own search takes fragments in old releases and gives one hit in all: who is
 * looked for by e-mail address is chosen out of all relations that have it.
 */
import type { Document, Json } from '../../base/document.js';
import { comparable, onlyOrNamed } from '../only-or-named.js';
import type { HeldRecord, WriteOutcome } from '../system.js';
import type { Api } from './api.js';
import { recordsOf, textIn } from './records.js';
import { makeRelationsAt } from './relation-emails.js';
import { objectIn, relationShape } from './sale-shapes.js';
import { makeNewer, refused, type EntityTarget } from './target-entity.js';

export function makeRelationTarget(api: Api): EntityTarget {
  const newer = makeNewer();
  const relationsAt = makeRelationsAt(api);

  const byNumber = async (relationNumber: string, signal: AbortSignal): Promise<HeldRecord | null> => {
    if (!/^\d{1,18}$/.test(relationNumber)) return null;
    const answer = await api.ask('getRelation', { relationNumber }, signal);
    return answer['result'] === 'GET-RELATION-RESULT-OK' ? heldRelation(answer) : null;
  };

  /** The first relation that the service finds by this; it may have found it by a part of it. */
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
    return answer['result'] === 'FIND-RELATION-RESULT-OK' ? heldRelation(answer) : null;
  };

  const marked = async (mark: string, signal: AbortSignal): Promise<HeldRecord | null> => {
    const found = await search('extRelationId', mark, signal);
    return found !== null && textIn(found.document, 'extRelationId') === mark ? found : null;
  };

  /** What the service does not find at all needs no list of relations. */
  const sameEmail = async (document: Document, signal: AbortSignal): Promise<HeldRecord | null> => {
    const email = (textIn(document, 'email') ?? '').trim();
    if ((await search('email', email, signal)) === null) return null;
    const found = onlyOrNamed(await relationsAt(email, signal), ({ name }) => name, textIn(document, 'name') ?? '');
    const relation = found === undefined ? null : await byNumber(found.relationNumber, signal);
    return comparable(textIn(relation?.document ?? {}, 'email') ?? '') === comparable(email) ? relation : null;
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
      const own = await marked(textIn(document, 'extRelationId') ?? '', signal);
      return own !== null || by === 'mark' ? own : sameEmail(document, signal);
    },
  };
}

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
