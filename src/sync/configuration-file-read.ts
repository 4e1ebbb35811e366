/**
 * Reads a configuration file. In: YAML. Out: what it says (everything may be left out but the version), with the line of each
 * part, or every problem with its line. Whether what it says can be used is seen when it is compared (configuration-plan.ts).
 */
import { refinableEntities } from '../canonical/ownership.js';
import type { MappingDefinition, Rule, ValueListBody, ValueListEntry, ValueListKind } from '../mapping/mapping.js';
import { tidyEntry } from '../mapping/value-list-edit.js';
import {
  everyIn,
  fileVersion,
  ruleForms,
  sections,
  type AlertChannelPart,
  type AlertRulePart,
  type ComparisonPart,
  type FlowPart,
  type MappingPart,
  type OwnerPart,
  type OwnersPart,
  type Section,
  type SystemPart,
  type ValueListPart,
} from './configuration-file.js';
import { alertChannelIn, alertRuleIn, comparisonIn } from './configuration-alerts-read.js';
import { makeReaders, said, type Readers } from './configuration-file-readers.js';
import { readYaml, type FileProblem, type Part } from './configuration-yaml.js';

export interface SaidContent {
  readonly systems: ReadonlyMap<string, Partial<SystemPart>>;
  readonly flows: ReadonlyMap<string, Partial<FlowPart>>;
  readonly fieldOwners: ReadonlyMap<string, OwnersPart>;
  readonly mappings: ReadonlyMap<string, Partial<MappingPart>>;
  readonly valueLists: ReadonlyMap<string, Partial<ValueListPart>>;
  readonly comparisons: ReadonlyMap<string, ComparisonPart>;
  readonly alertChannels: ReadonlyMap<string, Partial<AlertChannelPart>>;
  readonly alertRules: ReadonlyMap<string, Partial<AlertRulePart>>;
  /** The line of a part, a rule or an owner of this file. */
  lineOf(part: object): number | null;
}

export type FileResult =
  | { readonly type: 'content'; readonly content: SaidContent }
  | { readonly type: 'refused'; readonly problems: readonly FileProblem[] };

/** As many as a person reads. */
const mostProblems = 50;

export function readConfigurationFile(text: string): FileResult {
  const read = readYaml(text);
  if (read.type === 'refused') return { type: 'refused', problems: read.problems.slice(0, mostProblems) };
  const problems: FileProblem[] = [];
  const lines = new WeakMap<object, number>();
  const readers = makeReaders((part, at, message) => void problems.push({ line: part.line, at, message }));
  const kept = <T extends object>(part: Part, made: T): T => {
    lines.set(made, part.line);
    return made;
  };
  const root = readers.members(read.root, '', ['koppel', ...sections]);
  const version = root('koppel');
  if (version === undefined)
    readers.say(read.root, '', `The first line says the version of the format: koppel: ${fileVersion}`);
  else if (version.value !== fileVersion)
    readers.say(
      version,
      'koppel',
      `This hub reads version ${fileVersion} of the format, not ${version.text ?? 'this'}.`,
    );
  else {
    const section = <T extends object>(name: Section, shape: (part: Part, at: string) => T): Map<string, T> => {
      const parts = root(name);
      const named = parts === undefined || parts.value === null ? [] : [...readers.named(parts, name)];
      return new Map(named.map(([key, part]) => [key, kept(part, shape(part, `${name}.${key}`))]));
    };
    const content = {
      systems: section('systems', (part, at) => systemIn(readers, part, at)),
      flows: section('flows', (part, at) => flowIn(readers, part, at)),
      fieldOwners: section('fieldOwners', (part, at) => ownersIn(readers, part, at, kept)),
      mappings: section('mappings', (part, at) => mappingIn(readers, part, at, kept)),
      valueLists: section('valueLists', (part, at) => listIn(readers, part, at)),
      comparisons: section('comparisons', (part, at) => comparisonIn(readers, part, at)),
      alertChannels: section('alertChannels', (part, at) => alertChannelIn(readers, part, at)),
      alertRules: section('alertRules', (part, at) => alertRuleIn(readers, part, at)),
      lineOf: (part: object) => lines.get(part) ?? null,
    };
    if (problems.length === 0) return { type: 'content', content };
  }
  return { type: 'refused', problems: problems.slice(0, mostProblems) };
}

