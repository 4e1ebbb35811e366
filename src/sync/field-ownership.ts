/** Who owns a field, as people say it, and their word where systems do not agree. In: what was asked, by whom. */
import type { Field, Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { fieldsOf } from '../canonical/normalise.js';
import {
  isRefinable,
  type FieldOwner,
  type FieldPolicy,
  type Ownership,
  type RefinableEntity,
} from '../canonical/ownership.js';
import type { Tx } from '../store/database.js';
import type { FieldConflictRow } from '../store/field-conflicts.js';
import { changeOwners, type CommitOwners, type OwnerChangeDeps } from './change-owners.js';
import { endConflict, type Chosen } from './end-conflict.js';
import { ownerProblems } from './owner-problems.js';

/** What a person says of a contested field: a system's word, or another value (null = empty). */
export type ConflictChoice = { readonly takeFrom: string } | { readonly value: Json };

/** Who decides about a field, as it is now. */
export interface OwnerOfField {
  readonly field: string;
  /** What people call it. */
  readonly label: string;
  readonly policy: FieldPolicy;
  /** Systems that the field belongs to alone. */
  readonly owners: readonly string[];
  /** People have said so themselves. */
  readonly isOwn: boolean;
  readonly isEditable: boolean;
  /** What holds when people say nothing. */
  readonly usual: Pick<OwnerOfField, 'policy' | 'owners'>;
  /** Systems from which flows bring such records in; nobody else's word counts, whatever the policy. */
  readonly sources: readonly string[];
}

export interface FieldOwnership {
  ownersOf(entity: RefinableEntity): readonly OwnerOfField[];
  /** What a field of such records holds; undefined when there is none of that name. */
  fieldOf(entity: RefinableEntity, name: string): Field | undefined;
  /** Says who owns fields. Open conflicts about a field end by its new policy. */
  saveOwners(owners: readonly FieldOwner[], by: string): Promise<void>;
  /** The same as part of a larger change, for owners that have been checked; see change-owners.ts. */
  changeOwners<T>(owners: readonly FieldOwner[], by: string, commit: CommitOwners<T>): Promise<T>;
  /** Ends a conflict by a person's word. */
  resolve(conflictId: string, choice: ConflictChoice, by: string): Promise<void>;
}

export interface FieldOwnershipDeps extends OwnerChangeDeps {
  readonly announceConfiguration: (tx: Tx) => Promise<void>;
  readonly reload: () => Promise<void>;
}

export function makeFieldOwnership(deps: FieldOwnershipDeps): FieldOwnership {
  const { database } = deps;
  return {
    ownersOf(entity) {
      const current = deps.configuration.current();
      const ownership = deps.ownershipOf(current);
      const unrefined = deps.ownershipOf({ ...current, fieldOwners: [] });
      const said = new Set(current.fieldOwners.filter((each) => each.entity === entity).map(({ field }) => field));
      const sources = [...current.systems.keys()].filter((key) => ownership.isSource(entity, key)).sort();
      return fieldsOf[entity].map(({ name: field, label = field }) => ({
        field,
        label,
        ...ruleIn(ownership, entity, field),
        isOwn: said.has(field),
        isEditable: isRefinable(entity, field),
        usual: ruleIn(unrefined, entity, field),
        sources,
      }));
    },
    fieldOf: (entity, name) => fieldsOf[entity].find((field) => field.name === name),
    async saveOwners(owners, by) {
      const { systems } = deps.configuration.current();
      const problems = [...owners.flatMap((owner) => ownerProblems(owner, systems)), ...namedTwice(owners)];
      if (problems.length > 0) throw new KoppelError('FIELD_OWNER_INVALID', { problems: problems.join(' ') });
      await changeOwners(deps, owners, by, async (save) => {
        await database.tx(async (tx) => {
          await save(tx);
          await deps.announceConfiguration(tx);
        });
        await deps.reload();
      });
    },
    changeOwners: (owners, by, commit) => changeOwners(deps, owners, by, commit),
    async resolve(conflictId, choice, by) {
      await endConflict(deps, conflictId, (conflict) => chosen(conflict, choice), { by, resolution: 'CHOSEN' });
      deps.changed();
    },
  };
}

const ruleIn = (ownership: Ownership, entity: RefinableEntity, field: string): OwnerOfField['usual'] => ({
  policy: ownership.policy(entity, field),
  owners: [...(ownership.owners(entity, field) ?? [])].sort(),
});

function chosen({ claims, id }: FieldConflictRow, choice: ConflictChoice): Chosen {
  if (!('takeFrom' in choice)) return { value: choice.value, from: null };
  const claim = claims[choice.takeFrom];
  if (claim !== undefined) return { value: claim.value, from: choice.takeFrom };
  throw new KoppelError('CLAIM_UNKNOWN', { system: choice.takeFrom, id, accepted: Object.keys(claims).join(', ') });
}

function namedTwice(owners: readonly FieldOwner[]): readonly string[] {
  const names = owners.map(({ entity, field }) => `${entity}.${field}`);
  return [...new Set(names.filter((name, at) => names.indexOf(name) < at))].map((name) => `${name} is named twice.`);
}
