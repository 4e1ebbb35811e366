/** Compiles definitions against the catalogues of their connector and of the hub. Pure. */
import type { RecordCatalogue } from '../base/document.js';
import { inboundCatalogue, outboundCatalogue } from '../canonical/entities.js';
import type { CompileResult } from '../mapping/compile.js';
import type { MappingDefinition, ValueList } from '../mapping/mapping.js';

/** What mappings of each kind of connector can name: the fields that it knows, and those that its systems were found to have. */
export type Catalogues = ReadonlyMap<string, readonly RecordCatalogue[]>;

export interface CompileDeps {
  readonly catalogues: Catalogues;
  readonly compile: typeof import('../mapping/compile.js').compileMapping;
}

/** What the rules of a mapping read, and what they write. */
export interface Sides {
  readonly source: RecordCatalogue;
  readonly target: RecordCatalogue;
}

/** The two sides of a mapping; `unknown` says why there are none. Undefined when its connector is not part of this hub. */
export function sidesOf(
  { key, connector: kind, direction, record, entity }: MappingDefinition,
  catalogues: Catalogues,
): Sides | { readonly unknown: string } | undefined {
  const catalogue = catalogues.get(kind);
  if (catalogue === undefined) return undefined;
  const own = catalogue.find((each) => each.record === record);
  const canonical: readonly RecordCatalogue[] = direction === 'inbound' ? inboundCatalogue : outboundCatalogue;
  const ours = canonical.find((each) => each.record === entity);
  if (own === undefined || ours === undefined)
    return { unknown: `${key}: there is no record ${record} or entity ${entity}` };
  return direction === 'inbound' ? { source: own, target: ours } : { source: ours, target: own };
}

/** Undefined when the connector is not part of this hub. */
export function compileDefinition(
  { catalogues, compile }: CompileDeps,
  definition: MappingDefinition,
  valueLists: readonly ValueList[],
): CompileResult | undefined {
  const sides = sidesOf(definition, catalogues);
  if (sides === undefined) return undefined;
  if ('unknown' in sides) {
    return { type: 'invalid', problems: [{ code: 'INVALID_RULE', at: 'record', message: sides.unknown }] };
  }
  return compile(definition, { ...sides, valueLists });
}
