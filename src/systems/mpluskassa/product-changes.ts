/**
 * What an update of a product has to say. In: what the hub wants, what it knew the till to hold, what the till holds now.
 * Out: the differing fields of the differing articles. Pure.
 *
 * Guarantee: a field is sent only when the hub wants something else than what it last saw. What somebody changed in the
 * till since then and the hub has not seen yet stays: it is seen first and decided about afterwards.
 */
import type { Document, Json } from '../../base/document.js';
import type { WriteRequest } from '../system.js';
import { codesOf, encodeArticle, isEmpty, listIn, sameValue, writableArticleFields } from './product-words.js';

/** The product as updateProduct takes it; null when there is nothing to say. */
export function productChanges(request: WriteRequest, present: Document): Document | null {
  const { document, changed, externalId } = request;
  const sent: Record<string, Json> = {};
  for (const field of ['description', 'extraText'] as const) {
    if (changed.includes(field) && !sameValue(field, document[field], present[field])) {
      sent[field] = String(document[field] ?? '');
    }
  }
  if (changed.includes('groupNumbers') && groupsOf(document).length > 0 && !sameGroups(document, present)) {
    sent['groupNumbers'] = groupsOf(document).map(Number);
  }
  if (changed.includes('articleList')) {
    const articles = articleChanges(request, present);
    if (articles.length > 0) sent['articleList'] = articles;
  }
  return Object.keys(sent).length === 0 ? null : { productNumber: externalId ?? '0', ...sent };
}

/** A whole product as createProduct takes it. */
export function newProduct(document: Document): Document {
  return {
    description: String(document['description'] ?? ''),
    extraText: String(document['extraText'] ?? ''),
    groupNumbers: groupsOf(document).map(Number),
    articleList: listIn(document, 'articleList').map((article) => encodeArticle(article, filled(article))),
  };
}

const filled = (article: Document): readonly string[] =>
  Object.keys(article).filter((field) => article[field] !== null);

export const groupsOf = (document: Document): readonly string[] =>
  ((document['groupNumbers'] ?? []) as readonly Json[]).map(String);

export const sameGroups = (a: Document, b: Document): boolean =>
  JSON.stringify([...groupsOf(a)].sort()) === JSON.stringify([...groupsOf(b)].sort());

const byNumber = (document: Document | undefined): ReadonlyMap<string, Document> =>
  new Map(listIn(document, 'articleList').map((article) => [String(article['articleNumber']), article]));

function articleChanges({ document, held }: WriteRequest, present: Document): readonly Document[] {
  const now = byNumber(present);
  const known = byNumber(held?.document);
  const wanted = byNumber(document);
  const changes: Document[] = [];
  for (const [number, article] of wanted) {
    const there = now.get(number);
    if (there === undefined) changes.push(encodeArticle(article, filled(article)));
    else {
      const before = known.get(number);
      const whole = withTheirFields(article, there, before);
      const fields = differing(whole, there).filter(
        (field) => before === undefined || !sameValue(field, article[field], before[field]),
      );
      if (fields.includes('vatCode')) fields.push(...pricesOf(article));
      if (fields.length > 0) changes.push({ articleNumber: number, ...encodeArticle(whole, new Set(fields)) });
    }
  }
  // What the hub gave and no longer wants is switched off; it is never deleted.
  for (const number of known.keys()) {
    if (!wanted.has(number) && now.get(number)?.['active'] === true)
      changes.push({ articleNumber: number, active: false });
  }
  return changes;
}

const differing = (wanted: Document, there: Document): string[] =>
  Object.keys(wanted).filter(
    (field) => writableArticleFields.has(field) && !sameValue(field, wanted[field], there[field]),
  );

/** With another VAT code the service calculates one price from the other; the one that the hub gives is the one that counts. */
const pricesOf = (article: Document): readonly string[] =>
  ['priceIncl', 'priceExcl'].filter((field) => !isEmpty(article[field]));

/** The service replaces custom fields as a whole; those that the hub never gave are people's own and stay. */
function withTheirFields(article: Document, there: Document, known: Document | undefined): Document {
  if (article['customFieldList'] === undefined) return article;
  const wanted = (article['customFieldList'] ?? []) as readonly Document[];
  const ours = new Set([...codesOf(wanted), ...codesOf(known?.['customFieldList'])]);
  const theirs = listIn(there, 'customFieldList').filter(({ code }) => !ours.has(String(code)));
  return { ...article, customFieldList: [...wanted, ...theirs] };
}
