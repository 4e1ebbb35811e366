/**
 * That the database was restored: noticed when the hub starts, or said by people; and that a check is not needed. In: where the database
 * was when the hub started last. Out: a check of all flows in use, before any of which nothing is written to its target.
 */
import { KoppelError } from '../base/errors.js';
import type { Database, Tx } from '../store/database.js';
import type { RestoreReason } from '../store/restore-checks.js';

/** What beginning a check needs. */
export interface BeginDeps {
  readonly store: Pick<typeof import('../store/restore-checks.js'), 'beginCheck'>;
  readonly heads: Pick<typeof import('../store/log-heads.js'), 'leap' | 'goOnBehindLost'>;
  readonly canonicalTopic: string;
}

/** More canonical events than a hub makes between a backup and its restore. */
const forgotten = 1_000_000_000n;

/**
 * Begins a check of all flows in use. Positions of canonical events that may have been given before are left out: whoever reads the events
 * in Kafka takes one at a position that it has seen for a repeat. Who had lost events goes on: the check finds what they told. Returns the id of the check.
 */
export async function beginCheck(
  tx: Tx,
  { store, heads, canonicalTopic }: BeginDeps,
  cause: RestoreReason,
  by: string,
): Promise<string> {
  const id = await store.beginCheck(tx, cause, by);
  await heads.goOnBehindLost(tx, canonicalTopic);
  await heads.leap(tx, canonicalTopic, forgotten);
  return id;
}

export interface RestoreChecks {
  /** Says that the database was restored: all flows in use are compared before they write. Returns the id of the check. */
  start(by: string): Promise<string>;
  /** Says that nothing was lost, or does not matter: flows that still wait go on at once. Returns them, and the check. */
  skip(): Promise<{ readonly restore: string; readonly flows: readonly string[] }>;
}

export interface RestoreChecksDeps extends BeginDeps {
  readonly database: Database;
  readonly store: Pick<
    typeof import('../store/restore-checks.js'),
    'beginCheck' | 'openCheck' | 'flowsToCheck' | 'openFlow'
  > &
    Pick<typeof import('../store/restore-check-ends.js'), 'finishCheck'>;
  readonly looked: () => void;
}

/** What people do with checks. */
export function makeRestoreChecks({ database, looked, ...deps }: RestoreChecksDeps): RestoreChecks {
  const { store } = deps;
  return {
    start: (by) =>
      database.tx(async (tx) => {
        // A check that goes on has compared some flows without what these events told.
        const open = (await deps.heads.goOnBehindLost(tx, deps.canonicalTopic)) ? null : await store.openCheck(tx);
        return open?.id ?? beginCheck(tx, deps, 'ASKED', by);
      }),
    async skip() {
      const skipped = await database.tx(async (tx) => {
        const waiting = await store.flowsToCheck(tx);
        for (const each of waiting) await store.openFlow(tx, each, { state: 'SKIPPED', takenIn: 0, found: 0, held: 0 });
        // A check that waits for none of the flows that are there is over, too.
        return {
          restore: waiting[0]?.restore ?? (await store.finishCheck(tx)),
          flows: waiting.map(({ flow }) => flow),
        };
      });
      const { restore, flows } = skipped;
      if (restore === undefined) throw new KoppelError('RESTORE_CHECK_OVER', {});
      looked();
      return { restore, flows };
    },
  };
}

/** What noticing a restore needs. */
export interface NoticeDeps extends BeginDeps {
  readonly identity: typeof import('../store/database-identity.js');
}

/** Notices at the start that the database was restored since, and begins a check. */
export async function noticeRestore(
  database: Database,
  { identity, ...begin }: NoticeDeps,
  hub: string,
): Promise<RestoreReason | null> {
  const [noted, present] = [await identity.notedIdentity(database), await identity.presentIdentity(database)];
  const cause = noted === null ? null : causeOf(noted, present);
  await database.tx(async (tx) => {
    if (cause !== null) await beginCheck(tx, begin, cause, hub);
    await identity.noteIdentity(tx, present);
  });
  return cause;
}

type Identity = Awaited<ReturnType<NoticeDeps['identity']['presentIdentity']>>;

/** What a server does not tell says nothing. Exported for its test. */
export function causeOf(noted: Identity, present: Identity): RestoreReason | null {
  const differs = (what: 'server' | 'timeline' | 'files'): boolean =>
    noted[what] !== null && present[what] !== null && noted[what] !== present[what];
  if (differs('server')) return 'SERVER_CHANGED';
  if (noted.database !== present.database || noted.relation !== present.relation) return 'DATABASE_COPIED';
  if (differs('timeline')) return 'SERVER_RECOVERED';
  return differs('files') ? 'FILES_COPIED' : null;
}