function systemIn(read: Readers, part: Part, at: string): Partial<SystemPart> {
  const member = read.members(part, at, ['connector', 'name', 'settings', 'mappings']);
  return said<SystemPart>({
    connector: read.text(member('connector'), `${at}.connector`),
    name: read.text(member('name'), `${at}.name`),
    settings: read.document(member('settings'), `${at}.settings`),
    mappings: read.keys(member('mappings'), `${at}.mappings`),
  });
}

const flowEntities = ['category', 'product', 'stock', 'customer', 'order'] as const;

function flowIn(read: Readers, part: Part, at: string): Partial<FlowPart> {
  const member = read.members(part, at, ['name', 'entity', 'source', 'target', 'every', 'settings']);
  const every = read.text(member('every'), `${at}.every`);
  const pollEveryMs = every === undefined ? undefined : everyIn(every);
  if (every !== undefined && pollEveryMs === undefined)
    read.say(
      member('every')!,
      `${at}.every`,
      `A time between two looks is written like PT5S or PT10M, not "${every}".`,
    );
  return said<FlowPart>({
    name: read.text(member('name'), `${at}.name`),
    entity: read.oneOf(member('entity'), `${at}.entity`, flowEntities),
    source: read.text(member('source'), `${at}.source`),
    target: read.text(member('target'), `${at}.target`),
    pollEveryMs,
    settings: read.document(member('settings'), `${at}.settings`),
  });
}

type Kept = <T extends object>(part: Part, made: T) => T;

function ownersIn(read: Readers, part: Part, at: string, kept: Kept): OwnersPart {
  const [, entity = ''] = at.split('.');
  if (!refinableEntities.some((each) => each === entity))
    read.say(part, at, `Fields of ${refinableEntities.join(', ')} can have owners, not those of ${entity}.`);
  const fields = read.named(part, at);
  return Object.fromEntries(
    [...fields].map(([field, owner]) => [field, kept(owner, ownerIn(read, owner, `${at}.${field}`))]),
  );
}

/** Nothing: as if nobody had said who owns it. */
function ownerIn(read: Readers, part: Part, at: string): OwnerPart {
  const { text } = part;
  if (text === 'manual' || text === 'lastWriter') return { policy: text, owner: null };
  const isNothing = text === null && part.items === null && part.members === null;
  if (isNothing) return { policy: 'source', owner: null };
  if (part.members === null) {
    read.say(part, at, `"${at}" is manual, lastWriter or { system: key }${text === null ? '' : `, not "${text}"`}.`);
    return { policy: 'source', owner: null };
  }
  const system = read.members(part, at, ['system'])('system');
  if (system?.text == null) read.say(part, at, `"${at}" names the key of one system: { system: key }.`);
  return { policy: 'source', owner: system?.text ?? null };
}

function mappingIn(read: Readers, part: Part, at: string, kept: Kept): Partial<MappingPart> {
  const member = read.members(part, at, ['name', 'connector', 'direction', 'record', 'entity', 'includeWhen', 'rules']);
  const rules = read.items(member('rules'), `${at}.rules`);
  return said<MappingPart>({
    name: read.text(member('name'), `${at}.name`),
    connector: read.text(member('connector'), `${at}.connector`),
    direction: read.oneOf(member('direction'), `${at}.direction`, ['inbound', 'outbound'] as const),
    record: read.text(member('record'), `${at}.record`),
    entity: read.text(member('entity'), `${at}.entity`) as MappingDefinition['entity'] | undefined,
    includeWhen: read.document(member('includeWhen'), `${at}.includeWhen`) as MappingPart['includeWhen'],
    rules: rules?.flatMap((rule, index) => ruleIn(read, rule, `${at}.rules.${index}`, kept) ?? []),
  });
}

