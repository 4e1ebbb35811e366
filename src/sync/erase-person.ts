/**
 * Takes a person out of every store of the hub, inside one transaction. In: a customer. Out: per store how many rows said
 * something of him, and how many stay without him. Amounts, dates and VAT of his orders stay, and so does that things happened.
 */
import { contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { newId } from '../base/ids.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import {
  erasedText,
  personalTextsIn,
  quotes,
  withoutPersonIn,
  withoutPersonInChanges,
  withoutTexts,
  type PersonalTexts,
} from '../canonical/erasure.js';
import { worker } from '../canonical/ownership.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { ChangeLog, LogEntry } from '../log/change-log.js';
import { changeKey, type CanonicalEvent } from '../log/envelope.js';
import type { Tx } from '../store/database.js';
import type { ErasedReference } from '../store/erasures.js';
import type { LogKey, LogKind, PersonIds, Scrubbing } from '../store/erasure-scrub.js';
import type { Stream } from '../systems/system.js';
import type { Configuration } from './configuration.js';
import { erasedCode, erasedState } from './erased-documents.js';

export interface ErasePersonDeps {
  readonly log: Pick<ChangeLog<Tx>, 'append'>;
  readonly canonicalTopic: string;
  /** Topic of what a system showed, in the log that Postgres keeps. */
  readonly changesTopic: (system: string) => string;
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows' | 'writeRows'>;
  readonly journal: Pick<typeof import('../store/journal.js'), 'appendJournal'>;
  readonly store: typeof import('../store/erasures.js');
  readonly scrub: typeof import('../store/erasure-scrub.js') &
    typeof import('../store/erasure-records.js') &
    typeof import('../store/erasure-sweep.js') &
    Pick<typeof import('../store/export-files.js'), 'dropPersonalExports'>;
}

/** How many rows of a store said something of him, and how many of them stay without him. */
export interface StoreCount {
  readonly store: string;
  readonly removed: number;
  readonly retained: number;
}

export type ErasePerson = (tx: Tx, configuration: Configuration, person: PersonIds) => Promise<readonly StoreCount[]>;

export function makeErasePerson(deps: ErasePersonDeps): ErasePerson {
  const { store, scrub, rows } = deps;
  return async (tx, configuration, person) => {
    const { customerId, orderIds } = person;
    const references = await store.referencesOf(tx, [customerId, ...orderIds]);
    const customers = await rows.loadRows(tx, 'customer', [customerId]);
    const orders = await rows.loadRows(tx, 'order', orderIds);
    const past = await scrub.eventsOf(tx, person, deps.canonicalTopic);
    const texts = personalTextsIn([...customers, ...orders, ...past]);
    const scrubbing = makeScrubbing(configuration, texts);
    const recordOf = (system: string, entity: string): string => recordIn(configuration, system, entity);

    const changed = [...customers, ...orders].map(withoutPerson).filter((pair) => pair !== null);
    for (const entity of ['customer', 'order'] as const) {
      const written = changed.filter(({ after }) => after.entity === entity).map(({ after }) => toRow(after));
      await rows.writeRows(tx, entity, written);
    }
    const logged = await scrub.scrubChanges(tx, logKeysOf(configuration, deps, references), scrubbing);
    const others = await scrub.scrubOtherChanges(tx, salesIn(configuration, deps), texts.telling, isHisIn(configuration, references), scrubbing); // prettier-ignore
    const events = await scrub.scrubEvents(tx, person, deps.canonicalTopic, scrubbing);
    const steps = await scrub.scrubJournal(tx, person, references, recordOf, scrubbing);
    const problems = await scrub.scrubProblems(tx, person, references, recordOf, scrubbing);
    const told = await scrub.scrubProjections(tx, person, { text: erasedState, code: erasedCode }, recordOf, scrubbing);
    const said = await scrub.scrubStatements(tx, person, scrubbing);
    const aside = await scrub.scrubDeferred(tx, references, scrubbing);
    const conflicts = await scrub.scrubConflicts(tx, person, scrubbing);
    const compared = await scrub.scrubFindings(tx, person);
    const foreseen = await scrub.scrubForeseen(tx, person);
    await scrub.scrubMerges(tx, customerId);
    // Copies of lists for a day: who needs one exports again.
    const files = await scrub.dropPersonalExports(tx);
    const ids = new Set([customerId, ...orderIds]);
    const swept = await scrub.sweep(tx, {
      telling: texts.telling,
      document: (value) => withoutTexts(texts, value),
      text: (text) => withoutQuotes(texts, text),
      isOfOthers: (row) => typeof row['canonical_id'] === 'string' && !ids.has(row['canonical_id']),
    });
    await announce(deps, tx, changed);
    const own = changed.filter(({ after }) => after.entity === 'customer').length;
    const all = (name: string, removed: number): StoreCount => ({ store: name, removed, retained: removed });
    const gone = (name: string, removed: number): StoreCount => ({ store: name, removed, retained: 0 });
    return [
      { store: 'customer', removed: own, retained: customers.length },
      { store: 'orders', removed: changed.length - own, retained: orders.length },
      all('changes', logged + others),
      all('events', events),
      all('journal', steps),
      all('problems', problems + (swept['problems'] ?? 0)),
      gone('projections', told + said + compared),
      gone('deferred', aside),
      gone('conflicts', conflicts),
      gone('exports', files),
      ...['jobs', 'mappingTests', 'answers', 'audit', 'alerts', 'states'].map((name) =>
        all(name, (swept[name] ?? 0) + (foreseen[name] ?? 0)),
      ),
    ];
  };
}

