/**
 * What editing mappings and value lists has in common: a draft is changed only by who has seen its latest revision, and a
 * published version is in use in this process when the call returns. In: what was asked. Out: the edited one, or a refusal.
 */
import { contentHash } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { Database, Tx } from '../store/database.js';
import type { Bodies, Edited, Publication, Version, Versioned } from '../store/versions.js';

export interface EditDeps {
  readonly database: Database;
  readonly versions: typeof import('../store/versions.js');
  readonly announceConfiguration: (tx: Tx) => Promise<void>;
  /** Takes what has been published over in this process. */
  readonly reload: () => Promise<void>;
}

const unknownCode = { mapping: 'MAPPING_UNKNOWN', value_list: 'VALUE_LIST_UNKNOWN' } as const;

export async function lockOne<K extends Versioned>(
  deps: EditDeps,
  tx: Tx,
  kind: K,
  id: string,
  expectedRevision?: number,
): Promise<Edited<Bodies[K]>> {
  const found = await deps.versions.lockEdited(tx, kind, id);
  if (found === undefined) throw new KoppelError(unknownCode[kind], { id });
  if (expectedRevision !== undefined && found.draftRevision !== expectedRevision) {
    const values = { key: found.key, found: found.draftRevision, expected: expectedRevision };
    throw new KoppelError('EDIT_OUTDATED', values);
  }
  return found;
}

/** Changes a draft; when there is none yet, one of the published version. A change that ends where it is published ends the draft. */
export function editDraft<K extends Versioned>(
  deps: EditDeps,
  kind: K,
  edit: { readonly id: string; readonly expectedRevision: number },
  change: (body: Bodies[K], found: Edited<Bodies[K]>) => Bodies[K] | null,
): Promise<void> {
  return deps.database.tx(async (tx) => {
    const found = await lockOne(deps, tx, kind, edit.id, edit.expectedRevision);
    const draft = change(found.draft ?? found.published, found);
    const isSame =
      draft !== null && contentHash(draft as unknown as Json) === contentHash(found.published as unknown as Json);
    await deps.versions.saveDraft(tx, kind, found.key, isSame ? null : draft);
  });
}

export interface Publish extends Publication {
  readonly id: string;
  readonly expectedRevision: number;
}

/** Publishes the draft after `check`. Returns the number of the version. */
export async function publishDraft<K extends Versioned>(
  deps: EditDeps,
  kind: K,
  publish: Publish,
  check: (tx: Tx, found: Edited<Bodies[K]>, draft: Bodies[K]) => Promise<void>,
): Promise<number> {
  const version = await deps.database.tx(async (tx) => {
    const found = await lockOne(deps, tx, kind, publish.id, publish.expectedRevision);
    if (found.draft === null) throw new KoppelError('NOTHING_TO_PUBLISH', { key: found.key });
    await check(tx, found, found.draft);
    const made = await deps.versions.publishVersion(tx, kind, found.key, found.draft, publish);
    await deps.announceConfiguration(tx);
    return made;
  });
  await deps.reload();
  return version;
}

export interface Rollback extends Publication {
  readonly id: string;
  readonly toVersion: number;
}

/** Makes an earlier version the next one; a draft is ended. Returns the number of the new version. */
export async function rollBack<K extends Versioned>(
  deps: EditDeps,
  kind: K,
  { id, toVersion, ...publication }: Rollback,
  check: (tx: Tx, found: Edited<Bodies[K]>, body: Bodies[K]) => Promise<void>,
): Promise<number> {
  const made = await deps.database.tx(async (tx) => {
    const found = await lockOne(deps, tx, kind, id);
    const versions: readonly Version<Bodies[K]>[] = await deps.versions.listVersions(tx, kind, found.key);
    const earlier = versions.find(({ version }) => version === toVersion);
    if (earlier === undefined) throw new KoppelError('VERSION_UNKNOWN', { key: found.key, version: toVersion });
    await check(tx, found, earlier.body);
    const next = await deps.versions.publishVersion(tx, kind, found.key, earlier.body, publication);
    await deps.announceConfiguration(tx);
    return next;
  });
  await deps.reload();
  return made;
}
