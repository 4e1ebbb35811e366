/**
 * One batch of changes: a transaction that moves the positions of all partitions that they come from. In: what was read of each
 * partition. Out: the moved positions. Repeated when it was overtaken; when the database refuses a value of it, split until the one
 * record that it cannot store is alone. Partitions share no record, so the order of each record is that of its partition.
 */
import { KoppelError } from '../base/errors.js';
import { isValueRefused } from '../base/refused-value.js';
import type { ReadEntry } from '../log/change-log.js';
import type { Change } from '../log/envelope.js';
import type { Tx } from '../store/database.js';
import type { HeldPosition } from '../store/positions.js';
import type { BatchOptions } from './batch.js';
import type { Incoming } from './classify.js';
import type { WorkerDeps } from './ingest-deps.js';
import { wasOvertaken } from './refusals.js';

/** What was read of one partition. */
export interface Part {
  readonly held: HeldPosition;
  /** At least one. */
  readonly entries: readonly ReadEntry[];
}

export type TakeIn = (parts: readonly Part[]) => Promise<readonly HeldPosition[]>;

/**
 * Partitions that have something to be taken in, in groups for one transaction each: a few changes in each of many partitions cost
 * as much as many in one. A position that the log does not reach is looked at too, alone: the log then says that it does not hold it.
 */
export function groupsOf(
  held: readonly HeldPosition[],
  ends: readonly bigint[],
  batchSize: number,
): (readonly HeldPosition[])[] {
  const groups: HeldPosition[][] = [];
  let room = 0;
  for (const position of held) {
    const waiting = Number((ends[position.partition] ?? 0n) - position.nextOffset);
    if (waiting === 0) continue;
    const last = groups.at(-1);
    if (last !== undefined && waiting > 0 && waiting <= room) {
      last.push(position);
      room -= waiting;
    } else {
      groups.push([position]);
      room = waiting < 0 ? 0 : batchSize - waiting;
    }
  }
  return groups;
}

/** Ends the transaction of a batch that is for another configuration. */
const outdatedConfiguration = new Error('the configuration in use is not the one that is stored');

export function makeTakeIn(system: string, deps: WorkerDeps, leaseMs: number): TakeIn {
  const transact = async (parts: readonly Part[], options: BatchOptions): Promise<readonly HeldPosition[]> => {
    const moves = parts.map(({ held, entries }) => ({ held, to: behind(held, entries) }));
    const incoming = parts.flatMap(({ held, entries }) => entries.map((entry) => toIncoming(held, entry)));
    const taking = deps.database.tx(
      async (tx) => {
        const [outdated] = await Promise.all([isOutdated(tx, deps), deps.positions.movePositions(tx, moves, leaseMs)]);
        if (outdated) throw outdatedConfiguration;
        return deps.ingestBatch(tx, system, incoming, {
          ...options,
          isInOrder: true,
          ending: async () => deps.failpoint('A1'),
        });
      },
      { commitFailpoint: 'A2' },
    );
    const counts = await taking.catch((error: unknown) => {
      if (error !== outdatedConfiguration) throw error;
      return undefined;
    });
    if (counts === undefined) {
      // Somebody has published something that this process has not heard of yet: the batch is for that.
      await deps.configuration.refresh?.();
      return parts.map(({ held }) => held);
    }
    await deps.failpoint('A3');
    deps.ingested?.({ system, counts });
    return moves.map(({ held, to }) => ({ ...held, nextOffset: to }));
  };

  const takeIn: TakeIn = async (parts) => {
    for (let tries = 1; ; tries++) {
      try {
        return await transact(parts, {});
      } catch (error) {
        if (tries < 10 && wasOvertaken(error)) continue;
        if (!isValueRefused(error)) throw error;
        const [only, ...others] = parts;
        if (only === undefined) throw error;
        if (others.length > 0) {
          const middle = parts.length >> 1;
          return [...(await takeIn(parts.slice(0, middle))), ...(await takeIn(parts.slice(middle)))];
        }
        const { entries } = only;
        if (entries.length === 1) {
          const refused = new KoppelError('RECORD_UNSTORABLE', { what: (error as Error).message }, { cause: error });
          return transact(parts, { refused });
        }
        const middle = entries.length >> 1;
        const [held = only.held] = await takeIn([{ ...only, entries: entries.slice(0, middle) }]);
        return takeIn([{ held, entries: entries.slice(middle) }]);
      }
    }
  };
  return takeIn;
}

/** Not by their number: there may be holes between them. */
const behind = (held: HeldPosition, entries: readonly ReadEntry[]): bigint =>
  (entries.at(-1)?.offset ?? held.nextOffset - 1n) + 1n;

const toIncoming = ({ topic, partition }: HeldPosition, { payload, traceId, offset }: ReadEntry): Incoming => ({
  change: payload as unknown as Change,
  traceId,
  place: { topic, partition, offset },
});

/** Whether what is in force here is not what is stored: then another process may decide by it already. */
async function isOutdated(tx: Tx, { configuration, revisions }: WorkerDeps): Promise<boolean> {
  const { revision } = configuration.current();
  return revisions !== undefined && revision !== undefined && (await revisions.configurationRevision(tx)) !== revision;
}
