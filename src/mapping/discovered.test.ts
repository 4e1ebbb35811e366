/** Fields that people added in a system: found by their path, typed, read and written as items of the list that holds them. */
import { describe, expect, it } from '@jest/globals';
import type { DiscoveredField, Document, Field, RecordCatalogue } from '../base/document.js';
import { compileMapping } from './compile.js';
import { withDiscovered } from './discovered.js';
import type { MappedRecord, Rule } from './mapping.js';

const codeAndValue: readonly Field[] = [
  { name: 'code', type: 'text', required: true },
  { name: 'value', type: 'text', required: true },
];
const list = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  type: 'object',
  list: true,
  fields: codeAndValue,
  byCode: [],
  ...more,
});

const till: readonly RecordCatalogue[] = [
  {
    record: 'product',
    fields: [
      { name: 'name', type: 'text' },
      list('traits'),
      { name: 'groups', type: 'text', list: true, byCode: [] },
      { name: 'articles', type: 'object', list: true, fields: [{ name: 'number', type: 'text' }, list('extras')] },
    ],
  },
  { record: 'other', fields: [{ name: 'name', type: 'text' }] },
];
const found = (path: string, type: DiscoveredField['type'] = 'text', record = 'product'): DiscoveredField => ({
  record,
  path,
  type,
  label: `${path}!`,
});
const discovered = [
  found('traits.washing'),
  found('traits.Weight 1.0', 'decimal'),
  found('traits.0', 'integer'),
  found('traits.organic', 'boolean'),
  found('groups.7', 'boolean'),
  found('articles.extras.season'),
];

const shop: RecordCatalogue = {
  record: 'item',
  fields: [
    { name: 'name', type: 'text' },
    { name: 'weight', type: 'decimal' },
    { name: 'isOrganic', type: 'boolean' },
    list('facts', { byCode: 'any' }),
    list('known', { byCode: [{ name: 'origin', type: 'text', maxLength: 5 }] }),
    list('shown', { byCode: [{ name: 'origin', type: 'text' }], computed: true }),
    { name: 'parts', type: 'object', list: true, fields: [{ name: 'season', type: 'text' }] },
  ],
};

const compile = (rules: readonly unknown[]) =>
  compileMapping(
    { key: 'k', direction: 'inbound', connector: 'c', record: 'product', entity: 'product', rules: rules as Rule[] },
    { source: withDiscovered(till, discovered)[0]!, target: shop, valueLists: [] },
  );
const problemsOf = (...rules: readonly unknown[]): readonly string[] => {
  const result = compile(rules);
  return result.type === 'invalid' ? result.problems.map(({ code, at, message }) => `${code} ${at} ${message}`) : [];
};
const run = (source: Document, ...rules: readonly unknown[]): MappedRecord => {
  const result = compile(rules);
  if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.mapping.run(source, 'create');
};
const copy = (source: string, target: string, more: object = {}) => ({ kind: 'copy', source, target, ...more });

describe('a catalogue with discovered fields', () => {
  it('has them as items of the lists that it has, typed and labelled, and leaves out what belongs nowhere', () => {
    const merged = withDiscovered(till, [...discovered, found('nothing.x'), found('name.x'), found('traits.'), found('a', 'text', 'none')]);
    const fields = merged[0]!.fields;
    expect(fields[1]!.byCode).toEqual([
      { name: '0', type: 'integer', label: 'traits.0!' },
      { name: 'Weight 1.0', type: 'decimal', label: 'traits.Weight 1.0!' },
      { name: 'organic', type: 'boolean', label: 'traits.organic!' },
      { name: 'washing', type: 'text', label: 'traits.washing!' },
    ]);
    expect(fields[3]!.fields![1]!.byCode).toEqual([{ name: 'season', type: 'text', label: 'articles.extras.season!' }]);
    expect(merged[1]).toBe(till[1]);
    expect(till[0]!.fields[1]!.byCode).toEqual([]);
  }); // prettier-ignore

  it('takes a field for text when two systems do not agree about it', () => {
    const merged = withDiscovered(till, [found('traits.size', 'integer'), found('traits.size', 'decimal')]);
    expect(merged[0]!.fields[1]!.byCode).toMatchObject([{ name: 'size', type: 'text' }]);
  });
});

