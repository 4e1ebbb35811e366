/**
 * Who owns a field, as people say it, and their word where systems do not agree. In: what was asked, by whom. What is decided
 * becomes a change of the canonical record like any other, so the projectors carry it to the systems.
 */
import { canonicalJson, hashOfText, sameJson } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import { keyOfContest } from '../base/contested.js';
import { isRequired } from '../canonical/field-defaults.js';
import { fieldsOf, normaliseFields } from '../canonical/normalise.js';
import {
  isRefinable,
  worker,
  type FieldOwner,
  type FieldPolicy,
  type Ownership,
  type RefinableEntity,
} from '../canonical/ownership.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { ChangeLog } from '../log/change-log.js';
import type { CanonicalEvent } from '../log/envelope.js';
import type { Database, Tx } from '../store/database.js';
import type { ConflictResolution, FieldConflictRow } from '../store/field-conflicts.js';
import type { Configuration, ConfigurationSource } from './configuration.js';

/** What a person says of a contested field: a system's word, or another value (null = empty). */
export type ConflictChoice = { readonly takeFrom: string } | { readonly value: Json };

/** Who decides about a field, as it is now. */
export interface OwnerOfField {
  readonly field: string;
  readonly policy: FieldPolicy;
  /** Systems that the field belongs to alone. */
  readonly owners: readonly string[];
  /** People have said so themselves. */
  readonly isOwn: boolean;
  readonly isEditable: boolean;
}

export interface FieldOwnership {
  ownersOf(entity: RefinableEntity): readonly OwnerOfField[];
  /** Says who owns fields. Open conflicts about a field end by its new policy. */
  saveOwners(owners: readonly FieldOwner[], by: string): Promise<void>;
  /** Ends a conflict by a person's word. */
  resolve(conflictId: string, choice: ConflictChoice, by: string): Promise<void>;
}

export interface FieldOwnershipDeps {
  readonly database: Database;
  readonly conflicts: typeof import('../store/field-conflicts.js');
  readonly owners: typeof import('../store/field-owners.js');
  readonly statements: Pick<typeof import('../store/shown-statements.js'), 'recordsWithStatements' | 'assumeShown'>;
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows' | 'writeRows'>;
  readonly journal: Pick<typeof import('../store/journal.js'), 'appendJournal'>;
  readonly log: Pick<ChangeLog<Tx>, 'append'>;
  readonly canonicalTopic: string;
  readonly configuration: ConfigurationSource;
  readonly ownershipOf: (configuration: Configuration) => Ownership;
  readonly announceConfiguration: (tx: Tx) => Promise<void>;
  readonly reload: () => Promise<void>;
  /** Called when records have changed that projectors should look at. */
  readonly changed: () => void;
}

const page = 200;
const seedPage = 1_000;
const tries = 5;

export function makeFieldOwnership(deps: FieldOwnershipDeps): FieldOwnership {
  const { database, conflicts } = deps;

  async function end(id: string, choose: Choose, by: string, resolution: ConflictResolution): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await database.tx((tx) => endOnce(deps, tx, id, choose, { by, resolution }));
        return;
      } catch (thrown) {
        // Ingest has changed the record meanwhile, perhaps even ended the conflict: it is looked at anew.
        if (!(thrown instanceof KoppelError) || thrown.code !== 'WRITE_RACED' || attempt === tries) throw thrown;
      }
    }
  }

  return {
    ownersOf(entity) {
      const current = deps.configuration.current();
      const ownership = deps.ownershipOf(current);
      const said = new Set(current.fieldOwners.filter((each) => each.entity === entity).map(({ field }) => field));
      return fieldsOf[entity].map(({ name: field }) => ({
        field,
        policy: ownership.policy(entity, field),
        owners: [...(ownership.owners(entity, field) ?? [])].sort(),
        isOwn: said.has(field),
        isEditable: isRefinable(entity, field),
      }));
    },
    async saveOwners(owners, by) {
      const { systems } = deps.configuration.current();
      const problems = owners.flatMap((owner) => problemOf(owner, systems));
      if (problems.length > 0) throw new KoppelError('FIELD_OWNER_INVALID', { problems: problems.join(' ') });
      await assumeAgreement(deps, owners);
      await database.tx(async (tx) => {
        const asShipped = owners.filter(({ policy, owner }) => policy === 'source' && owner === null);
        const said = owners.filter((each) => !asShipped.includes(each));
        await deps.owners.saveFieldOwners(tx, said, asShipped);
        await deps.announceConfiguration(tx);
      });
      await deps.reload();
      for (const owner of owners) {
        if (owner.policy === 'manual') continue;
        for (;;) {
          const open = await conflicts.openConflictsOf(database, owner, page);
          for (const id of open) await end(id, byPolicy(owner), by, 'POLICY');
          if (open.length < page) break;
        }
      }
      deps.changed();
    },
    async resolve(conflictId, choice, by) {
      await end(conflictId, (conflict) => chosen(conflict, choice), by, 'CHOSEN');
      deps.changed();
    },
  };
}

/**
 * From now on it counts who changes such a field: what the hub holds is taken to be what every system has said last, so that
 * a change in one of them is known to be one.
 */
