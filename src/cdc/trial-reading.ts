/**
 * Reads what systems have, for a trial run: the beginning of each stream that flows would read from there, up to a limit. In: a configuration in which
 * these flows count as enabled. Out: changes as capture would have logged them, and by which keys their records are known. Stores nothing.
 */
import type { Clock } from '../base/clock.js';
import { newId } from '../base/ids.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Draft } from '../canonical/identity.js';
import type { Change } from '../log/envelope.js';
import type { Configuration, ConnectedSystem } from '../sync/configuration.js';
import type { Incoming } from './classify.js';
import { toChanges } from './page.js';
import { capturedStreams, type CapturedStream } from './sources.js';
import { translate } from './translate.js';

export interface TrialStream {
  readonly system: string;
  readonly entity: CanonicalEntity;
  readonly incoming: readonly Incoming[];
  /** False when the stream goes on behind the limit. */
  readonly isComplete: boolean;
  readonly calls: number;
  readonly durationMs: number;
  /** Keys by which people and systems know the records: SKUs of products, e-mail addresses of customers, with a name for people. */
  readonly keys: ReadonlyMap<string, string>;
}

export interface TrialReadOptions {
  /** Most records of one stream. */
  readonly most: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told after each page how many records were read in all. */
  readonly read: (count: number) => Promise<void>;
}

/** Rows that others refer to come first. */
const order: readonly CanonicalEntity[] = [
  'category',
  'stock_location',
  'product',
  'variant',
  'stock_level',
  'customer',
  'order',
];

export async function readForTrial(
  configuration: Configuration,
  options: TrialReadOptions,
): Promise<readonly TrialStream[]> {
  const streams = [...capturedStreams(configuration)].sort(
    (a, b) => order.indexOf(a.stream.entity) - order.indexOf(b.stream.entity),
  );
  const found: TrialStream[] = [];
  let count = 0;
  for (const stream of streams) {
    const connected = configuration.systems.get(stream.system);
    if (connected === undefined) continue;
    const read = await readStream(connected, stream, options, async (more) => options.read((count += more)));
    found.push({ ...read, keys: keysOf(configuration, connected, read.incoming) });
  }
  return found;
}

async function readStream(
  { key: system, system: { source } }: ConnectedSystem,
  { stream, batchSize, startsNow }: CapturedStream,
  { most, clock, signal }: TrialReadOptions,
  told: (more: number) => Promise<void>,
): Promise<Omit<TrialStream, 'keys'>> {
  const seenAt = clock.now().toISOString();
  const latest = new Map<string, Change>();
  const from = clock.monotonic();
  let position: string | null = null;
  let calls = 0;
  // What there is of a stream that starts at its present end is of before.
  let isComplete = startsNow;
  while (latest.size < most && !isComplete) {
    const limit = Math.min(batchSize, most - latest.size);
    const page = await source.read(stream.name, position, { limit, signal });
    calls++;
    for (const change of toChanges(page.records, system, stream, seenAt)) {
      latest.set(`${change.record} ${change.externalId}`, change);
    }
    await told(page.records.length);
    isComplete = !page.more || page.position === position;
    position = page.position;
  }
  const incoming = [...latest.values()].map((change) => ({ change, traceId: newId('trace'), place: null }));
  return { system, entity: stream.entity, incoming, isComplete, calls, durationMs: clock.monotonic() - from };
}

function keysOf(
  configuration: Configuration,
  connected: ConnectedSystem,
  incoming: readonly Incoming[],
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const add = ({ entity, fields }: Draft, name: unknown): void => {
    const key = entity === 'variant' ? fields['sku'] : entity === 'customer' ? fields['email'] : null;
    if (typeof key !== 'string' || key === '') return;
    const own = fields['name'] ?? fields['fullName'] ?? fields['companyName'] ?? name;
    keys.set(entity === 'customer' ? key.toLowerCase() : key, typeof own === 'string' ? own : '');
  };
  for (const { change } of incoming) {
    const stream = connected.connector.streams.find(({ name }) => name === change.stream);
    const mapping = configuration.inbound(connected.key, change.record);
    if (stream === undefined || mapping === undefined || change.problem !== undefined) continue;
    const entity = stream.others?.[change.record] ?? stream.entity;
    const result = translate(change, entity, connected, mapping, 'create');
    if (result.type !== 'drafts') continue;
    add(result.main, null);
    for (const variant of result.variants ?? []) add(variant, result.main.fields['name']);
  }
  return keys;
}
