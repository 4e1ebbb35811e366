/** The settings of one Softmaat account. In: a document that people edited. Out: checked settings, or SETTINGS_INVALID with every problem. */
import type { Document, Json } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import { pageProblems, pageSetting } from '../../base/page-template.js';
import type { RecordPage } from '../system.js';

export const systemName = 'Softmaat';

export interface Settings {
  /** Ends in `/api/v1`, without a slash behind it. */
  readonly base: URL;
  readonly token: string;
  /** Longest time of one request, from connecting to the last byte. */
  readonly timeoutMs: number;
}

const defaultTimeoutMs = 10_000;
const longestTimeoutMs = 60_000;

/** Its back office, as far as people have said where that is; the assumed contract names no address. A variant is a product there. */
export const pages: readonly RecordPage[] = [
  { entity: 'product', setting: 'productPage' },
  { entity: 'variant', setting: 'productPage' },
  { entity: 'category', setting: 'categoryPage' },
  { entity: 'customer', setting: 'debtorPage' },
  { entity: 'order', setting: 'orderPage' },
];

export const settingsSchema: Document = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['url', 'token'],
  properties: {
    url: {
      type: 'string',
      format: 'uri',
      title: 'Address',
      description: 'https://<host>; /api/v1 is added when it is left out.',
    },
    token: { type: 'string', minLength: 1, title: 'Token', writeOnly: true },
    timeoutMs: {
      type: 'integer',
      minimum: 1000,
      maximum: longestTimeoutMs,
      default: defaultTimeoutMs,
      title: 'Longest request in ms',
    },
    productPage: pageSetting('Page of a product'),
    categoryPage: pageSetting('Page of a category'),
    debtorPage: pageSetting('Page of a customer'),
    orderPage: pageSetting('Page of an order'),
  },
};

export function parseSettings(document: Document): Settings {
  const problems: string[] = [];
  const known = new Set(Object.keys((settingsSchema as { properties: Document }).properties));
  for (const name of Object.keys(document)) if (!known.has(name)) problems.push(`${name} is not a setting`);
  const base = parseUrl(document['url'], problems);
  const token = document['token'];
  // A line break or a letter outside Latin-1 cannot stand in a header, and Node's error for it would repeat the token.
  const isToken = typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
  if (!isToken) problems.push(token === undefined ? 'token is missing' : 'token holds spaces or is empty');
  const timeoutMs = document['timeoutMs'] ?? defaultTimeoutMs;
  const isTimeout =
    typeof timeoutMs === 'number' && Number.isInteger(timeoutMs) && timeoutMs >= 1000 && timeoutMs <= longestTimeoutMs;
  if (!isTimeout) problems.push(`timeoutMs is not a whole number from 1000 to ${longestTimeoutMs}`);
  problems.push(...pageProblems(document, [...new Set(pages.map(({ setting }) => setting))]));
  if (problems.length > 0 || !isToken || !isTimeout) {
    throw new KoppelError('SETTINGS_INVALID', { system: systemName, problems: problems.join('; ') });
  }
  return { base, token, timeoutMs };
}

/** Never repeats the value: people paste addresses with credentials in them. */
function parseUrl(value: Json | undefined, problems: string[]): URL {
  const fallback = new URL('http://127.0.0.1/api/v1');
  if (typeof value !== 'string' || !URL.canParse(value)) {
    problems.push(value === undefined ? 'url is missing' : 'url is not an address');
    return fallback;
  }
  const url = new URL(value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBePlain(url.hostname))) {
    problems.push('url must start with https:// outside of this machine');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    problems.push('url must hold neither credentials nor a query: the token has its own setting');
  }
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/api/v1') ? path : `${path}/api/v1`;
  return url;
}

/** The sandbox of docker-compose.yml, which has made-up data and is reached over a network of its own. */
const sandboxHost = 'sandbox-softmaat';

const mayBePlain = (host: string): boolean =>
  host === sandboxHost || host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
