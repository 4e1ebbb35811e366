/**
 * What a configuration file says, and how it says it: systems, flows, owners of fields, mappings, value lists, comparisons and alerts by
 * their keys, never by ids, in an order that does not depend on when they were made. No secrets and no states. Pure;
 * `readConfigurationFile` is the way back.
 */
import type { Document, Json } from '../base/document.js';
import type { FlowEntity } from '../canonical/entities.js';
import type { FieldOwner } from '../canonical/ownership.js';
import type { MappingDefinition, Rule, ValueListBody, ValueListKind } from '../mapping/mapping.js';
import type { AlertRuleRow } from '../store/alert-rules.js';
import { writeYaml } from './configuration-yaml.js';

/** Rises when a file of before could be misunderstood. */
export const fileVersion = 1;

export interface SystemPart {
  readonly connector: string;
  readonly name: string;
  readonly settings: Document;
  /** Keys of mappings that people made and that it uses in place of the shipped ones; absent: none. */
  readonly mappings?: readonly string[];
}
export interface FlowPart {
  readonly name: string;
  readonly entity: FlowEntity;
  readonly source: string;
  readonly target: string;
  readonly pollEveryMs: number;
  readonly settings: Document;
}
/** What is said of a field. `source` without an owner: nothing, it follows its flows. */
export type OwnerPart = Pick<FieldOwner, 'policy' | 'owner'>;
/** Owners of the fields of one entity, by field. */
export type OwnersPart = Readonly<Record<string, OwnerPart>>;
export interface MappingPart extends Omit<MappingDefinition, 'key'> {
  /** Of one that people made. */
  readonly name?: string;
}
export interface ValueListPart extends ValueListBody {
  readonly name: string;
  readonly kind: ValueListKind;
}

/** How often the hub compares the systems of a flow by itself. Null: only when somebody asks. */
export interface ComparisonPart {
  readonly everyHours: number | null;
}
/** Flows, systems and channels are keys, in alphabetical order. */
export interface AlertRulePart extends Pick<
  AlertRuleRow,
  'name' | 'kind' | 'severity' | 'flows' | 'systems' | 'channels' | 'isEnabled'
> {
  readonly threshold?: number;
  readonly windowMinutes?: number;
}
/** Leads to an e-mail address or a webhook. */
export interface AlertChannelPart {
  readonly name: string;
  readonly email?: string;
  /** Only on which host: the rest of an address is often a secret. */
  readonly webhook?: string;
  /** Of webhooks. */
  readonly isSigned?: boolean;
  readonly language: string;
}

/** All of it, by key. */
export interface FileContent {
  readonly systems: ReadonlyMap<string, SystemPart>;
  readonly flows: ReadonlyMap<string, FlowPart>;
  /** By entity. */
  readonly fieldOwners: ReadonlyMap<string, OwnersPart>;
  readonly mappings: ReadonlyMap<string, MappingPart>;
  readonly valueLists: ReadonlyMap<string, ValueListPart>;
  /** By flow. */
  readonly comparisons: ReadonlyMap<string, ComparisonPart>;
  readonly alertChannels: ReadonlyMap<string, AlertChannelPart>;
  readonly alertRules: ReadonlyMap<string, AlertRulePart>;
}
export type Section = keyof FileContent;
export const sections = ['systems', 'flows', 'fieldOwners', 'mappings', 'valueLists', 'comparisons', 'alertChannels', 'alertRules'] as const satisfies readonly Section[]; // prettier-ignore

/** The member that says of which kind a rule is, and which part of the rule it holds. */
export const ruleForms = {
  copy: 'source',
  constant: 'value',
  valueList: 'list',
  expression: 'expression',
  condition: 'rows',
  list: 'source',
} as const satisfies Record<Rule['kind'], string>;

