/**
 * Every environment variable of the hub as data: what it accepts, what it means, what it is when it is not given. The table in
 * README.md is compared with this one by a test.
 */
import { z } from 'zod';
import { isFirstKey } from '../base/first-key.js';
import { failpointActions, failpointNames, type FailpointSetting } from '../base/failpoint.js';
import { kafkaVariables } from './kafka-variables.js';
import { mailVariables } from './mail-variables.js';
import { retentionVariables } from './retention-variables.js';
import { define, durationOf, hostVariable, numberVariable, portVariable } from './variable.js';

/** What a process of the hub may do. */
export const roles = ['api', 'capture', 'ingest', 'project', 'relay'] as const;
export type Role = (typeof roles)[number];

/** `offered`: the sandboxes are there, and people connect them. */
export type Demo = 'none' | 'connected' | 'offered';
const demoOf = { '0': 'none', '1': 'connected', empty: 'offered' } as const satisfies Record<string, Demo>;
/** As it is written in the environment. */
export const demoText = { none: '0', connected: '1', offered: 'empty' } as const satisfies Record<Demo, string>;

export const logLevels = ['error', 'warn', 'info', 'debug', 'silent'] as const;
const failpointPattern = new RegExp(
  `^(${failpointNames.join('|')}):(${failpointActions.join('|')})(?::([1-9]\\d{0,8}))?$`,
);