interface Changed {
  readonly before: CanonicalRecord;
  readonly after: CanonicalRecord;
  readonly fields: readonly string[];
}

/** The record without him; null when there was nothing of him. What was contested about him is over. */
function withoutPerson(before: CanonicalRecord): Changed | null {
  const isCustomer = before.entity === 'customer';
  const kept = withoutPersonIn(before.entity, before.fields);
  const fields: Document = isCustomer ? { ...kept, isActive: false } : kept;
  const names = Object.keys({ ...before.fields, ...fields });
  const changed = names.filter((name) => JSON.stringify(before.fields[name]) !== JSON.stringify(fields[name]));
  const filled = changed.filter((name) => !isEmptyList(before.fields[name]));
  if (filled.length === 0) return null;
  const provenance = Object.fromEntries(
    Object.entries(before.provenance).filter(([key]) => !(isCustomer && key.endsWith('.contested'))),
  );
  return { before, after: { ...before, version: before.version + 1, fields, provenance }, fields: filled };
}

const isEmptyList = (value: Json | undefined): boolean => Array.isArray(value) && value.length === 0;

const toRow = ({ id, version, fields, provenance }: CanonicalRecord) => ({
  id,
  expected: version - 1,
  version,
  contentHash: contentHash(fields),
  provenance,
  fields,
});

/** Kind of record that a system is told of an entity. */
function recordIn({ systems }: Configuration, system: string, entity: string): string {
  const { targets = [], streams = [] } = systems.get(system)?.connector ?? {};
  const target = targets.find((each) => each.entity === (entity as ProjectedEntity));
  return target?.record ?? streams.find((each) => each.entity === entity)?.record ?? entity;
}

const makeScrubbing = ({ systems }: Configuration, texts: PersonalTexts): Scrubbing => ({
  ofSystem: (system, record, document) => systems.get(system)?.connector.personal.withoutPerson(record, document) ?? {},
  ofHub: withoutPersonIn,
  changes: withoutPersonInChanges,
  texts: (value) => withoutTexts(texts, value),
  his: (value) => withoutTexts(texts, value, true),
  sentence: (text) => (text !== null && withoutTexts(texts, text, true) !== text ? null : text),
});

/** Lines that quote him, as JSON where it is JSON. */
function withoutQuotes(texts: PersonalTexts, text: string): string {
  return isDocument(text)
    ? JSON.stringify(withoutTexts(texts, JSON.parse(text) as Json))
    : quotes(texts, text)
      ? erasedText
      : text;
}

/** A number of digits is JSON too, and may be that of a telephone. */
function isDocument(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** Where the log holds sales. */
const salesIn = ({ systems }: Configuration, { changesTopic }: ErasePersonDeps): readonly LogKind[] =>
  [...systems].flatMap(([system, { connector }]) =>
    salesOf(connector.streams).map((record) => ({
      topic: changesTopic(system),
      prefix: changeKey({ record, externalId: '' }),
    })),
  );

const salesOf = (streams: readonly Stream[]): readonly string[] => [
  ...new Set(streams.filter(({ entity }) => entity === 'order').map(({ record }) => record)),
];

/** Keys of the log under which the systems' records of him and of his orders stand. */
export function logKeysOf(
  { systems }: Configuration,
  { changesTopic }: Pick<ErasePersonDeps, 'changesTopic'>,
  references: readonly ErasedReference[],
): readonly LogKey[] {
  return references.flatMap(({ system, entity, externalId }) => {
    const streams = systems.get(system)?.connector.streams.filter((stream) => stream.entity === entity) ?? [];
    const records = streams.flatMap((stream) => [stream.record, ...Object.keys(stream.others ?? {})]);
    return records.map((record) => ({ topic: changesTopic(system), key: changeKey({ record, externalId }) }));
  });
}

/** Sales that the hub never took over: those of the customer, and those of nobody that quote him. */
function isHisIn({ systems }: Configuration, references: readonly ErasedReference[]) {
  const his = new Set(
    references.filter(({ entity }) => entity === 'customer').map((each) => `${each.system} ${each.externalId}`),
  );
  return ({ system, record, document }: { system: string; record: string; document: Document }): boolean => {
    const connector = systems.get(system)?.connector;
    const isSale = salesOf(connector?.streams ?? []).includes(record);
    const customer = connector?.personal.customerOf(record, document);
    return isSale && (customer === undefined || his.has(`${system} ${customer}`));
  };
}

/** That the records changed is told like any other change; what stood there is not. */
async function announce(deps: ErasePersonDeps, tx: Tx, changed: readonly Changed[]): Promise<void> {
  const traceId = newId('trace');
  const events = changed.map(({ after: { entity, id, version }, fields }): LogEntry => {
    const event: CanonicalEvent = {
      entity,
      id,
      version,
      action: 'updated',
      changes: Object.fromEntries(fields.map((field) => [field, [null, null]])),
      cause: { system: worker, externalId: id },
    };
    return { key: id, traceId, payload: event as unknown as Json };
  });
  await deps.log.append(tx, deps.canonicalTopic, events);
  await deps.journal.appendJournal(
    tx,
    changed.map(({ after: { entity, id, version }, fields }) => ({
      traceId,
      step: 'applied' as const,
      outcome: 'erased',
      entity,
      canonicalId: id,
      code: erasedCode,
      detail: { version, fields },
    })),
  );
}
