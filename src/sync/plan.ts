/**
 * What to do about one projection: pure. In: the row, its canonical document as the mapping translated it, the references
 * that exist, the settings of the flow. Out: a plan: write these fields, wait for those records, leave it out, or nothing.
 */
import { KoppelError } from '../base/errors.js';
import type { Document, Field, Json } from '../base/document.js';
import { says } from '../base/says.js';
import type { MappedRecord, RecordProblem, UnmappedNote } from '../mapping/mapping.js';
import type { Projection } from '../store/projections.js';
import type { TargetReference } from '../store/target-references.js';
import type { FlowSettings } from './configuration.js';
import { changedFields, pick, unclear } from './difference.js';
import { isIdle, withoutIdleWishes } from './idle-wishes.js';
import { withNormalDecimals } from './normal-decimals.js';
import type { NotOurs } from './owned-by-target.js';
import { missingSettings } from './prepare-document.js';
import { resolveMentions, type Mention, type Resolved } from './reference-fields.js';
import { withToldContacts } from './told-contacts.js';

/**
 * Whether to look for the record by its natural key: before a create, or instead of one. `known`: the target is known to have it,
 * so nothing is made now even if it is not found. `verify`: after a restore; it is made later, when its flow was compared.
 */
export type Look = 'never' | 'first' | 'only' | 'known' | 'verify';

export type Plan =
  | {
      readonly type: 'write';
      readonly document: Document;
      readonly changed: readonly string[];
      /** Top-level fields that the hub owns in this record. */
      readonly owned: readonly string[];
      readonly look: Look;
      readonly repairs: readonly string[];
      /** Fields that somebody changes again and again: they stay as the target has them, and are judged after the write. */
      readonly leftAlone?: readonly string[];
    }
  | { readonly type: 'in_sync'; readonly wanted: Document; readonly held: Document | null }
  | { readonly type: 'verify' }
  | { readonly type: 'waiting'; readonly missing: readonly Mention[] }
  | { readonly type: 'excluded'; readonly reason: string }
  | {
      readonly type: 'parked';
      readonly error: KoppelError;
      readonly problems: readonly RecordProblem[];
      readonly trace?: readonly string[];
    };

/** What the mapping made of a record, or why it was not even asked. */
export type Prepared =
  MappedRecord | { readonly type: 'refused'; readonly error: KoppelError; readonly trace: readonly string[] };

export interface PlanInput {
  readonly row: Projection;
  /** Name of the target. */
  readonly system: string;
  readonly mapped: Prepared;
  readonly isDeleted: boolean;
  /** The record itself came from the target. */
  readonly isFromTarget: boolean;
  /** Top-level fields that an update leaves alone. */
  readonly notOurs: NotOurs;
  /** Top-level fields made from what was moved back on purpose. */
  readonly movedBack: ReadonlySet<string>;
  /** The record's own reference in the target. */
  readonly reference: TargetReference | undefined;
  readonly referenceOf: (
    entity: string,
    canonicalId: string,
  ) => Pick<TargetReference, 'externalId' | 'key'> | undefined;
  readonly fields: readonly Field[];
  readonly createOnly: ReadonlySet<string>;
  readonly settings: Pick<FlowSettings, 'createMissing' | 'updateExisting'>;
  readonly hasUniqueKey: boolean;
}

export function planRow(input: PlanInput): Plan {
  const { row, mapped, reference } = input;
  // Without a reference: what was sent to make it may be there.
  if (row.drifted.includes(unclear) && (reference !== undefined || row.wanted !== null)) return { type: 'verify' };
  if (mapped.type === 'excluded') return { type: 'excluded', reason: mapped.reason };
  if (mapped.type === 'refused') {
    const { error, trace } = mapped;
    return { type: 'parked', error, problems: [], ...(trace.length === 0 ? {} : { trace }) };
  }
  if (mapped.type === 'failed') return parked(mapped.problems, input.system);
  // A record that the target gave says itself what it holds; of all others the hub knows what it has asked for.
  const isAdopted = reference !== undefined && row.wanted === null && row.held === null;
  const wishes = isAdopted ? mapped.document : withoutIdleWishes(mapped.document, row.wanted, input.fields);
  return reference === undefined ? planCreate(input, wishes) : planUpdate(input, wishes);
}

function planCreate(input: PlanInput, mapped: Document): Plan {
  if (input.isDeleted) return { type: 'excluded', reason: 'It was gone from its source before the target had it.' };
  // Of a contact that the target has itself nothing but its id is wanted, so that orders can name it.
  if (input.isFromTarget && !isOwnContact(input))
    return { type: 'excluded', reason: 'It came from the target itself, which is not given it again.' };
  const { document, missing } = resolve(input, mapped);
  if (missing.length > 0) return { type: 'waiting', missing };
  const { unstated } = input.notOurs;
  const owned = Object.keys(document).filter((field) => !input.createOnly.has(field) && !unstated.has(field));
  const look = input.settings.createMissing && !isOwnContact(input) ? (input.hasUniqueKey ? 'never' : 'first') : 'only';
  return { type: 'write', document, changed: Object.keys(document), owned, look, repairs: [] };
}

