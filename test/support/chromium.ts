/**
 * A real Chromium. In: an address. Out: a page that notes what it asked for and what it complained about.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { patient } from './patience.js';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** Where it is; undefined when there is none. */
export const executablePath = process.env['KOPPEL_TEST_CHROMIUM'] ?? places.find((place) => existsSync(place));

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath!, args: flags, timeout: patient(30_000) });

export interface Watched {
  readonly page: Page;
  /** Addresses of requests and sockets that did not go to the page's own origin. */
  readonly strayRequests: string[];
  /** What the console and the page reported as an error, refusals by the page's policy included. */
  readonly complaints: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  look: { readonly width?: number; readonly scheme?: 'light' | 'dark' } = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: 800 },
    colorScheme: look.scheme ?? 'light',
  });
  const watched = watchPage(await context.newPage(), url);
  await watched.page.goto(url);
  return watched;
}

/** Notes what a page asks for and complains about from now on. */
export function watchPage(page: Page, url: string): Watched {
  const context = page.context();
  context.setDefaultTimeout(patient(30_000));
  const strayRequests: string[] = [];
  const complaints: string[] = [];
  const { host } = new URL(url);
  const note = (address: string): void => {
    const asked = new URL(address);
    if (!['data:', 'blob:'].includes(asked.protocol) && asked.host !== host) strayRequests.push(address);
  };
  context.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, strayRequests, complaints };
}
