/** What people are shown of a time that is not kept any more: what is known still, and else that it is not, never an error. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { silentLogger } from '../../src/base/logger.js';
import { feedCursor, makeEventFeed } from '../../src/http/event-feed.js';
import type { FeedClient } from '../../src/resolvers/feed.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import { makeCursors } from '../../src/security/cursors.js';
import { appendJournal, ensureJournalPartitions } from '../../src/store/journal.js';
import * as positions from '../../src/store/positions.js';
import { openExplainingHub, type ExplainingHub } from './provenance-world.js';
import { age, countOf, sweep } from './retention-world.js';

let hub: ExplainingHub;
let id: string;
let old: readonly { readonly id: string; readonly at: Date }[];
beforeAll(async () => {
  hub = await openExplainingHub();
  await ensureJournalPartitions(hub.database, 1);
  for (const phone of ['0', '1']) {
    await hub.take('customers', [{ id: '1', document: { email: 'ann@example.com', fullName: 'Ann', phone } }]);
  }
  id = await hub.idOf('customer', `email = 'ann@example.com'`);
  old = await hub.database.query<{ id: string; at: Date }>(`select 'evt_' || position as id, at from journal where canonical_id = $1 order by position`, [id]); // prettier-ignore
  await age(hub.database, 200);
  await hub.take('customers', [{ id: '1', document: { email: 'ann@example.com', fullName: 'Ann', phone: '2' } }]);
  await positions.preparePositions(hub.database, 'look', canonicalTopic, 1);
  const [end = 0n] = await hub.log.ends(canonicalTopic);
  await hub.database.query(`update consumer_position set next_offset = $1 where consumer = 'look'`, [String(end)]);
  const report = await sweep(hub.database);
  expect(report?.removed).toMatchObject({ canonical: 2, changes: 2 });
  expect(report?.removed['journalDays']).toBeGreaterThan(0);
});
afterAll(() => hub.close());

const ask = async (query: string, variables: object = { id }) => (await hub.world.ask(query, variables)).body;

describe('after a sweep', () => {
  it('a record tells what is kept of its history, and of an old event that there is none', async () => {
    const { data, errors } = await ask(`query ($id: ID!, $event: ID!) {
      customer(by: { id: $id }) { phone history(first: 10) { nodes { id action changes { path before after } seenRecord } } }
      syncEvent(id: $event) { id } syncEvents(first: 5, filter: { entityId: { eq: $id } }) { nodes { id } } }`, { id, event: old[0]!.id }); // prettier-ignore
    expect(errors).toBeUndefined();
    expect(data.customer).toMatchObject({
      phone: '2',
      history: { nodes: [{ action: 'UPDATE', seenRecord: { phone: '2' } }] },
    });
    expect(data.customer.history.nodes[0].changes).toContainEqual(expect.objectContaining({ path: 'phone', before: '1', after: '2' })); // prettier-ignore
    expect(data.syncEvent).toBeNull();
    expect(data.syncEvents.nodes).toEqual([{ id: data.customer.history.nodes[0].id }]);
  });

  it('each value still says whose it is; when it came is not known of those that are older', async () => {
    const { data } = await ask(`query ($id: ID!) { customer(by: { id: $id }) { provenance(paths: ["phone", "fullName"]) { path changedAt rule system { key } event { id } } } }`); // prettier-ignore
    const [name, phone] = ['fullName', 'phone'].map((path) => data.customer.provenance.find((each: { path: string }) => each.path === path)); // prettier-ignore
    expect(name).toMatchObject({ changedAt: null, event: null, system: { key: 'till' } });
    expect(phone).toMatchObject({ changedAt: expect.any(String), event: { id: expect.any(String) }, system: { key: 'till' } }); // prettier-ignore
  });

  it('a moment before what is kept is refused with the moment from which on it is known, and that one is answered', async () => {
    const at = `query ($id: ID!, $at: DateTime!) { entityAt(id: $id, at: $at) { version data } }`;
    const refused = await ask(at, { id, at: old[0]!.at.toISOString() });
    expect(refused.errors[0].extensions).toMatchObject({ code: 'MOMENT_NOT_KEPT', params: { id } });
    const { since } = refused.errors[0].extensions.params;
    expect((await ask(at, { id, at: since })).data.entityAt.data).toMatchObject({ fullName: 'Ann' });
    const diff = await ask(`query ($id: ID!, $from: DateTime!, $to: DateTime!) { entityDiff(id: $id, from: $from, to: $to) { path } }`, { id, from: old[0]!.at.toISOString(), to: since }); // prettier-ignore
    expect(diff.errors[0].extensions.code).toBe('MOMENT_NOT_KEPT');
  });

  it('what is kept is put back, to what was there before it', async () => {
    await hub.takeBackLast(id);
    expect((await ask(`query ($id: ID!) { customer(by: { id: $id }) { phone } }`)).data.customer.phone).toBe('1');
  });
});

describe('a subscription', () => {
  const cursors = makeCursors(Buffer.alloc(32));
  const stopped = new AbortController();
  const client: FeedClient = {
    recheck: () => Promise.resolve(),
    renew: () => undefined,
    signal: stopped.signal,
    caller: { scopes: new Set(['READ_CUSTOMERS']) } as unknown as FeedClient['caller'],
  };
  const feed = () => makeEventFeed({ database: hub.database, cursors, clock: systemClock, logger: silentLogger });
  const since = (position: number): string => cursors.encode(feedCursor, [String(position)]);
  let first: number;
  beforeEach(async () => {
    first = Number((await hub.database.query<{ next: string }>(`select next_offset as next from log_partition where topic = 'journal'`))[0]!.next); // prettier-ignore
    await hub.database.tx((tx) => appendJournal(tx, Array.from({ length: 300 }, (_, i) => ({ traceId: 't', step: 'applied', outcome: 'updated', externalId: String(i) })))); // prettier-ignore
  });

  it('whose cursor is older than what is kept is refused with CURSOR_EXPIRED', async () => {
    await expect(feed().open(client, { since: since(0) })).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  });

  it('whose next events are removed while it reads is told so, and goes over nothing', async () => {
    const events = (await feed().open(client, { since: since(first - 1) }))[Symbol.asyncIterator]();
    const heard: unknown[] = [(await events.next()).value];
    await age(hub.database, 200);
    await hub.database.tx((tx) => appendJournal(tx, [{ traceId: 't', step: 'applied', outcome: 'updated' }]));
    await sweep(hub.database);
    expect(await countOf(hub.database, 'journal')).toBe(1);
    const rest = async (): Promise<void> => {
      for (let next = await events.next(); next.done !== true; next = await events.next()) heard.push(next.value);
    };
    await expect(rest()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    // What had been read before was told.
    expect(heard).toHaveLength(200);
    stopped.abort();
  });
});
