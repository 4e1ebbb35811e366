/**
 * The peer of the Kafka benchmark: Kafka Connect with the JDBC sink of Debezium, as its documentation advises for Postgres. Its
 * messages are flat and carry their schema, because it cannot do without; the table has the columns and indexes of the hub's
 * products. It does less: no variants, no references, no events. Its jars come from Maven into the data folder at the first run.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import type { Document } from '../src/base/document.js';
import { freePort } from '../scripts/free-ports.js';
import { endProcess } from '../test/support/processes.js';
import { makeDocument } from './ingest-documents.js';
import { partitions } from './kafka-hub.js';

export const sinkTopic = 'bench.flat';
export const sinkTable = 'sink_product';

export interface Sink {
  readonly pid: number | undefined;
  /** Lets it take in what is in the topic. */
  resume(): Promise<void>;
  pause(): Promise<void>;
  stop(): Promise<void>;
}

export interface SinkParts {
  readonly url: string;
  readonly brokers: string;
  /** For its words and its offsets. */
  readonly folder: string;
}

/** Fetches the jars unless they are there. */
function programs(): string {
  const folder = resolve(process.env['KOPPEL_DATA_DIR'] ?? '.koppel', 'kafka', 'programs', 'connect-4.1.0-jdbc-3.3.0');
  if (existsSync(folder)) return folder;
  const fetching = `${folder}-${process.pid}`;
  mkdirSync(fetching, { recursive: true });
  const pom = resolve('scripts/kafka/connect/pom.xml');
  const goal = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime'];
  const { status } = spawnSync('mvn', [...goal, `-DoutputDirectory=${fetching}`], { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    rmSync(fetching, { recursive: true, force: true });
    throw new Error('Kafka Connect could not be fetched');
  }
  renameSync(fetching, folder);
  return folder;
}

export async function openSink({ url, brokers, folder }: SinkParts): Promise<Sink> {
  const libraries = programs();
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const settings = {
    'bootstrap.servers': brokers,
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'offset.storage.file.filename': join(folder, 'offsets'),
    listeners: `http://127.0.0.1:${port}`,
    // As many records at once as a batch of the sink holds.
    'consumer.max.poll.records': '2000',
    'consumer.max.partition.fetch.bytes': '4194304',
    'connector.client.config.override.policy': 'All',
  };
  writeFileSync(join(folder, 'worker.properties'), lines(settings));
  const words = openSync(join(folder, 'connect.log'), 'a');
  const java = ['-Xms256m', '-Xmx1g', '-cp', join(libraries, '*'), 'org.apache.kafka.connect.cli.ConnectStandalone'];
  const child = spawn('java', [...java, join(folder, 'worker.properties')], { stdio: ['ignore', words, words] });
  const rest = `http://127.0.0.1:${port}/connectors`;
  try {
    return await withSink(child, rest, { url, folder });
  } catch (error) {
    await endProcess(child);
    throw error;
  }
}

async function withSink(
  child: ChildProcess,
  rest: string,
  { url, folder }: { url: string; folder: string },
): Promise<Sink> {
  await answering(child, rest, folder);
  const made = await fetch(rest, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'sink', config: configOf(url), initial_state: 'PAUSED' }),
  });
  if (!made.ok) throw new Error(`Kafka Connect refused the sink: ${await made.text()}`);
  const order = async (what: string): Promise<void> => {
    const response = await fetch(`${rest}/sink/${what}`, { method: 'PUT' });
    if (!response.ok) throw new Error(`Kafka Connect refused to ${what} the sink: ${await response.text()}`);
    await inState(rest, what === 'pause' ? 'PAUSED' : 'RUNNING');
  };
  await inState(rest, 'PAUSED');
  return { pid: child.pid, resume: () => order('resume'), pause: () => order('pause'), stop: () => endProcess(child) };
}

const lines = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

