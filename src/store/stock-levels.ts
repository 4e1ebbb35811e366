/** Stock levels: how much of a variant is at a location. Written by ingest only, as decided; an empty field takes the default of its column. */
import type { Json } from '../base/document.js';
import { writtenRows, type CanonicalTable } from './canonical-table.js';

const statedBy = (level: string): string => `coalesce(${level}.provenance ->> 'onHand', ${level}.provenance ->> '*')`;

/**
 * Of each system's levels of a variant at a location one counts, the newest: another one is what the system called by a former
 * SKU. `level`: how the statement calls the row of stock_level.
 */
export const isCounted = (level: string): string =>
  `${level}.deleted_at is null and not exists (
     select from stock_level newer
     where newer.variant_id = ${level}.variant_id and newer.location_id = ${level}.location_id
       and newer.id <> ${level}.id and newer.deleted_at is null
       and ${statedBy('newer')} is not distinct from ${statedBy(level)}
       and (newer.as_of, newer.id) > (${level}.as_of, ${level}.id))`;

const written = writtenRows({
  variant: 'text',
  location: 'text',
  onHand: 'numeric',
  reserved: 'numeric',
  incoming: 'numeric',
  safetyStock: 'numeric',
  asOf: 'timestamptz',
});

export const stockLevelTable = {
  entity: 'stock_level',
  written,
  select: `select id, version, provenance, deleted_at is not null as is_deleted,
    variant_id as "variant", location_id as "location", trim_scale(on_hand) as "onHand",
    trim_scale(reserved) as "reserved", trim_scale(incoming) as "incoming",
    trim_scale(safety_stock) as "safetyStock", as_of as "asOf"
  from stock_level
  where id = any($1::text[])`,
  write: `with r as materialized (
     select id, expected, version, "contentHash", provenance, variant, location, "onHand",
       coalesce(reserved, 0) as reserved, coalesce(incoming, 0) as incoming,
       coalesce("safetyStock", 0) as "safetyStock", coalesce("asOf", now()) as "asOf"
     from ${written.from} w
   ), inserted as (
     insert into stock_level
       (id, version, content_hash, provenance, variant_id, location_id, on_hand, reserved, incoming, safety_stock,
       as_of)
     select id, version, "contentHash", provenance, variant, location, "onHand", reserved, incoming, "safetyStock",
         "asOf"
     from r where expected = 0
     on conflict (id) do nothing
     returning 1
   ), updated as (
     update stock_level t
     set version = r.version, content_hash = r."contentHash", provenance = r.provenance, updated_at = now(),
         deleted_at = null, variant_id = r.variant, location_id = r.location, on_hand = r."onHand",
         reserved = r.reserved, incoming = r.incoming, safety_stock = r."safetyStock", as_of = r."asOf"
     from r
     where t.id = r.id and t.version = r.expected
     returning 1
   )
   select (select count(*) from inserted) + (select count(*) from updated) as written`,
  fields: (row) => ({
    variant: row['variant'] as Json,
    location: row['location'] as Json,
    onHand: row['onHand'] as Json,
    reserved: row['reserved'] as Json,
    incoming: row['incoming'] as Json,
    safetyStock: row['safetyStock'] as Json,
    asOf: (row['asOf'] as Date).toISOString(),
  }),
} as const satisfies CanonicalTable;
