/**
 * Turns a mapping into a function. In: a definition, the catalogues of both sides, the value lists. Out: a compiled mapping
 * whose `run` is pure and total, or every problem of the definition. All looking up of fields, lists and types happens
 * here once; what runs per record is a row of closures (G7: the same record and mapping give the same document).
 */
import type { Field, Json, RecordCatalogue } from '../base/document.js';
import { checkMapping, itemFields, takesPart, type Operation } from './check.js';
import type {
  CompiledMapping,
  ListRule,
  Lookup,
  MappedRecord,
  MappingDefinition,
  MappingProblem,
  Operand,
  RecordProblem,
  Rule,
  UnmappedNote,
  ValueList,
} from './mapping.js';
import { dependenciesOf } from './dependencies.js';
import { findTarget, isEmpty, makeReader, type Reader, type Scope } from './paths.js';
import { locate, makeSourcePlace, placeOf } from './places.js';
import { compilePredicate, makeWhyNot } from './predicates.js';
import { makeTranslate, type Translate } from './value-lists.js';
import { kept, makeCoercer, mergeItems, show } from './values.js';

export interface CompileContext {
  /** The record that rules read: a connector's catalogue (inbound) or the canonical one (outbound). */
  readonly source: RecordCatalogue;
  readonly target: RecordCatalogue;
  readonly valueLists: readonly ValueList[];
}

export type CompileResult =
  | { readonly type: 'compiled'; readonly mapping: CompiledMapping }
  | { readonly type: 'invalid'; readonly problems: readonly MappingProblem[] };

/** What is gathered while one record is mapped; `prefix` is the place of the item that is being made. */
interface Run {
  readonly problems: RecordProblem[];
  readonly cleared: string[];
  readonly unmapped: UnmappedNote[];
  prefix: string;
}
type MutableDocument = Record<string, Json>;
type Step = (scope: Scope, out: MutableDocument, run: Run) => void;
/** The value of a rule before defaults; undefined when empty or when a problem was noted. */
type Value = (scope: Scope, run: Run) => Json | undefined;

/** Checks and compiles a definition. */
export function compileMapping(definition: MappingDefinition, context: CompileContext): CompileResult {
  const lists = new Map(context.valueLists.map((list) => [list.key, makeTranslate(list)]));
  const { fields } = context.target;
  const problems = checkMapping(definition, context.source.fields, fields, new Set(lists.keys()));
  if (problems.length > 0) return { type: 'invalid', problems };
  const steps = {
    create: compileFields(definition.rules, fields, 'create', lists),
    update: compileFields(definition.rules, fields, 'update', lists),
  };
  const whyNot = definition.includeWhen === undefined ? undefined : makeWhyNot(definition.includeWhen);
  const mapping: CompiledMapping = {
    definition,
    createOnly: createOnlyFields(definition.rules, fields),
    dependsOn: dependenciesOf(definition.rules),
    run(source, operation, without): MappedRecord {
      const scope: Scope = { value: source, above: undefined };
      const reason = whyNot?.(scope);
      if (reason !== undefined) return { type: 'excluded', reason };
      const run: Run = { problems: [], cleared: [], unmapped: [], prefix: '' };
      const document: MutableDocument = {};
      for (const { field, step } of steps[operation]) {
        if (without?.has(field) !== true) step(scope, document, run);
      }
      if (run.problems.length > 0) return { type: 'failed', problems: run.problems };
      return { type: 'mapped', document, cleared: run.cleared, unmapped: run.unmapped };
    },
  };
  return { type: 'compiled', mapping };
}

type Lists = ReadonlyMap<string, Translate>;

/** The steps of a whole record, each with the top-level field that it writes into. */
function compileFields(
  rules: readonly Rule[],
  target: readonly Field[],
  operation: Operation,
  lists: Lists,
): readonly { readonly field: string; readonly step: Step }[] {
  return rules.flatMap((rule) =>
    compileRules([rule], target, operation, lists).map((step) => ({ field: topOf(rule), step })),
  );
}

