/** The activity log, an event and a job, as a person uses them; real Chromium, real server, events written by what writes all events. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { setUpToken } from '../../src/security/set-up-token.js';
import { appendJournal, type JournalEntry } from '../../src/store/journal.js';
import { eventOf, measurePage, writeEvents } from '../support/activity-load.js';
import { describeInChromium, openBrowser, openPage, untilShown } from '../support/browser.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { busyness, patient } from '../support/patience.js';
import { openTcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/wait.js';

const product = { traceId: 'trc_1', entity: 'product', canonicalId: 'prd_00001', flow: 'products' };
const kept = 2_000;

/** What this file needs of an element in the page. */
interface Scrolled {
  scrollTop: number;
}

describeInChromium('the activity log', () => {
  const masterKey = randomBytes(32);
  let world: GraphWorld;
  let proxy: Awaited<ReturnType<typeof openTcpProxy>>;
  let browser: Browser;
  let page: Page;
  let address: string;
  let complaints: string[];

  const write = (...entries: JournalEntry[]) => world.database.tx((tx) => appendJournal(tx, entries));
  const written = (...ids: string[]) =>
    write(...ids.map((externalId) => ({ ...product, traceId: `trc_${externalId}`, externalId, step: 'written', outcome: 'updated', system: 'softmaat' }) as const)); // prettier-ignore
  const row = (externalId: string) => page.getByRole('row', { name: `Product ${externalId} ` });
  /** Ids of the products whose rows are in the page, from the top down. */
  const rowIds = async (): Promise<string[]> =>
    (await page.getByRole('row').allInnerTexts()).flatMap((text) => /Product (\S+)/.exec(text)?.[1] ?? []);
  const open = async (path: string): Promise<void> => {
    await page.goto(`${address}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };

  beforeAll(async () => {
    proxy = await openTcpProxy();
    world = await openGraphWorld({ webFolder: 'dist/web', masterKey, commands: { mappings: cancels() } });
    proxy.aim(world.server.port());
    address = `http://127.0.0.1:${proxy.port}`;
    await fillCatalogue(world.database, 100);
    await write(
      { ...product, externalId: 'A1', step: 'applied', outcome: 'updated', system: 'mpluskassa', detail: { version: 2, log: 'changes.mpluskassa/0/0', mapping: 'till-in-short@1' } },
      { ...product, externalId: 'A1', step: 'intent', outcome: 'update', system: 'softmaat' },
      { ...product, externalId: 'A1', step: 'written', outcome: 'updated', system: 'softmaat', durationMs: 12, detail: { changes: { title: ['Old shirt', 'New shirt'] } } },
      { ...product, entity: 'order', canonicalId: 'ord_1', traceId: 'trc_3', externalId: 'O1', step: 'written', outcome: 'updated', system: 'softmaat', detail: { changes: { deliveries: [null, [{ key: 'without line: var_000011', quantity: '2' }]] } } },
      { ...product, traceId: 'trc_2', externalId: 'F1', step: 'failed', outcome: 'refused', system: 'softmaat', code: 'RECORD_REFUSED', message: 'Name is too long.' },
    ); // prettier-ignore
    await world.database.query(
      `insert into log_entry (topic, partition, "offset", key, trace_id, payload)
       values ('changes.mpluskassa', 0, 0, 'product:A1', 'trc_1', '{"document": {"description": "As the till has it"}}')`,
    );
    await world.database.query(
      `insert into mapping (id, key, connector, direction, record, entity, name, published_version, own_version, deleted_at)
       values ('map_1', 'till-in-short', 'mpluskassa', 'inbound', 'thing', 'product', 'Short names', 0, 1, now())`,
    );
    await world.database.query(
      `insert into mapping_version (mapping, version, definition)
       values ('till-in-short', 1, '{"key": "till-in-short", "direction": "inbound", "connector": "mpluskassa", "record": "thing", "entity": "product", "rules": []}')`,
    );
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, `${address}/account`));
    const made = await page.request.post(`${address}/session/first`, {
      headers: { origin: address },
      data: { proof: setUpToken(masterKey.toString('hex')), name: 'Anna', email: 'anna@example.com', password: 'five green bicycles', language: 'en' },
    }); // prettier-ignore
    expect(made.ok()).toBe(true);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
    await proxy?.close();
    // The page of accounts asks before anybody has signed in.
    expect(complaints.filter((text) => !/401|WebSocket/.test(text))).toEqual([]);
  });

  it('shows what happens as it happens, and nothing moves while it is paused', async () => {
    await open('/activity');
    await row('F1').waitFor();
    await written('B1');
    await row('B1').waitFor();
    expect((await rowIds()).slice(0, 2)).toEqual(['B1', 'F1']);
    await page.getByRole('button', { name: 'Pause' }).click();
    await written('B2', 'B3', 'B4');
    await page.getByRole('button', { name: '3 new events, show' }).waitFor();
    expect((await rowIds())[0]).toBe('B1');
    await page.getByRole('button', { name: '3 new events, show' }).click();
    await row('B4').waitFor();
    expect((await rowIds()).slice(0, 4)).toEqual(['B4', 'B3', 'B2', 'B1']);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page
      .getByRole('log')
      .getByText('new events')
      .waitFor({ state: 'attached', timeout: patient(15_000) });
  }, 60_000);

  it('does not jump while somebody reads further down', async () => {
    await written(...Array.from({ length: 60 }, (_, i) => `C${i}`));
    await row('C59').waitFor();
    await page.getByRole('table', { name: /Events/ }).evaluate((list: Scrolled) => void (list.scrollTop = 600));
    await row('C40').waitFor();
    const before = await row('C40').boundingBox();
    await written('D1');
    await page.getByRole('button', { name: '1 new event, show' }).waitFor();
    expect(await row('C40').boundingBox()).toEqual(before);
    await page.getByRole('button', { name: '1 new event, show' }).click();
    await row('D1').waitFor();
    expect((await rowIds())[0]).toBe('D1');
  }, 60_000);

  it('begins at its top with another filter, wherever somebody was, and goes on', async () => {
    const list = page.getByRole('table', { name: /Events/ });
    await list.evaluate((element: Scrolled) => void (element.scrollTop = 600));
    await row('C40').waitFor();
    await page.getByRole('combobox', { name: 'Records' }).selectOption('PRODUCT');
    await page.waitForURL(/entity=PRODUCT/);
    await row('D1').waitFor();
    expect(await list.evaluate((element: Scrolled) => element.scrollTop)).toBe(0);
    await written('D2');
    await row('D2').waitFor();
  }, 60_000);

  it('chooses a piece of time in the picture, by mouse and by keyboard, and filters by the address', async () => {
    await open('/activity');
    const bars = page.getByRole('slider', { name: 'Events over time' });
    await bars.press('Home');
    await bars.press('Shift+End');
    expect(await bars.getAttribute('aria-valuetext')).toMatch(/[1-9]\d* events\. 1 failed\.$/);
    await bars.press('Enter');
    await page.waitForURL(/from=.+&to=/);
    await page.getByRole('button', { name: 'All times' }).click();
    await page.waitForURL((url) => !url.search.includes('from='));
    const box = (await bars.boundingBox())!;
    await page.mouse.move(box.x + 5, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await page.getByText('No events in this time.').waitFor();
    await page.getByRole('button', { name: 'Jump there' }).click();
    await row('D1').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('combobox', { name: 'State' }).selectOption('FAILED');
    await page.waitForURL(/outcome=FAILED/);
    await until(async () => (await rowIds()).join() === 'F1', { what: 'only what failed' });
    await page.getByRole('button', { name: 'Show as table' }).click();
    // The picture is asked for by itself, and is the one before until it comes.
    const twin = page.getByRole('table', { name: 'Events over time' });
    await untilShown(twin.getByRole('row'), 2);
    await untilShown(twin.getByRole('cell', { name: '1', exact: true }), 1);
  }, 60_000);

  it('explains an event: its way, what changed, what was read, what was sent, what it came from', async () => {
    await open('/events/evt_2');
    await page.getByRole('heading', { name: 'Product Shirt 1 · update' }).waitFor();
    const way = page.getByRole('region', { name: 'The way of the change' }).getByRole('listitem');
    await untilShown(way, 4);
    const steps = async (): Promise<string> => (await way.allInnerTexts()).map((text) => text.split(' ')[0]).join();
    await until(async () => (await steps()) === 'Received,Merged,Sent,Confirmed', { what: 'the whole way' });
    await page.getByRole('row', { name: 'title Old shirt New shirt' }).waitFor();
    await page.getByRole('tab', { name: 'Attempts' }).click();
    await page.getByText('Attempt 1').waitFor();
    await page.getByRole('tab', { name: 'Raw' }).click();
    await page.getByRole('button', { name: 'Copy JSON' }).waitFor();
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      if (String(route.request().postData()).includes('"evt_0"')) await answered;
      await route.continue();
    });
    await page.getByRole('region', { name: 'Came from' }).getByRole('link').first().click();
    await page.waitForURL(/evt_0/);
    // What is chosen or pressed before it is answered must not be done to the event of before.
    await page.getByRole('tab').first().waitFor({ state: 'detached' });
    answer();
    await page.getByRole('tab', { name: 'Payloads' }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByRole('tab', { name: 'Payloads' }).click();
    await page.getByText('As the till has it').waitFor();
    await page.getByRole('link', { name: 'Open the record' }).waitFor();
    // The mapping that decided then, although it is gone.
    const mapping = page.getByRole('link', { name: 'Field mapping Till → hub: Short names, version 1' });
    expect(await mapping.getAttribute('href')).toBe('/mappings/map_1?version=1');
    await page.getByRole('region', { name: 'How the record stands now' }).getByText(/^deleted/).waitFor(); // prettier-ignore
  }, 60_000);

  it('names the product of a line that is gone, and shows what a problem is about in words', async () => {
    await open('/events/evt_3');
    const delivered = page.getByRole('row', { name: /^deliveries/ });
    await delivered.getByRole('link', { name: /Shirt/ }).waitFor();
    await delivered.getByText('(line no longer there)').waitFor();
    expect(await delivered.innerText()).not.toMatch(/without line|var_/);
    await world.database.query(
      `insert into parked (id, stage, system, entity, canonical_id, record_key, trace_id, code, message, hint, source_path, value,
         classification, fingerprint, payload)
       values ('prk_lines', 'project', 'softmaat', 'order', 'ord_1', 'order:ord_1', 'trc_3', 'RECORD_REFUSED', 'No.', 'Look at it.', 'lines', $1,
         'data', 'lines', '{}')`,
      [JSON.stringify([{ variant: 'var_000011', quantity: '2', unitPrice: '12.50' }])],
    );
    await open('/problems/prk_lines');
    const value = page.getByRole('row', { name: /^Value/ });
    await value.getByRole('link', { name: /Shirt/ }).waitFor();
    await value.getByText('quantity:').waitFor();
    expect(await value.innerText()).not.toMatch(/[{"]|var_/);
    await value.getByText('Technical details').click();
    await value.getByText('"unitPrice": "12.50"').waitFor();
  }, 60_000);

  it('misses nothing and shows nothing twice when the connection was cut', async () => {
    await open('/activity');
    await row('D1').waitFor();
    await written('E1');
    await row('E1').waitFor();
    const [ids, before] = [['E1'], complaints.length];
    for (let cut = 0; cut < 3; cut++) {
      proxy.drop();
      const missed = [2, 3, 4].map((i) => `E${cut * 3 + i}`);
      await written(...missed);
      ids.push(...missed);
      await row(missed.at(-1)!).waitFor({ timeout: patient(15_000) });
    }
    expect((await rowIds()).slice(0, 11)).toEqual([...ids.toReversed(), 'D2']);
    // A request that was under way when the connections were cut is lost.
    complaints.push(...complaints.splice(before).filter((text) => !text.includes('net::ERR_')));
  }, 90_000);

  it('shows how far a job is, and stops it', async () => {
    await world.database.query(
      `insert into job (id, kind, status, input, done, total, created_by, started_at)
       values ('job_1', 'REPLAY', 'RUNNING', '{"name": "After the price change"}', 10, 40, 'system', now() - interval '10 seconds')`,
    );
    await open('/jobs');
    await page.getByRole('link', { name: 'Send again: After the price change' }).click();
    await page.getByText('10 of 40').waitFor();
    await page.getByText(/^about .+ left$/).waitFor();
    await world.database.query(`update job set done = 30 where id = 'job_1'`);
    await page.getByText('30 of 40').waitFor();
    await page.getByRole('button', { name: 'Stop the job' }).click();
    await page.getByRole('dialog').getByText('10 records are not begun any more.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop the job' }).click();
    await page.getByRole('region', { name: 'Result' }).getByText('29').waitFor();
  }, 60_000);

  it('shows below an event what followed of its change while it was read', async () => {
    await written('H1');
    await open('/activity');
    await row('H1').getByRole('link').first().click();
    await page.waitForURL(/\/events\//);
    await page.getByText('It is the only event of its change.').waitFor();
    await written('H1');
    await page.getByRole('region', { name: 'Led to' }).getByRole('link').waitFor();
  }, 60_000);

  it('keeps its size and its frames at 50 events a second', async () => {
    await open('/activity');
    await page.getByText(/^\d+ loaded\./).waitFor();
    for (let n = 0; n < kept + 100; n += 100) await write(...Array.from({ length: 100 }, (_, i) => eventOf(n + i)));
    await page.getByText('2,000 loaded.').waitFor({ timeout: patient(120_000) });
    const writing = writeEvents(world.database, 50, kept + 100);
    const load = await measurePage(page, { seconds: 20, everyMs: 5_000 });
    await writing.stop();
    const last = kept + 100 + writing.written - 1;
    await page.getByRole('row', { name: `A${last} ` }).waitFor();
    await page.getByText('2,000 loaded.').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    process.stderr.write(`activity page at 50 events/s: frames p95 ${load.frameP95Ms.toFixed(1)} ms, heap ${load.heap.map(({ megabytes }) => megabytes.toFixed(1)).join(' ')} MB\n`); // prettier-ignore
    // Older ones are asked for where they begin to be missing; those at the other end are let go, and nothing jumps.
    const isOlder = async (): Promise<boolean> => {
      await page.getByRole('table', { name: /Events/ }).evaluate((list: Scrolled) => void (list.scrollTop += 3_000));
      return (await rowIds()).some((id) => Number(id.slice(1)) < last - kept - 20);
    };
    await until(isOlder, { timeoutMs: 60_000, what: 'older ones' });
    await page.getByText('2,000 loaded.').waitFor();
    const inSight = (await rowIds()).map((id) => Number(id.slice(1)));
    expect(inSight).toEqual(inSight.map((_, i) => inSight[0]! - i));
    await written('G1');
    await page.getByRole('button', { name: '1 new event, show' }).click();
    await row('G1').waitFor();
    expect((await rowIds()).slice(0, 2)).toEqual(['G1', `A${last}`]);
    expect(load.frameP95Ms).toBeLessThan(250 * busyness());
    expect(load.heap.at(-1)!.megabytes - load.heap[0]!.megabytes).toBeLessThan(8);
  }, 240_000);

  function cancels() {
    return {
      cancelJob: (id: string) =>
        world.database.query(
          `update job set status = 'CANCELLED', finished_at = now(), result = '{"succeeded": 29, "failed": 1}' where id = $1`,
          [id],
        ),
    } as never;
  }
});
