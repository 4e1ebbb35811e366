/** Taking changes back over the API of a hub that runs: the history of a variant, plans, and jobs until they have ended. */
import { expect } from '@jest/globals';
import pg from 'pg';
import type { HubHandle } from './processes.js';
import { until } from './wait.js';

export interface Change {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}
export interface HistoryEvent {
  readonly id: string;
  readonly summary: string;
  readonly isUndoable: boolean;
  readonly changes: readonly Change[];
  readonly actor: { readonly name: string } | null;
}
export interface UndoPlan {
  readonly planHash: string;
  readonly reversible: number;
  readonly changedSince: number;
  readonly irreversible: number;
  readonly records: Readonly<Record<'total' | 'reversible' | 'changedSince' | 'irreversible' | 'unchanged', number>>;
  readonly systems: readonly { readonly records: number; readonly system: { readonly key: string } }[];
  readonly items: readonly {
    readonly disposition: string;
    readonly message: string | null;
    readonly changes: readonly Change[];
    readonly systems: readonly { readonly key: string }[];
  }[];
}

/** Numbers of records. */
export interface Undone {
  readonly job: string;
  readonly succeeded: number;
  readonly skipped: number;
}

interface Sold {
  readonly sku: string;
}

/** `hubNow`: the hub as it runs at that moment. */
export function undoing(hubNow: () => HubHandle) {
  async function historyOf({ sku }: Sold): Promise<readonly HistoryEvent[]> {
    const { product } = await hubNow().graphql<{ product: { defaultVariant: { history: { nodes: HistoryEvent[] } } } }>(
      `query ($sku: String!) { product(by: { sku: $sku }) { defaultVariant { history(first: 50, filter: { isChange: true }) { nodes {
         id summary isUndoable changes { path before after } actor { ... on User { name } ... on ApiKey { name } } } } } } }`,
      { sku },
    );
    return product.defaultVariant.history.nodes;
  }
  /** The change that put the price there. */
  const changeTo = (product: Sold, euros: number): Promise<HistoryEvent> =>
    until(
      async () =>
        (await historyOf(product)).find(({ changes }) =>
          changes.some(({ path, after }) => path === 'priceAmount' && Number(after) === euros),
        ),
      { timeoutMs: 20_000, everyMs: 100, what: `a change to ${euros}` },
    );
  async function planFor(selection: object): Promise<UndoPlan> {
    const { undoPlan } = await hubNow().graphql<{ undoPlan: UndoPlan }>(
      `query ($selection: UndoSelection!) { undoPlan(selection: $selection) { planHash reversible changedSince irreversible
         records { total reversible changedSince irreversible unchanged } systems { records system { key } }
         items { disposition message changes { path before after } systems { key } } } }`,
      { selection },
    );
    return undoPlan;
  }
  const planOf = ({ id }: { readonly id: string }): Promise<UndoPlan> => planFor({ eventIds: [id] });
  async function startFor(selection: object, planHash: string, reason: string) {
    const { undoStart } = await hubNow().graphql<{
      undoStart: { job: { id: string } | null; userErrors: { code: string; message: string }[] };
    }>(`mutation ($input: UndoStartInput!) { undoStart(input: $input) { job { id } userErrors { code message } } }`, {
      input: { selection, planHash, reason },
    });
    return undoStart;
  }
  const start = ({ id }: { readonly id: string }, planHash: string, reason = 'typed wrongly') =>
    startFor({ eventIds: [id] }, planHash, reason);
  /** Takes a change back as its plan says; what became of it. */
  const undo = (event: { readonly id: string }): Promise<Undone> => undoAll({ eventIds: [event.id] }, 'typed wrongly');
  async function undoAll(selection: object, reason: string): Promise<Undone> {
    const { job, userErrors } = await startFor(selection, (await planFor(selection)).planHash, reason);
    expect(userErrors).toEqual([]);
    return endOf(job!.id);
  }
  const endOf = (id: string): Promise<Undone> =>
    until(
      async () => {
        const found = await hubNow().graphql<{
          job: { status: string; succeeded: number; skipped: number; kind: string };
        }>('query ($id: ID!) { job(id: $id) { status succeeded skipped } }', { id });
        return found.job.status === 'SUCCEEDED'
          ? { job: id, succeeded: found.job.succeeded, skipped: found.job.skipped }
          : undefined;
      },
      { timeoutMs: 60_000, everyMs: 100, what: 'the job to end' },
    );
  return { historyOf, changeTo, planOf, planFor, start, startFor, undo, undoAll, endOf };
}

/**
 * Begins something that the hub does with records while somebody else holds one of them, so that it gets stuck on that one in the middle; then the
 * process is killed as by kill -9, and the record let go. Returns what beginning it gave.
 */
export async function killedInTheMiddle<T>(
  databaseUrl: string,
  canonicalId: string,
  hub: HubHandle,
  begin: () => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    for (const table of ['variant', 'product'])
      await client.query(`select 1 from ${table} where id = $1 for update`, [canonicalId]);
    const begun = await begin();
    // Of what it waits with, a backend that was sent several statements at once shows an earlier one.
    const stuck = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
      and exists (select from undo_record u join job j on j.id = u.job where j.finished_at is null and u.state <> 'OPEN')`;
    await until(async () => (await client.query(stuck)).rowCount !== 0, {
      timeoutMs: 60_000,
      everyMs: 20,
      what: `the hub to be stuck in the middle of what began with ${JSON.stringify(begun)}`,
    });
    await hub.kill();
    return begun;
  } finally {
    await client.end();
  }
}
