/** Numbers for SKUs that a target cannot hold: given once, for ever, and by whichever process. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { newId } from '../../src/base/ids.js';
import { silentLogger } from '../../src/base/logger.js';
import * as numbers from '../../src/store/allocated-numbers.js';
import type { CanonicalDocument } from '../../src/store/canonical-documents.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import type { Projection } from '../../src/store/projections.js';
import * as references from '../../src/store/target-references.js';
import { withNumbers, type NumberedDocuments } from '../../src/sync/article-numbers.js';
import type { ConnectedSystem, Flow } from '../../src/sync/configuration.js';
import { toFlowSettings } from '../../src/sync/flow-settings.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let world: TestDatabase;
let database: Database;
beforeAll(async () => {
  world = await createTestDatabase();
  database = openDatabase(
    { url: world.url, poolMax: 8, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
});
afterAll(async () => {
  await database.end();
  await world.drop();
});

const allocate = { mode: 'allocate', from: '800000' };
interface Sold {
  readonly id: string;
  readonly sku: string;
}
const sold = (...skus: readonly string[]): readonly Sold[] => skus.map((sku) => ({ id: newId('variant'), sku }));

interface Asked {
  readonly target: string;
  readonly articleNumbers?: Document;
  readonly reasonCode?: string;
}

/** Plans one product with these variants, in a transaction of its own. */
function plan(
  variants: readonly Sold[],
  { target, articleNumbers = allocate, reasonCode }: Asked,
): Promise<NumberedDocuments> {
  const flow = { key: 'products', settings: toFlowSettings({ articleNumbers }) } as unknown as Flow;
  const connector = {
    targets: [{ entity: 'product', record: 'product', batch: 1, uniqueKey: true, numbersParts: true }],
  };
  const system = { key: target, name: 'Till', connector } as unknown as ConnectedSystem;
  const row = {
    entity: 'product',
    canonicalId: 'prd_1',
    flow: 'products',
    reasonCode: reasonCode ?? null,
  } as Projection;
  const document: CanonicalDocument = {
    id: 'prd_1',
    isDeleted: false,
    document: { id: 'prd_1', variants: variants.map((variant) => ({ ...variant })) },
    originOf: () => undefined,
  };
  return database.tx((tx) =>
    withNumbers({ numbers, references }, tx, { flows: [flow], system, rows: [row] }, new Map([['prd_1', document]])),
  );
}

async function numbersOf(variants: readonly Sold[], asked: Asked): Promise<readonly unknown[]> {
  const { documents, refused } = await plan(variants, asked);
  expect([...refused.values()]).toEqual([]);
  const list = documents.get('prd_1')!.document['variants'] as readonly Document[];
  return list.map(({ number, otherSku }) => [number, otherSku]);
}

const link = (target: string, variant: string, number: string): Promise<unknown> =>
  database.tx((tx) =>
    references.writeTargetReferences(tx, target, [
      { entity: 'variant', canonicalId: variant, externalId: number, key: number, origin: 'CREATED', isWritten: true },
    ]),
  );

describe('a SKU in a target that knows numbers only', () => {
  it('of digits is the number; any other parks the product and is named', async () => {
    const target = 'strict';
    const asked = { target, articleNumbers: { mode: 'digitsOnly' } };
    expect(await numbersOf(sold('12', '999999999999999999'), asked)).toEqual([
      ['12', null],
      ['999999999999999999', null],
    ]);
    for (const sku of ['0017', 'ABC-1', '1e5', '12.5', '-3', ' 12', '0', '1234567890123456789']) {
      const { refused } = await plan(sold('12', sku), asked);
      expect(refused.get('prd_1')).toMatchObject({ code: 'SKU_NOT_NUMERIC', path: 'variants' });
      expect(refused.get('prd_1')?.message).toContain(sku);
    }
  });

  it('of digits that the hub has given to another variant parks the product with that reason', async () => {
    const target = 'given';
    await numbersOf(sold('ABC'), { target });
    const digitsOnly = { mode: 'digitsOnly' };
    const { refused } = await plan(sold('800000', '13'), { target, articleNumbers: digitsOnly });
    expect(refused.get('prd_1')).toMatchObject({ code: 'ARTICLE_NUMBER_TAKEN', path: 'variants' });
    expect(refused.get('prd_1')?.message).toContain('number 800000 of Till');
    const both = await plan(sold('800000', 'X-1'), { target, articleNumbers: digitsOnly });
    expect(both.refused.get('prd_1')).toMatchObject({ code: 'SKU_NOT_NUMERIC', original: 'X-1' });
  });

  it('gets a number of the range that it keeps, and the SKU travels beside it', async () => {
    const variants = sold('0017', 'ABC-1', '55');
    const first = await numbersOf(variants, { target: 'keeps' });
    expect(first).toEqual([
      [expect.any(String), '0017'],
      [expect.any(String), 'ABC-1'],
      ['55', null],
    ]);
    expect(new Set(first.map((each) => (each as string[])[0]))).toEqual(new Set(['800000', '800001', '55']));
    expect(await numbersOf(variants, { target: 'keeps' })).toEqual(first);
    const renamed = variants.map(({ id, sku }) => ({ id, sku: `${sku}-new` }));
    expect((await numbersOf(renamed, { target: 'keeps' })).slice(0, 2).map((each) => (each as string[])[0])).toEqual(
      first.slice(0, 2).map((each) => (each as string[])[0]),
    );
  });

  it('keeps the number that the target knows it by, whatever the SKU becomes', async () => {
    const [variant] = sold('77');
    await link('linked', variant!.id, '77');
    expect(await numbersOf([{ ...variant!, sku: 'new' }], { target: 'linked' })).toEqual([['77', 'new']]);
  });

  it('never gets a number that the target has, or that is the SKU of another variant', async () => {
    const target = 'busy';
    await link(target, newId('variant'), '800000');
    await database.query(
      `insert into variant (id, version, content_hash, product_id, sku) values ($1, 1, '', 'prd_9', '800001')`,
      [newId('variant')],
    );
    expect(await numbersOf(sold('A'), { target })).toEqual([['800002', 'A']]);
    await database.query(`delete from variant where sku = '800001'`);
  });

  it('moves on when the number turns out to be somebody else, and the first one is never given again', async () => {
    const target = 'taken';
    const [variant] = sold('A');
    const [[first]] = (await numbersOf([variant!], { target })) as [[string]];
    const [[second]] = (await numbersOf([variant!], { target, reasonCode: 'STALE' })) as [[string]];
    expect(Number(second)).toBeGreaterThan(Number(first));
    const [[other]] = (await numbersOf(sold('B'), { target })) as [[string]];
    expect([first, second]).not.toContain(other);
  });

  it('that is the number of another one gets a number of its own', async () => {
    const target = 'crossed';
    const [[given]] = (await numbersOf(sold('A'), { target })) as [[string]];
    const crossed = sold(given);
    const [[number, sku]] = (await numbersOf(crossed, { target })) as [[string, string]];
    expect(number).not.toBe(given);
    expect(sku).toBe(given);
    const { refused } = await plan(sold(given), { target, articleNumbers: { mode: 'digitsOnly' } });
    expect(refused.size).toBe(1);
  });

  it('is numbered once when many are numbered at the same time', async () => {
    const target = 'many';
    const groups = Array.from({ length: 12 }, (_, at) => sold(...Array.from({ length: 9 }, (_, n) => `X${at}-${n}`)));
    const all = (await Promise.all(groups.map((group) => numbersOf(group, { target })))).flat();
    const given = all.map((each) => (each as string[])[0]);
    expect(new Set(given).size).toBe(108);
  });
});
