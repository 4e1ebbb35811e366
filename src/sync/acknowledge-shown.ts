/**
 * Remembers what a target says after a write of ours, inside the transaction that acknowledges it, so that the write coming
 * back from the target's stream is recognised as our own.
 */
import { afterWrite, type Statement } from '../canonical/statements.js';
import type { Words } from '../canonical/words.js';
import type { ShownBy } from '../cdc/shown.js';
import type { Tx } from '../store/database.js';
import type { ShownWrite } from './projector-deps.js';

export interface AcknowledgedStatement {
  readonly entity: string;
  readonly externalId: string;
  readonly statement: Statement;
  /** The system's own words for it. */
  readonly words?: Words;
  /** Documents of the target's stream that are older than this one say nothing any more. */
  readonly version: bigint | null;
}

/** Call it after the references have been written; records without a reference are left alone. */
export async function acknowledgeShown(
  tx: Tx,
  store: Pick<typeof import('../store/shown-statements.js'), 'lockShown' | 'storeShown'>,
  target: string,
  acknowledged: readonly AcknowledgedStatement[],
): Promise<void> {
  if (acknowledged.length === 0) return;
  const shown = await store.lockShown(tx, target, acknowledged);
  await store.storeShown(
    tx,
    target,
    acknowledged.flatMap(({ entity, externalId, statement, words = {}, version }) => {
      const before = shown.get(`${entity}:${externalId}`);
      if (before === undefined) return [];
      return [{ entity, externalId, version, words, shown: afterWrite(before.shown, statement, version !== null) }];
    }),
  );
}

/** The port of the projector: translates what writes came to, and stores it. */
export function makeStoreShown(
  shownBy: ShownBy,
  store: Parameters<typeof acknowledgeShown>[1],
): (tx: Tx, target: string, writes: readonly ShownWrite[]) => Promise<void> {
  return (tx, target, writes) => {
    const acknowledged = writes.flatMap(({ version, ...write }): readonly AcknowledgedStatement[] =>
      shownBy({ system: target, ...write }).map((shown) => ({ ...shown, version })),
    );
    return acknowledgeShown(tx, store, target, acknowledged);
  };
}
