import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, type GraphQLEnumType } from 'graphql';
import { exportWords, saidWord, type Words } from '../src/base/sentences/export-words.js';
import { exportLabels } from '../src/base/sentences/labels-exports.js';
import { labels } from '../src/base/sentences/labels.js';
import { exportLists } from '../src/resolvers/export-lists.js';

type Texts = { readonly [key: string]: string | Texts };
const plural = /_(zero|one|two|few|many|other)$/;

/** `problems.title` → text. */
function flat(texts: Texts, path = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flat(value, `${path}${key}.`)],
    ),
  );
}

/** Not named as imports: what the pages are made of is compiled by other rules than what runs in Node. */
const moduleOf = async (path: string): Promise<Texts> => (await import(resolve('web', 'dashboard', path))) as Texts;

/** Every file with words in a language, each page's under the name that it exports. */
async function wordsOf(language: string): Promise<Map<string, string>> {
  const paths = readdirSync('web/dashboard', { recursive: true, encoding: 'utf8' }).filter(
    (path) =>
      path.endsWith(`/words.${language}.ts`) ||
      (/^words\/\w+\/\w+\.ts$/.test(path) && path.endsWith(`/${language}.ts`)),
  );
  const found = new Map<string, string>();
  for (const path of paths) for (const [key, text] of flat(await moduleOf(path))) found.set(key, text);
  return found;
}

const languages = { en: await wordsOf('en'), nl: await wordsOf('nl'), fr: await wordsOf('fr') } as const;
const stems = (texts: ReadonlyMap<string, string>): string[] => [
  ...new Set([...texts.keys()].map((key) => key.replace(plural, ''))),
];
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name!).sort();

/** Words that are the same in two languages, and names. Whatever else is equal was forgotten. */
const alike = new Set(
  `Koppel Menu Filter filter live Status status Type type Code code SKU sku GTIN Code Details Records records Client client Actions Action Route Flux Stock stock
  product variant contact conflict record Import Export JSON YAML CSV PDF Interval Position position Version version Test test Tests tests Operator operator
  Total total Rate BTW Logo Online Offline URL OK Minimum Maximum Concept Bron Impact impact Note note Documentation Journal Fragment Type kind Format Date
  Timeline trace Trace Latency Circuit Token Cache Hub hub Ref. Reference Description Configuration Question Canal Transport Conversion Expression expression
  Constant Condition condition conditions E mail contacts Contacts Pages Website Run Runs is Over open Filters in codes Versions Mobile minutes moment Article Cause Notes second C Options options Variants Quantity Unit Webhook Image image Simple simple iDEAL Bancontact PayPal gram litre`
    .split(/\s+/)
    .map((word) => word.toLowerCase()),
);

