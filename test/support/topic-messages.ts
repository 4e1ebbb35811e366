/**
 * All messages in the topics of a hub, read by the plain client as any reader would, and what is wrong with them by what docs/events.md
 * promises: the schemas of their values, their keys, their headers.
 */
import { Ajv, type ValidateFunction } from 'ajv';
import { Kafka, logLevel, type Consumer, type KafkaMessage } from 'kafkajs';
import { readdirSync, readFileSync } from 'node:fs';
import { until } from './wait.js';

export interface TopicMessage {
  readonly topic: string;
  readonly offset: string;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

const isOurs = (topic: string): boolean => /^koppel\.(changes|canonical)\./.test(topic);

/** Everything in the topics of changes and of canonical events, each partition in its order. */
export async function readMessages(bootstrap: string): Promise<TopicMessage[]> {
  const kafka = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter(isOurs);
  const left = new Map<string, number>();
  for (const topic of topics) {
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      if (Number(high) > Number(low)) left.set(`${topic} ${partition}`, Number(high));
    }
  }
  await admin.disconnect();
  if (left.size === 0) return [];
  const consumer = kafka.consumer({ groupId: `oracle-${Date.now()}` });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics, fromBeginning: true });
    return await readUntilRead(consumer, left);
  } finally {
    await consumer.disconnect();
  }
}

async function readUntilRead(consumer: Consumer, left: Map<string, number>): Promise<TopicMessage[]> {
  const found: TopicMessage[] = [];
  await consumer.run({
    eachBatch: ({ batch: { topic, partition, messages } }) => {
      for (const message of messages) found.push(asText(topic, message));
      const place = `${topic} ${partition}`;
      if (Number(messages.at(-1)?.offset ?? '-1') + 1 >= (left.get(place) ?? 0)) left.delete(place);
      return Promise.resolve();
    },
  });
  await until(() => left.size === 0, { what: 'the end of the topics', timeoutMs: 60_000 });
  return found;
}

const asText = (topic: string, { offset, key, value, headers = {} }: KafkaMessage): TopicMessage => ({
  topic,
  offset,
  key: key === null ? null : String(key),
  value: value === null ? null : String(value),
  headers: Object.fromEntries(Object.entries(headers).map(([name, said]) => [name, String(said)])),
});

const folder = 'docs/events';
let compiled: ReadonlyMap<string, ValidateFunction> | undefined;
/** By the name of the file. */
const schemas = (): ReadonlyMap<string, ValidateFunction> => {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'date-time': true } });
  compiled ??= new Map(
    readdirSync(folder).map((file) => [
      file.replace('.schema.json', ''),
      ajv.compile(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as object),
    ]),
  );
  return compiled;
};

/** What is wrong with each of them, one sentence per message. */
export function malformedIn(messages: readonly TopicMessage[]): string[] {
  const traces = new Map<string, string>();
  return messages.flatMap((message) => {
    const { kind, wrong } = problemsOf(message);
    const { 'koppel-trace': trace = '', traceparent = '' } = message.headers;
    const known = traces.get(trace) ?? traceparent;
    traces.set(trace, known);
    if (known !== traceparent) wrong.push(`trace ${trace} is ${known} and ${traceparent}`);
    return wrong.length === 0 ? [] : [`${kind} at ${message.offset} of ${message.topic}: ${wrong.join('; ')}`];
  });
}

interface Envelope {
  readonly source: Readonly<Record<string, unknown>>;
}

function problemsOf({ topic, key, value, headers }: TopicMessage): { readonly kind: string; readonly wrong: string[] } {
  const [, kind = '', ...names] = topic.split('.');
  const message = JSON.parse(value ?? 'null') as Envelope;
  const { source } = message;
  const wrong: string[] = [];
  const files = kind === 'changes' ? ['change'] : ['canonical', `canonical.${names[0]}`];
  for (const file of files) {
    const validate = schemas().get(file);
    if (validate === undefined) wrong.push(`there is no schema ${file}`);
    else if (!validate(message))
      wrong.push(...(validate.errors ?? []).map((error) => `${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)); // prettier-ignore
  }
  const expected: Readonly<Record<string, unknown>> =
    kind === 'changes'
      ? {
          key: `${String(source['record'])}:${String(source['id'])}`,
          topic: [source['name'], source['record']].join('.'),
        }
      : { key: source['id'], topic: source['entity'] };
  if (key !== expected['key']) wrong.push(`its key is ${key}`);
  if (names.join('.') !== expected['topic']) wrong.push(`it is of ${String(expected['topic'])}`);
  return { kind, wrong: [...wrong, ...headerProblems(kind, headers, source)] };
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const headerForms: Readonly<Record<string, RegExp>> = {
  traceparent: /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/,
  'koppel-trace': /./,
  'koppel-schema': /^(changes|canonical)\/1$/,
  'koppel-hub': id,
};

function headerProblems(
  kind: string,
  headers: Readonly<Record<string, string>>,
  source: Envelope['source'],
): readonly string[] {
  const forms = kind === 'changes' ? headerForms : { ...headerForms, 'koppel-position': /^[0-9]+$/ };
  const odd = Object.entries(forms)
    .filter(([name, form]) => !form.test(headers[name] ?? ''))
    .map(([name]) => `${name} is ${headers[name]}`);
  const more = Object.keys(headers).filter((name) => !(name in forms)).map((name) => `there is a header ${name}`); // prettier-ignore
  const other = [
    headers['koppel-schema'] !== `${kind}/1` && `koppel-schema is ${headers['koppel-schema']}`,
    kind === 'canonical' &&
      headers['koppel-position'] !== source['position'] &&
      'koppel-position is not source.position',
  ].filter((each) => each !== false);
  return [...odd, ...more, ...other];
}
