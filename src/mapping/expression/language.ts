/**
 * The language of expressions: CEL with what a merchant needs for texts, exact amounts, lists and dates, and nothing that
 * reads a clock, draws lots or leaves the process. `functions` is what is allowed and what the documentation says of it;
 * patterns are matched in linear time.
 */
import { cutText } from '../../base/cut-text.js';
import { Environment, Optional } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import { chargeValue, charge } from './budget.js';
import { compare, Decimal, divided, extreme, minus, plus, rounded, times, toDecimal, total } from './decimal.js';
import { ExpressionFailure } from './failure.js';
import { engineName } from './prepare.js';
import { indexOf, lastIndexOf, substring, truncated, withoutTags } from './texts.js';

const instant = 'google.protobuf.Timestamp';

interface LanguageFunction {
  /** As in the documentation; the receiver stands before the dot. */
  readonly signature: string;
  readonly does: string;
  /** An expression and what it gives, both tested. */
  readonly example: readonly [expression: string, gives: string];
  /** Absent: CEL has it. */
  readonly run?: (...given: never[]) => unknown;
}

const zone = new Map<string, Intl.DateTimeFormat>();
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = zone.get(timeZone);
  if (known !== undefined) return known;
  try {
    const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    if (zone.size < 600) zone.set(timeZone, made);
    return made;
  } catch {
    throw new ExpressionFailure(`"${cutText(timeZone, 40)}" is no time zone; one is "Europe/Amsterdam"`);
  }
}

/** Longest text that a pattern is matched against: matching is linear, but slow. */
const longestMatched = 10_000;
const longestPattern = 200;
const patterns = new Map<string, RE2JS>();

/** A pattern, compiled once. Fails for one that is too long or not understood. */
export function patternOf(source: string): RE2JS {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  if (source.length > longestPattern) throw new ExpressionFailure(`a pattern has at most ${longestPattern} characters`);
  let made: RE2JS;
  try {
    made = RE2JS.compile(source);
  } catch (thrown) {
    throw new ExpressionFailure(`the pattern is not understood: ${(thrown as Error).message}`);
  }
  if (patterns.size > 1_000) patterns.clear();
  patterns.set(source, made);
  return made;
}

function matched(text: string, pattern: string): RE2JS {
  if (text.length > longestMatched)
    throw new ExpressionFailure(`a pattern is matched against at most ${longestMatched} characters`);
  charge(text.length);
  return patternOf(pattern);
}

function grown(text: string): string {
  chargeValue(text);
  return text;
}

function padded(text: string, length: bigint, by: string): string {
  if (length > 1_000n || by.length === 0)
    throw new ExpressionFailure('padStart takes a length up to 1000 and a filling');
  return text.padStart(Number(length), by);
}

const hundred = toDecimal(100);
const key = (value: unknown): unknown => (value instanceof Decimal ? value.toString() : value);
const distinct = (list: readonly unknown[]): readonly unknown[] => [
  ...new Map(list.map((value) => [key(value), value])).values(),
];

