/** Conformance: the fields that people have added are found, have their place in the catalogue, and are never half a list. */
import { describe, expect, it } from '@jest/globals';
import type { DiscoveredField, Field } from '../../src/base/document.js';
import { withDiscovered } from '../../src/mapping/discovered.js';
import type { Features, World } from './system-features.js';
import { never, nobody, thrownBy } from './system-world.js';

export function describeDiscovery(features: Features, open: () => World): void {
  const keyOf = ({ record, path }: DiscoveredField): string => `${record} ${path}`;

  describe('its discovered fields', () => {
    it('are each said once, with a label, and can all be named in the catalogue', async () => {
      const code = await features.addField(open());
      const found = await open().connect().discover(never);
      expect(found.some(({ path }) => path.endsWith(`.${code}`))).toBe(true);
      expect(new Set(found.map(keyOf)).size).toBe(found.length);
      for (const { label } of found) expect(label).toMatch(/\S/);
      const merged = withDiscovered(features.connector.catalogue, found);
      const named = merged.flatMap(({ record, fields }) => namedIn(fields, '').map((path) => `${record} ${path}`));
      expect(named.sort()).toEqual(found.map(keyOf).sort());
    });

    it('are more when somebody adds one, and the same when nobody does', async () => {
      const system = open().connect();
      const before = await system.discover(never);
      expect(await open().connect().discover(never)).toEqual(before);
      const code = await features.addField(open());
      const added = (await system.discover(never)).filter(
        (field) => !before.some((one) => keyOf(one) === keyOf(field)),
      );
      expect(added.length).toBeGreaterThan(0);
      for (const { path } of added) expect(path.endsWith(`.${code}`)).toBe(true);
    });

    it('are never made up or fewer when they cannot be read', async () => {
      const world = open();
      for (const fault of ['halfBody', 'html', '500before', 'resetBefore', '429', '401']) {
        await world.fault({ fault });
        expect((await thrownBy(world.connect().discover(never)))?.class).toBe(fault === '401' ? 'auth' : 'environment');
        await world.clearFaults();
      }
      expect(await thrownBy(world.connect({ url: nobody }).discover(never))).toBeDefined();
      expect(await thrownBy(world.connect().discover(AbortSignal.abort()))).toBeDefined();
    });
  });
}

/** Paths of all items that the lists of a catalogue have. */
function namedIn(fields: readonly Field[], prefix: string): readonly string[] {
  return fields.flatMap(({ name, byCode, fields: inner }) => [
    ...(byCode === undefined || byCode === 'any' ? [] : byCode.map((item) => `${prefix}${name}.${item.name}`)),
    ...(inner === undefined ? [] : namedIn(inner, `${prefix}${name}.`)),
  ]);
}
