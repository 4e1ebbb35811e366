/** Many who write, many who listen: the live activity log against the log itself. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger, type Logger } from '../../src/base/logger.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { appendJournal, type JournalEntry } from '../../src/store/journal.js';
import { makeRandom } from '../../sandbox/engine/random.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { endSockets, signedInSocket, subscribeMessage, type SocketClient } from '../support/graph-socket.js';
import { until } from '../support/wait.js';

const writers = Number(process.env['KOPPEL_TEST_WRITERS'] ?? 40);
const idle = Number(process.env['KOPPEL_TEST_SUBSCRIBERS'] ?? 1_000);
const transactionsEach = 25;
const followers = 12;

let world: GraphWorld;
let many: Database;
const logged: string[] = [];
beforeAll(async () => {
  world = await openGraphWorld({
    logger: { ...silentLogger, info: (_: object, line: string) => void logged.push(line) } as Logger,
    socketLimits: { socketsPerKey: 50, stuckMs: 1_000, recheckMs: 200 },
  });
  const [{ url } = { url: '' }] = await world.database.query<{ url: string }>('select current_database() as url');
  const address = new URL(process.env['KOPPEL_TEST_SERVER']!);
  address.pathname = `/${url}`;
  many = openDatabase(
    { url: address.href, poolMax: writers, applicationName: 'koppel writers' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
}, 60_000);
afterEach(endSockets);
afterAll(async () => {
  await many.end();
  await world.close();
});

const entry = (externalId: string, message: string | null = null): JournalEntry => ({
  traceId: 'trc_1', step: 'applied', outcome: 'updated', entity: 'product', canonicalId: 'prd_1', externalId, message,
}); // prettier-ignore
const record = (...ids: string[]) =>
  world.database.tx((tx) => appendJournal(tx, ids.map((id) => entry(id)))); // prettier-ignore

const feed = 'subscription ($since: String) { syncEventRecorded(since: $since) { cursor event { id externalId } } }';
interface Received {
  readonly cursor: string;
  readonly event: { readonly id: string; readonly externalId: string };
}
const received = (client: SocketClient): Received[] =>
  client.got.filter(({ type }) => type === 'next').map(({ payload }) => payload.data.syncEventRecorded as Received);

/** One writer: transactions of random length, some taken back, some cut off in the middle. Gives what was committed. */
async function write(writer: number): Promise<string[]> {
  const random = makeRandom(1).fork(`writer ${writer}`);
  const next = () => random.next();
  const committed: string[] = [];
  for (let i = 0; i < transactionsEach; i++) {
    const ids = Array.from({ length: 1 + Math.floor(next() * 4) }, (_, n) => `w${writer}-${i}-${n}`);
    const fate = next();
    try {
      await many.tx(async (tx) => {
        await tx.query('select pg_sleep($1)', [next() * 0.03]);
        await appendJournal(tx, ids.map((id) => entry(id))); // prettier-ignore
        if (next() < 0.2) await tx.query('select pg_sleep($1)', [next() * 0.004]);
        if (fate < 0.1) throw new Error('taken back');
        if (fate > 0.95) await tx.query('select pg_terminate_backend(pg_backend_pid())');
      });
      committed.push(...ids);
    } catch (error) {
      if (fate >= 0.1 && fate <= 0.95) throw error;
    }
  }
  return committed;
}

/** One follower: reads, loses its connection again and again, and goes on after its cursor until it has seen the end. */
async function follow(follower: number, ready: () => void): Promise<Received[]> {
  const random = makeRandom(1).fork(`follower ${follower}`);
  const next = () => random.next();
  const all: Received[] = [];
  for (let isFirst = true; all.at(-1)?.event.externalId !== 'end'; isFirst = false) {
    const client = await signedInSocket(world.url, world.adminKey);
    client.send(subscribeMessage('1', feed, { since: all.at(-1)?.cursor ?? null }));
    const enough = isFirst ? 1 : Math.ceil(next() * 150);
    await until(() => received(client).length >= enough || received(client).at(-1)?.event.externalId === 'end', {
      what: `${enough} events`,
      timeoutMs: 60_000,
      everyMs: 5,
    });
    client.socket.terminate();
    all.push(...received(client));
    if (isFirst) ready();
  }
  return all;
}

