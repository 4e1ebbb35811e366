/**
 * Compares a configuration file with what is published. In: what the file says, what is published, with its versions. Out: a
 * plan (exactly what would change, and a hash by which this plan and no other is carried out) or what is wrong. Pure.
 */
import { contentHash } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import { everyOf, sections, type AlertChannelPart, type AlertRulePart, type ComparisonPart, type FileContent, type FlowPart, type MappingPart, type OwnersPart, type Section, type SystemPart, type ValueListPart } from './configuration-file.js'; // prettier-ignore
import type { SaidContent } from './configuration-file-read.js';
import {
  changesOfRules,
  fieldChanges,
  mergedEntries,
  mergedOwners,
  mergedRules,
  mergedSettings,
  ownerChanges,
  rowChanges,
  type FieldChange,
} from './configuration-merge.js';
import type { FileProblem } from './configuration-yaml.js';
import { planProblems } from './configuration-plan-problems.js';
import type { PlanChecks, PlannedParts, PartChange, PublishedContent } from './configuration-planned.js';

export interface ConfigurationPlan {
  readonly parts: PlannedParts;
  readonly problems: readonly FileProblem[];
  /** Of exactly these changes to exactly what is published now. */
  readonly hash: string;
  /** Rows, rules, settings, owners and lists that the file does not mention and that stay. */
  readonly keptCount: number;
}

export function planConfiguration(
  said: SaidContent,
  published: PublishedContent,
  { prune, checks }: { readonly prune: boolean; readonly checks: PlanChecks },
): ConfigurationPlan {
  const planned = compare(said, published, prune);
  const problems = planProblems({ said, published, planned, checks });
  const keptCount = prune ? 0 : removals(compare(said, published, true)) - removals(planned);
  const state = {
    versions: Object.fromEntries(published.versions),
    systems: Object.fromEntries(published.systems),
    flows: Object.fromEntries(published.flows),
    fieldOwners: Object.fromEntries(published.fieldOwners),
    comparisons: Object.fromEntries(published.comparisons),
    alertChannels: Object.fromEntries(published.alertChannels),
    alertRules: Object.fromEntries(published.alertRules),
  };
  const hash = contentHash({ planned, state } as unknown as Json);
  return { parts: planned, problems, hash, keptCount };
}

const removals = (planned: PlannedParts): number =>
  sections.flatMap((section) => planned[section].flatMap(({ changes }) => changes)).filter(({ kind }) => kind === 'REMOVED')
    .length; // prettier-ignore

function compare(said: SaidContent, published: FileContent, prune: boolean): PlannedParts {
  const each = <T extends object>(section: Section, merge: Merge<T, T | null>, changes: Differ<T>): PartChange<T>[] => {
    const was = published[section] as unknown as ReadonlyMap<string, T>;
    const is = said[section] as unknown as ReadonlyMap<string, Partial<T>>;
    const isPruned = prune && !stays.has(section);
    const unmentioned = isPruned ? [...was.keys()].filter((key) => !is.has(key)) : [];
    return [...is.keys(), ...unmentioned].sort().flatMap((key): PartChange<T>[] => {
      const before = was.get(key) ?? null;
      const file = is.get(key);
      const after = file === undefined ? null : merge(before, file, prune);
      const found = changes(before, after);
      return found.length === 0 && (before === null) === (after === null)
        ? []
        : [{ key, before, after, changes: found }];
    });
  };
  return {
    systems: each('systems', mergeSystem, changesOf<SystemPart>(['connector', 'name', 'settings', 'mappings'])),
    flows: each('flows', mergeFlow, changesOf<FlowPart>(['name', 'entity', 'source', 'target', 'pollEveryMs', 'settings'])),
    fieldOwners: each<OwnersPart>('fieldOwners', (before, owners, all) => mergedOwners(before, owners as OwnersPart, all), ownerChanges),
    mappings: each<MappingPart>('mappings', mergeMapping, (before, after) => [
      ...changesOf<MappingPart>(['name', 'connector', 'direction', 'record', 'entity', 'includeWhen'])(before, after),
      ...changesOfRules(before?.rules ?? [], after?.rules ?? []),
    ]),
    valueLists: each<ValueListPart>('valueLists', mergeList, (before, after) => [
      ...changesOf<ValueListPart>(['name', 'kind', 'whenUnmapped', 'defaultValue'])(before, after),
      ...rowChanges(before?.entries ?? [], after?.entries ?? []),
    ]),
    comparisons: each<ComparisonPart>('comparisons', (_, { everyHours = null }) => (everyHours === null ? null : { everyHours }), changesOf<ComparisonPart>(['everyHours'])),
    alertChannels: each<AlertChannelPart>('alertChannels', mergeChannel, changesOf<AlertChannelPart>(['name', 'email', 'webhook', 'isSigned', 'language'])),
    alertRules: each<AlertRulePart>('alertRules', mergeRule, changesOf<AlertRulePart>(['name', 'kind', 'severity', 'threshold', 'windowMinutes', 'flows', 'systems', 'channels', 'isEnabled'])),
  }; // prettier-ignore
}

