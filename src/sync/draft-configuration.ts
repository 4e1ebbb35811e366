/**
 * The configuration as it would be with a mapping or value lists that are not published: for previews and analyses. Pure. In:
 * the present configuration and what is being edited. Out: another configuration; nothing of the present one is touched.
 */
import type { MappingDefinition, MappingProblem, ValueListBody } from '../mapping/mapping.js';
import type { PublishedList } from '../store/configuration.js';
import { compileDefinition, type CompileDeps } from './compile-definition.js';
import type { Configuration, PublishedMapping } from './configuration.js';

export interface Draft {
  readonly definition: MappingDefinition;
  /** Value lists that are being edited too, by key. */
  readonly lists: ReadonlyMap<string, ValueListBody>;
}

export type DraftResult =
  | { readonly type: 'configuration'; readonly configuration: Configuration; readonly mapping: PublishedMapping }
  | { readonly type: 'invalid'; readonly problems: readonly MappingProblem[] };

export function draftConfiguration(
  current: Configuration,
  { definition, lists }: Draft,
  { compile }: Pick<CompileDeps, 'compile'>,
): DraftResult {
  const valueLists = withLists(current.valueLists, lists);
  const result = compileDefinition({ catalogues: current.catalogues, compile }, definition, valueLists);
  if (result?.type !== 'compiled') return { type: 'invalid', problems: result?.problems ?? [] };
  const { key, connector, direction, record, entity } = definition;
  // Version 0: no version that was ever published.
  const mapping: PublishedMapping = { key, version: 0, lists: {}, compiled: result.mapping };
  const kindOf = (system: string): string | undefined => current.systems.get(system)?.connector.kind;
  const configuration: Configuration = {
    ...current,
    valueLists,
    inbound: (system, kind) =>
      direction === 'inbound' && kindOf(system) === connector && kind === record
        ? mapping
        : current.inbound(system, kind),
    outbound: (system, kind) =>
      direction === 'outbound' && kindOf(system) === connector && kind === entity
        ? mapping
        : current.outbound(system, kind),
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
