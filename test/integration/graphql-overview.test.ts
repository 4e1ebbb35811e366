/** What is going on, what things are called, and what the catalogue uses, over real HTTP and a real Postgres. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendJournal } from '../../src/store/journal.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { fillSales } from '../support/graph-sales.js';

let graph: GraphWorld;
beforeAll(async () => {
  graph = await openGraphWorld();
  await fillCatalogue(graph.database, 20);
  await fillSales(graph.database, 6);
  await graph.database
    .query(`insert into flow_run (id, flow, trigger, status, started_at, finished_at, read, created, failed)
    select 'run_' || i, 'products', 'SCHEDULE', case i % 3 when 0 then 'FAILED' else 'SUCCEEDED' end,
      now() - i * interval '10 minutes', now() - i * interval '10 minutes' + interval '1 second', 10, i, 1
    from generate_series(1, 9) i`);
  await graph.database
    .query(`insert into parked (id, stage, system, flow, entity, canonical_id, record_key, trace_id, code, message, hint, classification, fingerprint, payload, status)
    select 'prk_' || i, 'project', 'softmaat', 'products', 'product', 'prd_0000' || i, 'product:prd_0000' || i, 'trc_1', 'MAPPING_FAILED',
      'Broken ' || i, 'h', 'data', 'f', '{}', 'OPEN' from generate_series(1, 4) i`);
});
afterAll(async () => {
  await graph.close();
});

const ask = async <T>(query: string, variables: object = {}, key?: string): Promise<T> => {
  const { body } = await graph.ask(query, variables, key);
  expect(body.errors).toBeUndefined();
  return body.data as T;
};

interface Runs {
  readonly pageInfo: { readonly endCursor: string };
  readonly nodes: readonly object[];
}

describe('the overview', () => {
  it('sums what happened in the window and in the one before, in pieces that add up', async () => {
    const { overview } = await ask<{ overview: Record<string, unknown> }>(`{ overview(window: "PT45M") {
      systems { key } flows { key } openDeadLetters openFieldConflicts counts { created read failed } previousCounts { created }
      activity { from to counts { created } durationP95Ms } worstLag { flow { key } } } }`);
    expect(overview).toMatchObject({
      systems: [{ key: 'mpluskassa' }, { key: 'softmaat' }],
      openDeadLetters: 4,
      openFieldConflicts: 0,
      counts: { created: 1 + 2 + 3 + 4, read: 40, failed: 4 },
      previousCounts: { created: 5 + 6 + 7 + 8 },
      worstLag: null,
    });
    const pieces = overview['activity'] as { from: string; to: string; counts: { created: number } }[];
    expect(pieces).toHaveLength(24);
    expect(pieces.reduce((sum, { counts }) => sum + counts.created, 0)).toBe(10);
    pieces.slice(1).forEach(({ from }, at) => expect(from).toBe(pieces[at]!.to));
  });

  it('says how writing to a system went, as most of its calls have it', async () => {
    const askCalls = async (): Promise<unknown> =>
      (
        await ask<{ systems: object[] }>(
          '{ systems { key health { calls(window: "PT15M") { written failed medianMs } } } }',
        )
      ).systems;
    expect(await askCalls()).toEqual([
      { key: 'mpluskassa', health: { calls: { written: 0, failed: 0, medianMs: null } } },
      { key: 'softmaat', health: { calls: { written: 0, failed: 0, medianMs: null } } },
    ]);
    const entry = { traceId: 'trc_1', outcome: 'updated', flow: 'products', system: 'softmaat', entity: 'product' };
    await graph.database.tx((tx) =>
      appendJournal(tx, [
        ...[80, 90, 2_000].map((durationMs) => ({ ...entry, step: 'written', durationMs }) as const),
        { ...entry, step: 'failed', durationMs: 9_000 },
        { ...entry, step: 'written', durationMs: null },
      ]),
    );
    expect(await askCalls()).toEqual([
      { key: 'mpluskassa', health: { calls: { written: 0, failed: 0, medianMs: null } } },
      { key: 'softmaat', health: { calls: { written: 4, failed: 1, medianMs: 90 } } },
    ]);
  });

  it('refuses windows and pieces that would read everything', async () => {
    for (const query of [
      '{ overview(window: "P999D") { openDeadLetters } }',
      '{ activity(window: "PT1H", bucket: "PT1S") { from } }',
    ]) {
      const { body } = await graph.ask(query);
      expect(body.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });

  it('lists runs by what they came to, in pages', async () => {
    const query = `query ($after: String) { flowRuns(first: 2, after: $after, filter: { status: [FAILED] }) {
      totalCount { value } pageInfo { hasNextPage endCursor } nodes { id status flow { key } } } }`;
    const first = await ask<{ flowRuns: Runs }>(query);
    expect(first.flowRuns).toMatchObject({
      totalCount: { value: 3 },
      pageInfo: { hasNextPage: true },
      nodes: [{ id: 'run_3' }, { id: 'run_6' }],
    });
    const second = await ask<{ flowRuns: Runs }>(query, { after: first.flowRuns.pageInfo.endCursor });
    expect(second.flowRuns.nodes).toMatchObject([{ id: 'run_9', status: 'FAILED', flow: { key: 'products' } }]);
    expect(await ask('{ flowRun(id: "run_1") { status } }')).toEqual({ flowRun: { status: 'SUCCEEDED' } });
  });

  it('says what trying problems again would mean before anybody does', async () => {
    const { replayPlan } = await ask<{ replayPlan: { warnings: string[] } }>(
      '{ replayPlan(selection: { fingerprint: "f" }) { count { value precision } byFlow { count flow { key } } alreadyDelivered warnings oldest } }',
    );
    // One of the four products ends in 3: of it the projection is parked; the other three have been delivered since.
    expect(replayPlan).toMatchObject({
      count: { value: 4, precision: 'EXACT' },
      byFlow: [{ count: 4, flow: { key: 'products' } }],
      alreadyDelivered: 3,
    });
    expect(replayPlan.warnings).toEqual([expect.stringContaining('3 of the records')]);
    await graph.database.query(`update flow set state = 'PAUSED'`);
    const again = await ask<{ replayPlan: { warnings: string[] } }>(
      '{ replayPlan(selection: { ids: ["prk_1"] }) { warnings } }',
    );
    expect(again.replayPlan.warnings[0]).toContain('Products is not running');
    await graph.database.query(`update flow set state = 'ENABLED'`);
  });
});

describe('a search', () => {
  const query = `query ($text: String!) { search(text: $text) { nodes { __typename ... on Product { id } ... on ProductVariant { sku } ... on Order { number }
    ... on Customer { id } ... on Flow { key } ... on System { key } ... on Category { id } ... on DeadLetter { id } } } }`;
  const found = async (text: string, key?: string) =>
    (
      await ask<{ search: { nodes: { __typename: string; sku?: string; number?: string; key?: string }[] } }>(
        query,
        { text },
        key,
      )
    ).search.nodes;

  it('finds what is called exactly so first, of every kind', async () => {
    expect((await found('10071'))[0]).toMatchObject({ __typename: 'ProductVariant', sku: '10071' });
    const { orders } = await ask<{ orders: { nodes: { number: string }[] } }>(
      '{ orders(first: 1) { nodes { number } } }',
    );
    expect((await found(orders.nodes[0]!.number))[0]).toMatchObject({
      __typename: 'Order',
      number: orders.nodes[0]!.number,
    });
    expect(await found('softmaat')).toContainEqual({ __typename: 'System', key: 'softmaat' });
    expect(await found('Broken 2')).toContainEqual({ __typename: 'DeadLetter', id: 'prk_2' });
    expect(await found('nothing is called so')).toEqual([]);
  });

  it('shows a key the kinds that it may see', async () => {
    const key = await graph.keyWith(['READ_CATALOGUE']);
    const ofProducts = '{ search(text: "Shirt 7") { nodes { __typename ... on Product { name } } } }';
    const { search } = await ask<{ search: { nodes: { __typename: string }[] } }>(ofProducts, {}, key);
    expect(new Set(search.nodes.map(({ __typename }) => __typename))).toEqual(new Set(['Product']));
    expect(await ask('{ search(text: "softmaat") { nodes { __typename } totalCount { value } } }', {}, key)).toEqual({
      search: { nodes: [], totalCount: { value: 0 } },
    });
  });

  it('shows every hit once, whichever way and in whatever steps it is paged through', async () => {
    type Page = { edges: { cursor: string; node: { id: string } }[]; pageInfo: Record<string, boolean | string>; totalCount: { value: number; precision: string } }; // prettier-ignore
    const part = `... on Product { id } ... on ProductVariant { id } ... on Order { id } ... on Customer { id } ... on Category { id }
      ... on DeadLetter { id } ... on Flow { id } ... on System { id } ... on Mapping { id } ... on ValueMap { id }`;
    const page = async (size: object) =>
      (
        await ask<{ search: Page }>(
          `query ($first: Int, $after: String, $last: Int, $before: String) { search(text: "s", first: $first, after: $after, last: $last, before: $before) {
            edges { cursor node { ${part} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount { value precision } } }`,
          size,
        )
      ).search;
    const walk = async (forward: boolean, step: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let at: string | undefined; ;) {
        const found = await page(forward ? { first: step, after: at } : { last: step, before: at });
        const here = found.edges.map(({ node }) => node.id);
        if (forward) ids.push(...here);
        else ids.unshift(...here);
        if (found.pageInfo[forward ? 'hasNextPage' : 'hasPreviousPage'] !== true) return ids;
        expect(here).toHaveLength(step);
        at = found.pageInfo[forward ? 'endCursor' : 'startCursor'] as string;
      }
    };
    const all = await walk(true, 100);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(all.map((id) => id.slice(0, 4))).size).toBeGreaterThanOrEqual(4);
    expect((await page({ first: 1 })).totalCount).toEqual({ value: all.length, precision: 'EXACT' });
    for (const step of [1, 7]) {
      expect(await walk(true, step)).toEqual(all);
      expect(await walk(false, step)).toEqual(all);
    }
  }, 60_000);

  it('refuses an empty text, and counts what it asks for', async () => {
    expect((await graph.ask(query, { text: ' ' })).body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    const few = await graph.ask('{ search(text: "a", first: 1) { nodes { ... on Product { id } } } }');
    const many = await graph.ask('{ search(text: "a", first: 50) { nodes { ... on Product { id } } } }');
    expect(few.body.extensions.cost.requested).toBeLessThan(many.body.extensions.cost.requested);
    const ids = Array.from({ length: 101 }, (_, i) => `prd_${i}`);
    const nodes = await graph.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes.body.errors[0].message).toContain('100');
  });
});

describe('jobs', () => {
  it('are listed in pages, the newest first, by kind and status', async () => {
    await graph.database.query(
      `insert into job (id, kind, status, input, created_by, created_at)
       select 'job_' || lpad(i::text, 2, '0'), case when i % 3 = 0 then 'REPLAY' else 'BACKFILL' end,
         case when i % 2 = 0 then 'SUCCEEDED' else 'FAILED' end, '{}', 'key_1', timestamptz '2026-03-01' + (i / 2) * interval '1 microsecond'
       from generate_series(1, 30) i`,
    );
    type Jobs = { jobs: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string }; totalCount: { value: number; precision: string } } }; // prettier-ignore
    const text = `query ($after: String, $filter: JobFilter) { jobs(first: 7, after: $after, filter: $filter) {
      nodes { id } pageInfo { hasNextPage endCursor } totalCount { value precision } } }`;
    const walk = async (filter: object | null): Promise<string[]> => {
      const ids: string[] = [];
      for (let after: string | null = null; ;) {
        const { jobs }: Jobs = await ask<Jobs>(text, { after, filter });
        ids.push(...jobs.nodes.map(({ id }) => id));
        if (jobs.pageInfo.hasNextPage) after = jobs.pageInfo.endCursor;
        else {
          expect(jobs.totalCount).toEqual({ value: ids.length, precision: 'EXACT' });
          return ids;
        }
      }
    };
    const numbers = (of: (i: number) => boolean): string[] =>
      Array.from({ length: 30 }, (_, i) => 30 - i)
        .filter(of)
        .map((i) => `job_${String(i).padStart(2, '0')}`);
    expect(await walk(null)).toEqual(numbers(() => true));
    expect(await walk({ kind: ['REPLAY'], status: ['FAILED'] })).toEqual(numbers((i) => i % 6 === 3));
  });
});

describe('words of the catalogue', () => {
  it('are the characteristics, options and classes of VAT that it uses', async () => {
    expect(await ask('{ attributes { code role } taxClasses { code rates { ratePercent variantCount } } }')).toEqual({
      attributes: [
        { code: 'material', role: 'CHARACTERISTIC' },
        { code: 'size', role: 'OPTION' },
      ],
      taxClasses: [{ code: 'high', rates: [{ ratePercent: '21', variantCount: 40 }] }],
    });
  });

  it('are what systems call records, by system, kind and id', async () => {
    const { externalReferences } = await ask<{ externalReferences: object }>(
      `{ externalReferences(first: 2, filter: { systemId: { eq: "sys_A" }, entityType: [PRODUCT], externalId: { startsWith: "Aprd_0001" } }) {
        totalCount { value } nodes { externalId system { key } entity { id } } } }`,
    );
    expect(externalReferences).toMatchObject({
      totalCount: { value: 10 },
      nodes: [{ externalId: 'Aprd_00010', system: { key: 'mpluskassa' }, entity: { id: 'prd_00010' } }, {}],
    });
  });

  it('are found by id in the order that was asked for, hidden and unknown ones as null', async () => {
    const { nodes } = await ask<{ nodes: unknown[] }>(
      '{ nodes(ids: ["var_000011", "prd_x", "prd_00002"]) { __typename id } }',
    );
    expect(nodes).toEqual([
      { __typename: 'ProductVariant', id: 'var_000011' },
      null,
      { __typename: 'Product', id: 'prd_00002' },
    ]);
  });
});
