/**
 * An address that travels from the till to the shop and back, through the default mappings of both: people in the shop
 * correct one part of it, and the line that somebody wrote at the till stays as it is.
 */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import { inboundCatalogue, outboundCatalogue } from '../src/canonical/entities.js';
import { withMergedAddresses } from '../src/canonical/merge-addresses.js';
import { normaliseFields } from '../src/canonical/normalise.js';
import { compileMapping } from '../src/mapping/compile.js';
import { mpluskassa } from '../src/systems/mpluskassa/index.js';
import { softmaat } from '../src/systems/softmaat/index.js';
import type { Connector } from '../src/systems/system.js';

const settings = { country: 'NL' };

/** Through a default mapping, as ingest and the projector do it. */
function through(connector: Connector, key: string, document: Document): Document {
  const definition = connector.defaultMappings.find((each) => each.key === key)!;
  const own = connector.catalogue.find(({ record }) => record === definition.record)!;
  const isInbound = definition.direction === 'inbound';
  const hub = (isInbound ? inboundCatalogue : outboundCatalogue).find(({ record }) => record === definition.entity)!;
  const sides = isInbound ? { source: own, target: hub } : { source: hub, target: own };
  const result = compileMapping(definition, { ...sides, valueLists: connector.defaultValueLists });
  if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems));
  const mapped = result.mapping.run(
    isInbound ? connector.derive(definition.record, document, 'system', {}) : document,
    'update',
  );
  if (mapped.type !== 'mapped') throw new Error(JSON.stringify(mapped));
  return isInbound ? normaliseFields('customer', mapped.document, mapped.cleared).fields : mapped.document;
}

const fromTill = (relation: Document): Document => through(mpluskassa, 'mpluskassa-relation-in', relation);
const fromShop = (debtor: Document): Document => through(softmaat, 'softmaat-debtor-in', debtor);
const toShop = (customer: Document): Document =>
  through(softmaat, 'softmaat-customer-out', { id: 'c1', settings, ...customer });
const addressesOf = ({ addresses }: Document): readonly Document[] => addresses as readonly Document[];
function toTill(customer: Document): Document {
  const billingAddress = addressesOf(customer).find(({ role }) => role === 'BILLING') ?? null;
  return through(mpluskassa, 'mpluskassa-customer-out', { id: 'c1', settings, ...customer, billingAddress });
}

/** What the hub holds after the shop, which shows what was written to it, has changed its first address. */
function editedInShop(held: Document, change: Document, isRemembered: boolean): Document {
  const debtor = toShop(held);
  const last = isRemembered ? fromShop(debtor) : null;
  const [first, ...rest] = addressesOf(debtor);
  return withMergedAddresses('customer', fromShop({ ...debtor, addresses: [{ ...first, ...change }, ...rest] }), held, last); // prettier-ignore
}

const relation: Document = { name: 'An Maes', companyName: '', zipcode: '1000 AA', city: 'Stad' };
const lines = [
  ["Laan 1940-'45 66", 'Nederland'],
  ['Plein 1944 12', 'Nederland'],
  ['Plein 1944', 'Nederland'],
  ['1e Kruisweg 36', 'Nederland'],
  ['16 april 1944 Pad 1', 'Nederland'],
  ['Kerkstraat 3HS', 'Nederland'],
  ['Bankastraat 23 - II', 'Nederland'],
  ['Professor Pieter Willemsstraat 23 B 03', 'Nederland'],
  ['Amperelaan 7 8', 'Nederland'],
  ['5e Regiment Lancierslaan 16', 'België'],
  ['13 2e Avenue', 'France'],
  ['470 6e Av', 'France'],
  ['Kerkstraat 12 bus 3', 'België'],
  ['Rue Haute 12 bte 4', 'Belgique'],
  ['Rue Haute 12, boîte 4', 'Belgique'],
  ['16, rue de la Loi bte 7', 'Belgique'],
  ['12bis, rue de la Paix', 'France'],
  ['5 ter avenue Foch', 'France'],
  ['7 quater impasse des Lilas', 'France'],
] as const;

describe('the line of an address that was written at the till', () => {
  it.each(lines)('%s (%s) comes back to the letter after the shop corrected the postal code', (address, country) => {
    const held = withMergedAddresses('customer', fromTill({ ...relation, address, country }), null, null);
    expect(addressesOf(held)[0]).toMatchObject({ line1: address, countryText: country });
    for (const isRemembered of [true, false]) {
      const after = editedInShop(held, { postalCode: '1000 BB' }, isRemembered);
      expect(addressesOf(after)[0]).toMatchObject({ line1: address, postalCode: '1000 BB', countryText: country });
      expect(toTill(after)).toMatchObject({ address, zipcode: '1000 BB' });
      expect(withMergedAddresses('customer', fromShop(toShop(after)), after, null)).toMatchObject({
        addresses: after['addresses'],
      });
    }
  });

  it('gives way to the number that the shop corrected', () => {
    const held = withMergedAddresses('customer', fromTill({ ...relation, address: 'Kerkstraat 3HS' }), null, null);
    expect(toTill(editedInShop(held, { houseNumber: '5' }, true))).toMatchObject({ address: 'Kerkstraat 5 HS' });
  });
});