function compileRules(
  rules: readonly Rule[],
  target: readonly Field[],
  operation: Operation,
  lists: Lists,
): readonly Step[] {
  const steps: Step[] = [];
  for (const rule of rules) {
    const found = findTarget(rule.target, target);
    if (found.type === 'field' && takesPart(rule, found.field, operation)) {
      steps.push(compileRule(rule, found.field, operation, lists));
    }
  }
  return steps;
}

function compileRule(rule: Rule, field: Field, operation: Operation, lists: Lists): Step {
  const write = makeWriter(rule.target);
  const fallback = coerceOnce(rule.default, field);
  if (rule.defaultWhen === 'forced' && fallback !== undefined) return (_, out) => write(out, fallback);
  const value = compileValue(rule, field, operation, lists);
  const whenEmpty = emptyPolicy(rule, field, operation);
  const placeIn = makeSourcePlace(rule);
  const { target } = rule;
  return (scope, out, run) => {
    const before = run.problems.length;
    const own = value(scope, run);
    if (run.problems.length > before) return;
    const result = isEmpty(own) ? fallback : own;
    if (result !== undefined) return write(out, result);
    if (whenEmpty === 'clear') {
      write(out, field.list === true ? [] : null);
      run.cleared.push(run.prefix + target);
    } else if (whenEmpty === 'fail') {
      const path = run.prefix + target;
      run.problems.push({ code: 'MISSING_VALUE', path, ...placeIn(scope), message: `${path} is required, but empty` });
    }
  };
}

/** An empty required field fails the record, unless a rule says that updates may leave it out. */
function emptyPolicy(rule: Rule, field: Field, operation: Operation): 'omit' | 'clear' | 'fail' {
  if (field.required === true && !(operation === 'update' && rule.whenEmpty === 'omit')) return 'fail';
  return rule.whenEmpty ?? 'omit';
}

function compileValue(rule: Rule, field: Field, operation: Operation, lists: Lists): Value {
  switch (rule.kind) {
    case 'copy':
      return compileOperand({ copy: rule.source }, field, rule.target, lists);
    case 'constant':
      return compileOperand({ constant: rule.value }, field, rule.target, lists);
    case 'valueList':
      return compileLookup(rule, field, rule.target, lists);
    case 'condition': {
      const rows = rule.rows.map((row) => ({
        holds: compilePredicate(row.when),
        value: compileOperand(row.then, field, rule.target, lists),
      }));
      const otherwise =
        rule.otherwise === undefined ? undefined : compileOperand(rule.otherwise, field, rule.target, lists);
      return (scope, run) => {
        for (const row of rows) if (row.holds(scope)) return row.value(scope, run);
        return otherwise?.(scope, run);
      };
    }
    case 'list':
      return compileList(rule, field, operation, lists);
  }
}

function compileOperand(operand: Operand, field: Field, target: string, lists: Lists): Value {
  if ('translate' in operand) return compileLookup(operand.translate, field, target, lists);
  if (!('copy' in operand)) {
    const constant = coerceOnce(operand.constant, field);
    return () => constant;
  }
  const read = makeReader(operand.copy);
  const coerce = makeCoercer(field);
  return (scope, run) => {
    const value = read(scope);
    if (value === undefined || isEmpty(value)) return undefined;
    const { length } = run.problems;
    const path = run.prefix + target;
    const result = coerce(value, path, run.problems);
    if (run.problems.length > length) locate(run.problems, length, path, placeOf(operand.copy, scope));
    return result;
  };
}

/** A value that was checked with the definition, in the form of the field. */
function coerceOnce(value: Json | undefined, field: Field): Json | undefined {
  return value === undefined || isEmpty(value) ? undefined : makeCoercer(field)(value, field.name, []);
}

