/**
 * What a system says of a person of a company after a write of ours to him. He has no stream of his own: the record of his company shows
 * him, so he goes through the translation of that record. Pure.
 */
import type { Document, Json } from '../base/document.js';
import { normaliseFields } from '../canonical/normalise.js';
import type { Configuration } from '../sync/configuration.js';
import type { TargetRecord } from '../systems/system.js';
import { asSent, leftByUs, unsent, type AcknowledgedWrite, type ShownStatement } from './acknowledged-write.js';
import { ownershipOf } from './sources.js';

type Place = NonNullable<TargetRecord['shownIn']>;

/** Empty when no last statement is kept of people, or the mapping makes nothing of him. */
export function shownOfContact(configuration: Configuration, write: AcknowledgedWrite): readonly ShownStatement[] {
  const { system, record, document, changed, mayHoldEdits = false } = write;
  const targets = configuration.systems.get(system)?.connector.targets ?? [];
  const place = targets.find((each) => each.record === record)?.shownIn;
  if (place === undefined || !ownershipOf(configuration).sharedFields('customer').includes('contacts')) return [];
  const externalId = document[place.named];
  const shown = personIn(configuration, write, place, document);
  if (typeof externalId !== 'string' || shown === undefined) return [];
  const told = mayHoldEdits ? personIn(configuration, write, place, asSent(write)) : undefined;
  const now = leftByUs(shown, told) as Document;
  const before = changed === null ? null : (personIn(configuration, write, place, unsent(write, changed)) ?? null);
  return [{ entity: 'customer', externalId, statement: { now: {}, before: {} }, words: {}, contact: { now, before } }];
}

function personIn(
  configuration: Configuration,
  { system }: AcknowledgedWrite,
  { record, list }: Place,
  document: Document,
): Document | undefined {
  const from = configuration.systems.get(system);
  const mapping = configuration.inbound(system, record);
  if (from === undefined || mapping === undefined) return undefined;
  try {
    const derived = from.connector.derive(record, { [list]: [document] }, system, from.settings);
    const mapped = mapping.compiled.run(derived, 'update');
    if (mapped.type !== 'mapped') return undefined;
    const { fields } = normaliseFields('customer', mapped.document, mapped.cleared);
    const people = (fields['contacts'] ?? []) as readonly Json[];
    return people.length === 1 ? (people[0] as Document) : undefined;
  } catch {
    // A record that cannot be translated is told by ingest, which parks it with the reason.
    return undefined;
  }
}