/** What expressions may call. */
export const functions: readonly LanguageFunction[] = [
  { signature: 'string.size(): int', does: 'Number of characters.', example: ['"été".size()', '3'] },
  { signature: 'string.contains(string): bool', does: 'Whether a text holds another.', example: ['"T-shirt".contains("shirt")', 'true'] },
  { signature: 'string.startsWith(string): bool', does: 'Whether a text starts with another.', example: ['"SKU-1".startsWith("SKU")', 'true'] },
  { signature: 'string.endsWith(string): bool', does: 'Whether a text ends with another.', example: ['"a.jpg".endsWith(".jpg")', 'true'] },
  { signature: 'string.trim(): string', does: 'Without spaces around it.', example: ['" a ".trim()', '"a"'] },
  { signature: 'string.indexOf(string): int', does: 'Where a text stands in another; -1 when it does not.', example: ['"abc".indexOf("c")', '2'], run: indexOf },
  { signature: 'string.lastIndexOf(string): int', does: 'Where it stands last.', example: ['"abcc".lastIndexOf("c")', '3'], run: lastIndexOf },
  { signature: 'string.substring(int): string', does: 'From a place on.', example: ['"abcd".substring(2)', '"cd"'], run: substring },
  { signature: 'string.substring(int, int): string', does: 'From a place up to another.', example: ['"abcd".substring(1, 3)', '"bc"'], run: substring },
  { signature: 'string.split(string): list<string>', does: 'The parts between a separator.', example: ['"a,b".split(",")', '["a","b"]'] },
  { signature: 'list<string>.join(string): string', does: 'Puts texts together.', example: ['["a", "b"].join("-")', '"a-b"'] },
  { signature: 'string.lowerAscii(): string', does: 'In small letters, A to Z only.', example: ['"ABC".lowerAscii()', '"abc"'] },
  { signature: 'string.upperAscii(): string', does: 'In capitals, a to z only.', example: ['"abc".upperAscii()', '"ABC"'] },
  { signature: 'string.lower(): string', does: 'In small letters.', example: ['"ÉTÉ".lower()', '"été"'], run: (text: string) => text.toLowerCase() },
  { signature: 'string.upper(): string', does: 'In capitals.', example: ['"été".upper()', '"ÉTÉ"'], run: (text: string) => text.toUpperCase() },
  { signature: 'string.replace(string, string): string', does: 'Replaces each occurrence.', example: ['"a-b-c".replace("-", " ")', '"a b c"'], run: (text: string, what: string, by: string) => grown(replaceEach(text, what, by)) },
  { signature: 'string.truncate(int): string', does: 'Its first characters, at most so many; a sign that is put together of several (an accent, a flag) is not cut.', example: ['"abcdef".truncate(3)', '"abc"'], run: truncated },
  { signature: 'string.padStart(int, string): string', does: 'Filled up in front to a length.', example: ['"42".padStart(5, "0")', '"00042"'], run: padded },
  { signature: 'string.withoutTags(): string', does: 'HTML as plain text.', example: ['"<p>caf&eacute; &amp; bar</p>".withoutTags()', '"café & bar"'], run: withoutTags },
  { signature: 'string.like(string): bool', does: 'Whether the whole text fits a pattern (RE2).', example: ['"1234AB".like("[0-9]{4}[A-Z]{2}")', 'true'], run: (text: string, pattern: string) => matched(text, pattern).matcher(text).matches() },
  { signature: 'string.find(string): string', does: 'The first part that fits a pattern; empty when none does.', example: ['"Kerkstraat 12 bis".find("[0-9]+")', '"12"'], run: found },
  { signature: 'string.replaceLike(string, string): string', does: 'Replaces what fits a pattern; $1 is its first group.', example: ['"1234 AB".replaceLike("\\\\s+", "")', '"1234AB"'], run: (text: string, pattern: string, by: string) => grown(matched(text, pattern).matcher(text).replaceAll(by)) },
  { signature: 'words(list<optional<string>>, string): string', does: 'Puts together the texts that are there.', example: ['words([record.?name, record.?nothing], " ")', '"Shirt"'], run: words },
  { signature: 'string(int): string', does: 'A whole number as text.', example: ['string(42)', '"42"'] },
  { signature: 'string(bool): string', does: 'true or false as text.', example: ['string(true)', '"true"'] },
  { signature: 'string(decimal): string', does: 'A decimal as text.', example: ['string(decimal("1.50"))', '"1.5"'], run: (of: Decimal) => of.toString() },
  { signature: 'int(string): int', does: 'The whole number that a text says.', example: ['int("42")', '42'] },
  { signature: 'decimal(string): decimal', does: 'The decimal that a text says.', example: ['decimal("1.50")', '"1.5"'], run: toDecimal },
  { signature: 'decimal(int): decimal', does: 'A whole number as decimal.', example: ['decimal(3)', '"3"'], run: toDecimal },
  { signature: 'decimal.round(int): decimal', does: 'Rounded half up to a number of places.', example: ['decimal("1.005").round(2)', '"1.01"'], run: rounded },
  { signature: 'decimal.abs(): decimal', does: 'Without its sign.', example: ['decimal("-2").abs()', '"2"'], run: (of: Decimal) => new Decimal(of.value.abs()) },
  { signature: 'decimal.addPercent(decimal): decimal', does: 'With a percentage on top, such as VAT.', example: ['decimal("100").addPercent(decimal("21"))', '"121"'], run: (of: Decimal, rate: Decimal) => plus(of, divided(times(of, rate), hundred)) },
  { signature: 'decimal.removePercent(decimal): decimal', does: 'What it was before a percentage was put on top.', example: ['decimal("121").removePercent(decimal("21"))', '"100"'], run: (of: Decimal, rate: Decimal) => divided(times(of, hundred), plus(hundred, rate)) },
  { signature: 'list<decimal>.sum(): decimal', does: 'All of them together.', example: ['[decimal("1.5"), decimal("2")].sum()', '"3.5"'], run: total },
  { signature: 'list<decimal>.least(): decimal', does: 'The smallest.', example: ['[decimal("3"), decimal("2")].least()', '"2"'], run: (list: readonly Decimal[]) => extreme(list, -1) },
  { signature: 'list<decimal>.greatest(): decimal', does: 'The largest.', example: ['[decimal("3"), decimal("2")].greatest()', '"3"'], run: (list: readonly Decimal[]) => extreme(list, 1) },
  { signature: 'list.size(): int', does: 'Number of items.', example: ['[1, 2].size()', '2'] },
  { signature: 'list<T>.first(): optional<T>', does: 'The first item, when there is one.', example: ['["a", "b"].first().orValue("")', '"a"'], run: (list: readonly unknown[]) => (list.length === 0 ? Optional.none() : Optional.of(list[0])) },
  { signature: 'list<T>.distinct(): list<T>', does: 'Each once, in the order in which they come.', example: ['["a", "b", "a"].distinct()', '["a","b"]'], run: distinct },
  { signature: 'list<string>.sorted(): list<string>', does: 'In the order of their characters.', example: ['["b", "a"].sorted()', '["a","b"]'], run: (list: readonly string[]) => [...list].sort() },
  { signature: 'timestamp(string): ' + instant, does: 'The moment that a text says (ISO 8601).', example: ['timestamp("2025-03-30T00:30:00Z")', '"2025-03-30T00:30:00.000Z"'] },
  { signature: `${instant}.date(string): string`, does: 'The day in a time zone.', example: ['timestamp("2025-03-30T23:30:00Z").date("Europe/Amsterdam")', '"2025-03-31"'], run: (at: Date, timeZone: string) => formatterOf(timeZone).format(at) },
  { signature: `${instant}.addDays(int): ${instant}`, does: 'So many times 24 hours later.', example: ['timestamp("2025-01-31T00:00:00Z").addDays(1)', '"2025-02-01T00:00:00.000Z"'], run: addDays },
  { signature: `${instant}.getFullYear(): int`, does: 'The year, in UTC.', example: ['timestamp("2025-03-30T00:00:00Z").getFullYear()', '2025'] },
]; // prettier-ignore

