/**
 * Evaluates claimed rows: loads their canonical documents and references in bulk, maps, and plans each one. In: rows of one
 * target inside a transaction. Out: each row with its plan, or why it has none. Writes nothing but allocated numbers.
 */
import type { Document, Field } from '../base/document.js';
import type { KoppelError } from '../base/errors.js';
import { addedToOf, wholeListsOf } from '../base/says.js';
import { isCarriedBy } from '../canonical/entities.js';
import type { OrderSituation } from '../canonical/invoices.js';
import type { UnmappedNote } from '../mapping/mapping.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import type { Tx } from '../store/database.js';
import type { Projection } from '../store/projections.js';
import type { TargetReference } from '../store/target-references.js';
import type { TargetRecord } from '../systems/system.js';
import { withNumbers } from './article-numbers.js';
import type { Configuration, ConnectedSystem, Flow, PublishedMapping } from './configuration.js';
import {
  erasedCode,
  erasedState,
  isSilentAbout,
  toldOfErased,
  withErased,
  type ErasedDocuments,
} from './erased-documents.js';
import { matchFields } from './match-key.js';
import { isLeftToStream } from './left-to-stream.js';
import { mergedCode, mergedState, withMerged } from './merged-customers.js';
import { calculated } from './of-one-record.js';
import { fieldsMovedBack, fieldsNotOurs, manualPaths, type NotOurs, type Unheard } from './owned-by-target.js';
import { personOf, type Person } from './other-person.js';
import { withOwnItemsOnly } from './own-items.js';
import { planRow, unmappedIn, type Plan, type Prepared } from './plan.js';
import { amongFlows, prepareDocument } from './prepare-document.js';
import type { ProjectorStores } from './projector-deps.js';
import { mentionsIn } from './reference-fields.js';
import { runMapping } from './run-mapping.js';
import { sharedCode, sharedReason } from './settle-matched.js';
import { unusableOf, type UnusableCustomers } from './unusable-customers.js';

export interface Evaluated extends Person {
  readonly plan: Plan;
  readonly flow: Flow;
  readonly record: TargetRecord;
  readonly mapping: PublishedMapping;
  readonly reference: TargetReference | undefined;
  /** Fields by which a record that somebody else made counts as this one. */
  readonly matchBy: readonly string[];
  /** The target is a source of such records too. */
  readonly isAlsoSource: boolean;
  readonly wholeLists: ReadonlySet<string>;
  readonly addedTo: ReadonlySet<string>;
  /** What the mapping read; null when it was not asked. */
  readonly read: Document | null;
  readonly mapped: Prepared;
  /** Values that no value list has an entry for, whether or not a default stands in. */
  readonly unmapped: readonly UnmappedNote[];
}

/** A row that cannot be planned with this configuration. */
export interface Unplanned {
  readonly row: Projection;
  readonly reason: string;
  readonly reasonCode: string | null;
  readonly state: 'retrying' | 'excluded';
}

interface Mapped extends Person {
  readonly flow: Flow;
  readonly record: TargetRecord;
  readonly mapping: PublishedMapping;
  readonly source: CanonicalDocument;
  readonly read: Document | null;
  readonly mapped: Prepared;
  readonly notOurs: NotOurs;
}

export interface Evaluation {
  readonly evaluated: readonly Evaluated[];
  readonly unplanned: readonly Unplanned[];
}

/** What planning reads. */
export type EvaluateStores = Pick<
  ProjectorStores,
  'documents' | 'situations' | 'references' | 'aliases' | 'numbers' | 'erasures' | 'merges'
>;

/** What a target calls records of the hub, by `<entity>:<canonical id>`. */
type Names = ReadonlyMap<string, Pick<TargetReference, 'externalId' | 'key'>>;

interface Around extends UnusableCustomers {
  readonly configuration: Configuration;
  readonly system: ConnectedSystem;
  readonly own: ReadonlyMap<string, TargetReference>;
  readonly shared: Names;
  /** How orders stand to other ones, by canonical id. */
  readonly situations: ReadonlyMap<string, OrderSituation>;
  /** Records that the target cannot hold, by canonical id. */
  readonly refused: ReadonlyMap<string, KoppelError>;
  readonly erased: ErasedDocuments;
  /** Customers for whom another one is written. */
  readonly merged: ReadonlySet<string>;
}