export function writeConfigurationFile(content: FileContent): string {
  const parts = {
    systems: byKey(content.systems, ({ connector, name, settings, mappings }) => ({
      ...{ connector, name, settings: sorted(settings) },
      ...(mappings === undefined ? {} : { mappings }),
    })),
    flows: byKey(content.flows, ({ name, entity, source, target, pollEveryMs, settings }) => ({
      ...{ name, entity, source, target, every: everyOf(pollEveryMs), settings: sorted(settings) },
    })),
    fieldOwners: byKey(content.fieldOwners, (owners) => byKey(new Map(Object.entries(owners)), plainOwner)),
    mappings: byKey(content.mappings, ({ name, connector, direction, record, entity, includeWhen, rules }) => ({
      ...(name === undefined ? {} : { name }),
      ...{ connector, direction, record, entity },
      ...(includeWhen === undefined ? {} : { includeWhen: readable(includeWhen as Json) }),
      rules: rules.map(plainRule),
    })),
    valueLists: byKey(content.valueLists, ({ name, kind, whenUnmapped, defaultValue, entries }) => ({
      ...{ name, kind, whenUnmapped },
      ...(defaultValue === undefined ? {} : { defaultValue }),
      entries: entries.map(({ from, secondKey, to }) => ({
        from,
        ...(secondKey === undefined ? {} : { secondKey }),
        to,
      })),
    })),
    comparisons: byKey(content.comparisons, ({ everyHours }) => ({ everyHours })),
    alertChannels: byKey(content.alertChannels, ({ name, email, webhook, isSigned, language }) =>
      present({ name, email, webhook, isSigned, language }),
    ),
    alertRules: byKey(
      content.alertRules,
      ({ name, kind, severity, threshold, windowMinutes, flows, systems, channels, isEnabled }) =>
        present({ name, kind, severity, threshold, windowMinutes, flows, systems, channels, isEnabled }),
    ),
  };
  return writeYaml({ koppel: fileVersion, ...parts }, isOneLine);
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Without what is not there. */
const present = (members: Readonly<Record<string, Json | undefined>>): Document =>
  Object.fromEntries(Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

function byKey<T>(parts: ReadonlyMap<string, T>, shape: (part: T) => Json): Document {
  const keys = [...parts.keys()].sort(byText);
  return Object.fromEntries(keys.map((key) => [key, shape(parts.get(key)!)]));
}

function sorted(value: Json): Json {
  return reordered(value, byText);
}

/** Members of rules as people would say them; others after these, by name. */
const spoken =
  `target copy constant valueList expression condition list source secondKey when then translate field is value
  all any not otherwise includeWhen isEnabled onCreate onUpdate default defaultWhen whenEmpty note rules`.split(/\s+/);

function readable(value: Json): Json {
  const rank = (name: string): number => (spoken.indexOf(name) + spoken.length + 1) % (spoken.length + 1);
  return reordered(value, (a, b) => rank(a) - rank(b) || byText(a, b));
}

function reordered(value: Json, order: (a: string, b: string) => number): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => reordered(item, order));
  if (typeof value !== 'object' || value === null) return value;
  const document = value as Document;
  const names = Object.keys(document).sort(order);
  return Object.fromEntries(names.map((name) => [name, reordered(document[name] ?? null, order)]));
}

/** An owner as the file has it: `manual`, `lastWriter`, `{ system: key }`, or null. */
export const plainOwner = ({ policy, owner }: OwnerPart): Json =>
  policy !== 'source' ? policy : owner === null ? null : { system: owner };

/** A rule as the file has it: `{ target, copy: path }` and so on. */
export function plainRule(rule: Rule): Json {
  const { kind, ...rest } = rule as unknown as Readonly<Record<string, Json>> & { readonly kind: Rule['kind'] };
  const { [ruleForms[kind]]: said = null, ...others } = rest;
  const rules = rule.kind === 'list' ? { rules: rule.rules.map(plainRule) } : {};
  return readable({ ...others, ...rules, [kind]: said } as Document);
}

/** Rows and rules stand on one line each; what holds rules or rows of its own does not fit. */
function isOneLine(value: Json, name: string): boolean {
  if (hasLines(value)) return false;
  const isMap = !Array.isArray(value);
  if (name === 'rules') return isMap && !('rules' in (value as Document)) && !('condition' in (value as Document));
  if (['entries', 'condition'].includes(name)) return isMap;
  if (isMap && isAlone(value as Document)) return true;
  // Flows and systems are sections too, and those have many lines.
  if (!isMap && ['flows', 'systems', 'channels', 'mappings'].includes(name)) return true;
  return ['includeWhen', 'otherwise', 'types', 'ownedFields', 'branches'].includes(name);
}

/** As owners of fields and schedules of comparisons are written. */
const isAlone = (value: Document): boolean =>
  Object.keys(value).length === 1 && (typeof value['system'] === 'string' || 'everyHours' in value);

const hasLines = (value: Json): boolean =>
  typeof value === 'string'
    ? value.includes('\n')
    : typeof value === 'object' && value !== null && Object.values(value).some((inner) => hasLines(inner as Json));

/** How often a source is looked at, as ISO 8601 text: `PT5S`, `PT0.25S`, `PT10M`. */
export function everyOf(ms: number): string {
  if (ms % 60_000 === 0 && ms > 0) return `PT${ms / 60_000}M`;
  return `PT${ms / 1_000}S`;
}

/** Milliseconds; undefined when it is none of the forms. */
export function everyIn(text: string): number | undefined {
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7}(?:\.\d{1,3})?)S)?$/.exec(text) ?? ['', '-1'];
  const ms = Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000);
  return ms > 0 ? ms : undefined;
}
