/**
 * The environment as a frozen, typed configuration, or everything that is wrong with it at once. Pure: reads no file and no
 * process; a misspelled variable is a problem, never ignored.
 */
import type { FailpointSetting } from '../base/failpoint.js';
import { nearest } from './nearest.js';
import { missingTogether, type KafkaConfig } from './kafka-variables.js';
import type { MailConfig } from './mail-variables.js';
import type { RetentionConfig } from './retention-variables.js';
import type { Variable } from './variable.js';
import { ignoredNames, variables, type Demo, type logLevels, type Role, type VariableName } from './variables.js';

export interface Config {
  readonly httpHost: string;
  readonly httpPort: number;
  /** What this process does. */
  readonly roles: readonly Role[];
  readonly watchdogMs: number;
  readonly dataDir: string;
  /** Undefined: the embedded Postgres. */
  readonly databaseUrl: string | undefined;
  readonly databasePoolMax: number;
  /** As given; security decodes it. */
  readonly secretKey: string | undefined;
  readonly bootstrapApiKey: string | undefined;
  readonly logLevel: (typeof logLevels)[number];
  readonly trustedDocuments: string | undefined;
  readonly trustedProxies: readonly string[] | undefined;
  /** Address under which people open the hub in a browser. */
  readonly publicUrl: string | undefined;
  readonly sessionTtlMs: number;
  /** Undefined: no mail is sent. */
  readonly mail: MailConfig | undefined;
  /** Undefined: the change log is in Postgres. */
  readonly kafka: KafkaConfig | undefined;
  readonly retention: RetentionConfig;
  readonly pollMs: number;
  readonly requestTimeoutMs: number;
  readonly shutdownGraceMs: number;
  readonly demo: Demo;
  readonly sandboxMpluskassaHost: string;
  readonly sandboxMpluskassaPort: number;
  readonly sandboxSoftmaatHost: string;
  readonly sandboxSoftmaatPort: number;
  readonly sandboxProducts: number;
  readonly failpoint: FailpointSetting | undefined;
}

/** What the hub process itself needs: the supervisor has settled database and key before it starts the hub. */
export interface HubConfig extends Config {
  readonly databaseUrl: string;
  readonly secretKey: string;
}

export interface ConfigProblem {
  readonly variable: string;
  /** What was given, with secrets removed; undefined when nothing was. */
  readonly given: string | undefined;
  readonly expected: string;
  readonly example: string;
}

export type Parsed<T> =
  { readonly ok: true; readonly config: T } | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration of a whole installation, where the embedded Postgres stands in for what is not given. */
export function parseConfig(env: Environment): Parsed<Config> {
  const { config, problems } = read(env);
  if (config.databaseUrl !== undefined && env['KOPPEL_SECRET_KEY'] === undefined)
    problems.push(missing('KOPPEL_SECRET_KEY'));
  return problems.length === 0 ? { ok: true, config } : { ok: false, problems };
}

/** The configuration of the hub process, where nothing stands in. */
export function parseHubConfig(env: Environment): Parsed<HubConfig> {
  const { config, problems } = read(env);
  for (const name of ['KOPPEL_DATABASE_URL', 'KOPPEL_SECRET_KEY'] as const) {
    if (env[name] === undefined) problems.push(missing(name));
  }
  const { databaseUrl, secretKey } = config;
  if (problems.length > 0 || databaseUrl === undefined || secretKey === undefined) return { ok: false, problems };
  return { ok: true, config: Object.freeze({ ...config, databaseUrl, secretKey }) };
}

