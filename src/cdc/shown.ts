/**
 * What a system says after a write of ours, in canonical words: the written record goes through the same inbound mapping as
 * the record that the system's stream will show. In: the record as the write returned it, and what the write changed. Out:
 * the fields of which the last statement is kept (canonical/statements.ts). Pure but for the present configuration.
 */
import type { Document, Json } from '../base/document.js';
import { sameJson } from '../base/content-hash.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import { normaliseFields } from '../canonical/normalise.js';
import { sharedPart, type Statement } from '../canonical/statements.js';
import type { Configuration, ConfigurationSource } from '../sync/configuration.js';

export interface AcknowledgedWrite {
  readonly system: string;
  /** Kind of record in the connector's catalogue. */
  readonly record: string;
  readonly entity: ProjectedEntity;
  /** The whole record as the system holds it after the write. */
  readonly document: Document;
  /** Top-level fields that were sent; null when the record was made. */
  readonly changed: readonly string[] | null;
  /** What the system held before, as far as it was known. */
  readonly before: Document | null;
}

/** Null when nothing is kept of such records, or the mapping makes nothing of this one. */
export type ShownBy = (write: AcknowledgedWrite) => Statement | null;

export function makeShownBy(configuration: ConfigurationSource): ShownBy {
  return (write) => {
    const { entity, document, changed } = write;
    if (entity !== 'customer' && entity !== 'order') return null;
    const current = configuration.current();
    const now = stated(current, write, document);
    if (now === null) return null;
    if (changed === null) return { now, before: {} };
    // A field is ours when it would say something else without what was sent; the rest may be somebody else's edit.
    const without = stated(current, write, unsent(write, changed));
    if (without === null) return { now, before: {} };
    const ours = Object.keys(now).filter((field) => !sameJson(now[field], without[field]));
    return { now: picked(now, ours), before: picked(without, ours) };
  };
}

/** The record as if the sent fields still held what they held before. */
function unsent({ document, before }: AcknowledgedWrite, changed: readonly string[]): Document {
  const former: Record<string, Json> = { ...document };
  for (const field of changed) {
    const value = before?.[field];
    if (value === undefined) delete former[field];
    else former[field] = value;
  }
  return former;
}

function stated(
  configuration: Configuration,
  { system, record, entity }: AcknowledgedWrite,
  document: Document,
): Document | null {
  const connector = configuration.systems.get(system)?.connector;
  const mapping = configuration.inbound(system, record);
  if (connector === undefined || mapping === undefined || (entity !== 'customer' && entity !== 'order')) return null;
  try {
    const mapped = mapping.compiled.run(connector.derive(record, document), 'update');
    if (mapped.type !== 'mapped') return null;
    const { fields, cleared, problems } = normaliseFields(entity, mapped.document, mapped.cleared);
    return problems.length > 0 ? null : sharedPart(entity, { fields, cleared });
  } catch {
    // A record that cannot be translated is told by ingest, which parks it with the reason.
    return null;
  }
}

function picked(document: Document, fields: readonly string[]): Document {
  return Object.fromEntries(fields.flatMap((field) => (field in document ? [[field, document[field] as Json]] : [])));
}
