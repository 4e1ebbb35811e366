/**
 * Which projections an event, an enabled flow or a resumed flow concerns, as one set-based statement each. An event only
 * says "look at this record": ten of them make one due row. Rows are written in key order.
 */
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import type { CanonicalEvent } from '../log/envelope.js';
import type { Tx } from './database.js';
import { isHeldByGuard } from './write-holds.js';

export interface LookedAt {
  readonly event: Pick<CanonicalEvent, 'entity' | 'id'>;
  readonly traceId: string;
  readonly at: Date;
}

interface Branch {
  /** Events of these kinds concern something by it. */
  readonly of: readonly CanonicalEntity[];
  readonly sql: string;
}

const branches: readonly Branch[] = [
  { of: ['category'], sql: `select 'category' as entity, id as canonical_id, trace_id, at from event where entity = 'category'` },
  { of: ['product'], sql: `select 'product' as entity, id as canonical_id, trace_id, at from event where entity = 'product'` },
  { of: ['product'], sql: `select 'variant' as entity, v.id as canonical_id, e.trace_id, e.at from event e join variant v on v.product_id = e.id where e.entity = 'product'` },
  { of: ['variant'], sql: `select 'variant' as entity, id as canonical_id, trace_id, at from event where entity = 'variant'` },
  { of: ['variant'], sql: `select 'product' as entity, v.product_id as canonical_id, e.trace_id, e.at from event e join variant v on v.id = e.id where e.entity = 'variant'` },
  { of: ['variant'], sql: `select 'stock' as entity, e.id as canonical_id, e.trace_id, e.at from event e
    where e.entity = 'variant' and exists (select from stock_level s where s.variant_id = e.id)` },
  { of: ['stock_level'], sql: `select 'stock' as entity, s.variant_id as canonical_id, e.trace_id, e.at from event e join stock_level s on s.id = e.id
    where e.entity = 'stock_level'` },
  { of: ['stock_location'], sql: `select 'stock' as entity, s.variant_id as canonical_id, e.trace_id, e.at from event e join stock_level s on s.location_id = e.id
    where e.entity = 'stock_location'` },
  { of: ['order'], sql: `select 'order' as entity, id as canonical_id, trace_id, at from event where entity = 'order'` },
  { of: ['stock_location'], sql: `select 'order' as entity, o.id as canonical_id, e.trace_id, e.at
    from event e
    join sales_order o on o.location_id = e.id
    where e.entity = 'stock_location' and exists (
      select from projection p where p.entity = 'order' and p.canonical_id = o.id and p.state = 'parked')` },
  { of: ['customer', 'order'], sql: `select k.entity, c.id as canonical_id, c.trace_id, c.at
    from (
      select id, trace_id, at from event where entity = 'customer'
      union all
      select coalesce(b.merged_into_id, o.customer_id), e.trace_id, e.at from event e join sales_order o on o.id = e.id
      left join customer b on b.id = o.customer_id
      where e.entity = 'order' and o.customer_id is not null
    ) c
    cross join lateral (${customerAndContact('c.id')}) k` },
]; // prettier-ignore
const allKinds: ReadonlySet<CanonicalEntity> = new Set(branches.flatMap((branch) => branch.of));

/**
 * Which records events of these kinds concern beside their own. A product and its variants describe each other; an order brings its customer
 * along (or the one that stands for him), and a company its contact; orders that are parked may lack what is known of their branch now.
 * Levels can be read before the location that they are at. What kinds that are not named would add is left out: Postgres plans it each time.
 */
export function affectedBy(kinds = allKinds): string {
  const parts = branches.filter(({ of }) => of.some((kind) => kinds.has(kind))).map(({ sql }) => sql);
  return `affected as (\n${parts.join('\nunion all\n')}\n)`;
}

