/** What the hub says is said in every language: phrases stand in the code as they are translated, and no name of a field lacks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isObjectType, isScalarType, getNullableType } from 'graphql';
import ts from 'typescript';
import { labels } from '../src/base/sentences/labels.js';
import { libraryPhrases } from '../src/base/sentences/phrases-library.js';
import { phrases, said, saidLabel } from '../src/base/sentences/say.js';
import * as canonical from '../src/canonical/entities.js';
import { buildGraph } from '../src/resolvers/graph.js';
import { spoken } from '../src/resolvers/sentences.js';
import { connectors } from '../src/systems/connectors.js';

/** All texts of the code, values in them as `{}`. */
function textsOfCode(): string {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push(node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file.startsWith(join('base', 'sentences'))) continue;
    visit(ts.createSourceFile(file, readFileSync(join('src', file), 'utf8'), ts.ScriptTarget.Latest, true));
  }
  return texts.join('\n');
}

/** Labels, titles and descriptions of what connectors and canonical records offer. */
function labelsIn(value: unknown, found = new Set<string>(), depth = 0): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null || depth > 12) return found;
  for (const [name, inner] of Object.entries(value as Record<string, unknown>)) {
    if (['label', 'title', 'description'].includes(name) && typeof inner === 'string') found.add(inner);
    else labelsIn(inner, found, depth + 1);
  }
  return found;
}

describe('phrases', () => {
  const code = textsOfCode();

  /** Parts that are put together of words are too short to be looked for. */
  const parts = (phrase: string): string[] =>
    phrase.split(/\{\w+\}/).map((part) => part.trim()).filter((part) => part.length > 14); // prettier-ignore

  /** The code makes these of several texts. */
  const joined = [
    'its content type is missing',
    '{path}: the value list "{list}" has no entry for {value} with {second}',
    '{path}: the value list "{list}" has no entry for {value}',
    '{path}: the value list "{list}" has no entries for {entries}',
    '{path}: the value list "{list}" has no entries for {entries} and others',
    'There is no function "{name}". Use like, which is safe for every text.',
    'Categories from {system} to {other}',
  ];
  /** Only databases have them still. */
  const former = [
    'The flow does not take documents of type {documents}.',
    'Documents of type {documents} are not taken from {system}.',
  ];

  it('stand in the code in the words that are translated', () => {
    const ours = Object.keys(phrases).filter((phrase) => !Object.hasOwn(libraryPhrases, phrase));
    expect(ours.filter((phrase) => parts(phrase).some((part) => !code.includes(part)))).toEqual([...former, ...joined]);
  });

  it('say the same in the same words only once', () => {
    expect(Object.keys(phrases).filter((phrase) => Object.hasOwn(labels, phrase) && said('nl', phrase) !== saidLabel('nl', phrase))).toEqual([]); // prettier-ignore
  });
});

describe('names of fields', () => {
  const all = [...labelsIn(connectors), ...labelsIn(canonical)];

  it('are known in Dutch and French', () => {
    expect(all.length).toBeGreaterThan(200);
    expect([...new Set(all)].filter((label) => labels[label] === undefined)).toEqual([]);
  });
});

describe('names that the hub has given', () => {
  const shipped = connectors.flatMap(({ defaultValueLists }) => defaultValueLists.map(({ name }) => name));

  it('are known in Dutch and French, those of all value lists that are shipped', () => {
    expect(shipped.length).toBeGreaterThan(30);
    expect(shipped.filter((name) => phrases[name] === undefined)).toEqual([]);
  });

  it('of people stay as they are', () => {
    expect(said('nl', 'Orders from MplusKASSA to Softmaat')).toBe('Bestellingen van MplusKASSA naar Softmaat');
    for (const name of ['My orders', 'Bestellingen van vroeger', 'Payment terms']) expect(said('fr', name)).toBe(name);
  });
});

describe('fields of the graph that speak', () => {
  const schema = buildGraph();

  it.each(Object.keys(spoken))('%s is one', (place) => {
    const [typeName, fieldName] = place.split('.') as [string, string];
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    expect(field?.resolve).toBeDefined();
  });

  it('are all that are called message, hint, summary, label or title', () => {
    const silent = Object.values(schema.getTypeMap()).flatMap((type) =>
      !isObjectType(type) || type.name.startsWith('__')
        ? []
        : Object.values(type.getFields())
            .filter(({ name, type: of }) => /^(message|hint|summary|label|title|warnings)$/.test(name) && isScalarType(getNullableType(of)))
            .map(({ name }) => `${type.name}.${name}`)
            .filter((place) => !Object.hasOwn(spoken, place)),
    ); // prettier-ignore
    // What people call a record, and the names that systems have given to characteristics.
    expect(silent.sort()).toEqual([
      'Attribute.label',
      'HeldSample.label',
      'MappingSample.label',
      'ReconciliationItem.label',
      'TrialKey.label',
      'TrialSample.label',
    ]);
  });
});