describe('the words of the pages', () => {
  it.each(['nl', 'fr'] as const)('are complete in %s, and there are no others', (language) => {
    expect(stems(languages[language]).sort()).toEqual(stems(languages.en).sort());
  });

  it.each(['en', 'nl', 'fr'] as const)('have in %s the forms for numbers that the language has', (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const texts = languages[language];
    const inForms = new Set([...texts.keys()].filter((key) => plural.test(key)).map((key) => key.replace(plural, '')));
    const missing = [...inForms].flatMap((stem) =>
      needed.filter((form) => !texts.has(`${stem}_${form}`)).map((form) => `${stem}_${form}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(['nl', 'fr'] as const)('take the same values in %s', (language) => {
    const texts = languages[language];
    const different = [...languages.en].flatMap(([key, english]) => {
      const text = texts.get(key);
      if (text === undefined || String(placeholders(text)) === String(placeholders(english))) return [];
      return [`${key}: ${text}`];
    });
    expect(different).toEqual([]);
  });

  it.each(['nl', 'fr'] as const)('are not English in %s', (language) => {
    const texts = languages[language];
    const same = [...languages.en].filter(([key, english]) => texts.get(key) === english && !isAlike(english));
    expect(same.map(([key, english]) => `${key}: ${english}`)).toEqual([]);
  });

  it('say nothing that no page says', () => {
    const sources = readdirSync('web/dashboard', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/words\.\w+\.ts$|^(words|graph)\//.test(file))
      .map((file) => readFileSync(join('web/dashboard', file), 'utf8'))
      .join('\n');
    // A key that is put together, t(`kind_${…}`), is used by its beginning.
    const beginnings = [...sources.matchAll(/[`'"]([\w.]+[_.])\$\{/g)].map(([, beginning]) => beginning!);
    // Kinds and states are looked up by what the graph calls them.
    const unused = stems(languages.en)
      .filter((stem) => !stem.startsWith('kinds.'))
      .map((stem) => stem.slice(stem.indexOf('.') + 1))
      .filter((key) => !new RegExp(`['"\`:.]${key.replaceAll('.', '\\.')}['"\`]`).test(sources))
      .filter((key) => !beginnings.some((beginning) => key.startsWith(beginning)));
    expect(unused).toEqual([]);
  });
});

/** Nothing but values, figures, names, and words that both languages have. */
function isAlike(text: string): boolean {
  const rest = text
    .replaceAll(/\{\{[^}]*\}\}/g, ' ')
    .split(/[^\p{L}.]+/u)
    .filter((word) => word !== '');
  return rest.every((word) => alike.has(word.toLowerCase()) || /^[A-Z]{2,}$/.test(word));
}

describe('the words of files', () => {
  /** Where the pages have them. */
  const places: Readonly<Record<string, string>> = {
    productStatus: 'products.status',
    productType: 'products.type',
    customerKind: 'customers.kind',
    orderType: 'orders.type',
    orderStatus: 'orders.document',
    orderPayment: 'orders.payment',
    orderFulfillment: 'orders.fulfillment',
    sync: 'kinds.sync',
    outcome: 'kinds.outcome',
    action: 'kinds.action',
    audit: 'audit.did',
    entity: 'kinds.entity',
    problem: 'kinds.problem',
    class: 'kinds.class',
  };

  it.each(['en', 'nl', 'fr'] as const)('are in %s those of the pages', (language) => {
    const sets = Object.entries<Words>(exportWords).filter(([name]) => places[name] !== undefined);
    expect(sets).toHaveLength(Object.keys(places).length);
    for (const [name, words] of sets) {
      const said = Object.fromEntries(Object.keys(words).map((value) => [value, saidWord(language, words, value)]));
      const shown = Object.keys(words).map((value) => [value, languages[language].get(`${places[name]}.${value}`)]);
      expect(said).toEqual(Object.fromEntries(shown));
    }
  });

  it('name every value that a list can have, and every column in three languages', () => {
    const graph = buildSchema(readFileSync('docs/schema.graphql', 'utf8'));
    const valuesOf = (name: string): string[] => (graph.getType(name) as GraphQLEnumType).getValues().map((value) => value.name).sort(); // prettier-ignore
    const known = (words: Words): string[] => Object.keys(words).sort();
    expect(known(exportWords.orderStatus)).toEqual(valuesOf('OrderStatus'));
    expect(known(exportWords.orderPayment)).toEqual(valuesOf('OrderPaymentStatus'));
    expect(known(exportWords.orderFulfillment)).toEqual(valuesOf('OrderFulfillmentStatus'));
    expect(known(exportWords.sync)).toEqual(valuesOf('EntitySyncState'));
    expect(known(exportWords.outcome)).toEqual(valuesOf('SyncOutcome'));
    expect(known(exportWords.class)).toEqual(valuesOf('ErrorClassification'));
    expect(known(exportWords.finding)).toEqual(valuesOf('ReconciliationState'));
    const headings = Object.values(exportLists).flatMap(({ columns }) => columns.map(({ heading }) => heading));
    expect([...new Set(headings)].filter((heading) => labels[heading] === undefined)).toEqual([]);
    expect(Object.keys(exportLabels).filter((label) => !headings.includes(label))).toEqual([]);
  });
});
