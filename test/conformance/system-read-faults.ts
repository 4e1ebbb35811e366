/** Conformance: whatever goes wrong with an answer, it is an error of the right kind and never a shorter page. */
import { describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '../../src/base/error-codes.js';
import type { Page, System } from '../../src/systems/system.js';
import type { Features, StreamFeatures, World } from './system-features.js';
import { atEachRequest, never, nobody, thrownBy } from './system-world.js';

type Rule = Readonly<Record<string, unknown>> & { readonly fault: string };

/** What may be said about each fault of a read. Time-outs are apart, because each of them takes a second. */
const faults: readonly (readonly [Rule, readonly ErrorCode[]])[] = [
  [{ fault: 'halfBody' }, ['INCOMPLETE_RESPONSE']],
  [{ fault: 'halfBody', bytes: 0 }, ['INCOMPLETE_RESPONSE']],
  [{ fault: 'halfBody', bytes: 1 }, ['INCOMPLETE_RESPONSE']],
  [{ fault: 'halfBody', bytes: 30 }, ['INCOMPLETE_RESPONSE']],
  [{ fault: 'halfBody', clean: true }, ['INCOMPLETE_RESPONSE']],
  [{ fault: 'html' }, ['UNEXPECTED_RESPONSE']],
  [{ fault: 'html', status: 302 }, ['UNEXPECTED_RESPONSE']],
  [{ fault: 'html', status: 404 }, ['UNEXPECTED_RESPONSE']],
  [{ fault: 'html', status: 503 }, ['SYSTEM_FAULT']],
  [{ fault: 'empty', status: 200 }, ['INCOMPLETE_RESPONSE', 'UNEXPECTED_RESPONSE']],
  [{ fault: 'empty', status: 502 }, ['SYSTEM_FAULT']],
  [{ fault: '500before' }, ['SYSTEM_FAULT']],
  [{ fault: '500after' }, ['SYSTEM_FAULT']],
  [{ fault: 'faultWith200' }, ['SYSTEM_FAULT', 'UNEXPECTED_RESPONSE']],
  [{ fault: 'resetBefore' }, ['INCOMPLETE_RESPONSE', 'SYSTEM_UNREACHABLE']],
  [{ fault: 'applyThenReset' }, ['INCOMPLETE_RESPONSE', 'SYSTEM_UNREACHABLE']],
  [{ fault: '429', retryAfter: 7 }, ['RATE_LIMITED']],
  [{ fault: '401' }, ['CREDENTIALS_REJECTED']],
];

const content = (page: Page): unknown => page.records.map(({ externalId, document }) => [externalId, document]);

async function scanAll(system: System, stream: string): Promise<void> {
  for await (const _ of system.source.scan(stream, never));
}

export function describeReadFaults(features: Features, open: () => World): void {
  for (const stream of features.streams) {
    describe(`a failing answer while ${stream.name} is read`, () => describeStream(features, stream, open));
  }
  describeSlowness(features, open);
}

function describeStream({ hollow }: Features, { name }: StreamFeatures, open: () => World): void {
  const read = (system: System, from: string | null): Promise<Page> =>
    system.source.read(name, from, { limit: 10, signal: never });

  it.each(faults)('is an error at whichever request: %j', async (rule, codes) => {
    const world = open();
    const reference = world.connect();
    const first = await read(reference, null);
    for (const from of [null, first.position]) {
      const whole = await read(world.connect(), from);
      const requests = await atEachRequest(world, rule, async () => {
        const system = world.connect();
        const error = await thrownBy(read(system, from));
        expect(codes).toContain(error?.code);
        expect(error?.class).toBe(rule.fault === '401' ? 'auth' : 'environment');
        if (rule['retryAfter'] !== undefined) expect(error?.retryAfterMs).toBe(7_000);
        // The same connection, read again from where it was, gives what it would have given.
        else expect(content(await read(system, from))).toEqual(content(whole));
      });
      expect(requests).toBeGreaterThan(0);
    }
  });

  it('is an error wherever the body was cut, also when the cut looks complete', async () => {
    const world = open();
    const readThrough = (): Promise<Page> => read(world.connect({ url: world.wire.url }), null);
    world.wire.change();
    const whole = await readThrough();
    expect(whole.records.length).toBeGreaterThan(0);
    const { requests } = world.wire;
    for (let index = 0; index < requests; index++) {
      for (let part = 0; part <= 16; part++) {
        let cut = '';
        world.wire.change((answer, request) => {
          if (request.index !== index) return answer;
          const text = answer.body.toString().trimEnd();
          cut = text.slice(0, part === 16 ? -1 : Math.floor((text.length * part) / 16));
          return { ...answer, body: Buffer.from(cut) };
        });
        const error = await thrownBy(readThrough());
        expect([cut.slice(-80), error?.class]).toEqual([cut.slice(-80), 'environment']);
      }
    }
    world.wire.change();
  });

  it('is an error when it has the form of an answer but not what belongs in it', async () => {
    const world = open();
    const readThrough = (): Promise<Page> => read(world.connect({ url: world.wire.url }), null);
    world.wire.change();
    await readThrough();
    const { requests } = world.wire;
    for (let index = 0; index < requests; index++) {
      for (const body of hollow) {
        world.wire.change((answer, request) =>
          request.index === index ? { ...answer, body: Buffer.from(body) } : answer,
        );
        expect([body, (await thrownBy(readThrough()))?.class]).toEqual([body, 'environment']);
      }
    }
    expect(hollow.length).toBeGreaterThan(2);
  });

  it('makes neither the head nor a scan of the system look as if they had ended well', async () => {
    const world = open();
    for (const fault of ['halfBody', 'html']) {
      for (const work of [
        (system: System) => system.source.head(name, never),
        (system: System) => scanAll(system, name),
      ]) {
        const requests = await atEachRequest(world, { fault }, async () => {
          expect((await thrownBy(work(world.connect())))?.class).toBe('environment');
        });
        expect(requests).toBeGreaterThan(0);
      }
    }
  });
}

function describeSlowness({ streams }: Features, open: () => World): void {
  const readAll = (settings: Readonly<Record<string, string | number>>): Promise<(string | undefined)[]> =>
    Promise.all(
      streams.map(async ({ name }) => {
        const read = open().connect(settings).source.read(name, null, { limit: 10, signal: never });
        return (await thrownBy(read))?.code;
      }),
    );
  const all = (code: string): string[] => streams.map(() => code);

  it('tells a system that does not answer from one that answers too slowly, by the time that is set', async () => {
    for (const rule of [{ fault: 'timeoutBefore' }, { fault: 'slowDrip', ms: 100, bytes: 1 }]) {
      await open().fault({ ...rule, times: 100 });
      expect(await readAll({ timeoutMs: 1_000 })).toEqual(all('SYSTEM_TIMEOUT'));
      await open().clearFaults();
    }
  });

  it('unpacks no more of an answer than could be one', async () => {
    const { name } = streams[0]!;
    const requests = await atEachRequest(open(), { fault: 'gzipBomb', bytes: 80_000_000 }, async () => {
      const read = open().connect().source.read(name, null, { limit: 10, signal: never });
      expect((await thrownBy(read))?.code).toBe('RESPONSE_TOO_LARGE');
    });
    expect(requests).toBeGreaterThan(0);
  });

  it('says when nobody is there', async () => {
    expect(await readAll({ url: nobody })).toEqual(all('SYSTEM_UNREACHABLE'));
  });

  it('stops reading at once when it is called off', async () => {
    const world = open();
    await world.fault({ fault: 'timeoutBefore', times: 100 });
    for (const { name } of streams) {
      const stop = new AbortController();
      const read = world.connect().source.read(name, null, { limit: 10, signal: stop.signal });
      setImmediate(() => stop.abort());
      const error = await thrownBy(read);
      expect([name, error?.class]).toEqual([name, 'environment']);
      expect(error?.code).not.toBe('SYSTEM_TIMEOUT');
    }
    await world.clearFaults();
  });
}
