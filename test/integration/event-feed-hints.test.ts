/** Readers of the live activity log hear of steps when they are announced, not when the feed would have looked. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { makeEventFeed } from '../../src/http/event-feed.js';
import type { FeedClient } from '../../src/resolvers/feed.js';
import { makeCursors } from '../../src/security/cursors.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { appendJournal, ensureJournalPartitions } from '../../src/store/journal.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/wait.js';

let world: TestDatabase;
let database: Database;
beforeEach(async () => {
  world = await createTestDatabase();
  database = openDatabase(
    { url: world.url, poolMax: 3, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
  await ensureJournalPartitions(database, 1);
});
afterEach(async () => {
  await database.end();
  await world.drop();
});

const record = (externalId: string): Promise<void> =>
  database.tx((tx) => appendJournal(tx, [{ traceId: 'trc_1', step: 'applied', outcome: 'updated', externalId }]));

it('a reader that waits is told at once of what is announced, and by and by of what is not', async () => {
  let announce = (): void => undefined;
  let looks = 0;
  const watched: Database = {
    ...database,
    query: (text, ...rest) => {
      if (text.includes(`topic = 'journal'`)) looks++;
      return database.query(text, ...rest);
    },
  };
  const cursors = makeCursors(Buffer.alloc(32));
  const feed = makeEventFeed({
    database: watched, cursors, clock: systemClock, logger: silentLogger, restMs: 600_000, onSteps: (listener) => (announce = listener),
  }); // prettier-ignore
  const stopped = new AbortController();
  const client: FeedClient = {
    recheck: () => Promise.resolve(),
    renew: () => undefined,
    signal: stopped.signal,
    caller: { scopes: new Set(['READ_CUSTOMERS']) } as unknown as FeedClient['caller'],
  };
  const events = await feed.open(client, {});
  const heard: (string | null | undefined)[] = [];
  const reading = (async () => {
    for await (const { event } of events) heard.push(event.externalId);
  })();
  await feed.start();
  await until(() => looks >= 2, { what: 'the first look' });
  await record('one');
  announce();
  await until(() => heard.length === 1, { what: 'the first event' });
  const before = looks;
  for (let i = 0; i < 500; i++) announce();
  await record('two');
  announce();
  await until(() => heard.length === 2, { what: 'the second event' });
  expect(heard).toEqual(['one', 'two']);
  // Many announcements are a few looks.
  expect(looks - before).toBeLessThan(10);
  stopped.abort();
  await reading;
  await feed.stop();
});
