/** docs/api.md is true: its examples run against a hub with known data, its limits are those of the code. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { budgetLimit, restoreRate } from '../../src/http/budget.js';
import { limits } from '../../src/http/operation-limits.js';
import { bodyLimit } from '../../src/http/request-body.js';
import { socketLimits } from '../../src/http/socket-clients.js';
import { scopesOfRole, type RoleName } from '../../src/schema/access.js';
import { pageLimit } from '../../src/schema/page.js';
import { filterLimit, listLimit } from '../../src/store/conditions.js';
import { appendJournal } from '../../src/store/journal.js';
import { examplesOf, filledIn, shownAs, type DocumentExample } from '../support/document-examples.js';
import { fillSales } from '../support/graph-sales.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { until } from '../support/wait.js';

const document = readFileSync('docs/api.md', 'utf8');
const examples = examplesOf(document);

let world: GraphWorld;
/** `data` of the answers so far, for examples that go on from another one. */
const answers = new Map<number, unknown>();
beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 5);
  await fillSales(world.database, 28);
}, 60_000);
afterAll(() => world.close());

const keyOf = (note: string): Promise<string> =>
  note in scopesOfRole ? world.keyOf(note as RoleName) : world.keyWith(note.split(' '));

async function record(): Promise<void> {
  const entry = {
    traceId: 'trc_1', step: 'applied', outcome: 'updated', entity: 'product', canonicalId: 'prd_00001', externalId: 'Aprd_00001',
  } as const; // prettier-ignore
  await world.database.tx((tx) => appendJournal(tx, [entry]));
}

/** The first event of a subscription; `nudge` is done until one has come. */
async function firstEvent(query: string, variables: Record<string, unknown>, nudge: () => Promise<void>) {
  const client = createClient({
    url: `${world.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${world.adminKey}` },
  });
  const got: { data?: unknown }[] = [];
  const stop = client.subscribe(
    { query, variables },
    {
      next: (result) => void got.push(result as never),
      error: (error) => void got.push({ data: error }),
      complete: () => undefined,
    },
  );
  await until(async () => (await nudge(), got.length > 0), { what: 'an event', everyMs: 100 });
  stop();
  await client.dispose();
  return { data: got[0]!.data as any }; // eslint-disable-line @typescript-eslint/no-explicit-any
}

async function received({ query, key, variables }: DocumentExample): Promise<Record<string, unknown>> {
  if (query.startsWith('subscription')) {
    const before = await firstEvent(query, {}, record);
    await record();
    return firstEvent(query, { since: before.data.syncEventRecorded.cursor }, () => Promise.resolve());
  }
  const given = filledIn(variables, answers) as Record<string, unknown>;
  const { body } = await world.ask(query, given, key === null ? world.adminKey : await keyOf(key));
  const { extensions, ...shown } = body;
  expect(extensions?.cost ?? body.errors).toBeDefined();
  return shown;
}

describe('docs/api.md', () => {
  it('has ten examples in order', () => {
    expect(examples.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each(examples.map((example) => [`${example.number}. ${example.title}`, example] as const))(
    'shows what the hub answers: %s',
    async (_, example) => {
      const answer = await received(example);
      answers.set(example.number, answer['data']);
      expect(shownAs(example.answer, answer)).toEqual(example.answer);
    },
  );

  it('has the price of a small operation', async () => {
    const [, printed = ''] = /`(\{"requested": [^`]+\})`/.exec(document) ?? [];
    const { body } = await world.ask('{ viewer { role } }', {}, await world.keyOf('VIEWER'));
    expect(body.extensions.cost).toEqual(JSON.parse(printed));
  });

  it('has the limits of the code', () => {
    const rows = Object.fromEntries(
      [...document.matchAll(/^\| ([^|`]+) \| (\d+) \|$/gm)].map(([, name = '', value]) => [name, Number(value)]),
    );
    expect(rows).toEqual({
      'points of one operation': limits.cost,
      'budget of a key, points': budgetLimit,
      'points that come back each second': restoreRate,
      'records of a page': pageLimit,
      'levels of depth': limits.depth,
      'fields of an operation': limits.fields,
      'aliases of an operation': limits.aliases,
      'root fields of an operation': limits.rootFields,
      'directives of an operation': limits.directives,
      'tokens of a document': limits.tokens,
      'filters inside one filter, on all its levels': filterLimit,
      'values of a list in a filter': listLimit,
      'bytes of a body': bodyLimit,
      'bytes of a WebSocket message': socketLimits.payload,
      'open sockets of a key': socketLimits.socketsPerKey,
      'operations on a socket': socketLimits.operations,
    });
  });

  it('has the roles of the code', () => {
    const rowOf = (role: string): string => new RegExp(`^\\| \`${role}\` \\| (.*) \\|$`, 'm').exec(document)?.[1] ?? '';
    let before: readonly string[] = [];
    for (const [role, scopes] of Object.entries(scopesOfRole)) {
      const added = scopes.filter((scope) => !before.includes(scope) && scope !== 'ADMIN');
      expect([role, [...rowOf(role).matchAll(/`([A-Z_]+)`/g)].map(([, scope]) => scope).sort()]).toEqual([
        role,
        [...added].sort(),
      ]);
      before = scopes;
    }
  });
});
