/** The words of plans: what is published, what would change, and what is asked before it may. */
import type { MappingDefinition, MappingProblem, ValueList } from '../mapping/mapping.js';
import type { Connector } from '../systems/system.js';
import type {
  AlertChannelPart,
  AlertRulePart,
  ComparisonPart,
  FileContent,
  FlowPart,
  MappingPart,
  OwnersPart,
  SystemPart,
  ValueListPart,
} from './configuration-file.js';
import type { FieldChange } from './configuration-merge.js';

/** What is published, with what tells one state of it from another. */
export interface PublishedContent extends FileContent {
  /** Versions of mappings and value lists in use: `valueLists.<key>`. */
  readonly versions: ReadonlyMap<string, number>;
  /** Mappings and value lists that somebody is editing: `mappings.<key>`. */
  readonly drafts: ReadonlySet<string>;
}

export interface PlanChecks {
  readonly connectors: readonly Pick<Connector, 'kind' | 'name' | 'targets' | 'settingsSchema' | 'defaultMappings'>[];
  /** What is wrong with a mapping when these are the value lists. */
  mappingProblems(definition: MappingDefinition, lists: readonly ValueList[]): readonly MappingProblem[];
  readonly alerts: AlertChecks;
}

/** Why a rule or an address cannot be used, as a sentence; undefined when it can. */
export interface AlertChecks {
  ruleProblem(rule: AlertRulePart): string | undefined;
  addressProblem(email: string): string | undefined;
}

export interface PartChange<T> {
  readonly key: string;
  /** Null: it is new. */
  readonly before: T | null;
  /** Null: it is removed. */
  readonly after: T | null;
  readonly changes: readonly FieldChange[];
}

export interface PlannedParts {
  readonly systems: readonly PartChange<SystemPart>[];
  readonly flows: readonly PartChange<FlowPart>[];
  /** By entity; the path of a change is the field. */
  readonly fieldOwners: readonly PartChange<OwnersPart>[];
  readonly mappings: readonly PartChange<MappingPart>[];
  readonly valueLists: readonly PartChange<ValueListPart>[];
  /** By flow. */
  readonly comparisons: readonly PartChange<ComparisonPart>[];
  readonly alertChannels: readonly PartChange<AlertChannelPart>[];
  readonly alertRules: readonly PartChange<AlertRulePart>[];
}
