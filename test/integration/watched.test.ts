/** What a watcher of states costs: nothing without readers, one look for however many, and no work beyond it while nothing changes. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { makeWatched, type Watched } from '../../src/http/watched.js';
import type { FeedClient } from '../../src/resolvers/feed.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { fillCatalogue } from '../support/graph-server.js';
import { until } from '../support/wait.js';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly settledAt: string;
}
const deps = { clock: systemClock, logger: silentLogger };

let made: TestDatabase;
let database: Database;
let ended: AbortController;
let running: Watched<Row>[];
beforeAll(async () => {
  made = await createTestDatabase();
  database = openDatabase(
    { url: made.url, poolMax: 4, applicationName: 'koppel test' },
    { ...deps, failpoint: noFailpoint },
  );
  await fillCatalogue(database, 1);
}, 60_000);
beforeEach(() => {
  ended = new AbortController();
  running = [];
});
afterEach(async () => {
  ended.abort();
  await Promise.all(running.map((watched) => watched.stop()));
});
afterAll(async () => {
  await database.end();
  await made.drop();
});

/** A watcher of flows with the number of its statements. Only the state is what readers are told of. */
async function watcher(): Promise<{ readonly watched: Watched<Row>; readonly sent: () => number }> {
  let sent = 0;
  const watched = makeWatched<Row>(
    {
      name: 'flow',
      restMs: 5,
      read() {
        sent++;
        return database.query<Row & Record<string, unknown>>(
          'select id, state, updated_at::text as "settledAt" from flow order by id',
        );
      },
      idOf: ({ id }) => id,
      markOf: ({ state }) => state,
    },
    deps,
  );
  running.push(watched);
  await watched.start();
  return { watched, sent: () => sent };
}

/** A reader that notes what it does and what it is told. */
async function reader(watched: Watched<Row>) {
  const noted = { wants: 0, rechecks: 0, renews: 0, told: [] as string[] };
  const client = {
    recheck: () => Promise.resolve(void noted.rechecks++),
    renew: () => void noted.renews++,
    signal: ended.signal,
  } as unknown as FeedClient;
  const states = await watched.open(client, { wants: () => ++noted.wants > 0 });
  const iterator = states[Symbol.asyncIterator]();
  const all = (async () => {
    for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) {
      noted.told.push(step.value.state);
    }
  })();
  return { noted, leave: () => iterator.return!().then(() => all) };
}

/** Until a watcher with a reader has looked so often. */
const looks = async (by: { readonly sent: () => number }, n = 10): Promise<void> => {
  const before = by.sent();
  await until(() => by.sent() >= before + n, { what: `${n} looks`, everyMs: 5 });
};
const setState = (state: string): Promise<unknown> => database.query(`update flow set state = $1`, [state]);

describe('a watcher of states', () => {
  it('sends no statement while nobody reads, before the first reader and after the last', async () => {
    const watching = await watcher();
    const beside = await watcher();
    await reader(beside.watched);
    await looks(beside);
    expect(watching.sent()).toBe(0);
    const [one, two] = [await reader(watching.watched), await reader(watching.watched)];
    await looks(watching);
    await one.leave();
    await looks(watching);
    await two.leave();
    // One may be under way.
    await looks(beside, 2);
    const atRest = watching.sent();
    await looks(beside);
    expect(watching.sent()).toBe(atRest);
  });

  it('wakes no reader while nothing has changed that it is told of, and each once when something has', async () => {
    await setState('ENABLED');
    const watching = await watcher();
    const readers = [await reader(watching.watched), await reader(watching.watched)];
    await until(() => readers.every(({ noted }) => noted.told.length === 1), { what: 'the present state' });
    await looks(watching, 2);
    const before = readers.map(({ noted }) => ({ ...noted, told: [...noted.told] }));
    // A column of which nobody is told.
    await database.query(`update flow set updated_at = now()`);
    await looks(watching);
    expect(readers.map(({ noted }) => noted)).toEqual(before);
    await setState('PAUSED');
    await until(() => readers.every(({ noted }) => noted.told.length === 2), { what: 'the new state' });
    await looks(watching);
    for (const [i, { noted }] of readers.entries()) {
      expect(noted.told).toEqual(['ENABLED', 'PAUSED']);
      expect(noted.rechecks).toBe(before[i]!.rechecks + 1);
      expect(noted.renews).toBe(before[i]!.renews + 1);
    }
  });
});