function replaceEach(text: string, what: string, by: string): string {
  if (what === '') throw new ExpressionFailure('replace takes a text to be replaced');
  const parts = text.split(what);
  if (text.length + parts.length * by.length > 1_000_000) throw new ExpressionFailure('the text becomes too long');
  return parts.join(by);
}

function found(text: string, pattern: string): string {
  const matcher = matched(text, pattern).matcher(text);
  return matcher.find() ? (matcher.group() ?? '') : '';
}

function words(list: readonly Optional<string>[], separator: string): string {
  return grown(
    list.flatMap((each) => (each.hasValue() && each.value().trim() !== '' ? [each.value()] : [])).join(separator),
  );
}

function addDays(at: Date, days: bigint): Date {
  const later = new Date(at.getTime() + Number(days) * 86_400_000);
  if (Number.isNaN(later.getTime())) throw new ExpressionFailure('the moment is out of range');
  return later;
}

/** Loops and tests that CEL writes like functions. */
const macros = [
  'has',
  'all',
  'exists',
  'exists_one',
  'map',
  'filter',
  'bind',
  'or',
  'orValue',
  'hasValue',
  'of',
  'none',
  'optMap',
  'size',
];
const nameOf = ({ signature }: LanguageFunction): string => /(\w+)\(/.exec(signature)?.[1] ?? '';

/** Names that may be called. */
export const callable: ReadonlySet<string> = new Set([...macros, ...functions.map((each) => engineName(nameOf(each)))]);

const arithmetic: readonly [string, (a: never, b: never) => Decimal][] = [
  ['+', plus],
  ['-', minus],
  ['*', times],
  ['/', divided],
];
const comparisons: readonly [string, (order: number) => boolean][] = [
  ['<', (order) => order < 0],
  ['<=', (order) => order <= 0],
  ['>', (order) => order > 0],
  ['>=', (order) => order >= 0],
];
const pairs = [['decimal', 'decimal'], ['decimal', 'int'], ['int', 'decimal'], ['decimal', 'double'], ['double', 'decimal']]; // prettier-ignore

/** The language without any record; one for the whole process, copied for each catalogue. */
export const language: Environment = makeLanguage();

function makeLanguage(): Environment {
  const env = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: true,
    limits: { maxAstNodes: 400, maxDepth: 24, maxListElements: 200, maxMapEntries: 100, maxCallArguments: 16 },
  });
  env.registerType('decimal', { ctor: Decimal, fields: {} });
  for (const [left, right] of pairs) {
    for (const [sign, run] of arithmetic) env.registerOperator(`${left} ${sign} ${right}: decimal`, run as never);
    for (const [sign, holds] of comparisons)
      env.registerOperator(`${left} ${sign} ${right}: bool`, ((a: Decimal, b: Decimal) =>
        holds(compare(a, b))) as never);
  }
  env.registerOperator('decimal == decimal', ((a: Decimal, b: Decimal) => compare(a, b) === 0) as never);
  env.registerOperator('-decimal: decimal', ((of: Decimal) => minus(0n, of)) as never);
  // Numbers in objects whose inside the catalogue does not know are floats.
  env.registerOperator('decimal == double', ((a: Decimal, b: Decimal) => compare(a, b) === 0) as never);
  for (const { signature, run } of functions)
    if (run !== undefined) env.registerFunction(signature.replace(/\w+(?=\()/, engineName), run as never);
  return env;
}
