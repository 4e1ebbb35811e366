/**
 * What most tests of pages begin with: a database, both sandboxes, a hub that works with them, a browser. In: the stage, and how the hub is
 * started. Out: all of them, a way to open a page as somebody who has signed in, and one way to end everything.
 */
import type { Browser } from 'playwright-core';
import { openBrowser, type Watched } from './browser.js';
import { openDashboard, type DashboardLook } from './dashboard.js';
import { createTestDatabase } from './database.js';
import { testApiKey, type HubHandle } from './processes.js';
import { openStage, type Stage, type StageOptions } from './stage.js';

export interface StagedBrowser {
  readonly stage: Stage;
  readonly hub: HubHandle;
  readonly browser: Browser;
  /** A page of the hub, in a browser of its own; the administrator has signed in. */
  open(look: Omit<DashboardLook, 'adminKey'>): Promise<Watched>;
  close(): Promise<void>;
}

export async function openStagedBrowser(
  options: Omit<StageOptions, 'databaseUrl'>,
  how: Parameters<Stage['hub']>[0] = {},
): Promise<StagedBrowser> {
  const ends: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const database = await createTestDatabase();
    ends.push(() => database.drop());
    const stage = await openStage({ databaseUrl: database.url, ...options });
    ends.push(() => stage.close());
    const [hub, browser] = await Promise.all([stage.hub(how), openBrowser()]);
    ends.push(() => browser.close());
    const open: StagedBrowser['open'] = (look) => openDashboard(browser, hub.url, { adminKey: testApiKey, ...look });
    return { stage, hub, browser, open, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
