/** Records on which a mapping can be tried: by what people or systems call them, or the ones that changed last. */
import type { Query } from './database.js';
import { namesOf } from './record-names.js';

interface Place {
  readonly table: string;
  /** Conditions on `x`, of which one must hold for what people call the record ($1). */
  readonly called: readonly string[];
}

/** By the entity of a mapping; stock is told per variant, a contact is one of a customer. */
const places: Readonly<Record<string, Place>> = {
  product: { table: 'product', called: ['x.code = $1', 'x.id in (select product_id from variant where sku = $1)'] },
  variant: { table: 'variant', called: ['x.sku = $1'] },
  stock: { table: 'variant', called: ['x.sku = $1'] },
  category: { table: 'category', called: ['x.code = $1', 'x.name = $1'] },
  customer: { table: 'customer', called: ['x.number = $1', 'lower(x.email) = lower($1)'] },
  contact: { table: 'customer', called: ['x.number = $1', 'lower(x.email) = lower($1)'] },
  order: { table: 'sales_order', called: ['x.number = $1', 'x.reference = $1'] },
};

/** The record that people call so (SKU, number, e-mail, name of a category); the one that changed last of several. */
export async function recordCalled(query: Query, entity: string, code: string): Promise<string | null> {
  const place = places[entity];
  if (place === undefined) return null;
  const [row] = await query.query<{ id: string }>(
    `select x.id from ${place.table} x where ${place.called.join(' or ')} order by x.updated_at desc, x.id limit 1`,
    [code],
  );
  return row?.id ?? null;
}

/** The record that a system, or any when none is named, knows by this id. */
export async function recordKnownAs(
  query: Query,
  entity: string,
  externalId: string,
  system: string | null,
): Promise<string | null> {
  const known = entity === 'contact' ? 'customer' : entity;
  const [row] = await query.query<{ id: string }>(
    known === 'stock'
      ? `select r.canonical_id as id from external_reference r
         where r.entity = 'variant' and r.external_id = $1 and ($2::text is null or r.system = $2) order by r.system limit 1`
      : `select r.canonical_id as id from external_reference r
         where r.entity = $3 and r.external_id = $1 and ($2::text is null or r.system = $2) order by r.system limit 1`,
    known === 'stock' ? [externalId, system] : [externalId, system, known],
  );
  return row?.id ?? null;
}

export interface SampleRecord {
  readonly id: string;
  readonly label: string;
  readonly updatedAt: Date;
}

/** The records of a mapping's entity that changed last. */
export async function recentRecords(query: Query, entity: string, limit: number): Promise<readonly SampleRecord[]> {
  const place = places[entity];
  if (place === undefined) return [];
  const rows = await query.query<{ id: string; updatedAt: Date }>(
    `select x.id, x.updated_at as "updatedAt" from ${place.table} x where x.deleted_at is null
     order by x.updated_at desc, x.id desc limit $1`,
    [limit],
  );
  const named = entity === 'stock' ? 'variant' : entity;
  const names = await namesOf(
    query,
    rows.map(({ id }) => ({ entity: named, canonicalId: id })),
  );
  return rows.map(({ id, updatedAt }) => ({ id, updatedAt, label: names.get(`${named}:${id}`) ?? id }));
}
