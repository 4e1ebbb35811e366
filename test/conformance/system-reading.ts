/** Conformance: nothing is skipped, positions tell the truth. */
import { describe, expect, it } from '@jest/globals';
import type { Page, SeenRecord } from '../../src/systems/system.js';
import { isWaived, type Features, type Holding, type StreamFeatures, type World } from './system-features.js';
import { follow, heldState, learn, never, nothingYet, openWorld, seenState } from './system-world.js';

const limits = [4, 1_000];

export function describeReading(features: Features, open: () => World): void {
  for (const stream of features.streams) {
    describe(`the stream ${stream.name}`, () => describeStream(features, stream, open));
  }
}

function describeStream(features: Features, stream: StreamFeatures, open: () => World): void {
  const { name } = stream;
  const edit = async (world: World, seed: number, count = 12): Promise<void> => {
    if (isWaived(stream.edits)) return;
    const { changed } = await world.admin<{ changed: object }>('POST', 'mutate', { kind: stream.edits, count, seed });
    expect(Object.values(changed).flat().length).toBeGreaterThan(0);
  };
  const expectAll = async (world: World, records: ReadonlyMap<string, SeenRecord>): Promise<void> => {
    const held = await stream.held(world);
    expect(held.size).toBeGreaterThan(0);
    expect(seenState(stream, records, held)).toEqual(heldState(held));
  };

  it.each(limits)('gives every record exactly as it is held, from nothing, with pages of %d', async (limit) => {
    const world = open();
    const known = await follow(world.connect(), name, nothingYet(), limit);
    await expectAll(world, known.records);
    for (const { problem } of known.records.values()) expect(problem).toBeUndefined();
    expectTrueOverlap(known.pages);
    if (!isWaived(stream.limit))
      expect(Math.max(...known.pages.map((page) => page.records.length))).toBeLessThanOrEqual(limit);
  });

  it('stands still when nothing is new, and shows again only what it said', async () => {
    const system = open().connect();
    const known = await follow(system, name, nothingYet(), 10);
    const { position } = known;
    const before = new Map(known.records);
    await follow(system, name, known, 10);
    expect(known.position).toBe(position);
    expect([...known.records]).toEqual([...before]);
    expectTrueOverlap(known.pages);
  });

  it('sees every change, round after round', async () => {
    const world = open();
    const system = world.connect();
    const known = nothingYet();
    for (let round = 1; round <= 6; round++) {
      await follow(system, name, known, round % 2 === 0 ? 5 : 100);
      await expectAll(world, known.records);
      await edit(world, round);
    }
    expectTrueOverlap(known.pages);
  });

  it('repeats, but never skips, when it is resumed from any position that it gave, also after changes', async () => {
    const world = open();
    if (!isWaived(stream.together)) await stream.together(world);
    const whole = await follow(world.connect(), name, nothingYet(), 7);
    // Some of many: the first ones, which are different in kind, and others at even distances.
    const isTried = (index: number): boolean => index < 3 || index % Math.ceil(whole.pages.length / 8) === 0;
    const resumeEach = async (heldBefore: ReadonlyMap<string, Holding>): Promise<void> => {
      const held = await stream.held(world);
      const untouched = new Map([...held].filter(([id, { version }]) => heldBefore.get(id)?.version === version));
      const before = new Map<string, SeenRecord>();
      for (const [index, page] of whole.pages.entries()) {
        learn(before, page);
        if (!isTried(index)) continue;
        const system = world.connect();
        const resumed = await follow(system, name, nothingYet(page.position), 20);
        const all = new Map(before);
        for (const later of resumed.pages) learn(all, later);
        const those = new Map([...all].filter(([id]) => untouched.has(id)));
        expect(seenState(stream, those, held)).toEqual(heldState(untouched));
        // A change may have become visible below the place where this run was; then it comes with the next one.
        await follow(system, name, resumed, 60);
        for (const later of resumed.pages) learn(all, later);
        await expectAll(world, all);
      }
    };
    const heldBefore = await stream.held(world);
    await resumeEach(heldBefore);
    await edit(world, 77);
    await resumeEach(heldBefore);
  });

  it('starts at the head without what was before, and sees what comes after', async () => {
    const world = open();
    const system = world.connect();
    const old = await follow(system, name, nothingYet(), 100);
    const head = await system.source.head(name, never);
    const known = nothingYet(head);
    await edit(world, 99);
    await follow(system, name, known, 100);
    const all = new Map(old.records);
    for (const page of known.pages) learn(all, page);
    await expectAll(world, all);
    // What a system can tell of the head is true of both.
    const isAfter = ({ version }: SeenRecord): boolean => system.source.isAfter?.(name, head, version) ?? false;
    expect([...old.records.values()].filter(isAfter)).toEqual([]);
    // Some changes become visible late, with versions of before; the others are told.
    const isChanged = ({ externalId, version }: SeenRecord): boolean =>
      old.records.get(externalId)?.version !== version;
    if (!isWaived(stream.edits)) expect([...known.records.values()].filter(isChanged).some(isAfter)).toBe(true);
  });

  it('scans every record by its key', async () => {
    const world = open();
    const seen = new Set<string>();
    for await (const records of world.connect().source.scan(name, never)) {
      for (const { externalId } of records) seen.add(externalId);
    }
    expect([...seen].sort()).toEqual([...(await stream.held(world)).keys()].sort());
  });

  const { restore } = features;
  if (!isWaived(restore) && !isWaived(stream.restored)) {
    it('stops when the system is older than the position', async () => {
      const world = await openWorld(features);
      try {
        const system = world.connect();
        const { position } = await follow(system, name, nothingYet(), 100);
        await restore(world);
        const read = (): Promise<Page> => system.source.read(name, position, { limit: 10, signal: never });
        await expect(read()).rejects.toMatchObject({ code: 'POSITION_BEYOND_SOURCE', class: 'environment' });
      } finally {
        await world.close();
      }
    });
  }

  const { spoil } = stream;
  if (!isWaived(spoil)) {
    it('marks a record that cannot be read, alone, and moves on', async () => {
      const world = open();
      const read = (): Promise<Page> =>
        world.connect({ url: world.wire.url }).source.read(name, null, { limit: 10, signal: never });
      const sound = await read();
      let isSpoilt = false;
      world.wire.change((answer) => {
        const text = answer.body.toString();
        const broken = isSpoilt ? text : spoil(text);
        isSpoilt ||= broken !== text;
        return { ...answer, body: Buffer.from(broken) };
      });
      const page = await read();
      world.wire.change();
      const broken = page.records.filter(({ problem }) => problem !== undefined);
      expect(broken).toHaveLength(1);
      expect(broken[0]!.problem).toMatchObject({ code: 'RECORD_UNREADABLE', class: 'data' });
      expect([page.position, page.more]).toEqual([sound.position, sound.more]);
      expect(page.records.map(({ externalId }) => externalId)).toEqual(sound.records.map((one) => one.externalId));
      for (const [index, record] of page.records.entries()) {
        if (record.problem === undefined) expect(record).toEqual(sound.records[index]);
      }
    });
  }
}

/** Pages that followed each other: what is shown again is never below the `overlapFrom` of a page before. */
function expectTrueOverlap(pages: readonly Page[]): void {
  const shown = new Set<string>();
  let from = 0n;
  for (const page of pages) {
    for (const { externalId, version } of page.records) {
      if (shown.has(`${externalId} ${version}`)) expect(version).toBeGreaterThanOrEqual(from);
    }
    for (const { externalId, version } of page.records) shown.add(`${externalId} ${version}`);
    if (page.overlapFrom > from) from = page.overlapFrom;
  }
}