export const variables = {
  KOPPEL_HTTP_PORT: portVariable(4000, 'port of the API'),
  KOPPEL_HTTP_HOST: hostVariable(
    'an address or host name of this machine',
    '0.0.0.0',
    'address on which the API listens',
  ),
  KOPPEL_ROLE: define({
    schema: z
      .string()
      .transform((text) => text.split(',').map((name) => name.trim()))
      .refine((names) => names.every((name) => isRole(name)) && new Set(names).size === names.length)
      .transform((names) => names.filter(isRole)),
    standard: roles.join(','),
    expected: `one or more of ${roles.join(', ')}, separated by commas, each once`,
    example: 'ingest,project',
    meaning: 'what this process does; the others do the rest (`docs/operations.md`)',
  }),
  KOPPEL_WATCHDOG_MS: numberVariable(
    600_000,
    1_000,
    86_400_000,
    'a worker that does not come round for this long ends the process, so that another one goes on, in ms',
  ),
  KOPPEL_DATA_DIR: define({
    schema: z.string().regex(/^[^\0]+$/),
    standard: '.koppel',
    expected: 'a folder',
    example: '/var/lib/koppel',
    meaning: 'folder of the embedded Postgres, the sandboxes, the secret key and the log',
  }),
  KOPPEL_DATABASE_URL: define({
    schema: z.string().refine(isDatabaseUrl),
    standard: undefined,
    expected: 'a Postgres address with host and database name',
    example: 'postgres://koppel:password@localhost:5432/koppel',
    meaning: 'uses this Postgres (15 or later, UTF8) instead of the embedded one',
    isSecret: true,
  }),
  KOPPEL_DATABASE_POOL_MAX: numberVariable(
    10,
    2,
    1000,
    'most connections of each of the two pools of a process: it holds up to twice as many and a few more',
  ),
  KOPPEL_SECRET_KEY: define({
    schema: z.string().refine(isSecretKey),
    standard: undefined,
    expected: '32 random bytes in base64 (or 64 hexadecimal digits), not a placeholder',
    example: 'the output of: openssl rand -base64 32',
    meaning: 'encrypts stored credentials; made and kept in the data folder with the embedded Postgres, else required',
    isSecret: true,
  }),
  KOPPEL_BOOTSTRAP_API_KEY: define({
    schema: z.string().refine(isFirstKey),
    standard: undefined,
    expected:
      'kpl_, 4 to 16 letters or digits, an underscore and 32 to 64 random letters, digits, - or _, not a placeholder',
    example: 'kpl_4f9QzT1a_ followed by: openssl rand -base64 32 | tr +/ -_ | tr -d =',
    meaning: 'becomes the admin key at the first start; without it one is made and shown once',
    isSecret: true,
  }),
  KOPPEL_LOG_LEVEL: define({
    schema: z.enum(logLevels),
    standard: 'info',
    expected: `one of ${logLevels.join(', ')}`,
    example: 'debug',
    meaning: 'how much the hub logs',
  }),
  KOPPEL_TRUSTED_DOCUMENTS: define({
    schema: z.string().regex(/^[^\0]+$/),
    standard: undefined,
    expected: 'a JSON file from "sha256:<hash>" to the text of the operation with that hash',
    example: '/etc/koppel/trusted-documents.json',
    meaning: 'operations that clients may send by their `documentId`',
  }),
  KOPPEL_TRUSTED_PROXIES: define({
    schema: z
      .string()
      .regex(/^[0-9A-Fa-f.:]+(,[0-9A-Fa-f.:]+)*$/)
      .transform((text) => text.split(',')),
    standard: undefined,
    expected: 'addresses, separated by commas',
    example: '127.0.0.1,10.0.0.2',
    meaning: 'proxies in front of the hub whose `X-Forwarded-For` is believed when requests are counted by address',
  }),
  KOPPEL_PUBLIC_URL: define({
    schema: z
      .string()
      .refine(isOrigin)
      .transform((text) => new URL(text).origin),
    standard: undefined,
    expected: 'http:// or https:// with a host, and a port when it is not the usual one; no path',
    example: 'https://koppel.example.com',
    meaning:
      'address under which people open the hub in a browser, when it is not that of the API; with https, cookies are for https only',
  }),
  KOPPEL_SESSION_TTL: define({
    schema: z
      .string()
      .transform(durationOf)
      .refine((ms) => ms >= 60_000 && ms <= 30 * 86_400_000),
    standard: 'PT12H',
    expected: 'an ISO 8601 duration from PT1M to P30D',
    example: 'PT8H',
    meaning: 'how long people stay signed in; a quarter of it without doing anything ends it too',
  }),
  ...mailVariables,
  ...kafkaVariables,
  ...retentionVariables,
  KOPPEL_POLL_MS: numberVariable(5000, 50, 86_400_000, 'how often the flows of the demo look for changes, in ms'),
  KOPPEL_SHUTDOWN_GRACE_MS: numberVariable(
    20_000,
    100,
    600_000,
    'how long the hub may finish its work when stopped, in ms',
  ),
  KOPPEL_REQUEST_TIMEOUT_MS: numberVariable(
    10_000,
    1000,
    60_000,
    'longest time that one request to a system of the demo may take, in ms',
  ),
  KOPPEL_DEMO: define({
    schema: z.enum(['0', '1', 'empty']).transform((text) => demoOf[text]),
    standard: '0',
    expected: '0, 1 or empty',
    example: '1',
    meaning:
      '1 connects the two sandboxes and makes their flows at the first start (set by `npm start`); `empty` connects nothing and lets the pages under `/setup` do it',
  }),
  KOPPEL_SANDBOX_MPLUSKASSA_HOST: hostVariable(
    'an address or a host name',
    'sandbox-mpluskassa',
    'host on which the hub reaches the MplusKASSA sandbox',
  ),
  KOPPEL_SANDBOX_MPLUSKASSA_PORT: portVariable(4101, 'port of the MplusKASSA sandbox'),
  KOPPEL_SANDBOX_SOFTMAAT_HOST: hostVariable(
    'an address or a host name',
    'sandbox-softmaat',
    'host on which the hub reaches the Softmaat sandbox',
  ),
  KOPPEL_SANDBOX_SOFTMAAT_PORT: portVariable(4102, 'port of the Softmaat sandbox'),
  KOPPEL_SANDBOX_PRODUCTS: numberVariable(
    500,
    1,
    1_000_000,
    'how many products the made-up shop has at its first start',
  ),
  KOPPEL_FAILPOINT: define({
    schema: z.string().regex(failpointPattern).transform(readFailpoint),
    standard: undefined,
    expected: `name:action or name:action:nth; names ${failpointNames.join(' ')}, actions ${failpointActions.join(' ')}`,
    example: 'P4:kill:2',
    meaning: 'tests only: what happens when a named point is passed for the nth time',
  }),
} as const;

export type VariableName = keyof typeof variables;

/** Known names that configure tests, not the hub. */
export const ignoredNames = [
  'KOPPEL_CHAOS_SEED',
  'KOPPEL_TEST_DATABASE_URL',
  'KOPPEL_TEST_ORDERS',
  'KOPPEL_TEST_PATIENCE',
  'KOPPEL_TEST_STORM_SECONDS',
  'KOPPEL_TEST_SUBSCRIBERS',
  'KOPPEL_TEST_VERBOSE',
  'KOPPEL_TEST_WRITERS',
] as const;

const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

function isDatabaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === '/' && `${search}${hash}${username}${password}` === '';
}

function isSecretKey(text: string): boolean {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : decodeBase64(text);
  // Real randomness repeats few of its 32 bytes; what people type, and zeros, repeat many.
  return bytes?.length === 32 && new Set(bytes).size >= 12;
}

function decodeBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function readFailpoint(text: string): FailpointSetting {
  const [name, action, nth] = text.split(':');
  return {
    name: name as FailpointSetting['name'],
    action: action as FailpointSetting['action'],
    nth: Number(nth ?? 1),
  };
}