const everyRule = ['target', 'isEnabled', 'onCreate', 'onUpdate', 'default', 'defaultWhen', 'whenEmpty', 'note'];
const ofKind: Readonly<Record<Rule['kind'], readonly string[]>> = {
  copy: [],
  constant: [],
  valueList: ['source', 'secondKey'],
  expression: [],
  condition: ['otherwise'],
  list: ['includeWhen', 'rules'],
};
const kinds = Object.keys(ofKind) as Rule['kind'][];
const texts = ['target', 'copy', 'valueList', 'expression', 'list', 'source', 'secondKey', 'note'];
const switches = ['isEnabled', 'onCreate', 'onUpdate'];
const words: Readonly<Record<string, readonly string[]>> = {
  defaultWhen: ['empty', 'forced'],
  whenEmpty: ['omit', 'clear', 'fail'],
};

function ruleIn(read: Readers, part: Part, at: string, kept: Kept): Rule | undefined {
  const found = read.named(part, at);
  const [kind, second] = kinds.filter((each) => found.has(each));
  if (part.members === null) return undefined;
  if (kind === undefined || second !== undefined || !found.has('target')) {
    read.say(part, at, `A rule has a target and one of ${kinds.join(', ')}.`);
    return undefined;
  }
  const rule: Record<string, unknown> = { kind };
  read.members(part, at, [...everyRule, kind, ...ofKind[kind]]);
  for (const [name, member] of found) {
    const here = `${at}.${name}`;
    const to = name === kind ? ruleForms[kind] : name;
    if (texts.includes(name)) rule[to] = read.text(member, here);
    else if (words[name] !== undefined) rule[to] = read.oneOf(member, here, words[name]);
    else if (name === 'rules') {
      const items = read.items(member, here) ?? [];
      rule[to] = items.flatMap((item, index) => ruleIn(read, item, `${here}.${index}`, kept) ?? []);
    } else {
      if (switches.includes(name) && typeof member.value !== 'boolean')
        read.say(member, here, `"${here}" is true or false.`);
      rule[to] = member.value;
    }
  }
  if (kind === 'list' && !found.has('rules')) read.say(part, at, 'A list has rules for its items.');
  return kept(part, rule as unknown as Rule);
}

const listKinds = [
  'TAX_CODE',
  'REVENUE_ACCOUNT',
  'SHIPPING_METHOD',
  'PAYMENT_METHOD',
  'PAYMENT_TERM',
  'ORDER_STATUS',
  'CUSTOM',
] as const satisfies readonly ValueListKind[];
const policies = ['fail', 'default', 'pass', 'omit'] as const satisfies readonly ValueListBody['whenUnmapped'][];

function listIn(read: Readers, part: Part, at: string): Partial<ValueListPart> {
  const member = read.members(part, at, ['name', 'kind', 'whenUnmapped', 'defaultValue', 'entries']);
  const entries = read.items(member('entries'), `${at}.entries`);
  const seen = new Map<string, number>();
  return said<ValueListPart>({
    name: read.text(member('name'), `${at}.name`),
    kind: read.oneOf(member('kind'), `${at}.kind`, listKinds),
    whenUnmapped: read.oneOf(member('whenUnmapped'), `${at}.whenUnmapped`, policies),
    defaultValue: read.text(member('defaultValue'), `${at}.defaultValue`),
    entries: entries?.flatMap((row) => entryIn(read, row, `${at}.entries`, seen) ?? []),
  });
}

function entryIn(read: Readers, part: Part, at: string, seen: Map<string, number>): ValueListEntry | undefined {
  const member = read.members(part, at, ['from', 'secondKey', 'to']);
  const [from, to] = [read.text(member('from'), `${at}.from`), read.text(member('to'), `${at}.to`)];
  const secondKey = read.text(member('secondKey'), `${at}.secondKey`);
  if (from === undefined || to === undefined) {
    if (part.members !== null) read.say(part, at, 'A row has from and to, both of them texts, and perhaps secondKey.');
    return undefined;
  }
  const entry = tidyEntry({ from, to, ...(secondKey === undefined ? {} : { secondKey }) });
  if (entry.from === '' || entry.to === '') read.say(part, at, 'A row needs a code and a value.');
  const key = JSON.stringify([entry.from, entry.secondKey ?? '']);
  const line = seen.get(key);
  if (line !== undefined) read.say(part, at, `The code of line ${line} stands here once more.`);
  seen.set(key, part.line);
  return entry;
}
