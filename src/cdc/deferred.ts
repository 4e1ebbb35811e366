/**
 * Takes changes up again that were put aside while a write of ours to the same record was under way. In: deferred changes of
 * a system to whose records nothing is under way any more. Out: each taken in, in the transaction that takes it out, so none
 * is lost or doubled by a crash. What a later change has overtaken is found out by the ordinary comparison of versions.
 * Problems of records whose mark was not known are tried again once the record of that mark has been read.
 */
import { KoppelError } from '../base/errors.js';
import { isValueRefused } from '../base/refused-value.js';
import type { Change } from '../log/envelope.js';
import type { DeferredKey } from '../store/deferred-changes.js';
import type { Incoming } from './classify.js';
import type { IngestDeps } from './ingest-deps.js';
import type { BatchOptions } from './batch.js';
import { wasOvertaken } from './refusals.js';

const mostAtOnce = 100;

export type TakeUp = (signal: AbortSignal) => Promise<'more' | 'idle'>;

export function makeTakeUp(system: string, deps: IngestDeps): TakeUp {
  const transact = async (keys: readonly DeferredKey[], options: BatchOptions): Promise<void> => {
    const counts = await deps.database.tx(async (tx) => {
      const taken = await deps.deferred.takeDeferred(tx, system, keys);
      const incoming = taken.map(({ change, traceId, log }): Incoming => ({
        change: change as unknown as Change,
        traceId,
        place: log,
      }));
      // One that was asked for is not left out as known; the others of the batch are decided again, which changes nothing.
      const force = taken.some((each) => each.force);
      return incoming.length === 0 ? undefined : deps.ingestBatch(tx, system, incoming, { ...options, force });
    });
    if (counts !== undefined) deps.ingested?.({ system, counts });
  };

  const takeUp = async (keys: readonly DeferredKey[]): Promise<void> => {
    for (let tries = 1; ; tries++) {
      try {
        return await transact(keys, {});
      } catch (error) {
        if (tries < 10 && wasOvertaken(error)) continue;
        if (!isValueRefused(error)) throw error;
        if (keys.length === 1) {
          const refused = new KoppelError('RECORD_UNSTORABLE', { what: (error as Error).message }, { cause: error });
          return transact(keys, { refused });
        }
        const middle = keys.length >> 1;
        await takeUp(keys.slice(0, middle));
        return takeUp(keys.slice(middle));
      }
    }
  };

  return async (signal) => {
    const keys = await deps.deferred.dueDeferred(deps.database, system, mostAtOnce);
    if (keys.length > 0 && !signal.aborted) await takeUp(keys);
    const problems = await deps.parked.foundMarks(deps.database, system, mostAtOnce);
    if (problems.length > 0 && !signal.aborted) await deps.replayParked(problems);
    return keys.length === mostAtOnce || problems.length === mostAtOnce ? 'more' : 'idle';
  };
}
