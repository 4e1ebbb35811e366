/**
 * What an analysis says a mapping would write is what is written: random edits of a mapping, each analysed, published with
 * its plan and compared with the ledger of the shop. KOPPEL_TEST_EDITS sets how many; 10 when not given. The same of a copy that a system
 * is to use in place of its mapping.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import {
  editOf,
  mappingApi,
  mappingShape,
  type MappingApi,
  type MappingDraft,
  type Rule,
  type UserErrors,
} from '../support/mapping-api.js';
import { describeOwnMappings, type Analysed } from '../support/own-mappings.js';
import type { HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

const edits = Number(process.env['KOPPEL_TEST_EDITS'] ?? '10');
const key = 'softmaat-variant-out';

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
let api: MappingApi;
let shipped: MappingDraft;

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 40, pollMs: 500 });
  hub = await stage.hub();
  api = mappingApi(hub);
  expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
  shipped = await api.mapping(key);
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

/** A generator that gives the same edits for the same seed. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

interface Edit {
  readonly rules: readonly Rule[];
  readonly includeWhen: unknown;
}

/** The shipped rules with one change, of a part of the records. */
function randomEdit(random: (below: number) => number, at: number): Edit {
  const some = `record.sku.endsWith("${random(10)}")`;
  const withRule = (target: string, change: (rule: Rule) => Rule): Edit => ({
    rules: shipped.draft.rules.map((rule) => (rule['target'] === target ? change(rule) : rule)),
    includeWhen: null,
  });
  const choices: readonly (() => Edit)[] = [
    () =>
      withRule('name', (rule) => ({
        ...rule,
        conditions: [{ when: { expression: some }, then: { constant: `Naam ${at}` } }, ...(rule['conditions'] as Rule[])],
      })),
    () => withRule('price.amount', () => ({ target: 'price.amount', kind: 'EXPRESSION', expression: `${some} ? record.priceAmount + ${at + 1}.0 : record.priceAmount`, whenEmpty: 'FAIL' })),
    () => withRule('brand', () => ({ target: 'brand', kind: 'CONSTANT', constant: `Merk ${at}` })),
    () => withRule('weightGrams', (rule) => ({ ...rule, isEnabled: false })),
    () => withRule('ean', () => ({ target: 'ean', kind: 'EXPRESSION', expression: `${some} ? "" : record.gtin`, whenEmpty: 'CLEAR' })),
    () => ({ rules: shipped.draft.rules, includeWhen: { expression: `!${some}`, note: 'Not this one.' } }),
    () => withRule('active', (rule) => ({ ...rule, conditions: [{ when: { expression: some }, then: { constant: false } }, ...(rule['conditions'] as Rule[])] })),
    () => ({ rules: shipped.draft.rules, includeWhen: null }),
  ]; // prettier-ignore
  return choices[random(choices.length)]!();
}

type Job = Analysed;

async function analysed(input: object = { mappingId: key }): Promise<Job> {
  const started = await api.mutate<UserErrors & { job: Job }>('mappingImpactAnalyze', 'job { id }', input);
  expect(started.userErrors).toEqual([]);
  return until(
    async () => {
      const { job } = await hub.graphql<{ job: Job }>(
        'query ($id: ID!) { job(id: $id) { id status error impact { planHash changed calls estimatedDuration evaluated newlyFailing inFlight } } }',
        { id: started.job.id },
      );
      return ['SUCCEEDED', 'FAILED'].includes(job.status) ? job : undefined;
    },
    { what: 'the analysis', timeoutMs: 30_000 },
  );
}

/** SKUs of the records that an analysis says would be written. */
async function predicted(job: string): Promise<readonly string[]> {
  const rows = await stage.ask<{ sku: string }>(
    `select v.sku from impact i join variant v on v.id = i.canonical_id where i.job = $1 and i.outcome = 'WRITE' order by 1`,
    [job],
  );
  return rows.map(({ sku }) => sku);
}

const settled = (): Promise<unknown> =>
  until(
    async () => {
      const [row] = await stage.ask<{ open: number }>(
        `select count(*)::int as open from projection
         where state not in ('in_sync', 'excluded', 'parked', 'waiting_for', 'owned_by_target')`,
      );
      return row?.open === 0 || undefined;
    },
    { what: 'everything to be written', timeoutMs: 60_000, everyMs: 50 },
  );

