/** Files in PEM that cannot be used are problems of the variables that name them. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from './config.js';
import { withUsableFiles } from './kafka-files.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'koppel-pem-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const problemsOf = (files: Readonly<Record<string, string>>) => {
  const parsed = parseConfig({ KOPPEL_KAFKA_BROKERS: 'kafka-1:9093', KOPPEL_KAFKA_TLS: '1', ...files });
  expect(parsed.ok).toBe(true);
  const checked = withUsableFiles(parsed);
  return checked.ok ? [] : checked.problems;
};

it('are all told at once, with the variable, the file and why', () => {
  const nowhere = join(folder, 'nowhere.pem');
  const given = { KOPPEL_KAFKA_CA: nowhere, KOPPEL_KAFKA_CERT: folder, KOPPEL_KAFKA_KEY: file('key.pem', 'geheim') };
  const problems = problemsOf(given);
  expect(problems.map(({ variable, given: value }) => [variable, value])).toEqual(Object.entries(given));
  expect(problems.map(({ expected }) => expected)).toEqual([
    `a file in PEM that the user of this process can read (ENOENT: no such file or directory, open '${nowhere}')`,
    'a file in PEM that the user of this process can read (EISDIR: illegal operation on a directory, read)',
    'a file in PEM with the private key of KOPPEL_KAFKA_CERT, not encrypted',
  ]);
  expect(JSON.stringify(problems)).not.toContain('geheim');
});

it('are those that hold something else than they should', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const how = { type: 'pkcs8', format: 'pem' } as const;
  const open = file('open.pem', String(privateKey.export(how)));
  const closed = file('closed.pem', String(privateKey.export({ ...how, cipher: 'aes-256-cbc', passphrase: 'geheim' })));
  expect(problemsOf({ KOPPEL_KAFKA_CA: open })).toMatchObject([{ variable: 'KOPPEL_KAFKA_CA' }]);
  expect(problemsOf({ KOPPEL_KAFKA_CA: file('empty.pem', '') })).toMatchObject([{ variable: 'KOPPEL_KAFKA_CA' }]);
  expect(problemsOf({ KOPPEL_KAFKA_CERT: open, KOPPEL_KAFKA_KEY: closed })).toMatchObject([
    { variable: 'KOPPEL_KAFKA_CERT' },
    { variable: 'KOPPEL_KAFKA_KEY' },
  ]);
});

it('need not be there without Kafka, and other problems come first', () => {
  expect(withUsableFiles(parseConfig({}))).toMatchObject({ ok: true });
  const wrong = parseConfig({ KOPPEL_HTTP_PORT: '0', KOPPEL_KAFKA_CA: '/nowhere' });
  expect(withUsableFiles(wrong)).toBe(wrong);
});
