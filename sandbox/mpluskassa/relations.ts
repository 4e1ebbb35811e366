/** Relations (customers, suppliers): lists, look-ups as forgiving as the service's, creating and changing. */
import { sameJson } from '../../src/base/content-hash.js';
import type { Document } from '../../src/base/document.js';
import type { Behaviour } from './behaviour.js';
import { markerQuery, oneOf, pageOf } from './paging.js';
import { listIn, numberIn, objectIn, omit, textIn, type RelationRow } from './records.js';
import type { Shop } from './shop.js';

export const getRelations: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  const numbers = listIn(request, 'relationNumbers');
  const category = numberIn(request, 'categoryId');
  const matches = (row: RelationRow): boolean =>
    oneOf(numbers, row.relationNumber) &&
    (category === undefined || listIn<number>(row, 'categoryIds').includes(category));
  return { relationList: pageOf(shop, shop.relations, shop.byMarker.relations, markerQuery(request), matches) };
};

export const getRelation: Behaviour = (shop, body) => {
  const relation = shop.relations.get(textIn(body, 'relationNumber') ?? '0');
  return relation === undefined
    ? { result: 'GET-RELATION-RESULT-NOT-FOUND', relation: {} }
    : { result: 'GET-RELATION-RESULT-OK', relation };
};

const searchable = ['extRelationId', 'name', 'address', 'zipcode', 'city', 'country', 'deliveryAddress', 'deliveryZipcode', 'deliveryCity', 'deliveryCountry', 'contact', 'telephone', 'mobile', 'email', 'website', 'relationCode', 'birthDate', 'categoryId', 'cardNumber', 'bankAccountNumber']; // prettier-ignore

/** Every given field must match; a fragment is enough unless an exact match is asked for. The first hit is the answer. */
function find(shop: Shop, template: Document, exact: boolean): Document {
  const asked = searchable
    .map((field) => [field, String(template[field] ?? '').toLowerCase()] as const)
    .filter(([, text]) => text !== '');
  const hit = (row: RelationRow): boolean =>
    asked.every(([field, text]) => {
      const held = String(row[field] ?? '').toLowerCase();
      return exact ? held === text : held.includes(text);
    });
  const found = asked.length === 0 ? undefined : [...shop.relations.values()].find(hit);
  return found === undefined
    ? { result: 'FIND-RELATION-RESULT-NOT-FOUND' }
    : { result: 'FIND-RELATION-RESULT-OK', relation: found };
}

export const findRelation: Behaviour = (shop, body) => find(shop, objectIn(body, 'relation'), false);

export const findRelationV2: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  return find(shop, objectIn(request, 'relation'), request['exactMatch'] === true);
};

const readOnly = ['syncMarker', 'createTimestamp', 'changeTimestamp', 'balance', 'invoiceCredit', 'accountBalance'];

function problemOf(relation: Document): string | undefined {
  if ((textIn(relation, 'name') ?? '').trim() === '') return 'A relation needs a name.';
  const code = textIn(relation, 'relationCode') ?? '';
  if (code.length > 128) return 'relationCode is longer than 128 characters.';
  return undefined;
}

export const createRelation: Behaviour = (shop, body, call) => {
  const sent = objectIn(body, 'relation');
  const wanted = textIn(sent, 'relationNumber') ?? '0';
  const refuse = (result: string, errorMessage: string): Document => ({
    result: `CREATE-RELATION-RESULT-${result}`,
    relationNumber: '0',
    errorMessage,
  });
  if (wanted !== '0' && shop.relations.has(wanted)) {
    return refuse('FAILED-RELATION-NUMBER-ALREADY-TAKEN', `Relation ${wanted} exists already.`);
  }
  const problem = problemOf(sent);
  if (problem !== undefined) return refuse('FAILED', problem);
  let relationNumber = wanted === '0' ? shop.next('relationNumber') : wanted;
  while (wanted === '0' && shop.relations.has(relationNumber)) relationNumber = shop.next('relationNumber');
  const now = shop.now();
  const syncMarker = shop.next('relation');
  const fields = omit(sent, readOnly);
  shop.relations.put(relationNumber, {
    active: true,
    ...fields,
    relationNumber,
    syncMarker,
    createTimestamp: now,
    changeTimestamp: now,
  });
  call.record('relations', relationNumber);
  return { result: 'CREATE-RELATION-RESULT-OK', relationNumber, changeTimestamp: now, syncMarker, errorMessage: '' };
};

export const updateRelation: Behaviour = (shop, body, call): Document => {
  const sent = objectIn(body, 'relation');
  const relationNumber = textIn(sent, 'relationNumber') ?? '0';
  const before = shop.relations.get(relationNumber);
  if (before === undefined) {
    return { result: 'UPDATE-RELATION-RESULT-NOT-FOUND', errorMessage: `Relation ${relationNumber} does not exist.` };
  }
  const after: RelationRow = { ...before, ...omit(sent, readOnly), relationNumber };
  const problem = problemOf(after);
  if (problem !== undefined) return { result: 'UPDATE-RELATION-RESULT-FAILED', errorMessage: problem };
  const changed = !sameJson(before, after);
  const now = shop.now();
  const syncMarker = changed ? shop.next('relation') : before.syncMarker;
  if (changed) shop.relations.put(relationNumber, { ...after, syncMarker, changeTimestamp: now });
  call.record('relations', relationNumber, { changed });
  return { result: 'UPDATE-RELATION-RESULT-OK', errorMessage: '', changeTimestamp: now, syncMarker };
};
