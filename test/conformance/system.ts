/**
 * The conformance suite: what every connector must do, whatever system is behind it. Call it in a test file of its own
 * with the features that the connector declares; see docs/adding-a-system.md. Everything runs over real sockets against
 * the sandbox of the system.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isWaived, type Features, type World } from './system-features.js';
import { describeConfiguration } from './system-configuration.js';
import { describeConnection } from './system-connection.js';
import { describeDiscovery } from './system-discovery.js';
import { describeReadFaults } from './system-read-faults.js';
import { describeReading } from './system-reading.js';
import { openWorld } from './system-world.js';
import { describeWriteFaults } from './system-write-faults.js';
import { describeWriting } from './system-writing.js';

/** `open` gives a sandbox with records in it; the suite closes it. */
export function describeSystem(features: Features, open: () => Promise<World> = () => openWorld(features)): void {
  describe(`the connector ${features.connector.kind} conforms`, () => {
    let world: World;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    afterEach(async () => {
      world.wire.change();
      await world.clearFaults();
    });
    const opened = (): World => world;

    it('declares all of its streams and targets, and a reason for everything that it waives', () => {
      const { connector, streams, writes } = features;
      expect(streams.map(({ name }) => name).sort()).toEqual(connector.streams.map(({ name }) => name).sort());
      expect(writes.map(({ entity }) => entity).sort()).toEqual(connector.targets.map(({ entity }) => entity).sort());
      const waived = [features, ...streams, ...writes].flatMap((part) => Object.values(part).filter(isWaived));
      for (const { waived: reason } of waived) expect(reason.length).toBeGreaterThan(20);
    });

    describeReading(features, opened);
    describeReadFaults(features, opened);
    describeWriting(features, opened);
    describeWriteFaults(features, opened);
    describeConfiguration(features, opened);
    describeDiscovery(features, opened);
    describeConnection(features, opened);

    // Last, because it judges everything that the tests above have seen.
    it('shows its credentials nowhere: in no page, outcome, error, check or log line', () => {
      expect(world.leaks.looked).toBeGreaterThan(500);
      expect(world.leaks.found).toEqual([]);
    });
  });
}
