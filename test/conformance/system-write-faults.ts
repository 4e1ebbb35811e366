/** Conformance: what may have been applied is never called a plain failure, and a record that cannot be looked up is not "none". */
import { describe, expect, it } from '@jest/globals';
import type { System } from '../../src/systems/system.js';
import { until } from '../support/wait.js';
import { isWaived, type Features, type WriteFeatures, type World } from './system-features.js';
import { atEachRequest, never, nobody, thrownBy } from './system-world.js';
import { heldIn, makeHeld, nextNumber, toRequest, writeOne } from './system-writing.js';

type Rule = Readonly<Record<string, unknown>> & { readonly fault: string };

/** Whether the fault lets the write happen before it spoils the answer. */
const doubtful: readonly (readonly [Rule, boolean])[] = [
  [{ fault: 'applyThenReset' }, true],
  [{ fault: '500after' }, true],
  [{ fault: 'halfBody' }, true],
  [{ fault: 'halfBody', clean: true }, true],
  [{ fault: 'gzipBomb', bytes: 70_000_000 }, true],
  [{ fault: 'resetBefore' }, false],
  [{ fault: '500before' }, false],
  [{ fault: 'html' }, false],
  [{ fault: 'html', status: 302 }, false],
  [{ fault: 'empty' }, false],
  [{ fault: 'faultWith200' }, false],
];
const harmless = [
  ['429', 'RATE_LIMITED'],
  ['401', 'CREDENTIALS_REJECTED'],
] as const;
const unseen: readonly Rule[] = [
  { fault: 'halfBody' }, { fault: 'halfBody', clean: true }, { fault: 'html' }, { fault: 'html', status: 404 },
  { fault: 'empty', status: 200 }, { fault: 'empty', status: 404 }, { fault: 'faultWith200' }, { fault: '500before' },
  { fault: 'resetBefore' }, { fault: '429' }, { fault: '401' },
]; // prettier-ignore

export function describeWriteFaults(features: Features, open: () => World): void {
  for (const one of features.writes) {
    describe(`a failing answer while ${one.entity} is written`, () => {
      describeDoubt(one, open);
      describeCertainty(one, open);
    });
  }
  describeSilence(features, open);
}

function describeDoubt(one: WriteFeatures, open: () => World): void {
  it.each(doubtful)('leaves in doubt what became of it: %j', async (rule, isApplied) => {
    const world = open();
    const document = await one.make(world, nextNumber());
    const before = await world.applied();
    await world.fault({ ...rule, match: one.operations.create });
    const outcome = await writeOne(world.connect(), one, toRequest(document));
    expect(await world.fired()).toBe(1);
    expect(outcome).toMatchObject({ type: 'unknown', error: { class: 'environment' } });
    expect((await world.applied()) > before).toBe(isApplied);
    await world.clearFaults();
    const found = await world.connect().target.find(one.entity, { externalId: null, document }, never);
    if (isApplied) expect(one.facts(found?.document ?? {})).toEqual(one.facts(document));
    else if (!isWaived(one.creates)) expect(found).toBeNull();
    if (!isApplied) heldIn(await writeOne(world.connect(), one, toRequest(document)));
  });

  it('leaves an update in doubt as well, and it can be said again', async () => {
    const world = open();
    for (const fault of ['applyThenReset', 'resetBefore', '500after']) {
      const system = world.connect();
      const held = await makeHeld(world, system, one);
      const { document, changed } = one.change(held.document, nextNumber());
      const request = toRequest(document, { externalId: held.externalId, changed, held });
      await world.fault({ fault, match: one.operations.update });
      expect(await writeOne(system, one, request)).toMatchObject({ type: 'unknown' });
      await world.clearFaults();
      const now = await system.target.find(one.entity, { externalId: held.externalId, document }, never);
      const again = await writeOne(system, one, { ...request, held: now });
      expect(one.facts(heldIn(again).document)).toEqual(one.facts(document));
    }
  });

  it('leaves in doubt what is applied only after the connection broke', async () => {
    const world = open();
    const document = await one.make(world, nextNumber());
    const before = await world.applied();
    await world.fault({ fault: 'applyLate', ms: 40, match: one.operations.create });
    expect(await writeOne(world.connect(), one, toRequest(document))).toMatchObject({ type: 'unknown' });
    await world.settled();
    expect(await world.applied()).toBeGreaterThan(before);
    const found = await world.connect().target.find(one.entity, { externalId: null, document }, never);
    expect(one.facts(found?.document ?? {})).toEqual(one.facts(document));
  });

  it('leaves in doubt what was sent before it was called off, and sends nothing afterwards', async () => {
    const world = open();
    const document = await one.make(world, nextNumber());
    const stop = new AbortController();
    await world.fault({ fault: 'timeoutBefore', match: one.operations.create });
    const writing = world.connect().target.write(one.entity, [toRequest(document)], stop.signal);
    await until(async () => (await world.fired()) === 1, { what: 'the request', everyMs: 2 });
    stop.abort();
    expect(await writing).toMatchObject([{ type: 'unknown', error: { class: 'environment' } }]);
    await world.clearFaults();
    const before = await world.applied();
    const requests = [toRequest(document), toRequest(await one.make(world, nextNumber()))];
    const outcomes = await world.connect().target.write(one.entity, requests, stop.signal);
    expect(outcomes).toHaveLength(2);
    for (const outcome of outcomes) expect(['failed', 'unknown']).toContain(outcome.type);
    expect(await world.applied()).toBe(before);
  });
}

