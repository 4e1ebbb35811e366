/** Which systems use a mapping, and which mapping a system uses: what it has chosen, else the shipped one of the kind. */
import type { System } from '../schema/system.js';
import type { MappingRow } from '../store/mapping-access.js';
import type { Context } from './context.js';

/** What kind of mapping is asked for; `record`: of the system, where it is known. */
interface Kind {
  readonly direction: 'inbound' | 'outbound';
  readonly entity: string;
  readonly record?: string | undefined;
}

const isOfKind = (row: MappingRow, { connectorKind }: System, { direction, entity, record }: Kind): boolean =>
  row.connector === connectorKind &&
  row.direction === direction &&
  row.entity === entity &&
  (record === undefined || row.published.record === record);

/** The mapping that a system uses for a kind of record now. */
export function mappingUsedBy(rows: readonly MappingRow[], system: System, kind: Kind): MappingRow | undefined {
  const ofKind = rows.filter((row) => isOfKind(row, system, kind));
  return ofKind.find(({ chosenBy }) => chosenBy.includes(system.key)) ?? ofKind.find(({ name }) => name === null);
}

/** The systems that use a mapping now. */
export async function usersOf({ reads }: Pick<Context, 'reads'>, id: string): Promise<readonly System[]> {
  const rows = await reads.mappings();
  const row = rows.find((each) => each.id === id);
  if (row === undefined) return [];
  const { direction, entity, published } = row;
  const kind = { direction, entity, record: published.record };
  const systems = await reads.load.systems();
  return systems.filter(
    (system) => system.connectorKind === row.connector && mappingUsedBy(rows, system, kind)?.id === id,
  );
}
