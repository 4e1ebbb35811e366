/**
 * Reads a request body by a table of fields. In: what was sent. Out: the values as the system keeps them (trimmed,
 * rounded, without scripts) and one problem per mistake, each with its pointer. Pure.
 */
import { Big } from 'big.js';
import type { Json } from '../../src/base/document.js';
import type { FieldProblem, Row } from './answers.js';
import type { FieldRule, FieldTable } from './fields.js';

export interface Checked {
  readonly values: Row;
  readonly problems: readonly FieldProblem[];
}

/** `whole`: required fields must be there and missing ones get their initial value; else only what was sent is read. */
export function checkBody(table: FieldTable, body: unknown, whole: boolean): Checked {
  const problems: FieldProblem[] = [];
  const values = readObject(table, body, '', whole, problems);
  return { values, problems };
}

function readObject(table: FieldTable, body: unknown, at: string, whole: boolean, problems: FieldProblem[]): Row {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    problems.push({ pointer: at, code: 'wrong_type', message: 'must be an object' });
    return {};
  }
  const sent = body as Readonly<Record<string, unknown>>;
  const values: Record<string, Json> = {};
  for (const key of Object.keys(sent)) {
    if (!Object.hasOwn(table, key)) {
      problems.push({
        pointer: `${at}/${escape(key)}`,
        code: 'unknown_field',
        message: 'is no field that can be written',
      });
    }
  }
  for (const [key, rule] of Object.entries(table)) {
    const pointer = `${at}/${key}`;
    const value = Object.hasOwn(sent, key) ? sent[key] : undefined;
    if (value === undefined) {
      if (!whole) continue;
      if (rule.required) problems.push({ pointer, code: 'required', message: 'is required' });
      else if (rule.initial !== undefined) values[key] = rule.initial;
    } else if (value === null) {
      if (rule.filled) problems.push({ pointer, code: 'not_empty', message: 'must not be empty' });
      else values[key] = rule.initial ?? null;
    } else {
      const read = readValue(rule, value, pointer, problems);
      if (read !== undefined && !rule.ignored) values[key] = read;
    }
  }
  return values;
}

function readValue(rule: FieldRule, value: unknown, pointer: string, problems: FieldProblem[]): Json | undefined {
  const wrong = (code: string, message: string): undefined => {
    problems.push({ pointer, code, message });
  };
  switch (rule.kind) {
    case 'text':
    case 'html':
      return readText(rule, value, wrong);
    case 'instant':
      if (typeof value !== 'string' || Number.isNaN(Date.parse(value)))
        return wrong('wrong_type', 'must be an RFC 3339 instant');
      return value;
    case 'decimal':
    case 'positive':
      return readDecimal(rule, value, wrong);
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value))
        return wrong('wrong_type', 'must be a whole number');
      if (rule.least !== undefined && value < rule.least) return wrong('too_small', `must not be below ${rule.least}`);
      if (rule.max !== undefined && value > rule.max) return wrong('too_large', `must not be above ${rule.max}`);
      return value;
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong('wrong_type', 'must be true or false');
    case 'texts':
      if (!Array.isArray(value) || value.some((item) => typeof item !== 'string'))
        return wrong('wrong_type', 'must be a list of texts');
      return value as string[];
    case 'object':
      return readObject(rule.fields ?? {}, value, pointer, true, problems);
    case 'list':
      if (!Array.isArray(value)) return wrong('wrong_type', 'must be a list');
      return value.map((item, index) => readObject(rule.fields ?? {}, item, `${pointer}/${index}`, true, problems));
  }
}

type Wrong = (code: string, message: string) => undefined;

function readText(rule: FieldRule, value: unknown, wrong: Wrong): string | undefined {
  if (typeof value !== 'string') return wrong('wrong_type', 'must be a text');
  const kept = rule.verbatim ? value : rule.kind === 'html' ? withoutScripts(value) : value.trim();
  const length = [...kept].length;
  if (length < (rule.least ?? 0)) return wrong('too_short', `must have at least ${rule.least ?? 0} characters`);
  if (rule.max !== undefined && length > rule.max) return wrong('too_long', `must have at most ${rule.max} characters`);
  if (rule.values !== undefined && !rule.values.includes(kept))
    return wrong('not_allowed', `must be one of ${rule.values.join(', ')}`);
  if (rule.pattern !== undefined && !rule.pattern.test(kept))
    return wrong('not_allowed', `must look like ${rule.pattern.source}`);
  return kept;
}

function readDecimal(rule: FieldRule, value: unknown, wrong: Wrong): string | undefined {
  if (typeof value !== 'string' || !/^-?\d{1,15}(\.\d{1,6})?$/.test(value))
    return wrong('wrong_type', 'must be a decimal written as text');
  const number = new Big(value);
  if (rule.kind === 'positive' && number.lt(0)) return wrong('negative', 'must not be negative');
  return rule.places === undefined ? plainDecimal(number) : number.toFixed(rule.places, Big.roundHalfUp);
}

/** Without zeros at the end, and never in exponent notation. */
export function plainDecimal(number: Big): string {
  const text = number.toFixed(6);
  return text.replace(/\.?0+$/, '').replace(/^-0$/, '0');
}

function withoutScripts(html: string): string {
  return html.replace(/<script\b[\s\S]*?(<\/script\s*>|$)/gi, '');
}

const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