export async function evaluate(
  stores: EvaluateStores,
  tx: Tx,
  configuration: Configuration,
  system: ConnectedSystem,
  rows: readonly Projection[],
): Promise<Evaluation> {
  const ids = rows.map((row) => row.canonicalId);
  const byEntity = [...new Set(rows.map((row) => row.entity))].map(
    (entity) => [entity, rows.filter((row) => row.entity === entity)] as const,
  );
  const [own, shared, ...documentsOf] = await Promise.all([
    stores.references.loadTargetReferences(tx, system.key, ids, hasVariants(system)),
    stores.aliases.loadAliases(tx, system.key, ids),
    ...byEntity.map(([entity, ofEntity]) =>
      stores.documents.loadDocuments(
        tx,
        entity,
        ofEntity.map((row) => row.canonicalId),
      ),
    ),
  ]);
  const unplanned: Unplanned[] = [];
  const mapped: Mapped[] = [];
  for (const [index, [entity, ofEntity]] of byEntity.entries()) {
    const loaded = documentsOf[index] ?? new Map<string, CanonicalDocument>();
    const here = { flows: configuration.flows, system, rows: ofEntity };
    const numbered = await withNumbers(stores, tx, here, loaded);
    const { refused } = numbered;
    const { documents: named, merged } = await withMerged(stores.merges, tx, system.key, entity, numbered.documents);
    const erased = await withErased(stores.erasures, tx, entity, named);
    const { documents } = erased;
    const unusable = await unusableOf(stores, tx, system, entity, documents);
    const orderIds = entity === 'order' ? [...documents.keys()] : [];
    const situations = await stores.situations.loadOrderSituations(tx, system.key, orderIds);
    const around: Around = { configuration, system, own, shared, ...unusable, situations, refused, erased, merged };
    for (const row of ofEntity) {
      const made = calculated(() => mapOne(around, row, documents.get(row.canonicalId)));
      if ('reason' in made) unplanned.push(made);
      else mapped.push(made);
    }
  }
  const names = await loadNames(stores, tx, system, mapped, own);
  const evaluated = calculated(() => mapped.map((each) => planOne(configuration, system, each, own, names)));
  return { unplanned, evaluated };
}

function mapOne(around: Around, row: Projection, source: CanonicalDocument | undefined): Mapped | Unplanned {
  const { configuration, system } = around;
  const key = keyOf(row);
  const flow = configuration.flows.find((each) => each.key === row.flow && isCarriedBy(row.entity, each.entity));
  const record = system.connector.targets.find((each) => each.entity === row.entity);
  const mapping = configuration.outbound(system.key, row.entity);
  const excluded = (reason: string, reasonCode: string | null = null): Unplanned => ({
    row,
    state: 'excluded',
    reason,
    reasonCode,
  });
  if (record === undefined) {
    const isPart =
      row.entity === 'variant' && system.connector.targets.some(({ numbersParts }) => numbersParts === true);
    return excluded(isPart ? 'It is a part of its product there.' : `${system.name} takes no records of this kind.`);
  }
  if (flow === undefined || mapping === undefined) {
    const what = flow === undefined ? 'The flow' : 'The mapping';
    return { row, state: 'retrying', reason: `${what} of this record is not in use yet.`, reasonCode: null };
  }
  if (source === undefined) {
    if (row.entity === 'contact') return excluded('The customer has no contact.');
    return excluded('The record itself has not been read yet.', 'NOT_READ');
  }
  if (isSilentAbout(around.erased, row.canonicalId, around.own.has(key))) return excluded(erasedState, erasedCode);
  // An erased one is told a placeholder wherever it is.
  if (around.merged.has(row.canonicalId) && !around.erased.told.has(row.canonicalId))
    return excluded(mergedState, mergedCode);
  // Its VAT depends on the country of the branch.
  if (source.document['isLocationUnread'] === true) {
    return { row, state: 'retrying', reason: 'Its branch has not been read yet.', reasonCode: null };
  }
  const shared = around.own.has(key) ? undefined : around.shared.get(key);
  if (shared !== undefined) return excluded(sharedReason(system.key, shared), sharedCode);
  const customer = String(source.document['customer']);
  const isThere = around.own.has(key);
  const prepared = prepareDocument({
    entity: row.entity,
    source,
    flow,
    system,
    isThere,
    counts: configuration.counts,
    isCustomerUnusable: around.unusable.has(customer),
    isContactUnusable: around.withoutContact.has(customer),
    situation: around.situations.get(row.canonicalId),
    ...amongFlows(configuration, flow),
  });
  const notOurs = fieldsNotOurs(mapping.compiled, source, system.key, unheardOf(around, row));
  const error = around.refused.get(row.canonicalId);
  const said: Prepared =
    error !== undefined ? { type: 'refused', error, trace: [] }
    : prepared.type === 'document' ? runMapping(mapping, prepared.document, isThere, notOurs.ofTarget)
    : prepared; // prettier-ignore
  const mapped = toldOfErased(around.erased, row.canonicalId, record.record, system.connector.personal, said);
  const read = prepared.type === 'document' ? prepared.document : null;
  const made = { row, flow, record, mapping, source, read, mapped, notOurs };
  return { ...made, ...personOf(made, isThere) };
}

