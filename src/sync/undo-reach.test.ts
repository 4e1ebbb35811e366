/** Whether a value that is put back lasts: who is told it, and who would say again what he says now. */
import { describe, expect, it } from '@jest/globals';
import { makeOwnership, type FieldOwner } from '../canonical/ownership.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { Configuration } from './configuration.js';
import { reachOf } from './undo-reach.js';

interface Side {
  /** Target fields with what they are made of; a record of the system. */
  readonly told?: Readonly<Record<string, readonly string[]>>;
  readonly once?: readonly string[];
  /** Fields that its documents say. */
  readonly says: readonly string[];
}
type Sides = Readonly<Record<string, Side>>;

/** Every system is a source of variants; a flow writes to those of `flowsTo`. */
function configurationOf(sides: Sides, flowsTo: readonly string[], settings: object = {}): Configuration {
  const systems = Object.keys(sides).map((key) => {
    const connector = { targets: [{ entity: 'variant' }], catalogue: [{ record: 'article' }] };
    return [key, { key, name: key.toUpperCase(), connector }] as const;
  });
  return {
    systems: new Map(systems),
    flows: flowsTo.map((target) => ({
      target,
      entity: 'product',
      isInUse: true,
      settings: { updateExisting: true, ...settings },
    })),
    outbound: (key: string) => {
      const { told = {}, once = [] } = sides[key]!;
      return { compiled: { dependsOn: new Map(Object.entries(told)), createOnly: new Set(once) } };
    },
    inbound: (key: string) => ({
      compiled: {
        definition: { entity: 'variant', rules: sides[key]!.says.map((target) => ({ kind: 'copy', target })) },
      },
    }),
  } as unknown as Configuration;
}
const record = (provenance: Record<string, string | null> = { '*': 'till' }): CanonicalRecord => ({
  entity: 'variant', id: 'var_1', version: 3, fields: { priceAmount: '9' }, provenance, isDeleted: false,
}); // prettier-ignore
const owner = (policy: FieldOwner['policy'], of: string | null = null): FieldOwner => ({
  entity: 'variant', field: 'priceAmount', policy, owner: of,
}); // prettier-ignore
const ownership = (...owners: readonly FieldOwner[]) => makeOwnership(() => true, undefined, owners);

const price = { price: ['priceAmount', 'priceCurrency'] };
const both: Sides = {
  till: { told: price, says: ['priceAmount'] },
  shop: { told: price, says: ['priceAmount'] },
};
const reach = (
  configuration: Configuration,
  owners: readonly FieldOwner[] = [],
  of: CanonicalRecord = record(),
  holders: readonly string[] = ['till', 'shop'],
) => reachOf(configuration, ownership(...owners), of, 'priceAmount', holders);

describe('reachOf', () => {
  it('tells every system that a flow writes the field to', () => {
    expect(reach(configurationOf(both, ['till', 'shop']))).toEqual({ told: ['shop', 'till'], obstacle: null });
  });

  it('is stopped by the system that the field belongs to, when nothing is written there', () => {
    const found = reach(configurationOf(both, ['shop']));
    expect(found.told).toEqual(['shop']);
    expect(found.obstacle).toMatch(/^TILL has a say in this field and no flow writes it there.*Put it back in TILL\.$/);
  });

  it('is not stopped by a system whose word does not count, or that does not have the record', () => {
    expect(reach(configurationOf(both, ['till'])).obstacle).toBeNull();
    expect(reach(configurationOf(both, ['shop']), [], record(), ['shop']).obstacle).toBeNull();
    expect(reach(configurationOf(both, ['shop']), [owner('source', 'shop')]).obstacle).toBeNull();
  });

  it('is stopped by each of several writers', () => {
    for (const policy of ['lastWriter', 'manual'] as const) {
      expect(reach(configurationOf(both, ['till']), [owner(policy)]).obstacle).toMatch(/^SHOP /);
      expect(reach(configurationOf(both, ['till', 'shop']), [owner(policy)]).obstacle).toBeNull();
    }
  });

  it('does not count a field that is only given when a record is made, or a flow that changes nothing', () => {
    const once = { ...both, till: { ...both['till']!, once: ['price'] } };
    expect(reach(configurationOf(once, ['till', 'shop'])).obstacle).toMatch(/^TILL /);
    expect(reach(configurationOf(both, ['till', 'shop'], { updateExisting: false })).obstacle).toMatch(/^TILL /);
  });

  it('is not stopped by a system that says nothing of the field', () => {
    const silent = { ...both, till: { says: ['gtin'] } };
    expect(reach(configurationOf(silent, ['shop'])).obstacle).toBeNull();
  });

  it('does not let a field change hands that belongs to a system only because it said it first', () => {
    const first = record({ '*': 'till', priceAmount: 'shop' });
    expect(reach(configurationOf(both, ['till', 'shop']), [], first).obstacle).toMatch(/belongs to SHOP only because/);
    expect(reach(configurationOf(both, ['till', 'shop']), [owner('source', 'shop')], first).obstacle).toBeNull();
    const putBackBefore = record({ '*': 'till', priceAmount: 'hub' });
    expect(reach(configurationOf(both, ['till', 'shop']), [], putBackBefore).obstacle).toBeNull();
  });
});
