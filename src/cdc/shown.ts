/**
 * What a system says after a write of ours, in canonical words: the written record goes through the same inbound mapping as
 * the record that the system's stream will show. In: the record as the write returned it, and what the write changed. Out:
 * the fields of which the last statement is kept (canonical/statements.ts). Pure but for the present configuration.
 */
import type { Document, Json } from '../base/document.js';
import { sameJson } from '../base/content-hash.js';
import { normaliseFields } from '../canonical/normalise.js';
import { isKeyOf } from '../base/payment-keys.js';
import { fieldPolicies, type FieldPolicy } from '../canonical/ownership.js';
import { sharedPart, type Statement } from '../canonical/statements.js';
import { wordsIn } from '../canonical/words.js';
import type { Configuration, ConfigurationSource } from '../sync/configuration.js';
import { asSent, leftByUs, picked, unsent, type AcknowledgedWrite, type ShownStatement } from './acknowledged-write.js';
import { shownOfCatalogue } from './shown-catalogue.js';
import { shownOfContact } from './shown-contact.js';
import { ownershipOf } from './sources.js';

/** Empty when nothing is kept of such records, or the mapping makes nothing of this one. */
export type ShownBy = (write: AcknowledgedWrite) => readonly ShownStatement[];

export function makeShownBy(configuration: ConfigurationSource): ShownBy {
  const statementBy = makeStatementBy(configuration);
  return (write) => {
    const { entity, externalId } = write;
    if (entity === 'contact') return shownOfContact(configuration.current(), write);
    if (entity !== 'customer' && entity !== 'order') return shownOfCatalogue(configuration.current(), write);
    const statement = statementBy(write);
    if (statement === null) return [];
    const madeFrom = configuration.current().inbound(write.system, write.record)?.compiled.dependsOn ?? new Map();
    const words = entity === 'order' ? wordsIn(write.document, madeFrom) : {};
    return [{ entity, externalId, statement, words: picked(words, Object.keys(statement.now)) }];
  };
}

function makeStatementBy(configuration: ConfigurationSource): (write: AcknowledgedWrite) => Statement | null {
  return (write) => {
    const { entity, document, changed } = write;
    if (entity !== 'customer' && entity !== 'order') return null;
    const current = configuration.current();
    const now = stated(current, write, document);
    if (now === null) return null;
    if (changed === null) return { now: leftOf(current, write, madeByUs(current, write, now)), before: {} };
    // A field is ours when it would say something else without what was sent; the rest may be somebody else's edit.
    const former = withGiven(current, write, unsent(write, changed));
    const without = stated(current, write, former);
    // What it said before cannot be told, so neither can whose the rest is. Of an order nothing is lost by hearing our own
    // words again: stages only go on, and payments have keys.
    if (without === null) return { now: entity === 'order' ? {} : now, before: {} };
    const sent = withGiven(current, write, picked(write.sent, changed));
    const expected = stated(current, write, { ...former, ...sent });
    const said = withoutTheirs(entity, { now, without, expected }, write.system);
    const ours = Object.keys(said).filter((field) => !sameJson(said[field], without[field]));
    return { now: leftOf(current, write, picked(said, ours)), before: picked(without, ours) };
  };
}

/** Of fields that are not judged by their items or stages: without what somebody has said after our write and before it was read. */
function leftOf(configuration: Configuration, write: AcknowledgedWrite, ours: Document): Document {
  const { entity } = write;
  if (write.mayHoldEdits !== true || (entity !== 'customer' && entity !== 'order')) return ours;
  const told = stated(configuration, write, asSent(write)) ?? {};
  const policies: Readonly<Record<string, FieldPolicy>> = fieldPolicies[entity];
  const left = Object.entries(ours).map(([field, value]) => {
    const isJudged = ['furthest', 'furthestItems', 'union'].includes(policies[field] ?? '');
    return [field, isJudged ? value : leftByUs(value, told[field])];
  });
  return Object.fromEntries(left) as Document;
}

