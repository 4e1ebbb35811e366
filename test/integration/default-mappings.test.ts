/** The mappings that connectors ship: each compiles against the catalogues of both sides as they are. */
import { describe, expect, it } from '@jest/globals';
import type { RecordCatalogue } from '../../src/base/document.js';
import { inboundCatalogue, outboundCatalogue } from '../../src/canonical/entities.js';
import { compileMapping } from '../../src/mapping/compile.js';
import { mpluskassa } from '../../src/systems/mpluskassa/index.js';
import { softmaat } from '../../src/systems/softmaat/index.js';

const connectors = [mpluskassa, softmaat];
const valueLists = connectors.flatMap((connector) => connector.defaultValueLists);

describe('a shipped mapping', () => {
  for (const connector of connectors) {
    for (const definition of connector.defaultMappings) {
      it(`compiles: ${definition.key}`, () => {
        const canonical: readonly RecordCatalogue[] =
          definition.direction === 'inbound' ? inboundCatalogue : outboundCatalogue;
        const own = connector.catalogue.find((each) => each.record === definition.record);
        const ours = canonical.find((each) => each.record === definition.entity);
        if (own === undefined || ours === undefined) throw new Error('a catalogue is missing');
        const [source, target] = definition.direction === 'inbound' ? [own, ours] : [ours, own];
        const result = compileMapping(definition, { source, target, valueLists });
        expect(result.type === 'invalid' ? result.problems : []).toEqual([]);
      });
    }
  }
});
