/** Conformance: who answers, what people are told about a connection, and that nobody is told a secret. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import type { ConnectionCheck, System } from '../../src/systems/system.js';
import type { Features, World } from './system-features.js';
import { never, nobody, openWorld, thrownBy } from './system-world.js';
import { toRequest, nextNumber } from './system-writing.js';
import type { WireChange } from './wire.js';

export function describeConnection(features: Features, open: () => World): void {
  describe('its account', () => describeAccount(features, open));
  describe('its test of a connection', () => describeTest(open));
  describe('a proxy that repeats what it was sent', () => describeEcho(features, open));
}

function describeAccount(features: Features, open: () => World): void {
  it('is the same at every connection, and another one for another administration', async () => {
    const world = open();
    const account = await world.connect().account(never);
    expect(account.name).not.toBe('');
    expect(await world.connect().account(never)).toEqual(account);
    const other = await openWorld(features, 8);
    try {
      expect((await other.connect().account(never)).fingerprint).not.toBe(account.fingerprint);
    } finally {
      await other.close();
    }
  });

  it('is never made up when it cannot be read', async () => {
    const world = open();
    for (const fault of ['halfBody', 'html', '500before', 'resetBefore', '429', '401']) {
      await world.fault({ fault });
      expect((await thrownBy(world.connect().account(never)))?.class).toBe(fault === '401' ? 'auth' : 'environment');
      await world.clearFaults();
    }
  });
}

function describeTest(open: () => World): void {
  const expectLines = (checks: readonly ConnectionCheck[]): void => {
    expect(checks.length).toBeGreaterThan(0);
    expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
    for (const { name, message, status, hint } of checks) {
      expect(name).toMatch(/^\S.*$/);
      expect(message).toMatch(/^\S.*$/);
      if (status === 'fail') expect(hint).toMatch(/^\S.*$/);
    }
  };

  it('has a line for each check, and all pass when all is well', async () => {
    const checks = await open().connect().test(never);
    expectLines(checks);
    expect(checks.length).toBeGreaterThan(2);
    expect(checks.map(({ status }) => status)).toEqual(checks.map(() => 'pass'));
  });

  it.each(['401', 'html', 'empty', '500before', 'resetBefore', 'halfBody', '429'])(
    'says what is wrong instead of throwing, after %s',
    async (fault) => {
      await open().fault({ fault, bytes: 0, times: 1_000 });
      const checks = await open().connect().test(never);
      expectLines(checks);
      expect(checks.map(({ status }) => status)).toContain('fail');
    },
  );

  it('says so when nobody is there, and when it is called off', async () => {
    const aborted = AbortSignal.abort();
    for (const checks of [await open().connect({ url: nobody }).test(never), await open().connect().test(aborted)]) {
      expectLines(checks);
      expect(checks.map(({ status }) => status)).toContain('fail');
    }
  });
}

/** Everything that was sent comes back, as error pages of careless proxies show it. */
function describeEcho(features: Features, open: () => World): void {
  const echoes: readonly (readonly [string, (text: string) => ReturnType<WireChange>])[] = [
    ...[200, 302, 401, 404, 429, 502].flatMap(
      (status) =>
        [
          [
            `${status} as a page`,
            (text: string) => answer(status, 'text/html', `<html><body>${escapeHtml(text)}</body></html>`),
          ],
          [`${status} as text`, (text: string) => answer(status, 'text/plain', text)],
          [
            `${status} as JSON`,
            (text: string) => answer(status, 'application/json', JSON.stringify({ request: text })),
          ],
        ] as const,
    ),
    ...[200, 400, 404, 409, 422, 500].map(
      (status) =>
        [
          `${status} in the system's own words`,
          (text: string) => {
            const { type, body } = features.complain(text);
            return answer(status, type, body);
          },
        ] as const,
    ),
  ];

  it.each(echoes)('learns nothing that is shown to people: %s', async (_, echo) => {
    const world = open();
    world.wire.change((_answer, { text }) => echo(text));
    const odd = Object.fromEntries(features.secrets.map((name) => [name, `0dd&"<${name}>+/'%41`]));
    const looked = world.leaks.looked;
    await useAll(features, world, () => world.connect({ ...odd, url: world.wire.url }));
    expect(world.leaks.looked - looked).toBeGreaterThan(features.streams.length + features.writes.length);
    expect(world.leaks.found).toEqual([]);
  });
}

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const answer = (status: number, type: string, text: string): ReturnType<WireChange> => ({
  status,
  type,
  body: Buffer.from(text),
});

/** Every call of the port once, each at a connection of its own, because a refused one may be held back; errors are looked through by the world. */
async function useAll(features: Features, world: World, connect: () => System): Promise<void> {
  const calls: ((system: System) => Promise<unknown>)[] = [
    (system) => system.account(never),
    (system) => system.test(never),
    (system) => system.discover(never),
  ];
  for (const { name } of features.streams) {
    calls.push((system) => system.source.read(name, null, { limit: 5, signal: never }));
    calls.push((system) => system.source.head(name, never));
  }
  for (const one of features.writes) {
    const document: Document = await one.make(world, nextNumber());
    for (const externalId of [null, '12345']) {
      calls.push((system) => system.target.write(one.entity, [toRequest(document, { externalId })], never));
      calls.push((system) => system.target.find(one.entity, { externalId, document }, never));
    }
  }
  for (const call of calls) await thrownBy(call(connect()));
}
