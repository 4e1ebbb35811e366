/** For tests of the default mappings: records over the wire and through their mapping, and documents for the till. */
import type { Document } from '../../src/base/document.js';
import { inboundCatalogue, outboundCatalogue } from '../../src/canonical/entities.js';
import { compileMapping } from '../../src/mapping/compile.js';
import type { CompiledMapping, MappedRecord, ValueListEntry } from '../../src/mapping/mapping.js';
import { mpluskassa } from '../../src/systems/mpluskassa/index.js';
import { recordsOf, type Shape } from '../../src/systems/mpluskassa/records.js';
import { decodePage, encodeResponse } from '../../src/systems/mpluskassa/soap/codec.js';

/** `entries`: what people added to value lists, by list. */
type Entries = Readonly<Record<string, readonly ValueListEntry[]>>;

function compiled(key: string, entries: Entries = {}): CompiledMapping {
  const definition = mpluskassa.defaultMappings.find((each) => each.key === key)!;
  const own = mpluskassa.catalogue.find((each) => each.record === definition.record)!;
  const isInbound = definition.direction === 'inbound';
  const hub = (isInbound ? inboundCatalogue : outboundCatalogue).find((each) => each.record === definition.entity)!;
  const [source, target] = isInbound ? [own, hub] : [hub, own];
  const valueLists = mpluskassa.defaultValueLists.map((list) => ({
    ...list,
    entries: [...list.entries, ...(entries[list.key] ?? [])],
  }));
  const result = compileMapping(definition, { source, target, valueLists });
  if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems, null, 1));
  return result.mapping;
}
export const documentIn = (mapped: MappedRecord): Document => {
  if (mapped.type !== 'mapped') throw new Error(JSON.stringify(mapped));
  return mapped.document;
};
/** The vendor's structure over the wire, as a record, and through its inbound mapping. */
export function read(shape: Shape, item: Document, more: (xml: string) => string = (xml) => xml): Document {
  const answer = more(encodeResponse(shape.operation, { [shape.list]: [{ syncMarker: '7', ...item }] }));
  const { record } = recordsOf(decodePage(shape.operation, answer), shape)[0]!;
  if (record.problem !== undefined) throw record.problem;
  return record.document;
}
export const receive = (key: string, record: string, document: Document, settings: Document = {}): Document =>
  documentIn(receiveAll(key, record, document, settings));
export const receiveAll = (key: string, record: string, document: Document, settings: Document = {}): MappedRecord =>
  compiled(key).run(mpluskassa.derive(record, document, 'till-2', settings), 'create');
export const send = (
  key: string,
  document: Document,
  operation: 'create' | 'update' = 'create',
  entries: Entries = {},
): MappedRecord => compiled(key, entries).run(document, operation);

export const settings: Document = {
  country: 'NL',
  currency: 'EUR',
  branch: '2',
  shippingArticle: '=900001',
  roundingArticle: '=900002',
};
