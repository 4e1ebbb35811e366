/**
 * The activity page of the dashboard for ten minutes at 50 events a second: a real hub in a process of its own, a real Chromium, events written by
 * what writes all events. Memory must stay flat once the page holds as many events as it keeps, and frames must come. `--seconds N` for another time.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { systemClock } from '../src/base/clock.js';
import { noFailpoint } from '../src/base/failpoint.js';
import { silentLogger } from '../src/base/logger.js';
import { openDatabase, type Database } from '../src/store/database.js';
import { migrate } from '../src/store/migrate.js';
import { eventOf, measurePage, writeEvents } from '../test/support/activity-load.js';
import { openBrowser, openPage } from '../test/support/chromium.js';
import { fillCatalogue } from '../test/support/graph-server.js';
import { startHub, testApiKey } from '../test/support/processes.js';
import { appendJournal } from '../src/store/journal.js';
import type { BenchOptions } from './options.js';
import { measurement, within, type Measurement } from './report.js';
import { admin, openServer, withDatabase } from './server.js';

const usualSeconds = 600;
const quickSeconds = 20;
const perSecond = 50;
/** Events that the page keeps; from there on memory has to be flat. */
const kept = '2,000 loaded.';
const seenBefore = 2_500;
/** Promised. */
const mostFrameMs = 50;
/** What an hour may cost at most, 12 MB, is far below what one notices. */
const mostMegabytesPerMinute = 0.2;

export async function benchDashboard(options: BenchOptions): Promise<readonly Measurement[]> {
  const seconds = options.seconds ?? (options.quick ? quickSeconds : usualSeconds);
  const server = await openServer(options.say);
  const name = `koppel_bench_${process.pid}_dashboard`;
  await admin(server.url, `create database ${name}`);
  const url = withDatabase(server.url, name);
  await migrate(url);
  const base = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
  const database = openDatabase({ url, poolMax: 2, applicationName: 'bench' }, base);
  try {
    return await underLoad(database, url, seconds, options.say);
  } finally {
    await database.end();
    await admin(server.url, `drop database if exists ${name} with (force)`);
    await server.close();
  }
}

async function underLoad(
  database: Database,
  url: string,
  seconds: number,
  say: (line: string) => void,
): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'koppel-bench-'));
  const hub = await startHub({
    KOPPEL_DATABASE_URL: url,
    KOPPEL_DATA_DIR: folder,
    KOPPEL_SECRET_KEY: randomBytes(32).toString('base64'),
    // What it shows is written by the benchmark; nothing else is to be done.
    KOPPEL_ROLE: 'api',
    KOPPEL_DEMO: '0',
    KOPPEL_LOG_LEVEL: 'error',
  });
  // Systems without settings: a hub does not start with such, and for what is shown their names are enough.
  await fillCatalogue(database, 100);
  const browser = await openBrowser();
  try {
    await database.tx((tx) => appendJournal(tx, [eventOf(0)]));
    const page = await activityPage(await openPage(browser, `${hub.url}/account`), hub.url);
    for (let n = 0; n < seenBefore; n += 100) {
      await database.tx((tx) =>
        appendJournal(
          tx,
          Array.from({ length: 100 }, (_, i) => eventOf(n + i)),
        ),
      );
    }
    await page.getByText(kept).waitFor({ timeout: 240_000 });
    const writing = writeEvents(database, perSecond, seenBefore);
    const began = performance.now();
    const load = await measurePage(page, { seconds, say });
    const rate = (writing.written * 1_000) / (performance.now() - began);
    await writing.stop();
    await arrived(page, seenBefore + writing.written - 1);
    const rows = await page.getByRole('row').count();
    say(`${load.frames} frames, the longest ${load.frameLongestMs.toFixed(0)} ms; ${rows} rows in the document`);
    return [
      measurement('events written a second', [rate], 'events/s'),
      within('growth of the heap, after collecting garbage', [Math.max(load.megabytesPerMinute, 0)], 'MB/min', mostMegabytesPerMinute), // prettier-ignore
      measurement('heap', load.heap.map(({ megabytes }) => megabytes), 'MB'), // prettier-ignore
      within('frames of the activity page, 95 of 100', [load.frameP95Ms], 'ms', mostFrameMs),
    ];
  } finally {
    await browser.close();
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first account is made as an installer makes it, then the page is opened as its user opens it. */
async function activityPage({ page }: { readonly page: Page }, url: string): Promise<Page> {
  const made = await page.request.post(`${url}/session/first`, {
    headers: { origin: url },
    data: { proof: testApiKey, name: 'Anna', email: 'anna@example.com', password: 'five green bicycles', language: 'en' }, // prettier-ignore
  });
  if (!made.ok()) throw new Error(`The first account was not made: ${await made.text()}`);
  await page.goto(`${url}/activity`);
  // From here on the page follows what is written.
  await page.getByText('1 loaded.').waitFor();
  return page;
}

/** The page has kept up: the last event that was written is its first row. */
const arrived = (page: Page, last: number): Promise<void> =>
  page.getByRole('row', { name: `A${last} ` }).waitFor({ timeout: 120_000 });
