/**
 * The reading half of a check after a restore: a system of a flow is read from its beginning to its end and taken in the ordinary way,
 * so that the hub knows what changed since its database was saved, and what the target holds by now. Numbers that the hub gave and
 * has forgotten are learnt from the records that carry them. Writes nothing to any system.
 */
import type { Clock } from '../base/clock.js';
import { newId } from '../base/ids.js';
import type { IngestBatch } from '../cdc/ingest-batch.js';
import type { readWhole } from '../cdc/whole-streams.js';
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import type { Change } from '../log/envelope.js';
import type { Database } from '../store/database.js';
import type { Stream } from '../systems/system.js';
import { comparedStreams } from './comparison-work.js';
import type { ConnectedSystem, Flow } from './configuration.js';

export interface ReadingDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly readWhole: typeof readWhole;
  readonly ingestBatch: IngestBatch;
  /** Whether another transaction was first. */
  readonly wasOvertaken: (error: unknown) => boolean;
  readonly heldAs: Readonly<Record<CanonicalEntity, readonly ProjectedEntity[]>>;
  readonly numbers: Pick<typeof import('../store/allocated-numbers.js'), 'keepNumbers'>;
  readonly comparisons: Pick<typeof import('../store/comparisons.js'), 'rememberShown'>;
}

export interface Reading {
  readonly flow: Flow;
  readonly connected: ConnectedSystem;
  /** Under which what was shown is remembered. */
  readonly restore: string;
  readonly counts: { read: number };
  /** Says that it goes on; throws when it should not. */
  readonly still: () => Promise<void>;
}

/** Records that one page asks for, and that one transaction takes in. */
const pageSize = 250;
const portion = 100;
const mostTries = 10;

export async function takeInWhole(deps: ReadingDeps, reading: Reading): Promise<void> {
  const { flow, connected, restore, counts, still } = reading;
  const abort = new AbortController();
  const streams = comparedStreams(deps, connected, flow);
  try {
    const options = { clock: deps.clock, limit: pageSize, signal: abort.signal, still };
    for await (const { stream, changes } of deps.readWhole(connected, streams, options)) {
      for (let from = 0; from < changes.length; from += portion) {
        const some = changes.slice(from, from + portion);
        await takeIn(deps, connected, stream, some);
        counts.read += some.length;
        const shown = some.map(({ record, externalId }) => ({ entity: stream.others?.[record] ?? stream.entity, externalId })); // prettier-ignore
        await deps.comparisons.rememberShown(deps.database, restore, connected.key, shown);
        await still();
      }
      await still();
    }
  } finally {
    abort.abort();
  }
}

/** What is as it was when it was taken in last is left alone. */
async function takeIn(
  deps: ReadingDeps,
  { key, connector }: ConnectedSystem,
  stream: Stream,
  changes: readonly Change[],
): Promise<void> {
  const incoming = changes.map((change) => ({ change, traceId: newId('trace'), place: null }));
  const numbersOf = connector.targets.find(({ record }) => record === stream.record)?.numbersOf;
  const numbers = numbersOf === undefined ? [] : changes.flatMap(({ document }) => numbersOf(document));
  for (let tries = 1; ; tries++) {
    try {
      await deps.database.tx(async (tx) => {
        await deps.numbers.keepNumbers(tx, key, 'variant', numbers);
        await deps.ingestBatch(tx, key, incoming);
      });
      return;
    } catch (thrown) {
      if (tries >= mostTries || !deps.wasOvertaken(thrown)) throw thrown;
    }
  }
}