/** `reWriteBatchedInserts` is what its documentation asks for together with the reduction buffer. */
function configOf(url: string): Readonly<Record<string, string>> {
  const { hostname, port, pathname, username, password, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? hostname;
  return {
    'connector.class': 'io.debezium.connector.jdbc.JdbcSinkConnector',
    'tasks.max': '2',
    topics: sinkTopic,
    'connection.url': `jdbc:postgresql://${host}:${port === '' ? '5432' : port}${pathname}?reWriteBatchedInserts=true`,
    'connection.username': decodeURIComponent(username),
    'connection.password': decodeURIComponent(password),
    'insert.mode': 'upsert',
    'primary.key.mode': 'record_key',
    'schema.evolution': 'none',
    'collection.name.format': sinkTable,
    'batch.size': '2000',
    'use.reduction.buffer': 'true',
  };
}

async function answering(child: ChildProcess, rest: string, folder: string): Promise<void> {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const answer = await fetch(rest).catch(() => undefined);
    if (answer?.ok === true) return;
    if (performance.now() > deadline || child.exitCode !== null)
      throw new Error(`Kafka Connect does not answer; its words are in ${folder}`);
    await new Promise((next) => setTimeout(next, 200));
  }
}

interface Status {
  readonly connector: { readonly state: string };
  readonly tasks: readonly { readonly state: string; readonly trace?: string }[];
}

async function inState(rest: string, state: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const answer = await fetch(`${rest}/sink/status`);
    const { connector, tasks } = answer.ok
      ? ((await answer.json()) as Status)
      : { connector: { state: '' }, tasks: [] };
    const failed = tasks.find((task) => task.state === 'FAILED');
    if (failed !== undefined) throw new Error(`the sink failed: ${failed.trace}`);
    // Before it runs for the first time it has no tasks.
    const isComplete = state === 'PAUSED' || tasks.length === 2;
    if (connector.state === state && isComplete && tasks.every((task) => task.state === state)) return;
    if (performance.now() > deadline) throw new Error(`the sink does not come to ${state}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

const field = (name: string, type: string, optional = false, semantic?: string): object => ({
  field: name,
  type,
  optional,
  ...(semantic === undefined ? {} : { name: semantic, version: 1 }),
});
const keySchema = JSON.stringify({ type: 'struct', optional: false, fields: [field('id', 'string')] });
const valueSchema = JSON.stringify({
  type: 'struct',
  optional: false,
  fields: [
    field('id', 'string'),
    field('version', 'int32'),
    ...['content_hash', 'code', 'type', 'status', 'name'].map((name) => field(name, 'string')),
    ...['short_description', 'description', 'brand'].map((name) => field(name, 'string', true)),
    field('is_visible_in_webshop', 'boolean'),
    field('attributes', 'string', false, 'io.debezium.data.Json'),
  ],
});

/** All products in so many editions, as rows of the table, each with its schema. */
export async function fillSinkTopic(
  brokers: string,
  { products, editions, edition }: { readonly products: number; readonly editions: number; readonly edition: number },
): Promise<void> {
  const count = products * editions;
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.ERROR });
  const admin = kafka.admin();
  await admin.connect();
  const isThere = (await admin.listTopics()).includes(sinkTopic);
  if (!isThere) await admin.createTopics({ topics: [{ topic: sinkTopic, numPartitions: partitions }] });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  for (let from = 0; from < count; from += 1_000) {
    const numbers = Array.from({ length: Math.min(1_000, count - from) }, (_, i) => from + i);
    const messages = numbers.map((n) => sinkMessage(n % products, edition + Math.floor(n / products)));
    await producer.send({ topic: sinkTopic, compression: CompressionTypes.GZIP, messages });
  }
  await producer.disconnect();
}

export const sinkId = (index: number): string => `prd_${100_000 + index}`;

function sinkMessage(index: number, edition: number): { key: string; value: string; partition: number } {
  const document = makeDocument(index, edition);
  const row = {
    id: sinkId(index),
    version: edition,
    content_hash: `${index} ${edition}`,
    code: document['number'],
    type: (document['articles'] as readonly Document[]).length > 1 ? 'CONFIGURABLE' : 'SIMPLE',
    status: 'ACTIVE',
    name: document['title'],
    short_description: document['shortText'],
    description: document['longText'],
    brand: document['brand'],
    is_visible_in_webshop: document['isOnline'],
    attributes: JSON.stringify(
      (document['extra'] as readonly Document[]).map(({ code, text }) => ({ code, value: text })),
    ),
  };
  return {
    key: `{"schema":${keySchema},"payload":${JSON.stringify({ id: row.id })}}`,
    value: `{"schema":${valueSchema},"payload":${JSON.stringify(row)}}`,
    partition: index % partitions,
  };
}