/** A record that was found in a target which is a source too: its stream has not shown it yet, and will. */
function unheardOf(
  { configuration, system, own }: Around,
  { entity, canonicalId, held }: Projection,
): Unheard | undefined {
  if (own.get(`${entity}:${canonicalId}`)?.isUnread !== true || !isLeftToStream(configuration, system.key, entity))
    return undefined;
  return { held, isManual: manualPaths(configuration.fieldOwners, entity) };
}

/** Its variants are records of their own. */
const hasVariants = ({ connector }: ConnectedSystem): boolean =>
  connector.targets.some(({ entity }) => entity === 'variant');

const fieldsOf = (system: ConnectedSystem, record: TargetRecord): readonly Field[] =>
  system.connector.catalogue.find((each) => each.record === record.record)?.fields ?? [];

async function loadNames(
  stores: EvaluateStores,
  tx: Tx,
  system: ConnectedSystem,
  mapped: readonly Mapped[],
  own: Names,
): Promise<Names> {
  const ids = new Set<string>();
  for (const { mapped: result, record } of mapped) {
    if (result.type !== 'mapped') continue;
    for (const mention of mentionsIn(result.document, fieldsOf(system, record))) ids.add(mention.canonicalId);
  }
  const [shared, mentioned] = await Promise.all([
    stores.aliases.loadAliases(tx, system.key, [...ids]),
    stores.references.loadTargetReferences(tx, system.key, [...ids], hasVariants(system)),
  ]);
  const replaced = new Set(mapped.flatMap(({ row, isReplaced }) => (isReplaced ? [keyOf(row)] : [])));
  return new Map([...shared, ...own, ...mentioned].filter(([key]) => !replaced.has(key)));
}

const keyOf = ({ entity, canonicalId }: Projection): string => `${entity}:${canonicalId}`;

function planOne(
  configuration: Configuration,
  system: ConnectedSystem,
  each: Mapped,
  own: ReadonlyMap<string, TargetReference>,
  names: Names,
): Evaluated {
  const { flow, record, mapping, source, mapped, notOurs, others, isReplaced } = each;
  const fields = fieldsOf(system, record);
  const row = withOwnItemsOnly(each, fields);
  const reference = isReplaced ? undefined : own.get(keyOf(row));
  const plan = planRow({
    row,
    system: system.name,
    mapped,
    isDeleted: source.isDeleted,
    isFromTarget: source.originOf('*') === system.key,
    notOurs,
    movedBack: fieldsMovedBack(mapping.compiled, source.isMovedBack),
    reference,
    referenceOf: (entity, id) => names.get(`${entity}:${id}`),
    fields,
    createOnly: mapping.compiled.createOnly,
    settings: flow.settings,
    hasUniqueKey: record.uniqueKey,
  });
  const isAlsoSource = isLeftToStream(configuration, system.key, row.entity);
  return {
    row,
    plan,
    flow,
    record,
    mapping,
    reference,
    isReplaced,
    others,
    matchBy: plan.type === 'write' ? matchFields(record, flow.settings, plan.document) : [],
    isAlsoSource,
    wholeLists: wholeListsOf(fields),
    addedTo: addedToOf(fields),
    read: each.read,
    mapped,
    unmapped: unmappedIn(mapped),
  };
}