/** All problems as text for people, one paragraph each. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  return problems
    .map(({ variable, given, expected, example }) => {
      const what = given === undefined ? 'is missing' : `is ${JSON.stringify(given)}`;
      return `${variable} ${what}\n    expected: ${expected}\n    example:  ${example}`;
    })
    .join('\n');
}

function read(env: Environment): { config: Config; problems: ConfigProblem[] } {
  const problems = unknownNames(env);
  const value = <T>(name: VariableName, variable: Variable<T>): T | undefined => {
    const given = env[name] ?? variable.standard;
    if (given === undefined) return undefined;
    const parsed = variable.schema.safeParse(given);
    if (parsed.success) return parsed.data;
    problems.push(wrong(name, given));
    return undefined;
  };
  // With a problem in the list nobody sees the configuration, so a missing value may stand for one that was wrong.
  const sure = <T>(name: VariableName, variable: Variable<T>): T => value(name, variable) as T;
  const config: Config = {
    httpHost: sure('KOPPEL_HTTP_HOST', variables.KOPPEL_HTTP_HOST),
    httpPort: sure('KOPPEL_HTTP_PORT', variables.KOPPEL_HTTP_PORT),
    roles: sure('KOPPEL_ROLE', variables.KOPPEL_ROLE),
    watchdogMs: sure('KOPPEL_WATCHDOG_MS', variables.KOPPEL_WATCHDOG_MS),
    dataDir: sure('KOPPEL_DATA_DIR', variables.KOPPEL_DATA_DIR),
    databaseUrl: value('KOPPEL_DATABASE_URL', variables.KOPPEL_DATABASE_URL),
    databasePoolMax: sure('KOPPEL_DATABASE_POOL_MAX', variables.KOPPEL_DATABASE_POOL_MAX),
    secretKey: value('KOPPEL_SECRET_KEY', variables.KOPPEL_SECRET_KEY),
    bootstrapApiKey: value('KOPPEL_BOOTSTRAP_API_KEY', variables.KOPPEL_BOOTSTRAP_API_KEY),
    logLevel: sure('KOPPEL_LOG_LEVEL', variables.KOPPEL_LOG_LEVEL),
    trustedDocuments: value('KOPPEL_TRUSTED_DOCUMENTS', variables.KOPPEL_TRUSTED_DOCUMENTS),
    trustedProxies: value('KOPPEL_TRUSTED_PROXIES', variables.KOPPEL_TRUSTED_PROXIES),
    publicUrl: value('KOPPEL_PUBLIC_URL', variables.KOPPEL_PUBLIC_URL),
    sessionTtlMs: sure('KOPPEL_SESSION_TTL', variables.KOPPEL_SESSION_TTL),
    mail: mailOf(value),
    kafka: kafkaOf(value, sure),
    retention: Object.freeze({
      eventsMs: sure('KOPPEL_RETENTION_EVENTS', variables.KOPPEL_RETENTION_EVENTS),
      payloadsMs: sure('KOPPEL_RETENTION_PAYLOADS', variables.KOPPEL_RETENTION_PAYLOADS),
      auditMs: sure('KOPPEL_RETENTION_AUDIT', variables.KOPPEL_RETENTION_AUDIT),
    }),
    pollMs: sure('KOPPEL_POLL_MS', variables.KOPPEL_POLL_MS),
    requestTimeoutMs: sure('KOPPEL_REQUEST_TIMEOUT_MS', variables.KOPPEL_REQUEST_TIMEOUT_MS),
    shutdownGraceMs: sure('KOPPEL_SHUTDOWN_GRACE_MS', variables.KOPPEL_SHUTDOWN_GRACE_MS),
    demo: sure('KOPPEL_DEMO', variables.KOPPEL_DEMO),
    sandboxMpluskassaHost: sure('KOPPEL_SANDBOX_MPLUSKASSA_HOST', variables.KOPPEL_SANDBOX_MPLUSKASSA_HOST),
    sandboxMpluskassaPort: sure('KOPPEL_SANDBOX_MPLUSKASSA_PORT', variables.KOPPEL_SANDBOX_MPLUSKASSA_PORT),
    sandboxSoftmaatHost: sure('KOPPEL_SANDBOX_SOFTMAAT_HOST', variables.KOPPEL_SANDBOX_SOFTMAAT_HOST),
    sandboxSoftmaatPort: sure('KOPPEL_SANDBOX_SOFTMAAT_PORT', variables.KOPPEL_SANDBOX_SOFTMAAT_PORT),
    sandboxProducts: sure('KOPPEL_SANDBOX_PRODUCTS', variables.KOPPEL_SANDBOX_PRODUCTS),
    failpoint: value('KOPPEL_FAILPOINT', variables.KOPPEL_FAILPOINT),
  };
  problems.push(...sharedPorts(config), ...incompleteKafka(env), ...incompleteMail(env));
  return { config: Object.freeze(config), problems };
}

type Value = <T>(name: VariableName, variable: Variable<T>) => T | undefined;

function kafkaOf(value: Value, sure: <T>(name: VariableName, variable: Variable<T>) => T): KafkaConfig | undefined {
  const read = {
    brokers: value('KOPPEL_KAFKA_BROKERS', variables.KOPPEL_KAFKA_BROKERS),
    tls: sure('KOPPEL_KAFKA_TLS', variables.KOPPEL_KAFKA_TLS),
    ca: value('KOPPEL_KAFKA_CA', variables.KOPPEL_KAFKA_CA),
    cert: value('KOPPEL_KAFKA_CERT', variables.KOPPEL_KAFKA_CERT),
    key: value('KOPPEL_KAFKA_KEY', variables.KOPPEL_KAFKA_KEY),
    prefix: sure('KOPPEL_KAFKA_PREFIX', variables.KOPPEL_KAFKA_PREFIX),
    copies: value('KOPPEL_KAFKA_COPIES', variables.KOPPEL_KAFKA_COPIES),
    partitions: sure('KOPPEL_KAFKA_PARTITIONS', variables.KOPPEL_KAFKA_PARTITIONS),
    retentionMs: sure('KOPPEL_KAFKA_RETENTION', variables.KOPPEL_KAFKA_RETENTION),
  };
  const mechanism = value('KOPPEL_KAFKA_SASL_MECHANISM', variables.KOPPEL_KAFKA_SASL_MECHANISM);
  const username = value('KOPPEL_KAFKA_USERNAME', variables.KOPPEL_KAFKA_USERNAME);
  const password = value('KOPPEL_KAFKA_PASSWORD', variables.KOPPEL_KAFKA_PASSWORD);
  const { brokers } = read;
  if (brokers === undefined) return undefined;
  const isLoggedIn = mechanism !== undefined && username !== undefined && password !== undefined;
  return Object.freeze({ ...read, brokers, sasl: isLoggedIn ? { mechanism, username, password } : undefined });
}

function mailOf(value: Value): MailConfig | undefined {
  const url = value('KOPPEL_SMTP_URL', variables.KOPPEL_SMTP_URL);
  const from = value('KOPPEL_MAIL_FROM', variables.KOPPEL_MAIL_FROM);
  return url === undefined || from === undefined ? undefined : Object.freeze({ url, from });
}

function incompleteMail(env: Environment): ConfigProblem[] {
  const pairs = [
    ['KOPPEL_SMTP_URL', 'KOPPEL_MAIL_FROM'],
    ['KOPPEL_MAIL_FROM', 'KOPPEL_SMTP_URL'],
  ] as const;
  return pairs
    .filter(([because, name]) => env[because] !== undefined && env[name] === undefined)
    .map(([because, name]) => missingBecause(name, because));
}

function missingBecause(name: VariableName, because: VariableName): ConfigProblem {
  const { expected, example } = variables[name];
  return { variable: name, given: undefined, expected: `${expected}, because ${because} is given`, example };
}

function incompleteKafka(env: Environment): ConfigProblem[] {
  const isGiven = (name: VariableName): boolean =>
    env[name] !== undefined && !(name === 'KOPPEL_KAFKA_TLS' && env[name] === '0');
  return missingTogether(isGiven).map(({ name, because }) => missingBecause(name, because));
}

function unknownNames(env: Environment): ConfigProblem[] {
  const known: readonly string[] = [...Object.keys(variables), ...ignoredNames];
  return Object.keys(env)
    .filter((name) => /^koppel_/i.test(name) && !known.includes(name))
    .map((name) => {
      const guess = nearest(name.toUpperCase(), known);
      return {
        variable: name,
        given: '(not read)',
        expected: guess === undefined ? 'no such variable exists' : `no such variable exists; did you mean ${guess}?`,
        example: guess === undefined ? 'unset it' : `${guess}=…`,
      };
    });
}

function wrong(name: VariableName, given: string): ConfigProblem {
  const { expected, example, isSecret }: Variable<unknown> = variables[name];
  if (given.trim() === '') return { variable: name, given: '', expected: `${expected}, or leave it out`, example };
  const shown = isSecret === true ? `(${given.length} characters, not shown)` : given.slice(0, 200);
  return { variable: name, given: shown, expected, example };
}

function missing(name: VariableName): ConfigProblem {
  const { expected, example } = variables[name];
  return { variable: name, given: undefined, expected, example };
}

function sharedPorts(config: Config): ConfigProblem[] {
  const taken = new Map<number, string>([[config.httpPort, 'KOPPEL_HTTP_PORT']]);
  const ports = [
    ['KOPPEL_SANDBOX_MPLUSKASSA_PORT', config.sandboxMpluskassaPort],
    ['KOPPEL_SANDBOX_SOFTMAAT_PORT', config.sandboxSoftmaatPort],
  ] as const;
  const problems: ConfigProblem[] = [];
  for (const [variable, port] of ports) {
    const other = taken.get(port);
    if (port !== undefined && other !== undefined) {
      const example = variables[variable].example;
      problems.push({ variable, given: String(port), expected: `another port than ${other}`, example });
    }
    taken.set(port, variable);
  }
  return problems;
}
