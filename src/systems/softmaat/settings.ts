/** The settings of one Softmaat account. In: a document that people edited. Out: checked settings, or SETTINGS_INVALID with every problem. */
import type { Document, Json } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';

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
  },
};

export function parseSettings(document: Document): Settings {
  const problems: string[] = [];
  for (const name of Object.keys(document)) {
    if (!['url', 'token', 'timeoutMs'].includes(name)) problems.push(`${name} is not a setting`);
  }
  const base = parseUrl(document['url'], problems);
  const token = document['token'];
  // A line break or a letter outside Latin-1 cannot stand in a header, and Node's error for it would repeat the token.
  const isToken = typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
  if (!isToken) problems.push(token === undefined ? 'token is missing' : 'token holds spaces or is empty');
  const timeoutMs = document['timeoutMs'] ?? defaultTimeoutMs;
  const isTimeout =
    typeof timeoutMs === 'number' && Number.isInteger(timeoutMs) && timeoutMs >= 1000 && timeoutMs <= longestTimeoutMs;
  if (!isTimeout) problems.push(`timeoutMs is not a whole number from 1000 to ${longestTimeoutMs}`);
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
    problems.push('url must hold neither credentials nor a query; the token has its own setting');
  }
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/api/v1') ? path : `${path}/api/v1`;
  return url;
}

/** The sandbox of docker-compose.yml, which has made-up data and is reached over a network of its own. */
const sandboxHost = 'sandbox-softmaat';

const mayBePlain = (host: string): boolean =>
  host === sandboxHost || host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
