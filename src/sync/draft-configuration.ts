/**
 * The configuration as it would be with a mapping or value lists that are not published: for previews and analyses. Pure. In:
 * the present configuration and what is being edited. Out: another configuration; nothing of the present one is touched.
 */
import type { ProjectedEntity } from '../canonical/entities.js';
import type { MappingDefinition, MappingProblem, ValueListBody } from '../mapping/mapping.js';
import type { PublishedList } from '../store/configuration.js';
import { compileDefinition, type CompileDeps } from './compile-definition.js';
import type { Configuration, PublishedMapping } from './configuration.js';

export interface Draft {
  readonly definition: MappingDefinition;
  /** Value lists that are being edited too, by key. */
  readonly lists: ReadonlyMap<string, ValueListBody>;
  /** Keys of the systems that would use it; when left out those that use it now, and while none does all of its kind. */
  readonly systems?: readonly string[];
}

export type DraftResult =
  | { readonly type: 'configuration'; readonly configuration: Configuration; readonly mapping: PublishedMapping }
  | { readonly type: 'invalid'; readonly problems: readonly MappingProblem[] };

/** Keys of the systems of a mapping's kind that use it now. */
export function usersOf(
  { systems, inbound, outbound }: Configuration,
  definition: MappingDefinition,
): readonly string[] {
  const { key, connector, direction, record, entity } = definition;
  const used = (system: string): PublishedMapping | undefined =>
    direction === 'inbound' ? inbound(system, record) : outbound(system, entity as ProjectedEntity);
  return [...systems.values()]
    .filter((system) => system.connector.kind === connector && used(system.key)?.key === key)
    .map((system) => system.key);
}

/** Keys of the systems that a draft is about. */
export function systemsOf(current: Configuration, { definition, systems }: Draft): readonly string[] {
  if (systems !== undefined) return systems;
  const users = usersOf(current, definition);
  if (users.length > 0) return users;
  const ofKind = [...current.systems.values()].filter(({ connector }) => connector.kind === definition.connector);
  return ofKind.map(({ key }) => key);
}

export function draftConfiguration(
  current: Configuration,
  draft: Draft,
  { compile }: Pick<CompileDeps, 'compile'>,
): DraftResult {
  const { definition, lists } = draft;
  const valueLists = withLists(current.valueLists, lists);
  const result = compileDefinition({ catalogues: current.catalogues, compile }, definition, valueLists);
  if (result?.type !== 'compiled') return { type: 'invalid', problems: result?.problems ?? [] };
  const { key, direction, record, entity } = definition;
  // Version 0: no version that was ever published.
  const mapping: PublishedMapping = { key, version: 0, lists: {}, compiled: result.mapping };
  const about = new Set(systemsOf(current, draft));
  const configuration: Configuration = {
    ...current,
    valueLists,
    inbound: (system, kind) =>
      direction === 'inbound' && about.has(system) && kind === record ? mapping : current.inbound(system, kind),
    outbound: (system, kind) =>
      direction === 'outbound' && about.has(system) && kind === entity ? mapping : current.outbound(system, kind),
  };
  return { type: 'configuration', configuration, mapping };
}

function withLists(
  published: readonly PublishedList[],
  drafts: ReadonlyMap<string, ValueListBody>,
): readonly PublishedList[] {
  return published.map((list) => {
    const draft = drafts.get(list.key);
    if (draft === undefined) return list;
    const { defaultValue: _, ...rest } = list;
    return { ...rest, ...draft };
  });
}