describe('an analysis of a mapping', () => {
  it(
    'names exactly the records that are written when it is published',
    async () => {
      const random = makeRandom(42);
      let mapping = shipped;
      let writes = 0;
      for (let at = 0; at < edits; at++) {
        const edit = randomEdit(random, at);
        const saved = await api.mutate<UserErrors & { mapping: MappingDraft }>('mappingDraftSave', `mapping { ${mappingShape} }`, { ...editOf(mapping), ...edit }); // prettier-ignore
        expect(saved).toMatchObject({ userErrors: [], mapping: { problems: [] } });
        mapping = saved.mapping;
        // What is being looked at in the shop at this moment is counted apart.
        let job = await analysed();
        for (; (job.impact?.inFlight ?? 0) > 0; job = await analysed()) await settled();
        expect(job).toMatchObject({ status: 'SUCCEEDED', error: null });
        const expected = await predicted(job.id);
        expect(job.impact?.changed).toBe(expected.length);
        // What the shop has already is changed with one call each; how long such calls took is known from the first load.
        expect(job.impact?.calls).toBe(expected.length);
        expect(job.impact?.estimatedDuration).toMatch(/^PT/);
        const before = (await stage.shop.ledger()).at(-1)?.seq ?? 0;
        const published = await api.mutate<UserErrors & { mapping: MappingDraft }>(
          'mappingPublish',
          `mapping { ${mappingShape} }`,
          { ...editOf(mapping), note: `edit ${at}`, planHash: job.impact?.planHash, then: 'BACKFILL_CHANGED' },
        );
        if (published.userErrors[0]?.code === 'INVALID_STATE') continue; // the edit said what is published already
        expect(published.userErrors).toEqual([]);
        mapping = published.mapping;
        await settled();
        const written = (await stage.shop.ledger()).filter(({ seq }) => seq > before);
        expect(written.map(({ key: sku }) => sku).sort()).toEqual(expected);
        writes += written.length;
      }
      expect(writes).toBeGreaterThan(edits);
    },
    60_000 + edits * 5_000,
  );

  it('does not hold when records have changed since', async () => {
    const now = await api.mapping(key);
    const rules = shipped.draft.rules.map((rule) => (rule['target'] === 'brand' ? { target: 'brand', kind: 'CONSTANT', constant: 'Laat' } : rule)); // prettier-ignore
    const { mapping } = await api.mutate<UserErrors & { mapping: MappingDraft }>('mappingDraftSave', `mapping { ${mappingShape} }`, { ...editOf(now), rules }); // prettier-ignore
    const job = await analysed();
    const moved = (): Promise<{ head: string }[]> =>
      stage.ask<{ head: string }>(`select next_offset::text as head from log_partition where topic = 'canonical'`);
    const [head] = await moved();
    await stage.till.mutate('products', 3, 7);
    await until(async () => (await moved())[0]?.head !== head?.head || undefined, { what: 'news', timeoutMs: 20_000 });
    const input = { ...editOf(mapping), note: 'Too late', planHash: job.impact?.planHash };
    expect(await api.mutate('mappingPublish', 'mapping { id }', input)).toMatchObject({
      mapping: null,
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });
  }, 60_000);

  it('can be asked to end', async () => {
    const started = await api.mutate<UserErrors & { job: Job }>('mappingImpactAnalyze', 'job { id }', {
      mappingId: key,
    });
    const cancelled = await api.mutate<UserErrors>('jobCancel', 'job { status }', { id: started.job.id });
    const { jobs } = await hub.graphql<{ jobs: { nodes: Job[] } }>('{ jobs(first: 1) { nodes { id status } } }');
    expect(jobs.nodes[0]?.id).toBe(started.job.id);
    // It may have been faster.
    const isOver = cancelled.userErrors.length > 0;
    if (isOver) expect(cancelled.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    else expect(['CANCELLING', 'CANCELLED', 'SUCCEEDED']).toContain(jobs.nodes[0]?.status);
  }, 30_000);
});

const agreed = async (): Promise<void> => {
  expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
  await settled();
};

describeOwnMappings(key, () => ({ hub, stage, api, analysed, predicted, settled, agreed }));
