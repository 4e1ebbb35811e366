/**
 * Numbers that the hub gives to records whose own key a system cannot hold. In: records and where the range begins. Out: a
 * number for each, in the caller's transaction.
 *
 * Guarantee: a record keeps its number for ever and no number is given twice, also not between processes: whoever
 * allocates holds a lock until COMMIT, and the next number is always above all that were ever given. Numbers that the
 * system is known to have, or that are the own key of another record, are passed over.
 */
import type { Tx, Query } from './database.js';

/** The numbers that records have been given already, by canonical id. */
export async function findNumbers(
  query: Query,
  system: string,
  entity: string,
  canonicalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (canonicalIds.length === 0) return new Map();
  const rows = await query.query<{ canonical_id: string; number: string }>(
    `select canonical_id, number::text as number from allocated_number
     where system = $1 and entity = $2 and canonical_id = any($3::text[])`,
    [system, entity, canonicalIds],
    'numbers-find',
  );
  return new Map(rows.map((row) => [row.canonical_id, row.number]));
}

/** Which of these numbers have been given, and to whom. */
export async function ownersOfNumbers(
  query: Query,
  system: string,
  entity: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await query.query<{ canonical_id: string; number: string }>(
    `select canonical_id, number::text as number from allocated_number
     where system = $1 and entity = $2 and number = any($3::numeric[])`,
    [system, entity, numbers],
    'numbers-owners',
  );
  return new Map(rows.map((row) => [row.number, row.canonical_id]));
}

/** Gives each record the next free number from `from` on; one that has a number (it proved taken) moves to a new one. */
export async function allocateNumbers(
  tx: Tx,
  system: string,
  entity: 'variant',
  canonicalIds: readonly string[],
  from: string,
): Promise<ReadonlyMap<string, string>> {
  const given = new Map<string, string>();
  if (canonicalIds.length === 0) return given;
  await tx.query(
    `select pg_advisory_xact_lock(hashtext('koppel.numbers'), hashtext($1))`,
    [`${system}:${entity}`],
    'numbers-lock',
  );
  const numbers = await freeNumbers(tx, system, entity, canonicalIds.length, from);
  const sorted = [...canonicalIds].sort();
  for (const [index, id] of sorted.entries()) given.set(id, numbers[index] ?? '');
  await tx.query(
    `insert into allocated_number (system, entity, canonical_id, number)
     select $1, $2, id, number from unnest($3::text[], $4::numeric[]) as n(id, number)
     on conflict (system, entity, canonical_id) do update set number = excluded.number, allocated_at = now()`,
    [system, entity, sorted, sorted.map((id) => given.get(id))],
    'numbers-allocate',
  );
  return given;
}

export interface KnownNumber {
  readonly canonicalId: string;
  readonly number: string;
}

/** Notes numbers that records carry already; what a record or a number is known for stays. */
export async function keepNumbers(
  tx: Tx,
  system: string,
  entity: 'variant',
  known: readonly KnownNumber[],
): Promise<void> {
  if (known.length === 0) return;
  await tx.query(
    `insert into allocated_number (system, entity, canonical_id, number)
     select $1, $2, id, number from unnest($3::text[], $4::numeric[]) as n(id, number) order by id
     on conflict do nothing`,
    [system, entity, known.map(({ canonicalId }) => canonicalId), known.map(({ number }) => number)],
    'numbers-keep',
  );
}

async function freeNumbers(tx: Tx, system: string, entity: string, count: number, from: string): Promise<string[]> {
  const free: string[] = [];
  const [first] = await tx.query<{ next: string }>(
    `select greatest($3::numeric, coalesce(max(number) + 1, 0))::text as next
     from allocated_number where system = $1 and entity = $2`,
    [system, entity, from],
    'numbers-next',
  );
  for (let next = BigInt(first?.next ?? from); free.length < count;) {
    const last = next + BigInt(count - free.length + 100);
    const rows = await tx.query<{ number: string }>(
      `select n::text as number from generate_series($3::numeric, $4::numeric) as n
       where not exists (select from external_reference r where r.system = $1 and r.entity = $2 and r.external_id = n::text)
         and not exists (select from variant v where v.sku = n::text)
       order by n limit $5`,
      [system, entity, String(next), String(last), count - free.length],
      'numbers-free',
    );
    free.push(...rows.map((row) => row.number));
    next = last + 1n;
  }
  return free;
}
