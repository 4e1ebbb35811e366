import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld({ compileAfter: Infinity });
  await fillCatalogue(world.database, 60);
}, 60_000);
afterAll(() => world.close());

const deepQuery = `query ($first: Int!) { products(first: $first) {
  totalCount { value precision }
  nodes { id name type attributes { attribute { code } values { value } } options { attribute { code } values { value } }
    categories { name ancestors { name } } externalReferences { externalId system { key } }
    syncStatuses { state reason { code flow { key } } system { key } deadLetter { id } lastEvent { id } }
    variants(first: 2) { nodes { sku name stock { onHand available locationCount } price { price { net { amount } tax { amount } gross { amount } statedSide } }
      stockLevels(first: 2) { nodes { onHand available location { code } } } } } } } }`;

describe('the catalogue of the API', () => {
  it('answers a nested page in a number of statements that does not grow with the page', async () => {
    const counts: number[] = [];
    for (const first of [2, 9]) {
      world.statements();
      const { body } = await world.ask(deepQuery, { first });
      expect(body.errors).toBeUndefined();
      expect(body.data.products.nodes).toHaveLength(first);
      counts.push(world.statements().length);
    }
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeLessThanOrEqual(16);
  });

  it('shows exact quantities, both sides of a price and the path of a category', async () => {
    const { body } = await world.ask(deepQuery, { first: 1 });
    const product = body.data.products.nodes[0];
    expect(product.variants.nodes[0]).toMatchObject({
      sku: '10011',
      name: 'Shirt 1',
      stock: { onHand: '20.7', available: '14.7', locationCount: 2 },
      price: {
        price: { net: { amount: '16.49' }, tax: { amount: '3.46' }, gross: { amount: '19.95' }, statedSide: 'GROSS' },
      },
    });
    expect(product.variants.nodes[0].stockLevels.nodes).toEqual([
      { onHand: '10.35', available: '7.35', location: { code: 'B1' } },
      { onHand: '10.35', available: '7.35', location: { code: 'B2' } },
    ]);
    expect(product.categories).toEqual([{ name: 'Shirts', ancestors: [{ name: 'All' }, { name: 'Wear' }] }]);
    expect(product.options).toEqual([{ attribute: { code: 'size' }, values: [{ value: 'S' }, { value: 'M' }] }]);
    expect(product.syncStatuses).toMatchObject([
      { state: 'IN_SYNC', reason: { code: 'OWNED_BY_OTHER_SIDE', flow: null }, system: { key: 'mpluskassa' } },
      { state: 'IN_SYNC', reason: { code: 'DELIVERED', flow: { key: 'products' } }, system: { key: 'softmaat' } },
    ]);
    expect(body.data.products.totalCount).toEqual({ value: 60, precision: 'EXACT' });
  });

  it('lists the levels that its sums count: of two that one system has of a place, the newer one', async () => {
    await world.database.tx(async (tx) => {
      await tx.query(`create temp table older on commit drop as select * from stock_level where variant_id in (select id from variant where sku = '10011')`); // prettier-ignore
      await tx.query(`update older set id = id || '_before', as_of = as_of - interval '1 day', on_hand = 99`);
      await tx.query('insert into stock_level select * from older');
    });
    try {
      const { body } = await world.ask(deepQuery.replace('stockLevels(first: 2)', 'stockLevels(first: 9)'), {
        first: 1,
      });
      expect(body.data.products.nodes[0].variants.nodes[0]).toMatchObject({
        stock: { onHand: '20.7', locationCount: 2 },
        stockLevels: { nodes: [{ onHand: '10.35' }, { onHand: '10.35' }] },
      });
    } finally {
      await world.database.query(`delete from stock_level where id like '%_before'`);
    }
  });

  it('pages to the end without repeating or missing a product while products are added and changed', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 20; page++) {
      const { body } = await world.ask(
        `query ($after: String) { products(first: 7, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      seen.push(...body.data.products.nodes.map((node: { id: string }) => node.id));
      await world.database.query(`insert into product (id, version, content_hash, name) values ($1, 1, 'h', 'New')`, [
        `prd_000${page}x`,
      ]);
      await world.database.query(`update product set updated_at = now(), name = name || ' ' where id = $1`, [seen[0]]);
      if (!body.data.products.pageInfo.hasNextPage) break;
      after = body.data.products.pageInfo.endCursor;
    }
    await world.database.query(`delete from product where name = 'New'`);
    const original = seen.filter((id) => !id.endsWith('x'));
    expect(new Set(seen).size).toBe(seen.length);
    expect(original).toHaveLength(60);
  });

  it.each(['NAME', 'SKU', 'CREATED_AT', 'UPDATED_AT'])(
    'walks forwards and backwards alike in the order %s',
    async (field) => {
      const ask = async (args: string) =>
        (
          await world.ask(
            `{ products(${args}, sort: { field: ${field}, direction: DESC }) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
          )
        ).body.data.products;
      const forwards = await ask('first: 100');
      const firstPage = await ask('first: 10');
      const secondPage = await ask(`first: 10, after: "${firstPage.pageInfo.endCursor}"`);
      const back = await ask(`last: 10, before: "${secondPage.pageInfo.startCursor}"`);
      expect([...firstPage.nodes, ...secondPage.nodes]).toEqual(forwards.nodes.slice(0, 20));
      expect(back.nodes).toEqual(firstPage.nodes);
      expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
      expect((await ask('last: 5')).nodes).toEqual(forwards.nodes.slice(-5));
    },
  );

  it('finds the same product by each of its keys and by node', async () => {
    const { body } = await world.ask(`{
      a: product(by: { sku: "10071" }) { id }
      b: product(by: { externalReference: { systemId: "sys_A", externalId: "Aprd_00007" } }) { id }
      c: product(by: { id: "prd_00007" }) { id }
      d: node(id: "prd_00007") { id ... on Product { name } }
      e: product(by: { sku: "nothing" }) { id }
      f: node(id: "' OR 1=1") { id } }`);
    expect(body.data).toEqual({
      a: { id: 'prd_00007' }, b: { id: 'prd_00007' }, c: { id: 'prd_00007' },
      d: { id: 'prd_00007', name: 'Shirt 7' }, e: null, f: null,
    }); // prettier-ignore
  });

  it('refuses two keys at once', async () => {
    const { status, body } = await world.ask(`{ product(by: { sku: "1", gtin: "2" }) { id } }`);
    expect(status).toBe(400);
    expect(body.errors[0].message).toMatch(/exactly one/i);
  });

  it.each([
    ['sku: { eq: "10031" }', ['prd_00003']],
    ['sku: { startsWith: "100" }, name: { contains: "SHIRT 5" }', ['prd_00005']],
    ['categoryId: { eq: "cat_3" }, id: { in: ["prd_00001", "prd_00009"] }', ['prd_00001', 'prd_00009']],
    ['categoryId: { eq: "cat_1" }', []],
    ['withinCategoryId: "cat_1", id: { in: ["prd_00001", "prd_00009"] }', ['prd_00001', 'prd_00009']],
    ['withinCategoryId: "cat_0", sku: { startsWith: "100" }', []],
    ['or: [{ name: { eq: "Shirt 2" } }, { name: { eq: "Shirt 4" } }]', ['prd_00002', 'prd_00004']],
    ['not: { id: { notIn: ["prd_00002"] } }', ['prd_00002']],
    ['sync: { systemId: "sys_B", states: [FAILED] }, sku: { startsWith: "100" }', ['prd_00003']],
    ['name: { contains: "100%" }', []],
    ['updatedAt: { within: "PT1S", to: "2020-01-01T00:00:00Z" }', []],
  ])('filters by %s', async (filter, ids) => {
    const { body } = await world.ask(`{ products(filter: { ${filter} }) { nodes { id } } }`);
    expect(body.data.products.nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  it('searches words in names, brands and codes', async () => {
    const { body } = await world.ask(
      `{ a: products(search: "shirt 10601") { nodes { id } } b: products(search: "100_") { nodes { id } } }`,
    );
    expect(body.data).toEqual({ a: { nodes: [{ id: 'prd_00060' }] }, b: { nodes: [] } });
  });

  it('shows a simple product in a target as its only variant stands there', async () => {
    await world.database.query(
      `insert into product (id, version, content_hash, type, name) values ('prd_S', 1, 'h', 'SIMPLE', 'Mug')`,
    );
    await world.database.query(
      `insert into variant (id, version, content_hash, product_id, sku) values ('var_S', 1, 'h', 'prd_S', '7')`,
    );
    await world.database.query(`insert into projection (target, entity, canonical_id, flow, state) values
      ('softmaat', 'product', 'prd_S', 'products', 'excluded'), ('softmaat', 'variant', 'var_S', 'products', 'retrying')`);
    const { body } = await world.ask(`{
      product(by: { id: "prd_S" }) { syncStatuses { state system { key } } }
      retrying: products(filter: { sync: { systemId: "sys_B", states: [RETRYING] } }) { nodes { id } }
      excluded: products(filter: { sync: { systemId: "sys_B", states: [EXCLUDED] } }) { nodes { id } } }`);
    await world.database.query(`delete from product where id = 'prd_S'`);
    expect(body.data.product.syncStatuses).toEqual([
      { state: 'NOT_LINKED', system: { key: 'mpluskassa' } },
      { state: 'RETRYING', system: { key: 'softmaat' } },
    ]);
    expect(body.data.retrying.nodes).toEqual([{ id: 'prd_S' }]);
    expect(body.data.excluded.nodes).toEqual([]);
  });

  it('walks the tree of categories and the products below it', async () => {
    const { body } =
      await world.ask(`{ rootCategories { name depth children { nodes { name children { nodes { name depth slug } } } }
      products(first: 1) { totalCount { value } } all: products(first: 2, includeDescendants: true) { totalCount { value } nodes { id } } } }`);
    expect(body.data.rootCategories).toEqual([
      {
        name: 'All',
        depth: 0,
        children: { nodes: [{ name: 'Wear', children: { nodes: [{ name: 'Shirts', depth: 2, slug: 'shirts' }] } }] },
        products: { totalCount: { value: 0 } },
        all: { totalCount: { value: 60 }, nodes: [{ id: 'prd_00001' }, { id: 'prd_00002' }] },
      },
    ]);
  });

  it('lists stock by availability and by location', async () => {
    const { body } = await world.ask(`{
      stockLevels(first: 1, filter: { available: { gte: "7.35" }, locationId: { eq: "loc_2" } }, sort: { field: AVAILABLE }) { totalCount { value } nodes { variant { product { id } } } }
      none: stockLevels(filter: { available: { gt: "7.35" } }) { nodes { id } }
      stockLocations { nodes { code levels(first: 1) { totalCount { value } } } } }`);
    expect(body.data.stockLevels.totalCount.value).toBe(120);
    expect(body.data.none.nodes).toEqual([]);
    expect(body.data.stockLocations.nodes).toEqual([
      { code: 'B1', levels: { totalCount: { value: 120 } } },
      { code: 'B2', levels: { totalCount: { value: 120 } } },
    ]);
  });
});