/** A customer, and its contact when it is a company that has one. */
function customerAndContact(id: string): string {
  return `select 'customer' as entity
    union all
    select 'contact' from customer u
    where u.id = ${id} and u.kind = 'COMPANY' and jsonb_array_length(u.contacts) > 0`;
}

/** Orders of a flow need this customer: its source knows one of his or of those for whom he stands, and it does not give all to one. */
const hasOrderInFlow = `exists (
      select from sales_order o
      join external_reference r on r.system = f.source and r.entity = 'order' and r.canonical_id = o.id
      where o.customer_id = any(array(select a.canonical_id union all select m.id from customer m where m.merged_into_id = a.canonical_id))
        and o.deleted_at is null
        and case when jsonb_typeof(f.settings -> 'order' -> 'types') = 'array' and f.settings -> 'order' -> 'types' <> '[]'
              then f.settings -> 'order' -> 'types' ? o.type else o.type = 'ORDER' end
        and (f.settings ->> 'startFrom' is distinct from 'now' or o.created_at >= f.started_at)
        -- A day too many does no harm; the exact moment is compared when the order itself is planned.
        and case when f.settings ->> 'startFrom' ~ '^\\d{4}-'
              then to_char(o.placed_at + interval '1 day', 'YYYY-MM-DD') >= left(f.settings ->> 'startFrom', 10) else true end
    ) and (f.settings -> 'order' ->> 'useDefaultCustomer' = 'always'
      and coalesce(f.settings -> 'order' ->> 'defaultCustomer', '') <> '') is not true`;

const isKnownToSource = `exists (
      select from external_reference r
      where r.system = f.source and r.canonical_id = a.canonical_id
        and r.entity = case a.entity when 'stock' then 'variant' when 'contact' then 'customer' else a.entity end)`;
const bringCustomers: readonly CanonicalEntity[] = ['customer', 'order'];

/**
 * The flow that carries a record to a target, for records that its source knows; customers travel with a flow of their own
 * before they travel with orders. `condition`: on the columns target, flow, entity and canonical_id; `kinds`: of the events.
 */
export const concernedIf = (condition: string, kinds = allKinds): string => `concerned as (
    select * from (
      select distinct on (f.target, a.entity, a.canonical_id)
        f.target, f.key as flow, a.entity, a.canonical_id, a.trace_id, a.at
      from (
        select entity, canonical_id, max(trace_id) as trace_id, min(at) as at from affected group by entity, canonical_id
      ) a
      join flow f on f.source <> f.target
        and f.state in ('ENABLED', 'PAUSED', 'SUSPENDED')
        and f.entity = any(case a.entity
          when 'variant' then array['product'] when 'contact' then array['customer', 'order']
          when 'customer' then array['customer', 'order'] else array[a.entity] end)
      where ${bringCustomers.some((kind) => kinds.has(kind)) ? `case when f.entity = 'order' and a.entity in ('customer', 'contact') then ${hasOrderInFlow} else ${isKnownToSource} end` : isKnownToSource}
      order by f.target, a.entity, a.canonical_id, f.entity = 'order' and a.entity <> 'order', f.key
    ) best
    where ${condition}
  )`;
const concerned = concernedIf('$1::text is null or flow = $1');

/** What the guard holds is judged anew when its record changes: the change may be the cure. */
const rests = `(p.state in ('writing', 'in_doubt', 'retrying', 'owned_by_target') or (p.state = 'held' and not (${isHeldByGuard('p')})))`;

export const upsert = `insert into projection as p
    (target, entity, canonical_id, flow, state, next_at, trace_id, changed_at)
  select target, entity, canonical_id, flow, 'pending', now(), trace_id, at from concerned
  on conflict (target, entity, canonical_id) do update
  set flow = excluded.flow,
    state = case when ${rests} then p.state else 'pending' end,
    since = case when ${rests} or p.state = 'pending' then p.since else now() end,
    reason = case when ${rests} then p.reason end,
    next_at = case when ${rests} then p.next_at else greatest(least(p.next_at, now()), p.rests_until) end,
    look_again = p.look_again or p.state in ('writing', 'in_doubt'),
    trace_id = excluded.trace_id,
    changed_at = coalesce(p.changed_at, excluded.changed_at)`;

