/**
 * Turns a mapping into a function. In: a definition, the catalogues of both sides, the value lists. Out: a compiled mapping
 * whose `run` is pure and total, or every problem of the definition. All looking up of fields, lists and types happens
 * here once; what runs per record is a row of closures (G7: the same record and mapping give the same document).
 */
import type { Field, Json, RecordCatalogue } from '../base/document.js';
import { checkMapping, itemFields, itemScope } from './check.js';
import { ExpressionFailure } from './expression/failure.js';
import type {
  CompiledMapping,
  ListRule,
  MappedRecord,
  MappingDefinition,
  MappingProblem,
  Operand,
  Rule,
  ValueList,
} from './mapping.js';
import { dependenciesOf } from './dependencies.js';
import {
  findSource,
  findTarget,
  isEmpty,
  makeReader,
  type FieldScope,
  type FoundField,
  type Reader,
  type Scope,
} from './paths.js';
import { coerceOnce, compileOperand, failedExpression, type Compiling, type Run, type Value } from './operands.js';
import { makeSourcePlace, placeOf } from './places.js';
import { compilePredicate, makeWhyNot } from './predicates.js';
import { makeTranslate } from './value-lists.js';
import { mergeItems } from './values.js';
import { makeItemWriter, makeWriter, type MutableDocument } from './writers.js';
import { takesPart, type Operation } from './written.js';

export interface CompileContext {
  /** The record that rules read: a connector's catalogue (inbound) or the canonical one (outbound). */
  readonly source: RecordCatalogue;
  readonly target: RecordCatalogue;
  readonly valueLists: readonly ValueList[];
}

export type CompileResult =
  | { readonly type: 'compiled'; readonly mapping: CompiledMapping }
  | { readonly type: 'invalid'; readonly problems: readonly MappingProblem[] };

type Step = (scope: Scope, out: MutableDocument, run: Run) => void;
/** Checks and compiles a definition. */
export function compileMapping(definition: MappingDefinition, context: CompileContext): CompileResult {
  const lists = new Map(context.valueLists.map((list) => [list.key, makeTranslate(list)]));
  const { fields } = context.target;
  const problems = checkMapping(definition, context.source.fields, fields, new Set(lists.keys()));
  if (problems.length > 0) return { type: 'invalid', problems };
  const reads: FieldScope = { fields: context.source.fields, above: undefined };
  const stepsOf = (operation: Operation): readonly FieldStep[] =>
    compileFields(definition.rules, fields, { operation, lists, reads });
  const steps = { create: stepsOf('create'), update: stepsOf('update') };
  const whyNot = definition.includeWhen === undefined ? undefined : makeWhyNot(definition.includeWhen, reads);
  const mapping: CompiledMapping = {
    definition,
    createOnly: createOnlyFields(definition.rules, fields),
    dependsOn: dependenciesOf(definition.rules),
    run(source, operation, without): MappedRecord {
      const scope: Scope = { value: source, above: undefined };
      const run: Run = { problems: [], cleared: [], unmapped: [], defaulted: [], prefix: '' };
      const document: MutableDocument = {};
      let at = 'includeWhen';
      try {
        const reason = whyNot?.(scope);
        if (reason !== undefined) return { type: 'excluded', reason };
        for (const { field, step } of steps[operation]) {
          at = field;
          if (without?.has(field) !== true) step(scope, document, run);
        }
      } catch (thrown) {
        if (!(thrown instanceof ExpressionFailure)) throw thrown;
        run.problems.push(failedExpression(at, thrown));
      }
      if (run.problems.length > 0) return { type: 'failed', problems: run.problems };
      return { type: 'mapped', document, cleared: run.cleared, unmapped: run.unmapped, defaulted: run.defaulted };
    },
  };
  return { type: 'compiled', mapping };
}

interface FieldStep {
  readonly field: string;
  readonly step: Step;
}

/** The steps of a record or item, each with the top-level field that it writes into. */
function compileFields(rules: readonly Rule[], target: readonly Field[], compiling: Compiling): readonly FieldStep[] {
  const own: FieldStep[] = [];
  const named: FieldStep[] = [];
  for (const rule of rules) {
    const found = findTarget(rule.target, target);
    if (found.type !== 'field' || !takesPart(rule, found.field, compiling.operation)) continue;
    // Items that are named come after the rule for their list, wherever that stands.
    (found.item === undefined ? own : named).push({ field: topOf(rule), step: compileRule(rule, found, compiling) });
  }
  return [...own, ...named];
}

function compileRule(rule: Rule, { field, item }: FoundField, compiling: Compiling): Step {
  const { write, clear } = item === undefined ? makeWriter(rule.target, field.list === true) : makeItemWriter(item);
  const fallback = coerceOnce(rule.default, field);
  if (rule.defaultWhen === 'forced' && fallback !== undefined) return (_, out) => write(out, fallback);
  const value = compileValue(rule, field, compiling);
  const whenEmpty = emptyPolicy(rule, field, compiling.operation);
  const placeIn = makeSourcePlace(rule, compiling.reads);
  const { target } = rule;
  return (scope, out, run) => {
    const before = run.problems.length;
    const own = value(scope, run);
    if (run.problems.length > before) return;
    const result = isEmpty(own) ? fallback : own;
    if (result !== undefined && result !== own) run.defaulted.push(run.prefix + target);
    if (result !== undefined) return write(out, result);
    if (whenEmpty === 'clear') {
      const cleared = clear(out);
      if (cleared !== undefined) run.cleared.push(run.prefix + cleared);
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

function compileValue(rule: Rule, field: Field, compiling: Compiling): Value {
  const { target } = rule;
  const operand = (of: Operand): Value => compileOperand(of, field, target, compiling);
  switch (rule.kind) {
    case 'copy':
      return operand({ copy: rule.source });
    case 'constant':
      return operand({ constant: rule.value });
    case 'valueList':
      return operand({ translate: rule });
    case 'expression':
      return operand({ expression: rule.expression });
    case 'condition': {
      const rows = rule.rows.map((row) => ({
        holds: compilePredicate(row.when, compiling.reads),
        value: operand(row.then),
      }));
      const otherwise = rule.otherwise === undefined ? undefined : operand(rule.otherwise);
      return (scope, run) => {
        for (const row of rows) if (row.holds(scope)) return row.value(scope, run);
        return otherwise?.(scope, run);
      };
    }
    case 'list':
      return compileList(rule, field, compiling);
  }
}

function compileList(rule: ListRule, field: Field, { operation, lists, reads: above }: Compiling): Value {
  const read: Reader = makeReader(rule.source, above);
  const reads = itemScope(findSource(rule.source, above), above);
  const includes = rule.includeWhen === undefined ? undefined : compilePredicate(rule.includeWhen, reads);
  const steps = compileFields(rule.rules, itemFields(field), { operation, lists, reads });
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
      for (const { step } of steps) step(inner, out, run);
      const item = isPlain ? out['.'] : out;
      if (item !== undefined && (isPlain || Object.keys(out).length > 0)) items.push(item);
    });
    run.prefix = prefix;
    return mergeItems(items, field);
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
