/** The settings of one connected administration. In: a document that people edited. Out: checked settings, or SETTINGS_INVALID with every problem. */
import type { Document, Json } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import { pageProblems, pageSetting } from '../../base/page-template.js';
import type { RecordPage } from '../system.js';

export const systemName = 'MplusKASSA';

export interface Settings {
  /** Address with port, without query; credentials are added per call. */
  readonly url: URL;
  readonly ident: string;
  readonly secret: string;
  /** Branches whose stock is read; null = all. */
  readonly branches: readonly number[] | null;
  readonly currency: string;
  readonly country: string;
  /** Longest time of one call, from connecting to the last byte. */
  readonly timeoutMs: number;
}

/** Its back office, as far as people have said where that is; the vendor's description names no address. */
export const pages: readonly RecordPage[] = [
  { entity: 'product', setting: 'productPage' },
  { entity: 'variant', setting: 'articlePage' },
  { entity: 'category', setting: 'groupPage' },
  { entity: 'customer', setting: 'relationPage' },
  { entity: 'order', types: ['ORDER'], setting: 'orderPage' },
  { entity: 'order', types: ['INVOICE', 'CREDIT_NOTE'], setting: 'invoicePage' },
];

export const settingsSchema: Document = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['url', 'ident', 'secret'],
  properties: {
    url: { type: 'string', format: 'uri', title: 'Address', description: 'https://api.mpluskassa.nl:<port>' },
    ident: { type: 'string', minLength: 1, title: 'Ident' },
    secret: { type: 'string', minLength: 1, title: 'Secret', writeOnly: true },
    branches: {
      type: 'array',
      items: { type: 'integer', minimum: 0 },
      uniqueItems: true,
      title: 'Branches',
      description: 'Numbers of the branches to read; all when left out.',
    },
    currency: { type: 'string', pattern: '^[A-Z]{3}$', default: 'EUR', title: 'Currency (ISO 4217)' },
    country: { type: 'string', pattern: '^[A-Z]{2}$', default: 'NL', title: 'Country (ISO 3166-1)' },
    timeoutMs: { type: 'integer', minimum: 1000, maximum: 600000, default: 120000, title: 'Longest call in ms' },
    productPage: pageSetting('Page of a product'),
    articlePage: pageSetting('Page of an article'),
    groupPage: pageSetting('Page of an article group'),
    relationPage: pageSetting('Page of a customer'),
    orderPage: pageSetting('Page of an order'),
    invoicePage: pageSetting('Page of an invoice'),
  },
};

const isoCurrency = /^[A-Z]{3}$/;
const defaultCurrency = 'EUR';

/** The currency of all amounts of an administration, which its records do not name. */
export function currencyIn({ currency }: Document): string {
  return typeof currency === 'string' && isoCurrency.test(currency) ? currency : defaultCurrency;
}

export function parseSettings(document: Document): Settings {
  const problems: string[] = [];
  const known = new Set(Object.keys((settingsSchema as { properties: Document }).properties));
  for (const name of Object.keys(document)) if (!known.has(name)) problems.push(`${name} is not a setting`);
  const text = (name: string, pattern: RegExp, fallback?: string): string => {
    const value = document[name] ?? fallback;
    if (typeof value === 'string' && pattern.test(value)) return value;
    problems.push(value === undefined ? `${name} is missing` : `${name} is not usable`);
    return '';
  };
  const settings: Settings = {
    url: parseUrl(document['url'], problems),
    ident: text('ident', /\S/),
    secret: text('secret', /\S/),
    branches: parseBranches(document['branches'], problems),
    currency: text('currency', isoCurrency, defaultCurrency),
    country: text('country', /^[A-Z]{2}$/, 'NL'),
    timeoutMs: parseTimeout(document['timeoutMs'], problems),
  };
  problems.push(...pageProblems(document, [...new Set(pages.map(({ setting }) => setting))]));
  if (problems.length > 0) {
    throw new KoppelError('SETTINGS_INVALID', { system: systemName, problems: problems.join('; ') });
  }
  return settings;
}

/** Never repeats the value: people paste addresses with credentials in them. */
function parseUrl(value: Json | undefined, problems: string[]): URL {
  const fallback = new URL('http://127.0.0.1/');
  if (typeof value !== 'string') {
    problems.push('url is missing');
    return fallback;
  }
  if (!URL.canParse(value)) {
    problems.push('url is not an address');
    return fallback;
  }
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') problems.push('url must start with https://');
  if (url.protocol === 'http:' && !mayBePlain(url.hostname))
    problems.push('url must start with https:// outside of this machine');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    problems.push('url must hold neither credentials nor a query: they go into ident and secret');
  }
  return url;
}

/** The sandbox of docker-compose.yml, which has made-up data and is reached over a network of its own. */
const sandboxHost = 'sandbox-mpluskassa';

const mayBePlain = (host: string): boolean =>
  host === sandboxHost || host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

function parseBranches(value: Json | undefined, problems: string[]): readonly number[] | null {
  if (value === undefined || value === null) return null;
  const isList =
    Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isInteger(item) && item >= 0);
  if (isList) return value.length === 0 ? null : [...new Set(value as number[])];
  problems.push('branches is not a list of branch numbers');
  return null;
}

function parseTimeout(value: Json | undefined, problems: string[]): number {
  if (value === undefined || value === null) return 120_000;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1000 && value <= 600_000) return value;
  problems.push('timeoutMs is not a whole number from 1000 to 600000');
  return 0;
}
