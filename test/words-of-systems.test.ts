/** The default mappings read where an order stands from fields that hold the systems' own words. */
import { expect, it } from '@jest/globals';
import { inboundCatalogue } from '../src/canonical/entities.js';
import { wordsIn } from '../src/canonical/words.js';
import { compileMapping } from '../src/mapping/compile.js';
import type { Connector } from '../src/systems/system.js';
import { mpluskassa } from '../src/systems/mpluskassa/index.js';
import { softmaat } from '../src/systems/softmaat/index.js';

const connectors: Readonly<Record<string, Connector>> = { mpluskassa, softmaat };

function madeFrom(kind: string, record: string) {
  const connector = connectors[kind]!;
  const isMeant = (each: { readonly record: string }): boolean => each.record === record;
  const definition = connector.defaultMappings.find((each) => each.direction === 'inbound' && isMeant(each))!;
  const source = connector.catalogue.find(isMeant)!;
  const target = inboundCatalogue.find((each) => each.record === 'order')!;
  const result = compileMapping(definition, { source, target, valueLists: connector.defaultValueLists });
  if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.mapping.dependsOn;
}

it.each([
  [
    'mpluskassa', 'order',
    { cancelState: 'ORDER-CANCEL-STATE-NONE', completeState: 'ORDER-COMPLETE-STATE-OPEN', deliveryState: 'ORDER-DELIVERY-STATE-PARTIAL' },
    { status: 'ORDER-CANCEL-STATE-NONE, ORDER-COMPLETE-STATE-OPEN', fulfillmentStatus: 'ORDER-DELIVERY-STATE-PARTIAL' },
  ],
  ['mpluskassa', 'invoice', { state: 'INVOICE-STATE-PAID' }, { status: 'INVOICE-STATE-PAID' }],
  ['softmaat', 'order', { status: 'shipped', paymentStatus: 'open' }, { status: 'shipped', paymentStatus: 'open', fulfillmentStatus: 'shipped' }],
] as const)('%s %s', (kind, record, document, words) => {
  expect(wordsIn(document, madeFrom(kind, record))).toEqual(words);
}); // prettier-ignore
