/** What each flow did in the last day, in pieces: runs fall into the piece in which they began, and all flows cost one statement. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let graph: GraphWorld;
const hourMs = 3_600_000;

beforeAll(async () => {
  graph = await openGraphWorld();
  await fillCatalogue(graph.database, 2);
  // Hours are counted from the end of this one, which may not come before they are asked for.
  const left = hourMs - (Date.now() % hourMs);
  if (left < 20_000) await new Promise((next) => setTimeout(next, left + 100));
  await graph.database.query(`insert into flow (id, key, name, entity, source, target)
    select 'flw_' || i, 'flow-' || i, 'Flow ' || i, 'product', 'mpluskassa', 'softmaat' from generate_series(1, 6) i`);
  // Two runs in this hour, one of them failed; one two hours ago; one before yesterday.
  await graph.database.query(`insert into flow_run (id, flow, trigger, status, started_at, read, created, failed)
    select 'run_' || f.key || a.i, f.key, 'SCHEDULE', case a.i when 2 then 'FAILED' else 'SUCCEEDED' end, a.at, 10, a.i, case a.i when 2 then 3 else 0 end
    from flow f, (values (1, date_trunc('hour', now())), (2, now()), (3, date_trunc('hour', now()) - interval '2 hours'), (4, now() - interval '50 hours')) as a(i, at)
    where f.key like 'flow-%'`);
}, 60_000);
afterAll(() => graph.close());

interface Piece {
  readonly from: string;
  readonly to: string;
  readonly runCount: number;
  readonly failedRunCount: number;
  readonly counts: { readonly created: number; readonly failed: number };
}
const fields = '{ from to runCount failedRunCount counts { created failed } }';

async function piecesOf(activity: string): Promise<readonly (readonly Piece[])[]> {
  const { body } = await graph.ask(`{ flows { key activity${activity} ${fields} } }`);
  expect(body.errors).toBeUndefined();
  return (body.data.flows as { key: string; activity: Piece[] }[])
    .filter(({ key }) => key.startsWith('flow-'))
    .map(({ activity: pieces }) => pieces);
}

it('has an hour each by default, whole ones, the oldest first', async () => {
  const [pieces] = await piecesOf('');
  expect(pieces).toHaveLength(24);
  pieces!.forEach(({ from, to }) => {
    expect(Date.parse(from) % hourMs).toBe(0);
    expect(Date.parse(to) - Date.parse(from)).toBe(hourMs);
  });
  expect(Date.parse(pieces!.at(-1)!.to)).toBeGreaterThan(Date.now());
  const happened = pieces!.flatMap(({ runCount, failedRunCount, counts }, i) => (runCount > 0 ? [{ i, runCount, failedRunCount, counts }] : [])); // prettier-ignore
  expect(happened).toEqual([
    { i: 21, runCount: 1, failedRunCount: 0, counts: { created: 3, failed: 0 } },
    { i: 23, runCount: 2, failedRunCount: 1, counts: { created: 3, failed: 3 } },
  ]);
});

it('has as many pieces as are asked for, at most 48', async () => {
  const [pieces] = await piecesOf('(window: "P4D", pieces: 4)');
  expect(pieces).toHaveLength(4);
  expect(pieces!.reduce((sum, { runCount }) => sum + runCount, 0)).toBe(4);
  for (const asked of ['(pieces: 49)', '(pieces: 0)', '(window: "PT1S")', '(window: "P32D")']) {
    const { body } = await graph.ask(`{ flows { activity${asked} { from } } }`);
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  }
});

it('is read for all flows in one statement', async () => {
  graph.statements();
  await piecesOf('');
  expect(graph.statements().filter((text) => text.includes('flow_run'))).toHaveLength(1);
});