const isOwnContact = ({ isFromTarget, row }: PlanInput): boolean => isFromTarget && row.entity === 'contact';

function planUpdate(input: PlanInput, wishes: Document): Plan {
  const { row, settings, movedBack } = input;
  const mapped = withToldContacts(wishes, input.fields, row, (part) => resolve(input, part).document);
  const stated = Object.keys(mapped).filter((field) => isOurs(input, field, mapped[field]));
  const { document: told, missing } = resolve(input, pick(mapped, stated));
  if (missing.length > 0) return { type: 'waiting', missing };
  const document = inOrder(mapped, { ...told, ...theirs(input, mapped, stated) });
  const givenBack = Object.keys(document).filter((field) => isOverwritten(input, field, document[field]));
  const owned = Object.keys(mapped).filter((field) => stated.includes(field) || givenBack.includes(field));
  const ours = pick(document, owned);
  const held = row.held === null ? null : pick(row.held, owned);
  const shown = held === null ? null : withNormalDecimals(held, input.fields);
  const known = { wanted: row.wanted, held: shown, drifted: row.drifted, movedBack };
  const changed = changedFields(ours, known, input.fields);
  if (changed.length === 0) {
    // A record that the target gave is adopted as it is: what it says by itself is the measure for later changes. Of what is
    // contested it says something else.
    // Of its own contact it is kept who that is.
    const isAdopted = (row.wanted === null && row.held === null) || isOwnContact(input);
    const said = Object.keys(document).filter((field) => !input.notOurs.contested.has(field));
    return { type: 'in_sync', wanted: isAdopted ? pick(document, said) : ours, held };
  }
  if (!settings.updateExisting) {
    return { type: 'excluded', reason: 'The flow does not update records that the target has already.' };
  }
  const repairs = changed.filter((field) => row.drifted.includes(field));
  return { type: 'write', document, changed, owned, look: 'never', repairs };
}

/** What nobody states is ours only to empty it, where the hub has put something before. */
function isOurs({ createOnly, notOurs, row }: PlanInput, field: string, wish: Json | undefined): boolean {
  if (createOnly.has(field) || notOurs.ofTarget.has(field)) return false;
  return !notOurs.unstated.has(field) || (isIdle(wish) && !isIdle(row.wanted?.[field]));
}

/**
 * The target has said it, and a write of ours that was on its way has replaced it there by what was true before: it is given
 * back. Only what the target is known to hold from us can have been.
 */
function isOverwritten({ createOnly, notOurs, row }: PlanInput, field: string, word: Json | undefined): boolean {
  if (!notOurs.ofTarget.has(field) || notOurs.contested.has(field) || createOnly.has(field)) return false;
  const [written, held] = [row.wanted?.[field], row.held?.[field]];
  if (word === undefined || written === undefined || held === undefined) return false;
  return says(held, written) && !says(held, word);
}

function resolve(input: PlanInput, document: Document): Resolved {
  return resolveMentions(document, input.fields, (mention) => {
    const found = input.referenceOf(mention.entity, mention.canonicalId);
    return mention.use === 'id' ? found?.externalId : (found?.key ?? undefined);
  });
}

/** The fields that are not ours in this record, as far as the target knows what they name: nothing waits for them. */
function theirs(input: PlanInput, mapped: Document, owned: readonly string[]): Document {
  const rest: Record<string, Json> = {};
  for (const field of Object.keys(mapped)) {
    if (owned.includes(field)) continue;
    const { document, missing } = resolve(input, pick(mapped, [field]));
    if (missing.length === 0) Object.assign(rest, document);
  }
  return rest;
}

const inOrder = (like: Document, document: Document): Document => pick(document, Object.keys(like));

function parked(problems: readonly RecordProblem[], system: string): Plan {
  const what = problems.map((problem) => problem.message).join('; ');
  const unmapped = problems.find((problem) => problem.code === 'UNMAPPED_VALUE');
  const setting = problems.find(
    ({ code, sourcePath = '' }) => code === 'MISSING_VALUE' && sourcePath in missingSettings,
  );
  const code =
    unmapped !== undefined ? 'UNMAPPED_VALUE' : (missingSettings[setting?.sourcePath ?? ''] ?? 'MAPPING_FAILED');
  const place = unmapped ?? setting ?? problems[0];
  return { type: 'parked', problems, error: new KoppelError(code, { system, what }, place) };
}

/** Codes without an entry, with those of a record that cannot be mapped for lack of an entry. */
export function unmappedIn(mapped: Prepared): readonly UnmappedNote[] {
  if (mapped.type === 'mapped') return mapped.unmapped;
  if (mapped.type !== 'failed') return [];
  return mapped.problems.flatMap(({ list, value, secondKey }) =>
    list === undefined || value === undefined
      ? []
      : [{ list, value: String(value), ...(secondKey === undefined ? {} : { secondKey }) }],
  );
}