function describeCertainty(one: WriteFeatures, open: () => World): void {
  it.each(harmless)('is a failure for certain after %s', async (fault, code) => {
    const world = open();
    const document = await one.make(world, nextNumber());
    const before = await world.applied();
    await world.fault({ fault, match: one.operations.create });
    const outcome = await writeOne(world.connect(), one, toRequest(document));
    expect(outcome).toMatchObject({ type: 'failed', error: { code } });
    expect(await world.applied()).toBe(before);
  });

  it('is a failure for certain when nobody was there', async () => {
    const world = open();
    const request = toRequest(await one.make(world, nextNumber()));
    const outcome = await writeOne(world.connect({ url: nobody }), one, request);
    expect(outcome).toMatchObject({ type: 'failed', error: { code: 'SYSTEM_UNREACHABLE' } });
  });

  it('never claims too much, whichever request of the write it meets', async () => {
    const world = open();
    for (const fault of ['500after', 'resetBefore', 'halfBody', 'html', '429', '401', 'applyThenReset']) {
      const requests = await atEachRequest(world, { fault }, async () => {
        const held = await makeHeldUnfaulted(world, one);
        const { document, changed } = one.change(held.document, nextNumber());
        const before = await world.applied();
        const update = toRequest(document, { externalId: held.externalId, changed, held });
        const outcome = await writeOne(world.connect(), one, update);
        const isApplied = (await world.applied()) > before;
        expect(['failed', 'unknown']).toContain(outcome.type);
        if (isApplied) expect(outcome.type).toBe('unknown');
      });
      expect(requests).toBeGreaterThan(0);
    }
  });

  /** Made before the fault is set, so that only the update meets it. */
  const makeHeldUnfaulted = async (world: World, features: WriteFeatures) => {
    const { faults } = await world.admin<{ faults: Rule[] }>('GET', 'faults');
    await world.clearFaults();
    const held = await makeHeld(world, world.connect(), features);
    for (const rule of faults) await world.fault(rule);
    return held;
  };

  it('is never taken for "there is no such record" by a look-up', async () => {
    const world = open();
    const held = await makeHeld(world, world.connect(), one);
    const look = (system: System, externalId: string | null) =>
      system.target.find(one.entity, { externalId, document: held.document }, never);
    for (const rule of unseen) {
      for (const externalId of [held.externalId, null]) {
        const requests = await atEachRequest(world, rule, async () => {
          const error = await thrownBy(look(world.connect(), externalId));
          expect([rule, error?.class]).toEqual([rule, rule.fault === '401' ? 'auth' : 'environment']);
        });
        expect(requests).toBeGreaterThan(0);
      }
    }
    expect((await thrownBy(look(world.connect({ url: nobody }), null)))?.code).toBe('SYSTEM_UNREACHABLE');
  });
}

/** Time-outs take three seconds each, of which reads before the write have some; so all entities wait together. */
function describeSilence({ writes }: Features, open: () => World): void {
  it.each(['applyThenTimeout', 'timeoutBefore'])('a write that is not answered (%s) is in doubt', async (fault) => {
    const world = open();
    const documents = await Promise.all(writes.map((one) => one.make(world, nextNumber())));
    for (const one of writes) await world.fault({ fault, match: one.operations.create });
    const outcomes = await Promise.all(
      writes.map((one, at) => writeOne(world.connect({ timeoutMs: 3_000 }), one, toRequest(documents[at]!))),
    );
    expect(outcomes).toMatchObject(writes.map(() => ({ type: 'unknown', error: { code: 'SYSTEM_TIMEOUT' } })));
    expect(await world.fired()).toBe(writes.length);
  });

  it('promises how long a request may live, longer than it waits for an answer', () => {
    expect(open().connect({ timeoutMs: 3_000 }).target.requestLifeMs).toBeGreaterThan(3_000);
  });
}
