/**
 * Remembers what a target says after a write of ours, inside the transaction that acknowledges it, so that the write coming
 * back from the target's stream is recognised as our own.
 */
import type { Document } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import { referencesIn, withKnownIds } from '../canonical/mentions.js';
import { withWrittenContact, type WrittenContact } from '../canonical/merge-contacts.js';
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
  /** Instead of whole fields: one of the people whom the record shows. */
  readonly contact?: WrittenContact;
  /** Documents of the target's stream that are older than this one say nothing any more. */
  readonly version: bigint | null;
}

type StatementStores = Pick<typeof import('../store/shown-statements.js'), 'lockShown' | 'storeShown'> &
  Pick<typeof import('../store/references.js'), 'findReferences'>;

/** Call it after the references have been written; records without a reference are left alone. */
export async function acknowledgeShown(
  tx: Tx,
  store: StatementStores,
  target: string,
  acknowledged: readonly AcknowledgedStatement[],
): Promise<void> {
  if (acknowledged.length === 0) return;
  const shown = await store.lockShown(tx, target, acknowledged);
  // A company and its contact may be acknowledged together: both are said of one record.
  const said = new Map<string, StoredStatement>();
  for (const each of await inIdsOfHub(tx, store, target, acknowledged)) {
    const { entity, externalId, words = {}, version } = each;
    const key = `${entity}:${externalId}`;
    const [before, known] = [shown.get(key), said.get(key)];
    if (before === undefined) continue;
    const last = known?.shown ?? before.shown;
    said.set(key, {
      entity,
      externalId,
      version: known?.version ?? version,
      words: { ...known?.words, ...words },
      shown: afterWrite(last, statementIn(each, last), version !== null),
    });
  }
  await store.storeShown(tx, target, [...said.values()]);
}

/** Records are named in statements as the target names them; what its stream says is compared by the ids of the hub. */
async function inIdsOfHub(
  tx: Tx,
  store: StatementStores,
  target: string,
  acknowledged: readonly AcknowledgedStatement[],
): Promise<readonly AcknowledgedStatement[]> {
  const said = acknowledged.flatMap(({ entity, statement: { now, before } }) =>
    [now, before].map((fields) => ({ entity: entity as CanonicalEntity, fields })),
  );
  const named = [...referencesIn(said)];
  if (named.length === 0) return acknowledged;
  const find = async ([of, ids]: (typeof named)[number]) =>
    [of, await store.findReferences(tx, target, of, [...ids])] as const;
  const found = new Map(await Promise.all(named.map(find)));
  return acknowledged.map((each): AcknowledgedStatement => {
    const resolved = (fields: Document): Document =>
      withKnownIds(each.entity as CanonicalEntity, fields, (of, id) => found.get(of)?.get(id)?.canonicalId);
    return { ...each, statement: { now: resolved(each.statement.now), before: resolved(each.statement.before) } };
  });
}

type StoredStatement = Parameters<typeof import('../store/shown-statements.js').storeShown>[2][number];

/** Of one of the people of a company: all of them, with him as he is shown now. */
function statementIn({ statement, contact }: AcknowledgedStatement, last: Document | null): Statement {
  if (contact === undefined) return statement;
  const people = (last?.['contacts'] ?? []) as readonly Document[];
  return { now: { contacts: withWrittenContact(people, contact) }, before: { contacts: people } };
}

/** The port of the projector: translates what writes came to, and stores it. */
export function makeStoreShown(
  shownBy: ShownBy,
  store: StatementStores,
): (tx: Tx, target: string, writes: readonly ShownWrite[]) => Promise<void> {
  return (tx, target, writes) => {
    const acknowledged = writes.flatMap(({ version, ...write }): readonly AcknowledgedStatement[] =>
      shownBy({ system: target, ...write }).map((shown) => ({ ...shown, version })),
    );
    return acknowledgeShown(tx, store, target, acknowledged);
  };
}
