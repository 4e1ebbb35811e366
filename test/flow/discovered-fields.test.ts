/** A field that somebody adds in the till is discovered and mapped, and its values arrive in the shop: no code, real processes. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MappingDefinition, Rule } from '../../src/mapping/mapping.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

interface Article {
  readonly articleNumber: string;
  readonly customFieldList?: readonly { readonly fieldName: string; readonly strValue?: string }[];
}
interface ShopProduct {
  readonly sku: string;
  readonly characteristics: readonly { readonly code: string; readonly value: string }[];
}

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 30, pollMs: 300, requestTimeoutMs: 3_000 });
}, 60_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

/** Whether the field is known at these places, and there. */
const discovered = async (...paths: readonly string[]): Promise<boolean> => {
  const [row] = await stage.ask<{ known: number }>(
    `select count(*)::int as known from discovered_field where system || ' ' || record || ' ' || path = any($1) and gone_at is null`,
    [paths],
  );
  return row?.known === paths.length;
};

async function publish(key: string, rule: Rule): Promise<void> {
  const [row] = await stage.ask<{ version: number; definition: MappingDefinition }>(
    `select v.version, v.definition from mapping m
     join mapping_version v on v.mapping = m.key and v.version = m.published_version where m.key = $1`,
    [key],
  );
  const { version, definition } = row!;
  const next = JSON.stringify({ ...definition, rules: [...definition.rules, rule] });
  await stage.ask('insert into mapping_version (mapping, version, definition, note) values ($1, $2, $3, $4)', [
    key,
    version + 1,
    next,
    'a field of the till',
  ]);
  await stage.ask('update mapping set published_version = $2 where key = $1', [key, version + 1]);
}

it('a custom field of the till is discovered, can be mapped by name, and arrives in the shop as the mapping says', async () => {
  const first = await stage.hub();
  expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
  await first.stop();
  const { changed } = await stage.till.mutate('customFields', 1, 5);
  const [field] = changed['customFields']!;
  const articles = new Set(changed['articles']);
  expect(articles.size).toBeGreaterThan(9);

  const second = await stage.hub();
  const { systems } = await second.graphql<{ systems: { id: string; key: string }[] }>('{ systems { id key } }');
  const input = { id: systems.find(({ key }) => key === 'mpluskassa')!.id };
  const asked = await second.graphql<{ systemFieldsDiscover: object }>(
    'mutation ($input: SystemFieldsDiscoverInput!) { systemFieldsDiscover(input: $input) { userErrors { code } } }',
    { input },
  );
  expect(asked.systemFieldsDiscover).toEqual({ userErrors: [] });
  const found = [
    `mpluskassa product characteristics.${field}`,
    `mpluskassa product articleList.customFieldList.${field}`,
    'mpluskassa relation categoryIds.11',
    'softmaat product characteristics.materiaal',
    'softmaat variant characteristics.materiaal',
  ];
  await until(() => discovered(...found), { timeoutMs: 20_000, what: 'the field to be discovered' });
  await second.stop();

  await publish('mpluskassa-product-in', {
    kind: 'copy',
    source: `characteristics.${field}`,
    target: 'attributes.wash',
  });
  await publish('softmaat-variant-out', { kind: 'copy', source: 'product.attributes.wash', target: 'characteristics.materiaal' }); // prettier-ignore
  // The articles are shown again, so that the new mappings see them.
  await stage.till.mutate('customFields', 1, 6);
  await stage.hub();
  const wanted = new Map(
    (await stage.till.records<Article>('articles')).flatMap(({ articleNumber, customFieldList = [] }) => {
      const value = customFieldList.find(({ fieldName }) => fieldName === field)?.strValue;
      return value === undefined ? [] : [[articleNumber, value] as const];
    }),
  );
  expect([...wanted.keys()].sort()).toEqual([...articles].sort());
  const arrived = async (): Promise<ReadonlyMap<string, unknown>> =>
    new Map(
      (await stage.shop.records<ShopProduct>('products')).flatMap(({ sku, characteristics }) => {
        const valueOf = (code: string): string | undefined => characteristics.find((one) => one.code === code)?.value;
        return wanted.has(sku) ? [[sku, [valueOf('wash'), valueOf('materiaal')]] as const] : [];
      }),
    );
  await until(
    async () => {
      const now = await arrived();
      return [...wanted].every(([sku, value]) => JSON.stringify(now.get(sku)) === JSON.stringify([value, value]));
    },
    { timeoutMs: 30_000, what: 'the values to arrive' },
  );
}, 180_000);