describe('the live activity log', () => {
  it(`equals the log for everybody who listens while ${writers} write, whatever breaks`, async () => {
    let waiting = followers;
    const logs = Array.from({ length: followers }, (_, i) => follow(i, () => waiting--));
    await until(async () => (await record('probe'), waiting === 0), { what: 'all followers', everyMs: 50 });
    const committed = await Promise.all(Array.from({ length: writers }, (_, i) => write(i)));
    await record('end');
    const log = await world.database.query<{ id: string; externalId: string }>(
      `select 'evt_' || position as id, external_id as "externalId" from journal order by position`,
    );
    const written = log.map(({ externalId }) => externalId).filter((id) => id.startsWith('w'));
    expect(written.sort()).toEqual(committed.flat().sort());
    const ids = log.map(({ id }) => id);
    for (const events of await Promise.all(logs)) {
      const from = ids.indexOf(events[0]!.event.id);
      expect(events.map(({ event }) => event.id)).toEqual(ids.slice(from));
    }
  }, 240_000);

  it(`asks the database no more for ${idle} idle subscriptions than for one`, async () => {
    const duringPolls = async (polls: number): Promise<number> => {
      // The watcher looks for news whoever listens, and keys are looked at by time; everything else that is sent is for the subscriptions.
      let [looks, others] = [0, 0];
      world.statements();
      const isOver = (): boolean => {
        for (const text of world.statements())
          if (text.includes('next_offset')) looks++;
          else others++;
        return looks >= polls;
      };
      await until(isOver, { what: `${polls} looks`, timeoutMs: 30_000 });
      return others;
    };
    const one = await signedInSocket(world.url, world.adminKey);
    one.send(subscribeMessage('1', feed));
    await until(async () => (await record('probe'), received(one).length > 0), { what: 'an event', everyMs: 50 });
    const alone = await duringPolls(8);
    const sockets = await Promise.all(
      Array.from({ length: idle / 20 }, async (_, i) => {
        const key = i % 50 === 0 ? await world.keyOf('VIEWER') : null;
        return { key, i };
      }),
    );
    const keys = sockets.flatMap(({ key }) => (key === null ? [] : [key]));
    const clients = await Promise.all(sockets.map(({ i }) => signedInSocket(world.url, keys[Math.floor(i / 50)]!)));
    for (const client of clients) for (let n = 0; n < 20; n++) client.send(subscribeMessage(`${n}`, feed));
    const sent = world.sent();
    await until(() => world.sent() - sent >= idle, { what: 'all subscriptions to begin', timeoutMs: 60_000 });
    await until(
      async () => {
        await record('all');
        return clients.every((client) => new Set(client.got.map(({ id }) => id as string)).size === 20);
      },
      { what: 'an event for each', timeoutMs: 120_000, everyMs: 1_000 },
    );
    const total = () => clients.reduce((sum, client) => sum + client.got.length, 0);
    const before = { got: -1 };
    await until(() => (before.got === total() ? true : ((before.got = total()), false)), {
      what: 'quiet',
      everyMs: 700,
      timeoutMs: 120_000,
    });
    const together = await duringPolls(8);
    expect(together).toBeLessThanOrEqual(alone + 4);
  }, 300_000);

  it('looks at the latest days only for who follows it, and everywhere for who comes back', async () => {
    await world.database.query(
      `create table journal_20200101 partition of journal for values from ('2020-01-01 00:00:00+00') to ('2020-01-02 00:00:00+00')`,
    );
    const looks = async (day: string): Promise<number> => {
      const [row] = await world.database.query<{ looks: number }>(
        `select coalesce(sum(idx_scan), 0)::int as looks from pg_stat_user_indexes where relname = $1`,
        [day],
      );
      return row!.looks;
    };
    const [today] = await world.database.query<{ day: string }>(
      `select tableoid::regclass::text as day from journal order by position desc limit 1`,
    );
    const follower = await signedInSocket(world.url, world.adminKey);
    follower.send(subscribeMessage('1', feed));
    const hears = async (client: SocketClient): Promise<boolean> => (await record('told'), received(client).length > 3);
    await until(() => hears(follower), { what: 'the first events' });
    const before = { today: await looks(today!.day), over: await looks('journal_20200101') };
    // What was looked at is counted by the second.
    const isCounted = async (): Promise<boolean> => (
      await record('told'),
      (await looks(today!.day)) > before.today + 20
    );
    await until(isCounted, { what: 'further looks to be counted' });
    // Opening looked for the first entry that is kept.
    expect(await looks('journal_20200101')).toBeLessThan(before.over + 5);

    const returned = await signedInSocket(world.url, world.adminKey);
    returned.send(subscribeMessage('1', feed, { since: received(follower)[0]!.cursor }));
    await until(() => received(returned).length >= 3, { what: 'what came since' });
    expect(received(returned).slice(0, 3)).toEqual(received(follower).slice(1, 4));
    await until(async () => (await looks('journal_20200101')) > before.over, {
      what: 'the look at all days to be counted',
    });
  });

  it('goes on when the clock of the database was days ahead and is put right', async () => {
    const writesAt = (at: string) => world.database.query(`alter table journal alter column at set default ${at}`);
    const follower = await signedInSocket(world.url, world.adminKey);
    follower.send(subscribeMessage('1', feed));
    const hears = (id: string) => (): boolean => received(follower).some(({ event }) => event.externalId === id);
    const recorded = async (id: string): Promise<void> => {
      await until(async () => (await record(`${id} begins`), hears(`${id} begins`)()), { what: id });
      await record(id);
      await until(hears(id), { what: id });
    };
    await recorded('in time');
    await writesAt(`clock_timestamp() + interval '3 days'`);
    await record('days ahead');
    await until(hears('days ahead'), { what: 'what was written days ahead' });
    await writesAt('clock_timestamp()');
    await recorded('put right');
    expect(follower.got.filter(({ type }) => type === 'error')).toEqual([]);
  });

  it('closes a client that takes nothing, so that nothing piles up, and it goes on where it was', async () => {
    const slow = await signedInSocket(world.url, world.adminKey);
    const text =
      'subscription ($since: String) { syncEventRecorded(since: $since) { cursor event { externalId error { message } } } }';
    slow.send(subscribeMessage('1', text));
    await until(async () => (await record('probe'), received(slow).length > 0), { what: 'an event', everyMs: 50 });
    slow.socket.pause();
    const large = 'x'.repeat(50_000);
    for (let i = 0; i < 40; i++) {
      await world.database.tx((tx) =>
        appendJournal(
          tx,
          Array.from({ length: 10 }, (_, n) => ({
            ...entry(`large-${i * 10 + n}`, large),
            step: 'failed' as const,
            code: 'RECORD_REFUSED',
          })),
        ),
      );
    }
    const other = await signedInSocket(world.url, world.adminKey);
    other.send(subscribeMessage('1', feed));
    await until(async () => (await record('probe'), received(other).length > 0), { what: 'others to go on' });
    // What is on its way already is taken when it reads again; then the connection ends with a code that clients come back from.
    await until(() => logged.some((line) => line.includes('does not take')), {
      what: 'the hub to end it',
      timeoutMs: 20_000,
    });
    slow.socket.resume();
    expect(await slow.closed).toBe(1013);
    const before = received(slow);
    expect(before.length).toBeLessThan(400);
    const again = await signedInSocket(world.url, world.adminKey);
    again.send(subscribeMessage('1', text, { since: before.at(-1)!.cursor }));
    await until(() => received(again).some(({ event }) => event.externalId === 'large-399'), {
      what: 'the rest',
      timeoutMs: 30_000,
    });
    const seen = [...before, ...received(again)]
      .map(({ event }) => event.externalId)
      .filter((id) => id.startsWith('large'));
    expect(seen).toEqual(Array.from({ length: 400 }, (_, i) => `large-${i}`));
  }, 120_000);
});