function compileLookup(lookup: Lookup, field: Field, target: string, lists: Lists): Value {
  const translate = lists.get(lookup.list);
  const read = makeReader(lookup.source);
  const readSecond = lookup.secondKey === undefined ? undefined : makeReader(lookup.secondKey);
  const coerce = makeCoercer(field);
  const one = (value: Json, second: string | undefined, run: Run): Json | undefined => {
    const path = run.prefix + target;
    const code = typeof value === 'object' ? undefined : String(value);
    const found = code === undefined ? undefined : translate?.(code, second);
    const noted = second === undefined ? {} : { secondKey: second };
    if (code !== undefined && (found?.type === 'empty' || (found?.type === 'translated' && found.standsIn === true))) {
      run.unmapped.push({ list: lookup.list, value: code, ...noted });
    }
    if (found?.type === 'translated') return found.to;
    if (found?.type === 'empty') return undefined;
    const where = second === undefined ? '' : ` with ${show(second)}`;
    const message = `${path}: the value list "${lookup.list}" has no entry for ${show(value)}${where}`;
    run.problems.push({ code: 'UNMAPPED_VALUE', path, message, list: lookup.list, ...noted, ...kept(value) });
    return undefined;
  };
  return (scope, run) => {
    const value = read(scope);
    if (value === undefined || isEmpty(value)) return undefined;
    const second = readSecond?.(scope);
    const secondKey =
      second === undefined || second === null || typeof second === 'object' ? undefined : String(second);
    const { length } = run.problems;
    const translated = Array.isArray(value)
      ? (value as readonly Json[]).map((each) => one(each, secondKey, run)).filter((each) => each !== undefined)
      : one(value, secondKey, run);
    const result =
      translated === undefined || isEmpty(translated)
        ? undefined
        : coerce(translated, run.prefix + target, run.problems);
    if (run.problems.length > length) locate(run.problems, length, run.prefix + target, placeOf(lookup.source, scope));
    return result;
  };
}

function compileList(rule: ListRule, field: Field, operation: Operation, lists: Lists): Value {
  const read: Reader = makeReader(rule.source);
  const includes = rule.includeWhen === undefined ? undefined : compilePredicate(rule.includeWhen);
  const steps = compileRules(rule.rules, itemFields(field), operation, lists);
  const isPlain = field.type !== 'object';
  return (scope, run) => {
    const list = read(scope);
    if (isEmpty(list)) return undefined;
    const { prefix } = run;
    if (!Array.isArray(list)) {
      run.problems.push({
        code: 'WRONG_TYPE',
        path: prefix + rule.target,
        sourcePath: placeOf(rule.source, scope),
        message: `${prefix}${rule.target} needs a list, but ${rule.source} is none`,
      });
      return undefined;
    }
    const items: Json[] = [];
    (list as readonly Json[]).forEach((value, index) => {
      const inner: Scope = { value, above: scope, item: { list: rule.source, index } };
      if (includes !== undefined && !includes(inner)) return;
      const out: MutableDocument = {};
      run.prefix = `${prefix}${rule.target}.${index}.`;
      for (const step of steps) step(inner, out, run);
      const item = isPlain ? out['.'] : out;
      if (item !== undefined && (isPlain || Object.keys(out).length > 0)) items.push(item);
    });
    run.prefix = prefix;
    return mergeItems(items, field);
  };
}

/** Writes at a path of the catalogue; objects on the way are made when the first of their fields is written. */
function makeWriter(path: string): (out: MutableDocument, value: Json) => void {
  if (path === '.' || !path.includes('.')) {
    return (out, value) => {
      out[path] = value;
    };
  }
  const segments = path.split('.');
  const last = segments.pop() ?? path;
  return (out, value) => {
    let within = out;
    for (const segment of segments) within = (within[segment] ??= {}) as MutableDocument;
    within[last] = value;
  };
}

const topOf = (rule: Rule): string => rule.target.split('.', 1)[0] ?? rule.target;

/** Top-level fields of which no rule takes part in updates. */
function createOnlyFields(rules: readonly Rule[], target: readonly Field[]): ReadonlySet<string> {
  const updated = new Set<string>();
  for (const rule of rules) {
    const found = findTarget(rule.target, target);
    if (found.type === 'field' && takesPart(rule, found.field, 'update')) updated.add(topOf(rule));
  }
  return new Set(rules.map(topOf).filter((name) => !updated.has(name)));
}