/**
 * Lets rows of records, and of what is written together with them, rest for some time: until then nothing is planned of them, whatever
 * makes them due meanwhile (projection-claim.ts). What is under way is settled all the same. Stock has the id of its variant and does not rest:
 * nobody decides about it, and old numbers would be sold.
 */
export async function restRows(
  tx: Tx,
  resting: readonly { readonly id: string; readonly ms: number }[],
): Promise<void> {
  await tx.query(
    `update projection p
     set rests_until = greatest(p.rests_until, now() + k.ms * interval '1 millisecond'),
       next_at = case when p.state in ('pending', 'retrying') then greatest(p.next_at, now() + k.ms * interval '1 millisecond') else p.next_at end
     from (
       select r.target, r.entity, r.canonical_id, k.ms from projection r join (
       select canonical_id, max(ms) as ms from (
         select r.id as canonical_id, r.ms from unnest($1::text[], $2::integer[]) as r(id, ms)
         union all
         select v.product_id, r.ms from unnest($1::text[], $2::integer[]) as r(id, ms) join variant v on v.id = r.id
         union all
         select v.id, r.ms from unnest($1::text[], $2::integer[]) as r(id, ms) join variant v on v.product_id = r.id
       ) each group by canonical_id) k on k.canonical_id = r.canonical_id
       where r.entity <> 'stock'
       order by r.target, r.entity, r.canonical_id for update of r) k
     where p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id`,
    [resting.map(({ id }) => id), resting.map(({ ms }) => Math.ceil(ms))],
    'projection-rest',
  );
}

/** Makes the projections of the events' records due, for every flow that is enabled or paused. Returns how many rows. `isLast`: COMMIT goes along. */
export async function lookAt(tx: Tx, events: readonly LookedAt[], isLast = false): Promise<number> {
  if (events.length === 0) return 0;
  const kinds = new Set(events.map(({ event }) => event.entity));
  const ask = isLast ? tx.last : tx.query;
  const [row] = await ask<{ looked: number }>(
    `with event as materialized (
       select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
         as e(entity, id, trace_id, at)
     ), ${affectedBy(kinds)}, ${concernedIf('true', kinds)}, looked as (${upsert} returning 1)
     select count(*)::int as looked from looked`,
    [
      events.map(({ event }) => event.entity),
      events.map(({ event }) => event.id),
      events.map(({ traceId }) => traceId),
      events.map(({ at }) => at),
    ],
    `projection-look ${[...allKinds].map((kind) => (kinds.has(kind) ? 1 : 0)).join('')}`,
  );
  return row?.looked ?? 0;
}

/** Makes every record that a flow's source knows due: for a flow that is enabled when the hub holds records already. */
export async function enrol(tx: Tx, flow: string, traceId: string): Promise<number> {
  const [row] = await tx.query<{ looked: number }>(
    `with affected as (
       select 'category' as entity, id as canonical_id, $2::text as trace_id, now() as at
       from category where exists (select from flow where key = $1 and entity = 'category')
       union all
       select 'product', id, $2, now() from product where exists (select from flow where key = $1 and entity = 'product')
       union all
       select 'variant', id, $2, now() from variant where exists (select from flow where key = $1 and entity = 'product')
       union all
       select 'stock', variant_id, $2, now() from stock_level
       where exists (select from flow where key = $1 and entity = 'stock')
       union all
       select 'order', id, $2, now() from sales_order where exists (select from flow where key = $1 and entity = 'order')
       union all
       select k.entity, c.id, $2, now() from customer c cross join lateral (${customerAndContact('c.id')}) k
       where exists (select from flow where key = $1 and entity in ('customer', 'order'))
     ), ${concerned}, looked as (${upsert} returning 1)
     select count(*)::int as looked from looked`,
    [flow, traceId],
  );
  return row?.looked ?? 0;
}

