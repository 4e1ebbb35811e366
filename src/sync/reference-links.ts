/**
 * Links that people make and take away between a record of the hub and a record of a system. In: the two. Out: the reference, or
 * why there is none. A link is made only with a record that the system says it has, where it can be asked; the record is then
 * compared with what the system holds. A record that was unlinked rests in that system until it is linked or sent again, because
 * it would be found by its key again at once, or made a second time.
 */
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import type { Database, Tx } from '../store/database.js';
import type { ProjectionKey } from '../store/projections.js';
import { calledBy } from './called-by.js';
import type { ConfigurationSource, ConnectedSystem } from './configuration.js';

export interface ReferenceLinksDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly store: typeof import('../store/reference-links.js');
  readonly lockMatching: (typeof import('../store/references.js'))['lockMatching'];
  readonly projections: Pick<typeof import('../store/projections.js'), 'setProjectionDue'>;
  readonly waits: Pick<typeof import('../store/projection-waits.js'), 'releaseWaits' | 'awaitedReference'>;
  readonly names: typeof import('../store/record-names.js');
  readonly journal: Pick<typeof import('../store/journal.js'), 'appendJournal'>;
  /** Tries open problems again. */
  readonly replay: (ids: readonly string[]) => Promise<unknown>;
  /** Called when rows have become due. */
  readonly looked: () => void;
}

export interface LinkedRecord {
  readonly system: string;
  readonly entity: CanonicalEntity;
  readonly canonicalId: string;
}

export interface ReferenceLinks {
  /** Returns the external id as the system has it. */
  link(record: LinkedRecord, externalId: string, reason: string | null): Promise<string>;
  unlink(
    reference: { readonly system: string; readonly entity: CanonicalEntity; readonly externalId: string },
    reason: string | null,
  ): Promise<void>;
}

const askWithinMs = 15_000;
const unlinkedReason = 'Somebody has unlinked it here; it rests until it is linked or sent again.';

export function makeReferenceLinks(deps: ReferenceLinksDeps): ReferenceLinks {
  const { database, store } = deps;
  const systemOf = (key: string): ConnectedSystem => {
    const found = deps.configuration.current().systems.get(key);
    if (found === undefined) throw new KoppelError('SYSTEM_UNKNOWN', { system: key });
    return found;
  };
  /** The rows of the system that depend on the reference: its own, and the stock of a variant. */
  const keysOf = (entity: CanonicalEntity, canonicalId: string): readonly ProjectionKey[] => [
    { entity: entity as ProjectedEntity, canonicalId },
    ...(entity === 'variant' ? [{ entity: 'stock' as const, canonicalId }] : []),
  ];
  const refuseWhileWritten = async (tx: Tx, { system, entity, canonicalId }: LinkedRecord): Promise<void> => {
    if (await store.isWriteUnderWay(tx, system, keysOf(entity, canonicalId)))
      throw new KoppelError('RECORD_BEING_WRITTEN', { system });
  };

  return {
    async link(record, wanted, reason) {
      const { system, entity, canonicalId } = record;
      const { externalId, key } = await asked(systemOf(system), entity, wanted);
      const problems = await database.tx(async (tx) => {
        await deps.lockMatching(tx, entity);
        const known = await store.lockReferences(tx, system, entity, canonicalId, externalId);
        const same = known.find((each) => each.externalId === externalId);
        if (same?.canonicalId === canonicalId && same.origin !== 'MENTIONED') return [];
        if (same !== undefined && same.canonicalId !== canonicalId) {
          const other = { entity, canonicalId: same.canonicalId };
          const what = calledBy(await deps.names.namesOf(tx, [other]), other) ?? 'one that has no name';
          throw new KoppelError('REFERENCE_TAKEN', { system, externalId, what });
        }
        const other = known.find((each) => each !== same && !each.externalId.startsWith('key:'));
        if (other !== undefined)
          throw new KoppelError('REFERENCE_KEPT', { system, externalId, known: other.externalId });
        await refuseWhileWritten(tx, record);
        if (same !== undefined) await store.deleteReference(tx, { system, entity, externalId });
        if (!(await store.insertReference(tx, { system, entity, canonicalId, externalId, key })))
          throw new KoppelError('REFERENCE_TAKEN', { system, externalId, what: 'one that was linked just now' });
        const [own, ...others] = keysOf(entity, canonicalId);
        await store.adoptLinked(tx, system, own!, externalId);
        await deps.projections.setProjectionDue(tx, system, others, null);
        await deps.waits.releaseWaits(tx, system, [deps.waits.awaitedReference(system, entity, canonicalId)]);
        const found = await store.openProblemsOfExternal(tx, system, entity, externalId);
        await note(deps, tx, 'linked', record, externalId, reason);
        return found;
      });
      // Whoever the record is, was perhaps what could not be told.
      await deps.replay(problems);
      deps.looked();
      return externalId;
    },
    async unlink({ system, entity, externalId }, reason) {
      await database.tx(async (tx) => {
        await deps.lockMatching(tx, entity);
        const [known] = await store.lockReferences(tx, system, entity, '', externalId);
        if (known === undefined || known.origin === 'MENTIONED' || externalId.startsWith('key:'))
          throw new KoppelError('REFERENCE_UNKNOWN', { system, externalId });
        const record = { system, entity, canonicalId: known.canonicalId };
        await refuseWhileWritten(tx, record);
        await store.deleteReference(tx, { system, entity, externalId });
        const [own, ...others] = keysOf(entity, known.canonicalId);
        await store.restUnlinked(tx, system, own!, unlinkedReason);
        await deps.projections.setProjectionDue(tx, system, others, null);
        await note(deps, tx, 'unlinked', record, externalId, reason);
      });
      deps.looked();
    },
  };
}

/** The id as the system has it, and the key by which others name the record there; what cannot be asked is taken as it is given. */
async function asked(
  { connector, system, name }: ConnectedSystem,
  entity: CanonicalEntity,
  externalId: string,
): Promise<{ readonly externalId: string; readonly key: string | null }> {
  const target = connector.targets.find((each) => each.entity === entity);
  if (target === undefined) {
    const isRead = connector.streams.some((stream) => [stream.entity, ...Object.values(stream.others ?? {})].includes(entity)); // prettier-ignore
    if (!isRead) throw new KoppelError('REFERENCE_UNSUITABLE', { system: name, entity });
    return { externalId, key: null };
  }
  const sought = { externalId, document: {} };
  const held = await system.target.find(target.entity, sought, AbortSignal.timeout(askWithinMs));
  if (held === null) throw new KoppelError('REFERENCE_ABSENT', { system: name, entity, externalId });
  return held;
}

function note(
  { journal }: ReferenceLinksDeps,
  tx: Tx,
  step: 'linked' | 'unlinked',
  { system, entity, canonicalId }: LinkedRecord,
  externalId: string,
  message: string | null,
): Promise<void> {
  const traceId = newId('trace');
  return journal.appendJournal(tx, [
    { traceId, step, outcome: step, system, entity, canonicalId, externalId, message },
  ]);
}