describe('a rule', () => {
  it('is refused when it names an item that nobody knows, with those that are known', () => {
    expect(problemsOf(copy('traits.wasing', 'name'))).toEqual([
      'UNKNOWN_FIELD rules.0 the field "traits.wasing" does not exist; "traits" has 0, Weight 1.0, organic, washing',
    ]);
    expect(problemsOf(copy('name', 'known.orgin'))).toEqual([
      'UNKNOWN_FIELD rules.0 the field "known.orgin" does not exist; "known" has origin',
    ]);
  });

  it('is refused when the types do not fit, and when the list cannot be written', () => {
    expect(problemsOf(copy('traits.organic', 'weight'))).toEqual([
      'TYPE_MISMATCH rules.0 "traits.organic" is boolean, but "weight" is decimal',
    ]);
    expect(problemsOf(copy('name', 'shown.origin'))).toEqual([
      'READ_ONLY_FIELD rules.0 "shown.origin" cannot be written',
    ]);
  });

  it('is refused beside another rule for the same item, and when the list takes part in other operations', () => {
    const facts = { kind: 'list', source: 'traits', target: 'facts', rules: [copy('code', 'code'), copy('value', 'value')] };
    expect(problemsOf(facts, copy('name', 'facts.a'), copy('name', 'facts.a.b'))).toEqual([]);
    expect(problemsOf(copy('name', 'facts.a'), copy('name', 'facts.a'))).toEqual([
      'DUPLICATE_TARGET rules.1 "facts.a" is written by another rule too',
    ]);
    expect(problemsOf({ ...facts, onUpdate: false }, copy('name', 'facts.a'))).toEqual([
      'INVALID_RULE rules.1 "facts.a" must take part in the same operations as the other rules of "facts", else the list would lose their items',
    ]);
  }); // prettier-ignore

  it('reads items by their codes, also with dots and digits, and members of plain lists', () => {
    const source = {
      traits: [
        { code: 'organic', value: 'true' },
        { code: 'Weight 1.0', value: '1.50' },
        { code: '0', value: '12' },
        { code: 'washing', value: '30' },
        { code: 'washing', value: '60' },
      ],
      groups: ['3', '7'],
      articles: [{ extras: [{ code: 'season', value: 'summer' }] }, { extras: [] }],
    };
    const mapped = run(
      source,
      copy('traits.washing', 'name'),
      copy('traits.Weight 1.0', 'weight'),
      copy('groups.7', 'isOrganic'),
      copy('traits.0', 'facts.zero'),
      copy('traits.organic', 'facts.organic'),
      { kind: 'list', source: 'articles', target: 'parts', rules: [copy('extras.season', 'season')] },
    );
    expect(mapped).toMatchObject({
      type: 'mapped',
      document: {
        name: '30',
        weight: '1.5',
        isOrganic: true,
        facts: [
          { code: 'zero', value: '12' },
          { code: 'organic', value: 'true' },
        ],
        parts: [{ season: 'summer' }],
      },
    });
    expect(run({ groups: [] }, copy('groups.7', 'isOrganic'))).toMatchObject({ document: { isOrganic: false } });
    expect(run({ traits: 'odd', groups: 7 }, copy('traits.0', 'name'), copy('groups.7', 'isOrganic'))).toMatchObject({
      document: {},
    });
  });

  it('can ask for items in conditions', () => {
    const asks = {
      kind: 'condition',
      target: 'name',
      rows: [{ when: { field: 'traits.organic', is: 'true' }, then: { constant: 'organic' } }],
      otherwise: { copy: 'traits.washing' },
    };
    expect(run({ traits: [{ code: 'organic', value: 'true' }] }, asks)).toMatchObject({
      document: { name: 'organic' },
    });
    expect(run({ traits: [{ code: 'washing', value: '30' }] }, asks)).toMatchObject({ document: { name: '30' } });
  });

  it('writes an item after the list, replaces the one that is there, and takes it away when it is to be cleared', () => {
    const source = {
      name: 'wool',
      traits: [{ code: 'a', value: '1' }, { code: 'b', value: '2' }], 
    }; // prettier-ignore
    const all = { kind: 'list', source: 'traits', target: 'facts', rules: [copy('code', 'code'), copy('value', 'value')] };
    const facts = (...rules: readonly unknown[]): unknown => {
      const mapped = run(source, ...rules);
      return mapped.type === 'mapped' ? [mapped.document['facts'], mapped.cleared] : mapped;
    };
    const [a, b, wool] = [{ code: 'a', value: '1' }, { code: 'b', value: '2' }, { code: 'c', value: 'wool' }];
    expect(facts(copy('name', 'facts.c'), all)).toEqual([[a, b, wool], []]);
    expect(facts(copy('name', 'facts.a'), all)).toEqual([[{ code: 'a', value: 'wool' }, b], []]);
    expect(facts(copy('traits.washing', 'facts.a'), all)).toEqual([[a, b], []]);
    expect(facts(copy('traits.washing', 'facts.a', { whenEmpty: 'clear' }), all)).toEqual([[b], []]);
    expect(facts(copy('traits.washing', 'facts.a', { whenEmpty: 'clear' }))).toEqual([[], ['facts']]);
    expect(facts(copy('traits.washing', 'facts.a', { default: 'none' }))).toEqual([[{ code: 'a', value: 'none' }], []]);
    expect(source.traits).toHaveLength(2);
  }); // prettier-ignore

  it('writes items no longer than they may be', () => {
    expect(run({ name: 'far away' }, copy('name', 'known.origin'))).toMatchObject({
      type: 'failed',
      problems: [{ code: 'TOO_LONG', path: 'known.origin' }],
    });
  });
});