interface Statements {
  readonly now: Document;
  readonly without: Document;
  /** With what was sent, and nothing else changed. */
  readonly expected: Document | null;
}

/**
 * What a record that we made says of ours. It may be found only long after, when its answer was lost: payments that were
 * booked there since, and stages that it was not made in, are news.
 */
function madeByUs(configuration: Configuration, write: AcknowledgedWrite, now: Document): Document {
  const { entity, system, sent, document } = write;
  const whole = withGiven(configuration, write, sent);
  const expected = stated(configuration, write, whole) ?? stated(configuration, write, { ...document, ...whole });
  if (expected === null || (entity !== 'customer' && entity !== 'order')) return now;
  const said = withoutTheirs(entity, { now, without: {}, expected }, system);
  const policies: Readonly<Record<string, FieldPolicy>> = fieldPolicies[entity];
  const isNews = (field: string): boolean =>
    policies[field]?.startsWith('furthest') === true && !sameJson(said[field], expected[field]);
  return picked(
    said,
    Object.keys(said).filter((field) => !isNews(field)),
  );
}

/**
 * Without what came back with our write but is the system's own news: items that it has added by itself since we looked, and
 * stages that our write does not lead to.
 */
function withoutTheirs(entity: 'customer' | 'order', { now, without, expected }: Statements, system: string): Document {
  const said: Record<string, Json> = { ...now };
  const policies: Readonly<Record<string, FieldPolicy>> = fieldPolicies[entity];
  for (const [field, value] of Object.entries(now)) {
    const isOfStages = policies[field] === 'furthest' || policies[field] === 'furthestItems';
    if (isOfStages && !sameJson(value, expected?.[field])) {
      const before = without[field];
      if (before === undefined) delete said[field];
      else said[field] = before;
    }
    if (policies[field] !== 'union' || !Array.isArray(value)) continue;
    const known = new Set(keysIn(without[field]));
    said[field] = (value as readonly Document[]).filter(({ key }) => {
      return !isKeyOf(system, key) || known.has(String(key));
    });
  }
  return said;
}

const keysIn = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Document[]).map(({ key }) => String(key)) : [];

/**
 * Items of lists with what the system gives them itself (ids), which what is sent or was held does not say: taken from the
 * record as it is now, in the order of its items.
 */
function withGiven(
  { systems }: Configuration,
  { system, record, document }: AcknowledgedWrite,
  said: Document,
): Document {
  const fields = systems.get(system)?.connector.catalogue.find((each) => each.record === record)?.fields ?? [];
  const whole: Record<string, Json> = { ...said };
  for (const { name, list, fields: inner } of fields) {
    const [items, now] = [said[name], document[name]];
    if (list !== true || inner === undefined || !Array.isArray(items) || !Array.isArray(now)) continue;
    const given = inner
      .filter(({ onCreate, onUpdate }) => onCreate === false && onUpdate === false)
      .map((each) => each.name);
    whole[name] = (items as readonly Document[]).map((item, index) => ({
      ...picked((now as readonly Document[])[index] ?? {}, given),
      ...item,
    }));
  }
  return whole;
}

function stated(
  configuration: Configuration,
  { system, record, entity }: AcknowledgedWrite,
  document: Document,
): Document | null {
  const from = configuration.systems.get(system);
  const mapping = configuration.inbound(system, record);
  if (from === undefined || mapping === undefined || (entity !== 'customer' && entity !== 'order')) return null;
  try {
    const mapped = mapping.compiled.run(from.connector.derive(record, document, system, from.settings), 'update');
    if (mapped.type !== 'mapped') return null;
    const { fields, cleared, problems } = normaliseFields(entity, mapped.document, mapped.cleared);
    return problems.length > 0 ? null : sharedPart(entity, { fields, cleared }, ownershipOf(configuration));
  } catch {
    // A record that cannot be translated is told by ingest, which parks it with the reason.
    return null;
  }
}
