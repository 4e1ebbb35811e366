/**
 * Products as target: a product with all its articles is one document. Article numbers are always given by the hub, and the
 * service refuses a number that is taken, so a lost answer cannot become a second product: it is found by its numbers, and
 * an article that the hub made carries the hub's id (extArticleId). What was written is read back.
 *
 * Guarantee: nothing is deleted; an article that the hub no longer wants is switched off.
 */
import type { Document, Json } from '../../base/document.js';
import { asKoppelError } from '../../base/errors.js';
import type { HeldPart, HeldRecord, Sought, WriteOutcome, WriteRequest } from '../system.js';
import type { Api } from './api.js';
import { groupsOf, newProduct, productChanges, sameGroups } from './product-changes.js';
import { articleNumbersOf, codesOf, isEmpty, listIn } from './product-words.js';
import { productShape, recordsOf } from './records.js';
import { refused, type ChangingCall, type EntityTarget } from './target-entity.js';

type Products = (request: Document, signal: AbortSignal) => Promise<readonly Document[]>;

export function makeProductTarget(api: Api): EntityTarget {
  const products: Products = async (request, signal) => {
    const body = { request: { pluNumbers: [], includeAllArticlesOfSelectedProducts: true, ...request } };
    const records = recordsOf(await api.read('getProducts', body, signal), productShape);
    return records.map(({ record }) => {
      if (record.problem !== undefined) throw record.problem;
      return record.document;
    });
  };
  const byNumber = async (number: string, signal: AbortSignal): Promise<Document | null> =>
    (await products({ productNumbers: [number] }, signal)).find((one) => one['productNumber'] === number) ?? null;

  /** Groups that the service did not take over with the product are set one by one. */
  const finish = async (
    call: ChangingCall,
    number: string,
    request: WriteRequest,
    read: Document | null,
    signal: AbortSignal,
  ): Promise<WriteOutcome> => {
    const created = request.externalId === null;
    if (read === null) return { type: 'gone' };
    const hasGroups = request.changed.includes('groupNumbers') && request.document['groupNumbers'] !== undefined;
    if (!hasGroups || sameGroups(request.document, read))
      return { type: 'written', created, held: heldOf(read, request.document) };
    const problem = await setGroups(call, number, groupsOf(request.document), groupsOf(read));
    if (problem !== undefined) return problem;
    const after = await byNumber(number, signal);
    return after === null ? { type: 'gone' } : { type: 'written', created, held: heldOf(after, request.document) };
  };

  const create = async (request: WriteRequest, call: ChangingCall, signal: AbortSignal): Promise<WriteOutcome> => {
    const answer = await call('createProduct', newProduct(request.document), 'product');
    const problem = outcomeOf(answer);
    if (problem !== undefined) return problem;
    const number = String(answer['productNumber']);
    return finish(call, number, request, await byNumber(number, signal), signal);
  };

  const update = async (
    number: string,
    request: WriteRequest,
    call: ChangingCall,
    signal: AbortSignal,
  ): Promise<WriteOutcome> => {
    const present = await byNumber(number, signal);
    if (present === null) return { type: 'gone' };
    const stranger = await strangerIn(products, request.document, present, signal);
    if (stranger !== undefined) return stranger;
    const changes = productChanges(request, present);
    if (changes === null) return finish(call, number, request, present, signal);
    const problem = outcomeOf(await call('updateProduct', changes, 'product'));
    return problem ?? finish(call, number, request, await byNumber(number, signal), signal);
  };

  return {
    async write(request, call, signal) {
      const problem = problemOf(request.document);
      if (problem !== undefined) return problem;
      return request.externalId === null
        ? create(request, call, signal)
        : update(request.externalId, request, call, signal);
    },
    async find(sought, signal) {
      if (sought.externalId !== null) {
        const found = await byNumber(sought.externalId, signal);
        return found === null ? null : heldOf(found, sought.document);
      }
      return findByArticles(products, sought, signal);
    },
  };
}

/** Found before anything is sent. */
function problemOf(document: Document): WriteOutcome | undefined {
  const numbers = articleNumbersOf(document);
  if (numbers.length === 0)
    return { type: 'refused', error: refused('a product needs at least one article', 'articleList') };
  const bad = numbers.find((number) => !/^[1-9]\d{0,17}$/.test(number));
  if (bad !== undefined) {
    return { type: 'refused', error: refused(`"${bad}" is not an article number: digits only`, 'articleList') };
  }
  try {
    newProduct(document);
  } catch (thrown) {
    return { type: 'refused', error: asKoppelError(thrown) };
  }
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  return twice === undefined
    ? undefined
    : { type: 'refused', error: refused(`two variants have the article number ${twice}`, 'articleList') };
}

/**
 * Whether an article in the till is the wanted one: it carries the hub's id, or its number is the SKU itself. A number that
 * stands in for another SKU may have been taken by an article that has nothing to do with it.
 */
const isWanted = (article: Document, wanted: Document): boolean =>
  isEmpty(wanted['pluNumber']) || article['extArticleId'] === wanted['extArticleId'];

