/**
 * Gives fields other owners, whoever asks for it: noted is what systems have said last before a policy counts, and open
 * conflicts end by the policy after it does. In: owners that have been checked (owner-problems.ts), and the transaction that stores them.
 */
import { KoppelError } from '../base/errors.js';
import { shippedPolicy, type FieldOwner, type FieldPolicy, type Ownership } from '../canonical/ownership.js';
import type { Tx } from '../store/database.js';
import type { Configuration, ConfigurationSource } from './configuration.js';
import { endConflict, type Choose, type EndConflictDeps } from './end-conflict.js';

export interface OwnerChangeDeps extends EndConflictDeps {
  readonly owners: Pick<typeof import('../store/field-owners.js'), 'saveFieldOwners'>;
  readonly statements: Pick<typeof import('../store/shown-statements.js'), 'recordsWithStatements' | 'assumeShown'>;
  readonly configuration: Pick<ConfigurationSource, 'current'>;
  readonly ownershipOf: (configuration: Configuration) => Ownership;
  /** Called when records have changed that projectors should look at. */
  readonly changed: () => void;
}

const page = 200;
const seedPage = 1_000;

/** Stores the owners, with `save`, and whatever has to change at once with them; see `changeOwners`. */
export type CommitOwners<T> = (save: (tx: Tx) => Promise<void>) => Promise<T>;

/**
 * `commit` saves the owners in a transaction of its own, with all that has to change at once with them, and returns when that is in
 * use in this process. A transaction that fails leaves the owners as they were.
 */
export async function changeOwners<T>(
  deps: OwnerChangeDeps,
  owners: readonly FieldOwner[],
  by: string,
  commit: CommitOwners<T>,
): Promise<T> {
  await assumeAgreement(deps, owners);
  const [said, forgotten] = [owners.filter((owner) => !isForgotten(owner)), owners.filter(isForgotten)];
  const done = await commit((tx) => deps.owners.saveFieldOwners(tx, said, forgotten));
  await endByPolicy(deps, owners, by);
  if (owners.length > 0) deps.changed();
  return done;
}

/** What belongs to no system by name follows its flows, as if nobody had said anything of it. */
const isForgotten = ({ policy, owner }: FieldOwner): boolean => policy === 'source' && owner === null;

/** The policy that counts once an owner is saved. */
const policyAfter = (owner: FieldOwner): FieldPolicy =>
  isForgotten(owner) ? shippedPolicy(owner.entity, owner.field) : owner.policy;

/**
 * From now on it counts who changes such a field: what the hub holds is taken to be what every system has said last, so that
 * a change in one of them is known to be one.
 */
async function assumeAgreement(deps: OwnerChangeDeps, owners: readonly FieldOwner[]): Promise<void> {
  const shared = owners.filter((owner) => policyAfter(owner) !== 'source');
  for (const entity of new Set(shared.map((owner) => owner.entity))) {
    const fields = shared.filter((owner) => owner.entity === entity).map(({ field }) => field);
    for (let after = '', isMore = true; isMore;) {
      const ids = await deps.statements.recordsWithStatements(deps.database, entity, after, seedPage);
      after = ids.at(-1) ?? '';
      isMore = ids.length === seedPage;
      await deps.database.tx(async (tx) => {
        const rows = await deps.rows.loadRows(tx, entity, ids);
        const said = rows.map((row) => ({
          id: row.id,
          said: Object.fromEntries(fields.map((field) => [field, row.fields[field] ?? null])),
        }));
        await deps.statements.assumeShown(tx, entity, fields, said);
      });
    }
  }
}

async function endByPolicy(deps: OwnerChangeDeps, owners: readonly FieldOwner[], by: string): Promise<void> {
  const ownership = deps.ownershipOf(deps.configuration.current());
  for (const { entity, field } of owners) {
    const policy = ownership.policy(entity, field);
    if (policy === 'manual') continue;
    const owners = ownership.owners(entity, field);
    const choose = lastOf((system) => owners?.has(system) ?? policy === 'lastWriter');
    for (;;) {
      const open = await deps.conflicts.openConflictsOf(deps.database, { entity, field }, page);
      for (const id of open) {
        try {
          await endConflict(deps, id, choose, { by, resolution: 'POLICY' });
        } catch (thrown) {
          // The systems have come round meanwhile.
          if (!(thrown instanceof KoppelError) || thrown.code !== 'FIELD_CONFLICT_OVER') throw thrown;
        }
      }
      if (open.length < page) break;
    }
  }
}

/** The latest of what these systems say; what is held stays when none of them says anything. */
const lastOf =
  (counts: (system: string) => boolean): Choose =>
  ({ claims }) => {
    const said = Object.entries(claims).filter(([system]) => counts(system));
    const [last] = said.sort(([, a], [, b]) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1));
    return last === undefined ? null : { value: last[1].value, from: last[0] };
  };
