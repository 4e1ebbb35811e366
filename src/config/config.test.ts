/** What the environment may say, and that everything wrong with it is said at once. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { describeProblems, parseConfig, parseHubConfig, type Environment } from './config.js';
import { variables } from './variables.js';

const key = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQASNFZ4mrze8=';
const url = 'postgres://koppel:geheim@db.example.nl:5432/koppel';

function problemsOf(env: Environment) {
  const parsed = parseConfig(env);
  return parsed.ok ? [] : parsed.problems;
}

describe('an empty environment', () => {
  it('gives the standard configuration with the embedded Postgres', () => {
    const parsed = parseConfig({});
    expect(parsed).toMatchObject({
      ok: true,
      config: {
        httpPort: 4000,
        httpHost: '127.0.0.1',
        dataDir: '.koppel',
        databaseUrl: undefined,
        sandboxProducts: 500,
      },
    });
    expect(parsed.ok && Object.isFrozen(parsed.config)).toBe(true);
  });

  it('is not enough for the hub process, which needs a database and a key', () => {
    const parsed = parseHubConfig({});
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.variable)).toEqual([
      'KOPPEL_DATABASE_URL',
      'KOPPEL_SECRET_KEY',
    ]);
  });
});

describe('bad values', () => {
  it.each([
    ['KOPPEL_HTTP_PORT', '0'],
    ['KOPPEL_HTTP_PORT', '70000'],
    ['KOPPEL_HTTP_PORT', 'abc'],
    ['KOPPEL_HTTP_PORT', '-1'],
    ['KOPPEL_HTTP_PORT', '4000.5'],
    ['KOPPEL_HTTP_PORT', '0x10'],
    ['KOPPEL_HTTP_PORT', ''],
    ['KOPPEL_HTTP_PORT', ' '],
    ['KOPPEL_HTTP_HOST', 'http://localhost'],
    ['KOPPEL_DATA_DIR', ''],
    ['KOPPEL_DATABASE_POOL_MAX', '0'],
    ['KOPPEL_DATABASE_POOL_MAX', '1'],
    ['KOPPEL_LOG_LEVEL', 'loud'],
    ['KOPPEL_POLL_MS', '0'],
    ['KOPPEL_POLL_MS', '-5'],
    ['KOPPEL_SHUTDOWN_GRACE_MS', '-1'],
    ['KOPPEL_SANDBOX_PRODUCTS', '1e3'],
    ['KOPPEL_DEMO', 'yes'],
    ['KOPPEL_PUBLIC_URL', 'koppel.example.com'],
    ['KOPPEL_PUBLIC_URL', 'https://koppel.example.com/hub'],
    ['KOPPEL_PUBLIC_URL', 'ftp://koppel.example.com'],
    ['KOPPEL_SESSION_TTL', '12h'],
    ['KOPPEL_SESSION_TTL', 'PT'],
    ['KOPPEL_SESSION_TTL', 'PT30S'],
    ['KOPPEL_SESSION_TTL', 'P31D'],
    ['KOPPEL_RETENTION_EVENTS', '180 days'],
    ['KOPPEL_RETENTION_EVENTS', 'P6D'],
    ['KOPPEL_RETENTION_EVENTS', 'P101Y'],
    ['KOPPEL_RETENTION_PAYLOADS', 'PT23H'],
    ['KOPPEL_RETENTION_AUDIT', 'P29D'],
    ['KOPPEL_FAILPOINT', 'P9:kill'],
    ['KOPPEL_FAILPOINT', 'P4:explode'],
    ['KOPPEL_FAILPOINT', 'P4:kill:0'],
  ])('%s=%j is refused with what is expected and an example', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ variable: name, given: value.trim() });
    expect(problems[0]?.expected).not.toBe('');
    expect(problems[0]?.example).not.toBe('');
  });

  it.each([
    ['no scheme', 'localhost:5432/koppel'],
    ['another scheme', 'mysql://root@localhost/koppel'],
    ['no database', 'postgres://koppel@localhost:5432'],
    ['no host', 'postgres:///koppel'],
  ])('a database address with %s is refused', (_, value) => {
    expect(problemsOf({ KOPPEL_DATABASE_URL: value, KOPPEL_SECRET_KEY: key })).toMatchObject([
      { variable: 'KOPPEL_DATABASE_URL' },
    ]);
  });

  it.each([
    ['a placeholder', 'changeme'],
    ['31 bytes', Buffer.from(key, 'base64').subarray(1).toString('base64')],
    ['33 bytes', Buffer.concat([Buffer.from(key, 'base64'), Buffer.from([1])]).toString('base64')],
    ['only zeros', Buffer.alloc(32).toString('base64')],
    ['a repeated word', Buffer.from('changemechangemechangemechangeme').toString('base64')],
    ['63 hexadecimal digits', 'ab12cd34'.repeat(8).slice(1)],
  ])('a secret key of %s is refused', (_, value) => {
    expect(problemsOf({ KOPPEL_SECRET_KEY: value })).toMatchObject([{ variable: 'KOPPEL_SECRET_KEY' }]);
  });

  it('are all listed at once, in words', () => {
    const problems = problemsOf({ KOPPEL_HTTP_PORT: 'abc', KOPPEL_POLL_MS: '-5', KOPPEL_HTPP_HOST: 'x' });
    expect(problems.map((problem) => problem.variable).sort()).toEqual([
      'KOPPEL_HTPP_HOST',
      'KOPPEL_HTTP_PORT',
      'KOPPEL_POLL_MS',
    ]);
    expect(describeProblems(problems)).toContain(
      'KOPPEL_HTTP_PORT is "abc"\n    expected: a whole number from 1 to 65535',
    );
  });

  it.each([
    ['a password', 'correct-horse-battery-staple-correct-horse'],
    ['one character', `kpl_4f9QzT1a_${'x'.repeat(43)}`],
    ['a word that is repeated', `kpl_4f9QzT1a_${'changeme-please_'.repeat(2)}`],
  ])('of the first API key that are %s are refused', (_, KOPPEL_BOOTSTRAP_API_KEY) => {
    expect(problemsOf({ KOPPEL_BOOTSTRAP_API_KEY })).toMatchObject([{ variable: 'KOPPEL_BOOTSTRAP_API_KEY' }]);
  });

  it('of secrets are never repeated', () => {
    const env = {
      KOPPEL_SECRET_KEY: 'hunter2',
      KOPPEL_DATABASE_URL: 'mysql://root:hunter2@h/d',
      KOPPEL_BOOTSTRAP_API_KEY: 'hunter2',
    };
    expect(problemsOf(env)).toHaveLength(3);
    expect(describeProblems(problemsOf(env))).not.toContain('hunter2');
  });
});

describe('names', () => {
  it.each([
    ['KOPPEL_DATABSE_URL', 'KOPPEL_DATABASE_URL'],
    ['KOPPEL_PORT', 'KOPPEL_HTTP_PORT'],
    ['koppel_http_port', 'KOPPEL_HTTP_PORT'],
    ['KOPPEL_SECRETKEY', 'KOPPEL_SECRET_KEY'],
  ])('%s is not known and %s is offered', (name, guess) => {
    expect(problemsOf({ [name]: '1' })).toMatchObject([
      { variable: name, expected: expect.stringContaining(guess) as unknown },
    ]);
  });

  it('of other programs are not our business', () => {
    expect(parseConfig({ PATH: '/bin', NODE_ENV: 'x', KOPPEL_CHAOS_SEED: '7', KOPPEL_TEST_ORDERS: '9' }).ok).toBe(true);
  });

  it('in README.md are exactly those that the hub knows, with the same standard values', () => {
    const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| `(KOPPEL_\w+)` \| (.*?) \|/gm)];
    const documented = Object.fromEntries(rows.map(([, name, standard]) => [name, standard]));
    const known = Object.entries(variables).map(([name, { standard }]) => [
      name,
      standard === undefined ? '–' : `\`${standard}\``,
    ]);
    expect(documented).toEqual(Object.fromEntries(known));
  });
});

describe('how long what is kept', () => {
  const days = (env: Environment): unknown => {
    const parsed = parseConfig(env);
    return parsed.ok && Object.values(parsed.config.retention).map((ms) => ms / 86_400_000);
  };

  it('is said in days or in years, of which none is too short', () => {
    expect(days({})).toEqual([180, 30, 7 * 366]);
    const given = { KOPPEL_RETENTION_EVENTS: 'P100Y', KOPPEL_RETENTION_PAYLOADS: 'P1D', KOPPEL_RETENTION_AUDIT: 'P2Y' };
    expect(days(given)).toEqual([36_600, 1, 732]);
  });
});

describe('an external database', () => {
  it('needs a secret key of its own', () => {
    expect(problemsOf({ KOPPEL_DATABASE_URL: url })).toMatchObject([
      { variable: 'KOPPEL_SECRET_KEY', given: undefined },
    ]);
  });

  it('is used together with a good key', () => {
    expect(parseConfig({ KOPPEL_DATABASE_URL: url, KOPPEL_SECRET_KEY: key })).toMatchObject({
      ok: true,
      config: { databaseUrl: url, secretKey: key },
    });
  });
});

describe('Kafka', () => {
  const brokers = { KOPPEL_KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092' };

  it('carries nothing unless it is named, and then with what is standard', () => {
    expect(parseConfig({})).toMatchObject({ config: { kafka: undefined } });
    expect(parseConfig(brokers)).toMatchObject({
      config: {
        kafka: { brokers: ['kafka-1:9092', 'kafka-2:9092'], tls: false, sasl: undefined, partitions: 8, retentionMs: 30 * 86_400_000 },
      },
    }); // prettier-ignore
  });

  it('is told who the hub is', () => {
    const login = { KOPPEL_KAFKA_SASL_MECHANISM: 'plain', KOPPEL_KAFKA_USERNAME: 'u', KOPPEL_KAFKA_PASSWORD: 'p' };
    expect(parseConfig({ ...brokers, ...login })).toMatchObject({
      config: { kafka: { sasl: { mechanism: 'plain', username: 'u', password: 'p' } } },
    });
  });

  it.each([
    ['no port', { KOPPEL_KAFKA_BROKERS: 'kafka' }, ['KOPPEL_KAFKA_BROKERS']],
    ['an address', { KOPPEL_KAFKA_BROKERS: 'http://kafka:9092' }, ['KOPPEL_KAFKA_BROKERS']],
    ['settings without brokers', { KOPPEL_KAFKA_PARTITIONS: '4' }, ['KOPPEL_KAFKA_BROKERS']],
    ['a CA without TLS', { ...brokers, KOPPEL_KAFKA_CA: '/ca.pem' }, ['KOPPEL_KAFKA_TLS']],
    ['a certificate alone', { ...brokers, KOPPEL_KAFKA_TLS: '1', KOPPEL_KAFKA_CERT: '/c.pem' }, ['KOPPEL_KAFKA_KEY']],
    ['a password alone', { ...brokers, KOPPEL_KAFKA_PASSWORD: 'hunter2' }, ['KOPPEL_KAFKA_SASL_MECHANISM']],
    ['a mechanism alone', { ...brokers, KOPPEL_KAFKA_SASL_MECHANISM: 'plain' }, ['KOPPEL_KAFKA_USERNAME', 'KOPPEL_KAFKA_PASSWORD']],
    ['a prefix with a dot', { ...brokers, KOPPEL_KAFKA_PREFIX: 'a.b' }, ['KOPPEL_KAFKA_PREFIX']],
    ['no copies', { ...brokers, KOPPEL_KAFKA_COPIES: '0' }, ['KOPPEL_KAFKA_COPIES']],
    ['a short retention', { ...brokers, KOPPEL_KAFKA_RETENTION: 'PT59M' }, ['KOPPEL_KAFKA_RETENTION']],
    ['a retention in words', { ...brokers, KOPPEL_KAFKA_RETENTION: '30 days' }, ['KOPPEL_KAFKA_RETENTION']],
    ['an unknown mechanism', { ...brokers, KOPPEL_KAFKA_SASL_MECHANISM: 'gssapi' }, ['KOPPEL_KAFKA_SASL_MECHANISM', 'KOPPEL_KAFKA_USERNAME', 'KOPPEL_KAFKA_PASSWORD']],
  ])('with %s is refused, with what is missing', (_, env: Environment, names) => {
    const problems = problemsOf(env);
    expect(problems.map(({ variable }) => variable)).toEqual(names);
    expect(describeProblems(problems)).not.toContain('hunter2');
  }); // prettier-ignore
});

describe('mail', () => {
  const server = { KOPPEL_SMTP_URL: 'smtps://koppel:hunter2@mail.example.com' };
  const from = { KOPPEL_MAIL_FROM: 'Koppel <koppel@example.com>' };

  it('is sent when server and sender are named', () => {
    expect(parseConfig({})).toMatchObject({ config: { mail: undefined } });
    expect(parseConfig({ ...server, ...from })).toMatchObject({
      config: { mail: { url: server.KOPPEL_SMTP_URL, from: from.KOPPEL_MAIL_FROM } },
    });
    expect(parseConfig({ ...server, KOPPEL_MAIL_FROM: 'koppel@example.com' })).toMatchObject({ ok: true });
  });

  it.each([
    ['no sender', server, ['KOPPEL_MAIL_FROM']],
    ['no server', from, ['KOPPEL_SMTP_URL']],
    ['a web address', { ...from, KOPPEL_SMTP_URL: 'https://mail.example.com' }, ['KOPPEL_SMTP_URL']],
    ['settings in the address', { ...from, KOPPEL_SMTP_URL: 'smtp://mail.example.com?x=1' }, ['KOPPEL_SMTP_URL']],
    [
      'a sender on two lines',
      { ...server, KOPPEL_MAIL_FROM: 'a@example.com\nBcc: b@example.com' },
      ['KOPPEL_MAIL_FROM'],
    ],
    ['a sender without address', { ...server, KOPPEL_MAIL_FROM: 'Koppel' }, ['KOPPEL_MAIL_FROM']],
  ])('with %s is refused, and the password is not shown', (_, env: Environment, names) => {
    const problems = problemsOf(env);
    expect(problems.map(({ variable }) => variable)).toEqual(names);
    expect(describeProblems(problems)).not.toContain('hunter2');
  });
});

describe('ports', () => {
  it('may not be shared', () => {
    expect(problemsOf({ KOPPEL_SANDBOX_SOFTMAAT_PORT: '4000' })).toMatchObject([
      { variable: 'KOPPEL_SANDBOX_SOFTMAAT_PORT', expected: 'another port than KOPPEL_HTTP_PORT' },
    ]);
  });
});

describe('a failpoint', () => {
  it('is read as name, action and how often it is passed before', () => {
    expect(parseConfig({ KOPPEL_FAILPOINT: 'P4:kill:2' })).toMatchObject({
      config: { failpoint: { name: 'P4', action: 'kill', nth: 2 } },
    });
    expect(parseConfig({ KOPPEL_FAILPOINT: 'A0:throw' })).toMatchObject({
      config: { failpoint: { name: 'A0', action: 'throw', nth: 1 } },
    });
    expect(parseConfig({ KOPPEL_FAILPOINT: 'C2:pause' })).toMatchObject({
      config: { failpoint: { name: 'C2', action: 'pause', nth: 1 } },
    });
  });
});
