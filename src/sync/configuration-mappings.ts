/** Mappings in configuration files: what there is of them, which systems use those that people made, and carrying a plan out. */
import { sameJson } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { FileMappingRow, PublishedRows } from '../store/configuration-file.js';
import type { Tx } from '../store/database.js';
import type { Publication } from '../store/versions.js';
import type { MappingPart, SystemPart } from './configuration-file.js';
import type { PlannedParts } from './configuration-planned.js';
import type { EditDeps } from './edits.js';

export interface ConfiguredMappingsDeps extends Pick<EditDeps, 'versions'> {
  readonly uses: Pick<
    typeof import('../store/mapping-use.js'),
    'createMapping' | 'reviveMapping' | 'renameMapping' | 'chooseMapping' | 'forgetChoices'
  >;
}

export function mappingPart({ name, published }: FileMappingRow): MappingPart {
  const { key: _, ...mapping } = published;
  return { ...(name === null ? {} : { name }), ...mapping };
}

/** What a system uses in place of the shipped mappings. */
export function chosenBy({ choices }: Pick<PublishedRows, 'choices'>, system: string): Pick<SystemPart, 'mappings'> {
  const mappings = choices.filter((choice) => choice.system === system).map(({ mapping }) => mapping);
  return mappings.length === 0 ? {} : { mappings };
}

/** New versions, new mappings, and last which of them systems use. */
export async function carryOutMappings(
  { versions, uses }: ConfiguredMappingsDeps,
  tx: Tx,
  { mappings, systems }: Pick<PlannedParts, 'mappings' | 'systems'>,
  publication: Publication,
): Promise<void> {
  for (const { key, before, after } of mappings) {
    if (after === null) continue;
    const { name, ...body } = after;
    const definition = { key, ...body };
    if (before === null) {
      if (await uses.createMapping(tx, { id: newId('mapping'), name: name ?? key, definition, ...publication }))
        continue;
      // One that was deleted goes on with its next version.
      if (!(await uses.reviveMapping(tx, definition))) throw new KoppelError('MAPPING_EXISTS', { key });
    }
    if (name !== undefined && name !== before?.name) await uses.renameMapping(tx, key, name);
    const { name: _, ...was } = before ?? { name };
    if (!sameJson(was as unknown as Json, body as unknown as Json))
      await versions.publishVersion(tx, 'mapping', key, definition, publication);
  }
  for (const { key: system, before, after } of systems) {
    if (after === null || sameJson(keysOf(before), keysOf(after))) continue;
    await uses.forgetChoices(tx, system);
    for (const key of after.mappings ?? []) await uses.chooseMapping(tx, system, key);
  }
}

const keysOf = (system: SystemPart | null): Json => system?.mappings ?? [];