/** After a flow has ended: customers that travel with orders of another one as well go on with that. */
export async function handOver(tx: Tx, flow: string, traceId: string): Promise<number> {
  const [row] = await tx.query<{ looked: number }>(
    `with affected as (
       select entity, canonical_id, $2::text as trace_id, now() as at
       from projection where flow = $3 and entity in ('customer', 'contact')
     ), ${concerned}, looked as (${upsert} returning 1)
     select count(*)::int as looked from looked`,
    [null, traceId, flow],
  );
  return row?.looked ?? 0;
}

/** What a flow has ready but must not send now. */
export async function pauseRows(tx: Tx, flow: string, state: 'paused' | 'held', reason: string): Promise<number> {
  const rows = await tx.query(
    `update projection p
     set state = $2, since = now(), reason = $3, reason_code = null, next_at = null
     from (select target, entity, canonical_id from projection
       where flow = $1 and state in ('pending', 'retrying')
       order by target, entity, canonical_id for update) k
     where p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id
     returning 1 as paused`,
    [flow, state, reason],
  );
  return rows.length;
}

/**
 * Makes rows of a target due again: the mapping that made them has changed. Those of a flow that is paused or stopped rest until it goes
 * on, as what changes meanwhile does. What is being written was planned with the one before, and is looked at afterwards. `isApproved`:
 * somebody has seen what it does now to what was at rest, and the write guard lets that; what it holds, what waits or is a problem, and
 * what is sent some day later was not shown, and is judged when its turn comes.
 */
export async function lookAgain(
  tx: Tx,
  target: string,
  entity: ProjectedEntity,
  traceId: string,
  isApproved = false,
): Promise<number> {
  const rows = await tx.query(
    `update projection p
     set state = case when k.is_under_way then p.state else 'pending' end,
       since = case when k.is_under_way then p.since else now() end,
       reason = case when k.is_under_way then p.reason end,
       reason_code = case when k.is_under_way then p.reason_code end,
       next_at = case when k.is_under_way then p.next_at else now() end,
       attempt = case when k.is_under_way then p.attempt else 0 end,
       trace_id = case when k.is_under_way then p.trace_id else $3 end,
       look_again = p.look_again or k.is_under_way,
       approved_at = case when $4 and k.is_judged then now() else p.approved_at end
     from (select p.target, p.entity, p.canonical_id, p.state in ('writing', 'in_doubt') as is_under_way,
         p.state in ('in_sync', 'excluded') and f.state = 'ENABLED' as is_judged
       from projection p join flow f on f.key = p.flow and f.state in ('ENABLED', 'PAUSED', 'SUSPENDED')
       where p.target = $1 and p.entity = $2
         and (p.state in ('in_sync', 'excluded', 'parked', 'waiting_for', 'writing', 'in_doubt') or ${isHeldByGuard('p')})
       order by p.canonical_id for update of p) k
     where p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id
     returning 1 as due`,
    [target, entity, traceId, isApproved],
    'projection-look-again',
  );
  return rows.length;
}

/**
 * Lets what was paused or held go on; with `retrying`, what waits for a later try as well. What somebody has unlinked goes on
 * resting: it would be made a second time.
 */
export async function releaseRows(
  tx: Tx,
  flow: string,
  states: readonly ('paused' | 'held' | 'retrying')[],
): Promise<number> {
  const rows = await tx.query(
    `update projection p
     set state = 'pending', since = now(), reason = null, reason_code = null, next_at = now(), attempt = 0
     from (select target, entity, canonical_id from projection
       where flow = $1 and state = any($2::text[]) and reason_code is distinct from 'UNLINKED'
       order by target, entity, canonical_id for update) k
     where p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id
     returning 1 as released`,
    [flow, states],
  );
  return rows.length;
}
