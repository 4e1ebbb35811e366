/** Conformance: what is written can be read back, and each kind of "no" is told apart. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import type { HeldRecord, System, WriteOutcome, WriteRequest } from '../../src/systems/system.js';
import { isWaived, type Features, type WriteFeatures, type World } from './system-features.js';
import { never } from './system-world.js';

let counter = 0;
/** A number that no test used before, for records that no test has made. */
export const nextNumber = (): number => ++counter;

export function toRequest(document: Document, over: Partial<WriteRequest> = {}): WriteRequest {
  const opKey = `conformance-${nextNumber()}`;
  return { opKey, externalId: null, document, changed: Object.keys(document), held: null, ...over };
}

export async function writeOne(
  system: System,
  { entity }: WriteFeatures,
  request: WriteRequest,
): Promise<WriteOutcome> {
  const outcomes = await system.target.write(entity, [request], never);
  expect(outcomes).toHaveLength(1);
  return outcomes[0]!;
}

export function heldIn(outcome: WriteOutcome): HeldRecord {
  if (outcome.type === 'written') return outcome.held;
  throw new Error(`not written: ${outcome.type} ${'error' in outcome ? outcome.error.message : ''}`);
}

/** A record that the system holds now. */
export async function makeHeld(world: World, system: System, features: WriteFeatures): Promise<HeldRecord> {
  return heldIn(await writeOne(system, features, toRequest(await features.make(world, nextNumber()))));
}

export function describeWriting(features: Features, open: () => World): void {
  for (const one of features.writes) describe(`writing ${one.entity}`, () => describeEntity(features, one, open));

  it('refuses an entity that cannot be written, without an exception', async () => {
    const entities = (['category', 'product', 'variant', 'stock'] as const).filter(
      (entity) => !features.writes.some((one) => one.entity === entity),
    );
    for (const entity of entities) {
      const outcomes = await open()
        .connect()
        .target.write(entity, [toRequest({}), toRequest({})], never);
      expect(outcomes).toMatchObject([1, 2].map(() => ({ type: 'failed', error: { code: 'CAPABILITY_MISSING' } })));
    }
    expect(features.connector.targets.length).toBeGreaterThan(0);
  });
}

function describeEntity({ connector }: Features, one: WriteFeatures, open: () => World): void {
  const { entity } = one;
  const declared = connector.targets.find((target) => target.entity === entity)!;
  const find = (system: System, externalId: string | null, document: Document): Promise<HeldRecord | null> =>
    system.target.find(entity, { externalId, document }, never);

  it('creates, is found by external id and by natural key, and reads back what was written', async () => {
    const world = open();
    const system = world.connect();
    const document = await one.make(world, nextNumber());
    const outcome = await writeOne(system, one, toRequest(document));
    const held = heldIn(outcome);
    if (!isWaived(one.creates)) expect(outcome).toMatchObject({ created: true });
    expect(one.facts(held.document)).toEqual(one.facts(document));
    for (const externalId of [held.externalId, null]) {
      const found = await find(world.connect(), externalId, document);
      expect(found?.externalId).toBe(held.externalId);
      expect(one.facts(found?.document ?? {})).toEqual(one.facts(document));
    }
  });

  it('updates, and saying it again changes nothing', async () => {
    const world = open();
    const system = world.connect();
    const before = await makeHeld(world, system, one);
    const { document, changed } = one.change(before.document, nextNumber());
    const update = (held: HeldRecord): Promise<WriteOutcome> =>
      writeOne(system, one, toRequest(document, { externalId: held.externalId, changed, held }));
    const outcome = await update(before);
    expect(outcome).toMatchObject({ type: 'written', created: false });
    expect(one.facts(heldIn(outcome).document)).toEqual(one.facts(document));
    expect(heldIn(await update(heldIn(outcome)))).toEqual(heldIn(outcome));
    expect(one.facts((await find(system, before.externalId, document))?.document ?? {})).toEqual(one.facts(document));
  });

  it('gives the outcomes of a batch in the order of its requests', async () => {
    const world = open();
    const documents: Document[] = [];
    // A refused one at the second place, so that outcomes cannot be shifted unseen.
    for (let at = 0; at < Math.max(3, Math.min(declared.batch, 12)); at++) {
      documents.push(at === 1 ? one.refused(nextNumber()) : await one.make(world, nextNumber()));
    }
    const requests = documents.map((document) => toRequest(document));
    const outcomes = await world.connect().target.write(entity, requests, never);
    expect(outcomes.map(({ type }) => type)).toEqual(documents.map((_, at) => (at === 1 ? 'refused' : 'written')));
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome.type === 'written') expect(one.facts(outcome.held.document)).toEqual(one.facts(documents[at]!));
    }
  });

  it('says that a document is wrong, in the system`s own terms, and applies nothing', async () => {
    const world = open();
    const before = await world.applied();
    const outcome = await writeOne(world.connect(), one, toRequest(one.refused(nextNumber())));
    expect(outcome).toMatchObject({ type: 'refused', error: { code: 'RECORD_REFUSED', class: 'data' } });
    expect(await world.applied()).toBe(before);
  });

  it('finds nothing where nothing is', async () => {
    const world = open();
    const system = world.connect();
    expect(await find(system, null, one.refused(nextNumber()))).toBeNull();
    if (!isWaived(one.gone)) expect(await find(system, one.gone, {})).toBeNull();
  });

  const { gone, stale, unique } = one;
  if (!isWaived(gone)) {
    it('says that the record to be updated is gone', async () => {
      const world = open();
      const { document, changed } = one.change(await one.make(world, nextNumber()), nextNumber());
      const request = toRequest(document, { externalId: gone, changed });
      expect(await writeOne(world.connect(), one, request)).toEqual({ type: 'gone' });
    });
  }

  if (!isWaived(stale)) {
    it('notices that somebody else changed the record since it was looked at', async () => {
      const world = open();
      const before = await makeHeld(world, world.connect(), one);
      if (stale.when === 'before') await stale.change(world, before);
      world.wire.change(async (answer, { index }) => {
        if (stale.when === 'afterReading' && index === 0) await stale.change(world, before);
        return answer;
      });
      const { document, changed } = one.change(before.document, nextNumber());
      const request = toRequest(document, { externalId: before.externalId, changed, held: before });
      expect(await writeOne(world.connect({ url: world.wire.url }), one, request)).toEqual({ type: 'stale' });
      const now = await find(world.connect(), before.externalId, before.document);
      expect(now).not.toEqual(before);
      expect(one.facts(now?.document ?? {})).not.toEqual(one.facts(document));
    });
  }

  it(`${declared.uniqueKey ? 'never makes' : 'does not claim to prevent'} a second record with the same natural key`, async () => {
    expect(declared.uniqueKey).toBe(!isWaived(unique));
    if (isWaived(unique)) return;
    const world = open();
    const system = world.connect();
    const document = await one.make(world, nextNumber());
    heldIn(await writeOne(system, one, toRequest(document)));
    const rows = await unique.rows(world);
    const again = await writeOne(world.connect(), one, toRequest(document));
    expect(again).toMatchObject(again.type === 'written' ? { created: false } : { type: 'stale' });
    expect(await unique.rows(world)).toBe(rows);
  });
}