async function assumeAgreement(deps: FieldOwnershipDeps, owners: readonly FieldOwner[]): Promise<void> {
  const shared = owners.filter(({ policy }) => policy !== 'source');
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

function problemOf({ entity, field, owner }: FieldOwner, systems: ReadonlyMap<string, unknown>): readonly string[] {
  if (!isRefinable(entity, field)) return [`The owner of ${entity}.${field} cannot be set.`];
  if (owner !== null && !systems.has(owner)) return [`There is no system ${owner}.`];
  return [];
}

interface Chosen {
  readonly value: Json;
  /** Whose it is from now on; null: the hub's own. */
  readonly from: string | null;
}
/** What becomes of the field; null: what is held stays. */
type Choose = (conflict: FieldConflictRow) => Chosen | null;

function chosen({ claims, id }: FieldConflictRow, choice: ConflictChoice): Chosen {
  if (!('takeFrom' in choice)) return { value: choice.value, from: null };
  const claim = claims[choice.takeFrom];
  if (claim !== undefined) return { value: claim.value, from: choice.takeFrom };
  throw new KoppelError('CLAIM_UNKNOWN', { system: choice.takeFrom, id, accepted: Object.keys(claims).join(', ') });
}

/** What a new policy makes of an open conflict. */
const byPolicy =
  ({ policy, owner }: FieldOwner): Choose =>
  ({ claims }) => {
    const said = Object.entries(claims);
    if (policy === 'lastWriter') {
      const [last] = said.sort(([, a], [, b]) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1));
      return last === undefined ? null : { value: last[1].value, from: last[0] };
    }
    const claim = owner === null ? undefined : claims[owner];
    return claim === undefined ? null : { value: claim.value, from: owner };
  };

async function endOnce(
  deps: FieldOwnershipDeps,
  tx: Tx,
  id: string,
  choose: Choose,
  outcome: { readonly by: string; readonly resolution: ConflictResolution },
): Promise<void> {
  const conflict = await deps.conflicts.findConflict(tx, id);
  if (conflict === undefined) throw new KoppelError('FIELD_CONFLICT_UNKNOWN', { id });
  if (conflict.resolvedAt !== null) throw new KoppelError('FIELD_CONFLICT_OVER', { id });
  const { entity, canonicalId, field } = conflict;
  const [record] = await deps.rows.loadRows(tx, entity, [canonicalId]);
  if (record === undefined) throw new KoppelError('FIELD_CONFLICT_UNKNOWN', { id });
  const held = record.fields[field] ?? null;
  const choice = choose(conflict);
  const value = choice === null ? held : valid(conflict, choice.value);
  const after = settled(record, field, value, choice);
  const fieldsText = canonicalJson(after.fields);
  await deps.rows.writeRows(tx, entity, [
    {
      id: record.id,
      expected: record.version,
      version: after.version,
      contentHash: hashOfText(fieldsText),
      provenance: after.provenance,
      fieldsText,
    },
  ]);
  if (!(await deps.conflicts.closeConflict(tx, id, { ...outcome, value })))
    throw new KoppelError('FIELD_CONFLICT_OVER', { id });
  await announce(deps, tx, after, { field, before: held, value, from: choice?.from ?? null, conflict: id });
}

/** The value as the field holds it, or why it cannot. */
function valid({ entity, field }: FieldConflictRow, value: Json): Json {
  if (value === null) {
    if (isRequired(entity, field)) throw new KoppelError('FIELD_VALUE_INVALID', { field, what: 'it cannot be empty' });
    return null;
  }
  const { fields, problems } = normaliseFields(entity, { [field]: value }, []);
  const [problem] = problems;
  if (problem !== undefined) throw new KoppelError('FIELD_VALUE_INVALID', { field, what: problem.message });
  return fields[field] ?? null;
}

function settled(record: CanonicalRecord, field: string, value: Json, choice: Chosen | null): CanonicalRecord {
  const fields = Object.fromEntries(Object.entries({ ...record.fields, [field]: value }).filter(([, v]) => v !== null));
  const left = Object.entries(record.provenance).filter(([key]) => key !== keyOfContest(field));
  const owner = choice === null ? {} : { [field]: choice.from ?? worker };
  return { ...record, version: record.version + 1, fields, provenance: { ...Object.fromEntries(left), ...owner } };
}

async function announce(
  deps: FieldOwnershipDeps,
  tx: Tx,
  { entity, id, version }: CanonicalRecord,
  done: { readonly field: string; readonly before: Json; readonly value: Json; readonly from: string | null; readonly conflict: string }, // prettier-ignore
): Promise<void> {
  const { field, before, value, from, conflict } = done;
  const traceId = newId('trace');
  const event: CanonicalEvent = {
    entity,
    id,
    version,
    action: 'updated',
    changes: sameJson(before, value) ? {} : { [field]: [before, value] },
    cause: { system: worker, externalId: conflict },
  };
  await deps.log.append(tx, deps.canonicalTopic, [{ key: id, traceId, payload: event as unknown as Json }]);
  await deps.journal.appendJournal(tx, [
    {
      traceId,
      step: 'conflict',
      outcome: 'resolved',
      flow: null,
      system: from,
      entity,
      canonicalId: id,
      externalId: null,
      detail: { fields: [field], conflict, version },
    },
  ]);
}
