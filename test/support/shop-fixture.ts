/** For tests of the default mappings: documents as they really come, through the mapping of a key. */
import type { Document } from '../../src/base/document.js';
import { inboundCatalogue, outboundCatalogue } from '../../src/canonical/entities.js';
import { compileMapping } from '../../src/mapping/compile.js';
import type { MappedRecord } from '../../src/mapping/mapping.js';
import { catalogue, derive } from '../../src/systems/softmaat/catalogue.js';
import { defaultMappings } from '../../src/systems/softmaat/default-mapping.js';
import { defaultValueLists } from '../../src/systems/softmaat/value-lists.js';

const valueLists = defaultValueLists.map((list) =>
  list.key === 'softmaat-warehouse' ? { ...list, entries: [{ from: '2', to: 'SHOP-NL' }] } : list,
);

export function run(key: string, document: Document, operation: 'create' | 'update' = 'create'): MappedRecord {
  const definition = defaultMappings.find((mapping) => mapping.key === key)!;
  const ours = catalogue.find((one) => one.record === definition.record)!;
  const isInbound = definition.direction === 'inbound';
  const theirs = (isInbound ? inboundCatalogue : outboundCatalogue).find((one) => one.record === definition.entity)!;
  const sides = isInbound ? { source: ours, target: theirs } : { source: theirs, target: ours };
  const result = compileMapping(definition, { ...sides, valueLists });
  if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems, null, 2));
  return result.mapping.run(isInbound ? derive(definition.record, document, 'shop-2') : document, operation);
}

export function mapped(key: string, document: Document, operation: 'create' | 'update' = 'create'): Document {
  const result = run(key, document, operation);
  if (result.type !== 'mapped') throw new Error(JSON.stringify(result));
  return result.document;
}