/** They are ended where they are made, never by leaving them out of a file. */
const stays: ReadonlySet<Section> = new Set(['systems', 'flows', 'mappings']);

type Merge<T, R = T> = (before: T | null, said: Partial<T>, prune: boolean) => R;
type Differ<T> = (before: T | null, after: T | null) => readonly FieldChange[];

const changesOf =
  <T extends object>(names: readonly (keyof T & string)[]): Differ<T> =>
  (before, after) =>
    names.flatMap((name) => {
      const [was, is] = [before?.[name] as Json | undefined, after?.[name] as Json | undefined];
      if (name !== 'pollEveryMs') return fieldChanges(name, was, is);
      const shown = (ms: Json | undefined): Json | undefined => (typeof ms === 'number' ? everyOf(ms) : undefined);
      return fieldChanges('every', shown(was), shown(is));
    });

const mergeSystem: Merge<SystemPart> = (before, said, prune) => {
  const mappings = said.mappings ?? (prune ? [] : (before?.mappings ?? []));
  return {
    connector: said.connector ?? before?.connector ?? '',
    name: said.name ?? before?.name ?? '',
    settings: mergedSettings(before?.settings ?? {}, said.settings, prune),
    // Which it uses is said whole: one that is not named is not used.
    ...(mappings.length === 0 ? {} : { mappings }),
  };
};

const mergeFlow: Merge<FlowPart> = (before, said, prune) => ({
  name: said.name ?? before?.name ?? '',
  entity: said.entity ?? before?.entity ?? 'product',
  source: said.source ?? before?.source ?? '',
  target: said.target ?? before?.target ?? '',
  pollEveryMs: said.pollEveryMs ?? before?.pollEveryMs ?? 5_000,
  settings: mergedSettings(before?.settings ?? {}, said.settings, prune),
});

const mergeMapping: Merge<MappingPart> = (before, said, prune) => {
  const includeWhen = said.includeWhen ?? (prune ? undefined : before?.includeWhen);
  const name = said.name ?? before?.name;
  return {
    ...(name === undefined ? {} : { name }),
    connector: said.connector ?? before?.connector ?? '',
    direction: said.direction ?? before?.direction ?? 'inbound',
    record: said.record ?? before?.record ?? '',
    entity: said.entity ?? before?.entity ?? 'product',
    ...(includeWhen === undefined ? {} : { includeWhen }),
    rules: mergedRules(before?.rules ?? [], said.rules, prune),
  };
};

const mergeList: Merge<ValueListPart> = (before, said, prune) => {
  const defaultValue = said.defaultValue ?? (prune ? undefined : before?.defaultValue);
  return {
    name: said.name ?? before?.name ?? '',
    kind: said.kind ?? before?.kind ?? 'CUSTOM',
    whenUnmapped: said.whenUnmapped ?? before?.whenUnmapped ?? 'fail',
    ...(defaultValue === undefined ? {} : { defaultValue }),
    entries: mergedEntries(before?.entries ?? [], said.entries, prune),
  };
};

/** Where it leads is not left out by a shorter file: a channel without it would be none. */
const mergeChannel: Merge<AlertChannelPart> = (before, said) => {
  const isSigned = said.isSigned ?? before?.isSigned;
  const { email = before?.email, webhook = before?.webhook } = said;
  return {
    name: said.name ?? before?.name ?? '',
    ...(email === undefined ? {} : { email }),
    ...(webhook === undefined ? {} : { webhook }),
    // Only webhooks are signed.
    ...(isSigned === undefined || (webhook === undefined && !isSigned) ? {} : { isSigned }),
    language: said.language ?? before?.language ?? 'en',
  };
};

const mergeRule: Merge<AlertRulePart> = (before, said, prune) => {
  const was = prune ? null : before;
  const { threshold = was?.threshold, windowMinutes = was?.windowMinutes } = said;
  return {
    name: said.name ?? before?.name ?? '',
    kind: said.kind ?? before?.kind ?? 'LAG',
    severity: said.severity ?? was?.severity ?? 'WARNING',
    ...(threshold === undefined ? {} : { threshold }),
    ...(windowMinutes === undefined ? {} : { windowMinutes }),
    flows: said.flows ?? was?.flows ?? [],
    systems: said.systems ?? was?.systems ?? [],
    channels: said.channels ?? was?.channels ?? [],
    isEnabled: said.isEnabled ?? was?.isEnabled ?? true,
  };
};
