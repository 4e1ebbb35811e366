/** Records by their state in a system. In: filter of the API. Out: SQL over the column that holds the record's id. */
import type { SyncFilter } from '../schema/filters.js';
import { calmStates, projectionStatesOf } from '../schema/sync-states.js';
import { EntitySyncState } from '../schema/sync-status.js';
import { anyOf, raw, sql, type Sql } from './sql.js';

export type SyncedEntity = 'product' | 'variant' | 'category' | 'customer' | 'order';

/**
 * Records that are in one of the states in a system, exactly as `shownStatuses` shows them: by the projection that speaks for
 * them, else by whether the system has them. A system without states: what it has or is to have.
 */
export function syncConditions(entity: SyncedEntity, id: string, filter: SyncFilter | null | undefined): Sql[] {
  if (!filter || (!filter.states && !filter.systemId)) return [];
  const states = filter.states ?? Object.keys(EntitySyncState).filter((state) => state !== 'NOT_LINKED');
  const key = filter.systemId ? sql`(select s.key from system s where s.id = ${filter.systemId})` : null;
  const inSystem = (column: string): Sql => (key === null ? raw('true') : sql`${raw(column)} = ${key}`);
  const engineStates = projectionStatesOf(states);
  const found =
    engineStates.length === 0
      ? []
      : [
          sql`${raw(id)} in (${rowsOf(entity, sql`${inSystem('pr.target')} and pr.state = any(${engineStates}::text[])`)})`,
        ];
  // Asked per record: most are in this state, so a page is full after few of them.
  if (states.includes('IN_SYNC')) {
    found.push(sql`exists (select 1 from (${held(entity)}) r where r.canonical_id = ${raw(id)} and ${inSystem('r.system')}
      and not ${isSpokenFor(entity, 'r.system', id)})`);
  }
  if (states.includes('NOT_LINKED')) {
    found.push(sql`exists (select 1 from system y where ${inSystem('y.key')} and not ${isSpokenFor(entity, 'y.key', id)}
      and not exists (select 1 from (${held(entity)}) r where r.system = y.key and r.canonical_id = ${raw(id)}))`);
  }
  return [anyOf(found)];
}

/** Which systems have which records of this kind. One record of a system may be two customers of the hub. */
const held = (entity: SyncedEntity): Sql =>
  raw(`select o.system, o.canonical_id from external_reference o where o.entity = '${entity}'
    ${entity === 'customer' ? `union all select a.system, a.canonical_id from reference_alias a where a.entity = 'customer'` : ''}`);

/** Whether there is a projection that speaks for the record; see `speaking` of shown-statuses.ts. */
function isSpokenFor(entity: SyncedEntity, system: string, id: string): Sql {
  const own = `exists (select 1 from projection ps where ps.target = ${system} and ps.entity = '${entity}' and ps.canonical_id = ${id})`;
  if (entity !== 'product') return raw(own);
  return raw(`(${own} or exists (select 1 from variant vs join product qs on qs.id = vs.product_id and qs.type = 'SIMPLE'
    join projection ps on ps.target = ${system} and ps.entity = 'variant' and ps.canonical_id = vs.id
    where vs.product_id = ${id}))`);
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
