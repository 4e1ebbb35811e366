/** Canonical rows of any entity: loading what a batch needs and writing what was decided, each in one statement. */
import { KoppelError } from '../base/errors.js';
import type { Json } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { CanonicalRecord, Provenance } from '../canonical/record.js';
import type { CanonicalTable, RowWrite } from './canonical-table.js';
import type { Query, Row, Tx } from './database.js';
import { categoryTable } from './categories.js';
import { customerTable } from './customers.js';
import { orderTable } from './orders.js';
import { productTable } from './products.js';
import { stockLevelTable } from './stock-levels.js';
import { stockLocationTable } from './stock-locations.js';
import { variantTable } from './variants.js';

const tables = {
  product: productTable,
  variant: variantTable,
  category: categoryTable,
  stock_location: stockLocationTable,
  stock_level: stockLevelTable,
  customer: customerTable,
  order: orderTable,
} as const satisfies Record<CanonicalEntity, CanonicalTable>;

export async function loadRows(
  query: Query,
  entity: CanonicalEntity,
  ids: readonly string[],
): Promise<readonly CanonicalRecord[]> {
  if (ids.length === 0) return [];
  const table = tables[entity];
  return toRecords(table, await query.query(table.select, [ids], `${entity}-load`));
}

/** Variants of products, with all that loadRows gives. */
export async function loadVariantsOf(query: Query, productIds: readonly string[]): Promise<readonly CanonicalRecord[]> {
  if (productIds.length === 0) return [];
  return toRecords(
    variantTable,
    await query.query(variantTable.selectByProduct, [productIds], 'variant-load-by-product'),
  );
}

/** Writes rows in id order. Throws WRITE_RACED when one of them is not at its expected version any more. */
export async function writeRows(tx: Tx, entity: CanonicalEntity, rows: readonly RowWrite[]): Promise<void> {
  if (rows.length === 0) return;
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { write, written } = tables[entity];
  const [result] = await tx.query<{ written: string }>(write, [written.encode(sorted)], `${entity}-write`);
  if (Number(result?.written) !== rows.length) throw new KoppelError('WRITE_RACED', { what: `rows of ${entity}` });
}

/** Fields in the order of their names, so that their canonical text is written by the built-in function. */
function toRecords(table: CanonicalTable, rows: readonly Row[]): readonly CanonicalRecord[] {
  const [first] = rows;
  if (first === undefined) return [];
  const names = Object.keys(table.fields(first)).sort();
  return rows.map((row) => {
    const values = table.fields(row);
    const fields: Record<string, Json> = {};
    for (const name of names) {
      const value = values[name];
      if (value !== null && value !== undefined) fields[name] = value;
    }
    return {
      entity: table.entity,
      id: row['id'] as string,
      version: row['version'] as number,
      provenance: row['provenance'] as Provenance,
      isDeleted: row['is_deleted'] as boolean,
      fields,
    };
  });
}
