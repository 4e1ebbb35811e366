/** Records by their state in a system. In: filter of the API. Out: SQL over the column that holds the record's id. */
import type { SyncFilter } from '../schema/filters.js';
import { calmStates, projectionStatesOf } from '../schema/sync-states.js';
import { anyOf, raw, sql, type Sql } from './sql.js';

export type SyncedEntity = 'product' | 'variant' | 'category' | 'customer' | 'order';

/** Records that are in one of the states in a system, as `shownStatuses` shows them. */
export function syncConditions(entity: SyncedEntity, id: string, filter: SyncFilter | null | undefined): Sql[] {
  if (!filter || (!filter.states && !filter.systemId)) return [];
  const states = filter.states ? projectionStatesOf(filter.states) : null;
  const target = filter.systemId
    ? sql`pr.target = (select s.key from system s where s.id = ${filter.systemId})`
    : raw('true');
  const inState = states === null ? raw('true') : sql`pr.state = any(${states}::text[])`;
  const found = [sql`${raw(id)} in (${rowsOf(entity, sql`${target} and ${inState}`)})`];
  if (filter.states?.includes('NOT_LINKED')) {
    found.push(sql`not exists (select 1 from projection pr where pr.canonical_id = ${raw(id)} and ${target})
      and not exists (select 1 from external_reference r where r.canonical_id = ${raw(id)}
        and ${filter.systemId ? sql`r.system = (select s.key from system s where s.id = ${filter.systemId})` : raw('true')})`);
  }
  return [anyOf(found)];
}

function rowsOf(entity: SyncedEntity, condition: Sql): Sql {
  if (entity === 'product') return productRows(condition);
  if (entity === 'customer') return customerRows(condition);
  return ownRows(entity, condition);
}

const ownRows = (entity: SyncedEntity, condition: Sql): Sql =>
  sql`select pr.canonical_id from projection pr where pr.entity = ${entity} and ${condition}`;

/**
 * A simple product is written as its only variant in some systems; its own row is excluded there, and the variant's state is
 * the product's.
 */
const productRows = (condition: Sql): Sql => sql`${ownRows('product', condition)} and not exists (
      select 1 from product q join variant w on w.product_id = q.id
      join projection pw on pw.target = pr.target and pw.entity = 'variant' and pw.canonical_id = w.id
      where pr.state = 'excluded' and q.id = pr.canonical_id and q.type = 'SIMPLE')
    union all
    select w.product_id from projection pr join variant w on w.id = pr.canonical_id
      join product q on q.id = w.product_id and q.type = 'SIMPLE'
      left join projection po on po.target = pr.target and po.entity = 'product' and po.canonical_id = q.id
    where pr.entity = 'variant' and (po.state is null or po.state = 'excluded') and ${condition}`;

/** A customer whose contact is in trouble in a system is in trouble there. */
function customerRows(condition: Sql): Sql {
  const calm = raw(`(${calmStates.map((state) => `'${state}'`).join(', ')})`);
  return sql`${ownRows('customer', condition)} and not exists (
      select 1 from projection pc where pr.state in ${calm} and pc.target = pr.target and pc.entity = 'contact'
        and pc.canonical_id = pr.canonical_id and pc.state not in ${calm})
    union all
    select pr.canonical_id from projection pr
      join projection po on po.target = pr.target and po.entity = 'customer' and po.canonical_id = pr.canonical_id
    where pr.entity = 'contact' and pr.state not in ${calm} and po.state in ${calm} and ${condition}`;
}
