/**
 * A mapping that is published and rolled back again and again while changes are on their way: every write says with which
 * version it was made, and holds what that version makes. KOPPEL_TEST_CHANGES sets how many changes; 300 when not given.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { editOf, mappingApi, mappingShape, type MappingDraft, type UserErrors } from '../support/mapping-api.js';
import type { HubHandle } from '../support/processes.js';
import { openStage, polls, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

const changes = Number(process.env['KOPPEL_TEST_CHANGES'] ?? '300');
const key = 'softmaat-variant-out';

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 120, pollMs: 200 });
  hub = await stage.hub();
  expect(await stage.agreement(90_000)).toMatchObject({ lost: [], doubled: [] });
}, 150_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

type Result = UserErrors & { readonly mapping: MappingDraft };

it('changes on their way end with the version that they were planned with', async () => {
  const api = mappingApi(hub);
  const shipped = await api.mapping(key);
  let mapping = shipped;
  let isOver = false;
  const editing = (async (): Promise<void> => {
    for (let at = 0; !isOver; at++) {
      const brand = `Merk ${at}`;
      const rules = shipped.draft.rules.map((rule) => (rule['target'] === 'brand' ? { target: 'brand', kind: 'CONSTANT', constant: brand } : rule)); // prettier-ignore
      const saved = await api.mutate<Result>('mappingDraftSave', `mapping { ${mappingShape} }`, { ...editOf(mapping), rules }); // prettier-ignore
      const published = await api.mutate<Result>('mappingPublish', `mapping { ${mappingShape} }`, { ...editOf(saved.mapping), note: brand }); // prettier-ignore
      expect(published.userErrors).toEqual([]);
      mapping = published.mapping;
      // Each round costs some 100 points of the budget of the key, of which 1,000 come back every second.
      await new Promise((next) => setTimeout(next, 50));
      if (at % 3 !== 2) continue;
      const toVersion = mapping.publishedVersion - 1;
      const back = await api.mutate<Result>('mappingRollback', `mapping { ${mappingShape} }`, { id: mapping.id, toVersion, note: 'back' }); // prettier-ignore
      expect(back.userErrors).toEqual([]);
      mapping = back.mapping;
    }
  })();
  for (let made = 0; made < changes; made += 50) {
    await stage.till.mutate('products', 50, made + 1);
    await polls(stage.till, 4);
  }
  await polls(stage.till, 4);
  await until(
    async () => {
      const [row] = await stage.ask<{ open: number }>(
        `select count(*)::int as open from projection where state in ('pending', 'writing', 'in_doubt', 'retrying')`,
      );
      const [log] = await stage.ask<{ behind: number }>(
        `select coalesce(sum(p.next_offset - c.next_offset), 0)::int as behind from consumer_position c join log_partition p using (topic, partition)`,
      );
      return (row?.open === 0 && log?.behind === 0) || undefined;
    },
    { what: 'the changes to be written', timeoutMs: 120_000, everyMs: 200 },
  );
  isOver = true;
  await editing;

  const versions = await stage.ask<{ version: number; brand: string | null }>(
    `select version, (select r ->> 'value' from jsonb_array_elements(definition -> 'rules') r where r ->> 'target' = 'brand' and r ->> 'kind' = 'constant') as brand
     from mapping_version where mapping = $1`,
    [key],
  );
  const brandOf = new Map(versions.map(({ version, brand }) => [version, brand]));
  // Each intent with the write that it became: the next step of the same record, when that is no failure.
  const writes = await stage.ask<{ version: number; brand: string }>(
    `select (i.detail ->> 'mapping')::int as version, w.detail -> 'changes' -> 'brand' ->> 1 as brand
     from journal i
     join lateral (
       select * from journal j where j.canonical_id = i.canonical_id and j.entity = i.entity and j.system = i.system and j.position > i.position
         and j.step in ('written', 'repaired', 'failed', 'intent', 'in_doubt') order by j.position limit 1) w
       on w.step in ('written', 'repaired')
     where i.step = 'intent' and i.system = 'softmaat' and i.entity = 'variant' and i.detail -> 'changed' ? 'brand'
       and (i.detail ->> 'mapping')::int > 1`,
  );
  expect(writes.length).toBeGreaterThan(20);
  expect(new Set(writes.map(({ version }) => version)).size).toBeGreaterThan(3);
  expect(writes.filter(({ version, brand }) => brandOf.get(version) !== brand)).toEqual([]);

  const back = await api.mutate<Result>('mappingRollback', 'mapping { publishedVersion }', { id: mapping.id, toVersion: 1, note: 'as shipped', then: 'BACKFILL_CHANGED' }); // prettier-ignore
  expect(back.userErrors).toEqual([]);
  expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
}, 300_000);

it('a publication and an analysis that are sent again are the first ones', async () => {
  const api = mappingApi(hub);
  const now = await api.mapping(key);
  const rules = now.draft.rules.map((rule) => (rule['target'] === 'brand' ? { target: 'brand', kind: 'CONSTANT', constant: 'Eenmaal' } : rule)); // prettier-ignore
  const saved = await api.mutate<Result>('mappingDraftSave', `mapping { ${mappingShape} }`, { ...editOf(now), rules });
  const input = { ...editOf(saved.mapping), note: 'once', then: 'BACKFILL_CHANGED', idempotencyKey: 'publish-1' };
  const publish = () =>
    api.mutate<Result>('mappingPublish', `mapping { ${mappingShape} updatedAt } replayedCount backfilledCount`, input);
  const first = await publish();
  expect(first.userErrors).toEqual([]);
  expect(await publish()).toEqual(first);
  expect((await api.mapping(key)).publishedVersion).toBe(now.publishedVersion + 1);
  const analyse = () =>
    api.mutate<UserErrors & { job: { id: string } }>(
      'mappingImpactAnalyze',
      'job { id createdAt createdBy { __typename } }',
      {
        mappingId: key,
        idempotencyKey: 'analyse-1',
      },
    );
  const job = await analyse();
  expect(job.userErrors).toEqual([]);
  expect(await analyse()).toEqual(job);
  expect(await stage.ask<object>(`select id from job`)).toEqual([{ id: job.job.id }]);
}, 60_000);
