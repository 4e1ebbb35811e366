/** What a comparison makes of records that the hub does not have, where a flow takes nothing of the past. */
import { expect, it } from '@jest/globals';
import type { CanonicalEvent, Change } from '../log/envelope.js';
import type { Tx } from '../store/database.js';
import { comparePage, type ComparisonEars, type PageDeps, type PageInput } from './comparison-page.js';

const startedAt = '2026-03-01T10:00:00.000Z';

async function compared(entity: 'product' | 'order', document: Change['document'], after: Record<string, string> = {}) {
  const changes = Object.fromEntries(Object.entries(after).map(([field, value]) => [field, [null, value] as const]));
  const event = {
    entity,
    id: 'x_1',
    version: 1,
    action: 'created',
    changes,
    cause: { system: 'till', externalId: '1' },
  };
  const deps = {
    ingestBy: (_: unknown, ears: ComparisonEars) => () => Promise.resolve(ears.events([event as CanonicalEvent])),
    rows: {
      rowsHeldAs: () => Promise.resolve([]),
      knownIds: () => Promise.resolve(new Set()),
      onTheWay: () => Promise.resolve(new Map()),
    },
    heldAs: { product: [], order: [] },
    versions: { forgetVersionsAbove: () => Promise.resolve([]) },
  } as unknown as PageDeps;
  const input = {
    flow: { key: 'f', entity, source: 'till', target: 'shop', startedAt, settings: { startFrom: 'now' } },
    connected: { key: 'till', connector: { changedAtField: 'changedAt' } },
    stream: { name: 's', record: entity, entity },
    changes: [{ record: entity, externalId: '1', hash: 'h', document }],
  } as unknown as PageInput;
  const { findings, leftOut } = await comparePage(deps, {} as Tx, input);
  return { found: findings.map(({ state, reason }) => (reason === null ? state : `${state}: ${reason}`)), leftOut };
}

const before = { found: [], leftOut: 1 };
const missed = { found: ['MISSED'], leftOut: 0 };

it('leaves out a record that was changed last before the flow began, and misses one that was changed since', async () => {
  expect(await compared('product', { changedAt: '2026-03-01T09:59:59.999Z' })).toEqual(before);
  expect(await compared('product', { changedAt: startedAt })).toEqual(missed);
});

it('says why it cannot tell where the system does not say when a record was changed', async () => {
  const reason = 'KNOWN: The flow starts now, and its system does not tell whether this was there before.';
  for (const document of [{}, { changedAt: null }, { changedAt: 'never' }] as Change['document'][])
    expect(await compared('product', document)).toEqual({ found: [reason], leftOut: 0 });
});

it('goes by the moment at which an order was placed', async () => {
  const changedAt = '2026-03-02T00:00:00Z';
  expect(await compared('order', { changedAt }, { placedAt: '2026-02-28T10:00:00Z' })).toEqual(before);
  expect(await compared('order', { changedAt }, { placedAt: '2026-03-01T10:00:01Z' })).toEqual(missed);
  expect(await compared('order', {})).toEqual(missed);
});