async function findByArticles(
  products: Products,
  { document }: Sought,
  signal: AbortSignal,
): Promise<HeldRecord | null> {
  const wanted = new Map(listIn(document, 'articleList').map((one) => [String(one['articleNumber']), one]));
  const numbers = [...wanted.keys()].filter((number) => /^\d{1,18}$/.test(number));
  // An empty list would mean all of them.
  if (numbers.length === 0) return null;
  const found = (await products({ articleNumbers: numbers }, signal)).filter((product) =>
    listIn(product, 'articleList').some((article) => {
      const asked = wanted.get(String(article['articleNumber']));
      return asked !== undefined && isWanted(article, asked);
    }),
  );
  const [first, second] = found;
  if (first !== undefined && second !== undefined) {
    const owners = found.map((product) => String(product['productNumber'])).join(', ');
    throw refused(`its articles belong to several products there: ${owners}`, 'articleList');
  }
  return first === undefined ? null : heldOf(first, document);
}

/** Articles of the document that another product of the till has: the service cannot move an article. */
async function strangerIn(
  products: Products,
  document: Document,
  present: Document,
  signal: AbortSignal,
): Promise<WriteOutcome | undefined> {
  const own = new Set(articleNumbersOf(present));
  const wanted = new Map(listIn(document, 'articleList').map((one) => [String(one['articleNumber']), one]));
  const missing = [...wanted.keys()].filter((number) => !own.has(number));
  if (missing.length === 0) return undefined;
  for (const product of await products({ articleNumbers: missing }, signal)) {
    for (const article of listIn(product, 'articleList')) {
      const number = String(article['articleNumber']);
      const asked = missing.includes(number) ? wanted.get(number) : undefined;
      if (asked === undefined) continue;
      if (!isWanted(article, asked)) return { type: 'stale' };
      const what = `article ${number} belongs to product ${String(product['productNumber'])} there, and an article cannot be moved to another product`;
      return { type: 'refused', error: refused(what, 'articleList') };
    }
  }
  return undefined;
}

/** What a result other than OK means; undefined for OK. */
function outcomeOf(answer: Document): WriteOutcome | undefined {
  const result = String(answer['result']);
  if (result.endsWith('-RESULT-OK')) return undefined;
  // Somebody has the number: look again.
  if (result.endsWith('-ALREADY-TAKEN')) return { type: 'stale' };
  if (result.endsWith('-RESULT-NOT-FOUND')) return { type: 'gone' };
  const words = String(answer['errorMessage'] ?? '').trim();
  return { type: 'refused', error: refused(words === '' ? result : words.replace(/\.$/, '')) };
}

async function setGroups(
  call: ChangingCall,
  number: string,
  wanted: readonly string[],
  present: readonly string[],
): Promise<WriteOutcome | undefined> {
  const change = async (operation: 'addProductsToArticleGroup' | 'deleteProductsFromArticleGroup', group: string) => {
    const answer = await call(operation, { groupNumber: Number(group), productNumbers: [number] });
    if (String(answer['result']).endsWith('-RESULT-OK')) return undefined;
    return {
      type: 'refused',
      error: refused(`article group ${group} does not take the product`, 'groupNumbers'),
    } as const;
  };
  for (const group of present.filter((each) => !wanted.includes(each))) {
    // A group that is gone has no members either.
    await change('deleteProductsFromArticleGroup', group);
  }
  for (const group of wanted.filter((each) => !present.includes(each))) {
    const problem = await change('addProductsToArticleGroup', group);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * The product as the hub looks at it: of the articles those that it speaks of, in its order; of custom fields those that
 * it gave. What people add beside them is theirs.
 */
function heldOf(product: Document, asked: Document): HeldRecord {
  const articles = listIn(product, 'articleList');
  const wanted = listIn(asked, 'articleList');
  const byNumber = new Map(articles.map((article) => [String(article['articleNumber']), article]));
  const shown =
    wanted.length === 0
      ? articles
      : wanted.flatMap((one) => {
          const article = byNumber.get(String(one['articleNumber']));
          return article === undefined ? [] : [withOwnCustomFields(article, one)];
        });
  const externalId = String(product['productNumber']);
  return { externalId, key: null, document: { ...product, articleList: shown }, parts: partsOf(articles, wanted) };
}

function withOwnCustomFields(article: Document, asked: Document): Document {
  const own = new Set(codesOf(asked['customFieldList']));
  const rest: Record<string, Json> = { ...article };
  delete rest['customFieldList'];
  if (own.size === 0) return rest;
  return { ...rest, customFieldList: listIn(article, 'customFieldList').filter(({ code }) => own.has(String(code))) };
}

/** Articles by the hub's id of their variant: the one that they carry, else the one that was asked for under that number. */
function partsOf(articles: readonly Document[], wanted: readonly Document[]): readonly HeldPart[] {
  const asked = new Map(wanted.map((one) => [String(one['articleNumber']), one]));
  return articles.flatMap((article): HeldPart[] => {
    const externalId = String(article['articleNumber']);
    const one = asked.get(externalId);
    const canonicalId = one !== undefined && isWanted(article, one) ? one['extArticleId'] : undefined;
    return typeof canonicalId === 'string' && canonicalId !== ''
      ? [{ entity: 'variant', canonicalId, externalId, key: externalId }]
      : [];
  });
}
