/**
 * Mappings as data: how the fields of one record become the fields of another. Connectors ship complete defaults; people
 * edit copies. `compile.ts` turns a definition into a function.
 */
import type { Document, Json } from '../base/document.js';
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';

/** `inbound`: a system's record becomes a canonical document. `outbound`: a canonical document becomes a system's record. */
export type Direction = 'inbound' | 'outbound';

export interface MappingDefinition {
  /** Stable name, unique: `mpluskassa-product-in`. */
  readonly key: string;
  readonly direction: Direction;
  /** Kind of connector whose words stand on the system's side. */
  readonly connector: string;
  /** Kind of record on the system's side, as in the connector's catalogue. */
  readonly record: string;
  readonly entity: CanonicalEntity | ProjectedEntity;
  /** When it does not hold, the record is excluded, with `note` of the predicate as the reason. */
  readonly includeWhen?: Predicate;
  readonly rules: readonly Rule[];
}

interface RuleBase {
  /** Dotted path in the receiving record: `price.amount`. In a list rule's `rules` it starts at the item. */
  readonly target: string;
  /** False: the rule is kept, but takes no part. */
  readonly isEnabled?: boolean;
  /** Whether the rule takes part when the target record is created, and when it is updated. Both default to true. */
  readonly onCreate?: boolean;
  readonly onUpdate?: boolean;
  readonly default?: Json;
  /** `empty` (the default when `default` is given): when the rule yields nothing. `forced`: always. */
  readonly defaultWhen?: 'empty' | 'forced';
  /** What an empty result does: leave the field out (default), clear it in the target, or fail the record. */
  readonly whenEmpty?: 'omit' | 'clear' | 'fail';
  readonly note?: string;
}

export interface CopyRule extends RuleBase {
  readonly kind: 'copy';
  readonly source: string;
}
export interface ConstantRule extends RuleBase {
  readonly kind: 'constant';
  readonly value: Json;
}
/** Where a code is looked up. */
export interface Lookup {
  readonly source: string;
  /** Key of the value list. */
  readonly list: string;
  /** Path of the second key (country), for lists that have one. */
  readonly secondKey?: string;
}
export interface ValueListRule extends RuleBase, Lookup {
  readonly kind: 'valueList';
}
export interface ConditionRule extends RuleBase {
  readonly kind: 'condition';
  /** Tried from top to bottom; the first that holds wins. */
  readonly rows: readonly { readonly when: Predicate; readonly then: Operand }[];
  readonly otherwise?: Operand;
}
export interface ExpressionRule extends RuleBase {
  readonly kind: 'expression';
  /** In the language of expressions; see docs/expressions.md. */
  readonly expression: string;
}
export interface ListRule extends RuleBase {
  readonly kind: 'list';
  readonly source: string;
  /** Items for which it does not hold are left out. */
  readonly includeWhen?: Predicate;
  /** Paths start at the item; `^.` at the start of a source path goes up to the record that holds the list. */
  readonly rules: readonly Rule[];
}
export type Rule = CopyRule | ConstantRule | ValueListRule | ConditionRule | ExpressionRule | ListRule;
export type RuleKind = Rule['kind'];

/** A null constant gives nothing. */
export type Operand =
  | { readonly copy: string }
  | { readonly constant: Json }
  | { readonly translate: Lookup }
  | { readonly expression: string };

export type Predicate =
  | { readonly all: readonly Predicate[]; readonly note?: string }
  | { readonly any: readonly Predicate[]; readonly note?: string }
  | { readonly not: Predicate; readonly note?: string }
  | { readonly expression: string; readonly note?: string }
  | { readonly field: string; readonly is: 'empty' | 'filled' | 'true' | 'false'; readonly note?: string }
  | {
      readonly field: string;
      readonly is: 'eq' | 'ne' | 'gt' | 'lt' | 'startsWith';
      readonly value: Json;
      readonly note?: string;
    }
  | { readonly field: string; readonly is: 'in'; readonly value: readonly Json[]; readonly note?: string };

/** What a value list says: its entries, and what becomes of codes that have none. */
export interface ValueListBody {
  readonly whenUnmapped: 'fail' | 'default' | 'pass' | 'omit';
  readonly defaultValue?: string;
  readonly entries: readonly ValueListEntry[];
}
/** Translates codes. An entry without `secondKey` holds for every second key that has no entry of its own. */
export interface ValueList extends ValueListBody {
  readonly key: string;
  readonly name: string;
  readonly kind: ValueListKind;
}
export type ValueListKind =
  'TAX_CODE' | 'REVENUE_ACCOUNT' | 'SHIPPING_METHOD' | 'PAYMENT_METHOD' | 'PAYMENT_TERM' | 'ORDER_STATUS' | 'CUSTOM';
export interface ValueListEntry {
  readonly from: string;
  readonly secondKey?: string;
  readonly to: string;
}

/** A definition that cannot be used, and why; found when it is saved or compiled. */
export interface MappingProblem {
  readonly code:
    | 'UNKNOWN_FIELD'
    | 'TYPE_MISMATCH'
    | 'MISSING_REQUIRED_RULE'
    | 'DUPLICATE_TARGET'
    | 'UNKNOWN_VALUE_LIST'
    | 'READ_ONLY_FIELD'
    | 'INVALID_RULE'
    | 'EXPRESSION_SYNTAX'
    | 'EXPRESSION_TYPE';
  /** Index path of the rule: `rules.3.rules.0`. */
  readonly at: string;
  readonly message: string;
  /** Of an expression: what part of its text is meant. */
  readonly range?: TextRange;
}

/** Characters of a text, from `from` up to and without `to`, counted as JavaScript does. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Why one record could not be mapped: which field, which value, what to do. */
export interface RecordProblem {
  readonly code: 'UNMAPPED_VALUE' | 'MISSING_VALUE' | 'WRONG_TYPE' | 'TOO_LONG' | 'NOT_ALLOWED' | 'EXPRESSION_FAILED';
  /** Where in the receiving record. */
  readonly path: string;
  /** Where in the record that the mapping reads; absent when no single field of it is meant. */
  readonly sourcePath?: string;
  readonly message: string;
  readonly value?: Json;
  /** Key of the value list that lacks an entry. */
  readonly list?: string;
  /** The second key (country) for which it lacks one. */
  readonly secondKey?: string;
}

/** A code that a value list has no entry for, although a default, the code itself or nothing stands in. */
export interface UnmappedNote {
  readonly list: string;
  readonly value: string;
  readonly secondKey?: string;
}

export type MappedRecord =
  | {
      readonly type: 'mapped';
      readonly document: Document;
      readonly cleared: readonly string[];
      /** To be counted, so that a person sees which entries are worth adding. */
      readonly unmapped: readonly UnmappedNote[];
      /** Places where a default stood in for a rule that had nothing to say. */
      readonly defaulted: readonly string[];
    }
  | { readonly type: 'excluded'; readonly reason: string }
  | { readonly type: 'failed'; readonly problems: readonly RecordProblem[] };

/** A compiled mapping: pure, total, and never throws for any document. */
export interface CompiledMapping {
  readonly definition: MappingDefinition;
  /** `without`: top-level target fields whose rules take no part. */
  run(source: Document, operation: 'create' | 'update', without?: ReadonlySet<string>): MappedRecord;
  /** Top-level target fields that an update never sends. */
  readonly createOnly: ReadonlySet<string>;
  /** What each top-level target field is made from: paths of the source record; none = constants only. */
  readonly dependsOn: ReadonlyMap<string, readonly string[]>;
}
