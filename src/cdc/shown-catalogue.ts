/**
 * What a system says of products, variants and categories after a write of ours, as far as several systems may change a field
 * (canonical/ownership.ts): the record as it was written and as it would be without our write go through the same translation
 * as the record that the stream will show. Pure.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import { isRefinedAmong } from '../canonical/ownership.js';
import { sharedPart } from '../canonical/statements.js';
import type { Configuration } from '../sync/configuration.js';
import type { Connector } from '../systems/system.js';
import { asSent, leftByUs, picked, unsent, type AcknowledgedWrite, type ShownStatement } from './acknowledged-write.js';
import { ownershipOf } from './sources.js';
import { translate } from './translate.js';

/** Statements of the record and of its parts, by `<entity> <external id>`. */
type Parts = ReadonlyMap<
  string,
  { readonly entity: CanonicalEntity; readonly externalId: string; readonly said: Document }
>;

export function shownOfCatalogue(configuration: Configuration, write: AcknowledgedWrite): readonly ShownStatement[] {
  if (!isRefinedAmong(ownershipOf(configuration), ['product', 'variant', 'category'])) return [];
  const now = partsOf(configuration, write, write.document);
  const { changed } = write;
  const without = changed === null ? undefined : partsOf(configuration, write, unsent(write, changed));
  const told = write.mayHoldEdits === true ? partsOf(configuration, write, asSent(write)) : undefined;
  return [...now].flatMap(([key, { entity, externalId, said }]) => {
    const former = without?.get(key)?.said ?? {};
    // A field is ours when it would say something else without what was sent; the rest may be somebody else's edit.
    const ours = Object.keys(said).filter((field) => changed === null || !sameJson(said[field], former[field]));
    if (ours.length === 0) return [];
    const left = ours.map((field) => [field, leftByUs(said[field]!, told?.get(key)?.said[field])]);
    const statement = { now: Object.fromEntries(left) as Document, before: picked(former, ours) };
    return [{ entity, externalId, statement, words: {} }];
  });
}

function partsOf(
  configuration: Configuration,
  { system, record, externalId }: AcknowledgedWrite,
  document: Document,
): Parts {
  const connected = configuration.systems.get(system);
  if (connected === undefined) return new Map();
  const kind = shownAs(connected.connector, record, document);
  const mapping = configuration.inbound(system, kind);
  const entity = mapping?.compiled.definition.entity as CanonicalEntity | undefined;
  if (mapping === undefined || entity === undefined) return new Map();
  const result = translate({ record: kind, externalId, document }, entity, connected, mapping, 'update');
  // A record that cannot be translated is told by ingest, which parks it with the reason.
  if (result.type !== 'drafts') return new Map();
  const ownership = ownershipOf(configuration);
  return new Map(
    [result.main, ...(result.variants ?? [])].map((draft) => [
      `${draft.entity} ${draft.externalId}`,
      { entity: draft.entity, externalId: draft.externalId, said: sharedPart(draft.entity, draft, ownership) },
    ]),
  );
}

/** The kind of record as which the stream shows what we write: what is sold of itself may be one kind there and another here. */
function shownAs({ streams }: Connector, record: string, document: Document): string {
  const stream = streams.find((each) => each.record === record || Object.hasOwn(each.others ?? {}, record));
  return stream?.recordOf === undefined ? record : (stream.recordOf(document) ?? stream.record);
}
