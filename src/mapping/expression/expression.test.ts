/** Expressions: what they read and give, what they refuse when saved, and that none can hold up or fill the hub. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shortestOfThreeMs } from '../../../test/support/patience.js';
import type { Document, Field, Json } from '../../base/document.js';
import type { FieldScope, Scope } from '../paths.js';
import { compileExpression, readsOf, type Expected, type ExpressionResult } from './expression.js';
import { functions } from './language.js';

const lines: Field = {
  name: 'lines',
  type: 'object',
  list: true,
  fields: [
    { name: 'sku', type: 'text' },
    { name: 'amount', type: 'decimal' },
    { name: 'tags', type: 'text', list: true },
  ],
};
const fields: readonly Field[] = [
  { name: 'name', type: 'text' },
  { name: 'nothing', type: 'text' },
  { name: 'price', type: 'decimal' },
  { name: 'count', type: 'integer' },
  { name: 'isOpen', type: 'boolean' },
  { name: 'at', type: 'instant' },
  { name: 'address', type: 'object', fields: [{ name: 'city', type: 'text' }] },
  { name: 'extra', type: 'object' },
  { name: 'tags', type: 'text', list: true },
  lines,
];
const whole: FieldScope = { fields, above: undefined };
const inLine: FieldScope = { fields: lines.fields, above: whole };
const inTag: FieldScope = { fields: [], item: { name: 'tags', type: 'text' }, above: inLine };
const anything: Field = { name: 'result', type: 'text' };
const list: Field = { name: 'result', type: 'text', list: true };

const record: Document = {
  name: 'Shirt',
  price: '19.95',
  count: 3,
  isOpen: true,
  at: '2025-03-30T00:30:00.000Z',
  address: { city: 'Gent' },
  extra: { a: { b: 'deep' } },
  tags: ['new', 'sale'],
  lines: [
    { sku: 'A', amount: '1.10' },
    { sku: 'B', amount: '2.20' },
  ],
};

function evaluate(text: string, document: Document = record, expected: Expected = anything): ExpressionResult {
  const compiled = compileExpression(text, whole, expected);
  if (compiled.type === 'invalid') throw new Error(JSON.stringify(compiled.problem));
  return compiled.expression({ value: document, above: undefined });
}
function valueOf(text: string, document: Document = record, expected: Expected = anything): Json | undefined {
  const result = evaluate(text, document, expected);
  if (result.type === 'failed') throw new Error(result.message);
  return result.type === 'value' ? result.value : undefined;
}
const problemOf = (text: string, expected: Expected = anything, scope = whole): unknown => {
  const compiled = compileExpression(text, scope, expected);
  return compiled.type === 'invalid' ? compiled.problem : undefined;
};
const kinds: Readonly<Record<string, Field>> = { bool: { name: 'r', type: 'boolean' }, list };
const fieldFor = (signature: string): Field => {
  const gives = signature.slice(signature.lastIndexOf(':') + 1).trim();
  return gives.startsWith('list') ? list : (kinds[gives] ?? anything);
};

describe('each function that is documented', () => {
  it.each(functions.map(({ signature, example: [text, gives] }) => [signature, text, gives]))(
    '%s',
    (signature, text, gives) => {
      const field = text.endsWith('.orValue("")') ? anything : fieldFor(signature);
      expect(JSON.stringify(valueOf(text, record, field))).toBe(gives);
    },
  );
});

describe('an expression', () => {
  it.each<[string, Json | undefined]>([
    ['record.name + "!"', 'Shirt!'],
    ['record.price * 1.21', '24.1395'],
    ['(record.price * 1.21).round(2)', '24.14'],
    ['record.price - decimal("0.10") * record.count', '19.65'],
    ['record.price > 10 ? "dear" : "cheap"', 'dear'],
    ['record.address.city', 'Gent'],
    ['record.lines.map(l, l.amount).sum()', '3.3'],
    ['record.lines.filter(l, l.amount > 2).map(l, l.sku).join(",")', 'B'],
    ['record.lines.exists(l, l.sku == "B") ? "yes" : "no"', 'yes'],
    ['record.tags[1]', 'sale'],
    ['record.at.date("Europe/Amsterdam")', '2025-03-30'],
    ['record.?nothing.orValue("none")', 'none'],
    ['has(record.nothing) ? record.nothing : "none"', 'none'],
    ['cel.bind(n, record.name.lower(), n + n)', 'shirtshirt'],
    ['cel.bind(r, record, r["name"] + r.address.city)', 'ShirtGent'],
    ['record.tags.map(item, item + "!").join("")', 'new!sale!'],
    ['record.extra.a.b', 'deep'],
    ['record.count + 1', 4],
    ['record.isOpen ? 1.50 : 2.0', '1.5'],
  ])('%s gives %j', (text, gives) => {
    expect(valueOf(text)).toEqual(gives);
  });

  it('gives nothing when a field that it needs is absent, and no false zero', () => {
    for (const text of [
      'record.nothing + "x"',
      'record.price * 2',
      'record.tags[7]',
      'record.address.city',
      'record.?price',
    ]) {
      expect(evaluate(text, { tags: ['a'] })).toEqual({ type: 'empty' });
    }
  });

  it('reads an absent list as one without items', () => {
    expect(valueOf('record.lines.size()', {})).toBe(0);
    expect(valueOf('record.lines.map(l, l.amount).sum()', {})).toBe('0');
  });

  it('says which value does not fit its field', () => {
    expect(evaluate('record.price * 2', { price: 'cheap' })).toMatchObject({
      type: 'failed',
      message: 'price should be a decimal number, but is "cheap"',
      problem: { path: 'price', value: 'cheap' },
    });
  });

  it('keeps cents that floats would lose', () => {
    expect(valueOf('record.price * 3', { price: '0.1' })).toBe('0.3');
    expect(valueOf('(record.price).round(2)', { price: '1.005' })).toBe('1.01');
    expect(valueOf('decimal("12345678901234567890.12") + decimal("0.01")')).toBe('12345678901234567890.13');
  });

  it('in the rules of a list reads the item, the item around it and the whole record', () => {
    const at: Scope = { value: 'red', above: { value: { sku: 'A' }, above: { value: record, above: undefined } } };
    const compiled = compileExpression('record.name + outer.sku + item', inTag, anything);
    expect(compiled.type === 'compiled' && compiled.expression(at)).toEqual({ type: 'value', value: 'ShirtAred' });
  });

  it('does not see what is no field', () => {
    expect(problemOf('record.constructor')).toMatchObject({ code: 'UNKNOWN_FIELD' });
    expect(problemOf('record.__proto__')).toBeDefined();
    expect(evaluate('record.extra.constructor')).toEqual({ type: 'empty' });
    expect(evaluate('record.extra.__proto__.polluted')).toEqual({ type: 'empty' });
    expect(problemOf('item.sku')).toMatchObject({ message: 'There is no field "item" here.' });
  });
});

describe('what is refused when an expression is saved, with its place', () => {
  it.each<[string, object]>([
    ['record.nme', { code: 'UNKNOWN_FIELD', message: 'There is no field "nme" here.', range: { from: 7, to: 10 } }],
    ['record.name + 1', { code: 'EXPRESSION_TYPE', range: { from: 0, to: 15 } }],
    ['record.name +', { code: 'EXPRESSION_SYNTAX' }],
    ['record.name.matches("(a+)+$")', { code: 'EXPRESSION_TYPE', message: 'There is no function "matches". Use like, which is safe for every text.' }],
    ['record.name.like(record.nothing)', { code: 'EXPRESSION_TYPE', message: 'like takes a pattern that is written out.' }],
    ['record.name.like("(")', { code: 'EXPRESSION_SYNTAX', range: { from: 17, to: 20 } }],
    ['record.tags', { code: 'EXPRESSION_TYPE', message: '"result" holds one value, but this is a list.' }],
    ['double("1.5")', { code: 'EXPRESSION_TYPE', message: 'There is no function "double".' }],
    ['[record].map(r, r.name).join("")', { code: 'EXPRESSION_TYPE', message: '"record" is a whole record; name one of its fields.', range: { from: 1, to: 7 } }],
    ['cel.bind(r, record, [r].map(x, x.name).join(""))', { message: '"record" is a whole record; name one of its fields.', range: { from: 21, to: 22 } }],
    ['(record.isOpen ? record : record).name', { message: '"record" is a whole record; name one of its fields.' }],
    ['record[record.name]', { message: '"record" is a whole record; name one of its fields.' }],
    ['', { code: 'EXPRESSION_SYNTAX', message: 'The expression is empty.' }],
    ['"x'.repeat(3_000), { code: 'EXPRESSION_SYNTAX' }],
  ])('%.40s', (text, problem) => {
    expect(problemOf(text)).toMatchObject(problem);
  }); // prettier-ignore

  it('a value that its field does not take', () => {
    const amount: Field = { name: 'amount', type: 'decimal' };
    expect(problemOf('record.isOpen', amount)).toMatchObject({ message: '"amount" is decimal, but this is bool.' });
    expect(problemOf('record.name', 'condition')).toMatchObject({
      message: 'A condition is true or false, but this is string.',
    });
  });
});

describe('a hostile expression', () => {
  const long = 'a'.repeat(100_000);
  const many = Array.from({ length: 300 }, (_, index) => `t${index}`);
  const doubled = (times: number, start: string, step: string): string => `${start}${step.repeat(times)}`;
  const loop3 = 'record.tags.all(a, record.tags.all(b, record.tags.all(c, a + b + c != "x")))';
  it.each<[string, string, Document]>([
    ['a pattern that backtracks', 'record.name.like("(a+)+$") ? "y" : "n"', { name: `${long}!` }],
    ['a pattern that grows', 'record.name.like("(a{30}){30}") ? "y" : "n"', { name: long }],
    ['three loops in each other', `${loop3} ? "y" : "n"`, { tags: many }],
    ['text that doubles in a chain', doubled(18, '["a"]', '.map(x, x + x)').concat('.join("")'), {}],
    ['text that doubles in bindings', `cel.bind(a, "aaaaaaaaaaaaaaaa", ${'cel.bind(a, a + a, '.repeat(18)}a${')'.repeat(19)}`, {}],
    ['lists that double', `cel.bind(l, [1, 2, 3], ${'cel.bind(l, l + l, '.repeat(18)}string(l.size())${')'.repeat(19)}`, {}],
    ['numbers that explode', `cel.bind(n, record.price, ${'cel.bind(n, n * n, '.repeat(15)}string(n)${')'.repeat(16)}`, { price: '12345678.9' }],
    ['text without end', 'record.name + record.name', { name: 'x'.repeat(5_000_000) }],
    ['a long list', 'record.tags.join(",")', { tags: Array.from({ length: 200_000 }, () => 'x') }],
    ['a search in a list for each of its items', 'string(record.tags.filter(t, t in record.tags).size())', { tags: Array.from({ length: 4_000 }, (_, i) => `t${i}`) }],
    ['replacing that multiplies', 'record.name.replace("a", record.name)', { name: 'a'.repeat(50_000) }],
    ['a spent budget behind an or', `(${loop3} || true) ? "y" : "n"`, { tags: many }],
  ])('%s is refused or cut within 100 ms, with a sentence', (_, text, document) => {
    let outcome: ExpressionResult | undefined;
    let refused: unknown;
    const ms = shortestOfThreeMs(() => {
      const compiled = compileExpression(text, whole, anything);
      if (compiled.type === 'invalid') refused = compiled.problem;
      else outcome = compiled.expression({ value: document, above: undefined });
    });
    expect(refused ?? outcome).toMatchObject({ message: expect.stringMatching(/\w+ .*\w/) });
    expect(refused === undefined ? outcome?.type : 'failed').toBe('failed');
    expect(ms).toBeLessThan(100);
  }); // prettier-ignore

  it.each([
    ['parentheses', '('.repeat(1_900) + '1' + ')'.repeat(1_900)],
    ['negations', `${'!'.repeat(3_900)}true`],
    ['conditions', `${'true ? '.repeat(500)}1`],
    ['members', `record${'.a'.repeat(1_900)}`],
    ['lists', '['.repeat(1_900) + ']'.repeat(1_900)],
  ])('nests %s deeply: refused at once', (_, text) => {
    let problem: unknown;
    const ms = shortestOfThreeMs(() => (problem = problemOf(text)));
    expect(problem).toMatchObject({ message: expect.any(String) });
    expect(ms).toBeLessThan(100);
  });
});

describe('whatever a record holds', () => {
  const texts = [
    'record.name + record.address.city', 'record.price * 1.21 + record.count', 'record.lines.map(l, l.amount).sum().round(2)',
    'record.tags.filter(t, t.like("[a-z]+")).join("|")', 'record.at.date("Europe/Paris")', 'has(record.extra) ? string(record.extra.a) : ""',
    'words([record.?name, record.?nothing], " ").truncate(20)', 'record.isOpen || record.count > 3 ? "a" : "b"',
  ]; // prettier-ignore
  const compiled = texts.flatMap((text) => {
    const each = compileExpression(text, whole, anything);
    return each.type === 'compiled' ? [each.expression] : [];
  });
  const hostile = fc.dictionary(
    fc.constantFrom(...fields.map(({ name }) => name), '__proto__', 'constructor'),
    fc.jsonValue({ maxDepth: 3 }),
  );

  it('no expression throws, and each gives the same again', () => {
    expect(compiled.length).toBeGreaterThanOrEqual(texts.length - 1);
    fc.assert(
      fc.property(hostile, (document) => {
        for (const expression of compiled) {
          const scope = (): Scope => ({ value: document as Document, above: undefined });
          expect(expression(scope())).toEqual(expression(scope()));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the paths that an expression reads', () => {
  it('are found without running it', () => {
    expect(readsOf('record.name + (record.lines.exists(l, l.sku == item.sku) ? outer.address.city : "")')).toEqual([
      '$.lines',
      '$.name',
      '^.address.city',
      'sku',
    ]);
    expect(readsOf('record.')).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ['record["name"]', ['$.name']],
    ['record[?"name"].orValue(item["sku"])', ['$.name', 'sku']],
    ['record.address["city"]', ['$.address.city']],
    ['record.lines[0]["sku"] + record.extra[record.name]', ['$.extra', '$.lines', '$.name']],
    ['cel.bind(r, record, r.name)', ['$.name']],
    ['cel.bind(a, record.address, cel.bind(b, a, b.city)) + outer.sku', ['$.address.city', '^.sku']],
    ['cel.bind(a, record.name + "x", a)', ['$.name']],
    ['record.lines.map(record, record.sku).join("") + record.tags.map(item, item).join("")', ['$.lines', '$.tags']],
    ['item.tags.map(t, t + item)', ['', 'tags']],
    ['record[record.name]', ['$.', '$.name']],
  ])('%s: %j', (text, reads) => {
    expect(readsOf(text)).toEqual(reads);
  });
});
