import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { fillSales } from '../support/graph-sales.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 9);
  await fillSales(world.database, 120);
  await world.database.query(`update sales_order set fulfillment_status = 'FULFILLED' where id = 'ord_00008'`);
}, 60_000);
afterAll(() => world.close());

const data = async (query: string, variables: object = {}) => {
  const { body } = await world.ask(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
};
const idsOf = (nodes: readonly { readonly id: string }[]): string[] => nodes.map(({ id }) => id);

const deepQuery = `query ($first: Int!) { orders(first: $first) {
  totalCount { value precision }
  nodes { id type number status total { gross { amount currency } } customerSnapshot { displayName } sourceStatuses { axis value system { key } }
    relatedOrders { relation order { number } } customer { displayName externalReferences { externalId entityType system { key } } }
    externalReferences { externalId system { key } } taxes { ratePercent tax { amount } } payments { amount { amount } }
    syncStatuses { state system { key } reason { code } deadLetter { id } }
    lines(first: 3) { nodes { sku quantity variant { sku product { name } } total { net { amount } } } } } } }`;

describe('orders of the API', () => {
  it('answers a nested page in a number of statements that does not grow with the page', async () => {
    const counts: number[] = [];
    for (const first of [5, 50]) {
      world.statements();
      expect((await data(deepQuery, { first })).orders.nodes).toHaveLength(first);
      counts.push(world.statements().length);
    }
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeLessThanOrEqual(12);
  });

  it('names the invoice of an order and the credit note of the invoice, from both sides', async () => {
    await world.database.query(`update sales_order set settles = '["ord_00011", "ord_unread"]' where id = 'ord_00010'`);
    await world.database.query(`update sales_order set type = 'CREDIT_NOTE', credits_id = 'ord_00010' where id = 'ord_00020'`);
    const related = async (id: string): Promise<unknown> => (await data(`{ order(by: { id: "${id}" }) { relatedOrders { relation order { id } } } }`)).order.relatedOrders;
    expect(await related('ord_00011')).toEqual([{ relation: 'INVOICED_BY', order: { id: 'ord_00010' } }]);
    expect(await related('ord_00010')).toEqual([
      { relation: 'CREDITED_BY', order: { id: 'ord_00020' } },
      { relation: 'INVOICES', order: { id: 'ord_00011' } },
    ]);
    expect(await related('ord_00020')).toEqual([{ relation: 'CREDITS', order: { id: 'ord_00010' } }]);
    expect(await related('ord_00001')).toEqual([]);
    await world.database.query(`update sales_order set settles = '[]', credits_id = null, type = 'INVOICE' where id in ('ord_00010', 'ord_00020')`);
  }); // prettier-ignore

  it('costs a page of a hundred orders a small part of what is allowed', async () => {
    const { body } = await world.ask(
      `query ($first: Int!, $filter: OrderFilter) { orders(first: $first, filter: $filter, sort: { field: PLACED_AT, direction: DESC }) {
        nodes { id type number status paymentStatus fulfillmentStatus placedAt total { gross { amount currency } } customerSnapshot { displayName } syncStatuses { state system { id name } } }
        pageInfo { hasNextPage endCursor } totalCount { value precision } } }`,
      { first: 100, filter: { type: ['ORDER'] } },
    );
    expect(body.data.orders.nodes).toHaveLength(100);
    expect(body.extensions.cost.requested).toBeLessThan(1_500);
  });

  it('refuses a filter that is nested without end', async () => {
    const filter = '{ not: '.repeat(7) + '{ type: [ORDER] }' + ' }'.repeat(7);
    const { body } = await world.ask(`query { orders(filter: ${filter}) { nodes { id } } }`);
    expect(body.errors[0].message).toContain('nested deeper than 5');
  });

  it('shows amounts to the cent, both sides of each, and weighed goods without loss', async () => {
    const { order } = await data(`{ order(by: { id: "ord_00002" }) {
      total { net { amount } tax { amount } gross { amount currency } statedSide } subtotal { net { amount } gross { amount } }
      shippingPrice { net { amount } gross { amount } } roundingDifference { amount } paid { amount } outstanding { amount }
      taxes { ratePercent category country isStated taxable { amount } tax { amount } } taxMethod
      paymentTerm { code days name } paymentMethod { code name } shippingMethod { code name } notes { text }
      payments { id key method { code } amount { amount } paidAt reference }
      lines { totalCount { value } nodes { position kind sku quantity unitCode unitPrice { net { amount } gross { amount } }
        discounts { kind amount { gross { amount } } } total { net { amount } gross { amount } } taxes { ratePercent tax { amount } } variant { sku } } } } }`);
    expect(order).toMatchObject({
      total: { net: { amount: '41.85' }, tax: { amount: '8.32' }, gross: { amount: '50.17', currency: 'EUR' }, statedSide: 'GROSS' },
      subtotal: { net: { amount: '36.11' }, gross: { amount: '43.22' } },
      shippingPrice: { net: { amount: '5.74' }, gross: { amount: '6.95' } },
      roundingDifference: { amount: '0.00' }, paid: { amount: '50.17' }, outstanding: { amount: '0.00' },
      taxes: [
        { ratePercent: '21', category: 'STANDARD', country: 'NL', isStated: true, taxable: { amount: '37.89' }, tax: { amount: '7.96' } },
        { ratePercent: '9', taxable: { amount: '3.96' }, tax: { amount: '0.36' } },
      ],
      paymentTerm: { code: '14', days: 14, name: '14 days' }, paymentMethod: { code: 'IDEAL', name: 'iDEAL' },
      shippingMethod: { code: 'STANDARD', name: 'Standard' }, notes: [{ text: 'Ring twice' }],
      payments: [{ key: 'mpluskassa:2', method: { code: 'IDEAL' }, amount: { amount: '50.17' }, paidAt: '2026-03-01T10:05:00.000Z', reference: 'tr_2' }],
    }); // prettier-ignore
    expect(order.lines.totalCount.value).toBe(3);
    expect(order.lines.nodes).toMatchObject([
      { position: 1, kind: 'PRODUCT', quantity: '2', unitCode: 'C62', unitPrice: { net: { amount: '16.49' }, gross: { amount: '19.95' } },
        discounts: [{ kind: 'DISCOUNT', amount: { gross: { amount: '1.00' } } }], total: { net: { amount: '32.15' }, gross: { amount: '38.90' } },
        taxes: [{ ratePercent: '21', tax: { amount: '6.75' } }], variant: { sku: '10031' } },
      { position: 2, sku: 'CHEESE', quantity: '0.350', unitPrice: { net: { amount: '11.32631' }, gross: { amount: '12.345678' } },
        total: { gross: { amount: '4.32' } }, discounts: [], variant: null },
      { position: 3, kind: 'SHIPPING' },
    ]); // prettier-ignore
  });

  it('pages through the lines of an order, and finds lines and payments by their ids', async () => {
    const ask = async (args: string) =>
      (
        await data(
          `{ order(by: { id: "ord_00002" }) { payments { id } lines(${args}) { nodes { id sku } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
        )
      ).order;
    const { lines: first, payments } = await ask('first: 2');
    const { lines: second } = await ask(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(second).toMatchObject({ nodes: [{ sku: null }], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    const { lines: back } = await ask(`last: 1, before: "${second.pageInfo.startCursor}"`);
    expect(back.nodes).toEqual([first.nodes[1]]);
    const { line, payment, none } = await data(
      `query ($line: ID!, $payment: ID!) { line: node(id: $line) { id ... on OrderLine { sku } } payment: node(id: $payment) { id ... on Payment { amount { amount } } } none: node(id: "lin_xyz") { id } }`,
      { line: first.nodes[1].id, payment: payments[0].id },
    );
    expect({ line, payment, none }).toEqual({
      line: { id: first.nodes[1].id, sku: 'CHEESE' },
      payment: { id: payments[0].id, amount: { amount: '50.17' } },
      none: null,
    });
  });

  it('shows the identities on both sides, what each system said of the state, and how each stands', async () => {
    const { order } =
      await data(`{ order(by: { id: "ord_00007" }) { externalReferences { externalId entityType alternateKeys origin system { key } }
      sourceStatuses { axis value meaning system { key } } syncStatuses { state system { key } reason { code message responsible } reference { externalId } }
      customer { displayName number } customerSnapshot { kind displayName email } billingAddress { line1 street houseNumber houseNumberAddition city country }
      placedAt placedAtLocal documentDate dueDate } }`);
    expect(order).toMatchObject({
      externalReferences: [
        { externalId: 'Mord_00007', entityType: 'ORDER', alternateKeys: ['5007'], origin: 'INGESTED', system: { key: 'mpluskassa' } },
        { externalId: 'Sord_00007', entityType: 'ORDER', origin: 'CREATED', system: { key: 'softmaat' } },
      ],
      sourceStatuses: [
        { axis: 'DOCUMENT', value: 'ORDER-COMPLETE-STATE-OPEN', meaning: 'OPEN', system: { key: 'mpluskassa' } },
        { axis: 'PAYMENT', value: null, meaning: 'PAID', system: { key: 'mpluskassa' } },
        { axis: 'FULFILLMENT', value: null, meaning: 'UNFULFILLED', system: { key: 'mpluskassa' } },
        { axis: 'DOCUMENT', value: 'shipped', meaning: 'COMPLETED', system: { key: 'softmaat' } },
      ],
      syncStatuses: [
        { state: 'IN_SYNC', system: { key: 'mpluskassa' }, reason: { code: 'OWNED_BY_OTHER_SIDE' }, reference: { externalId: 'Mord_00007' } },
        { state: 'FAILED', system: { key: 'softmaat' }, reason: { code: 'CONFLICT', message: 'The totals differ.', responsible: 'SHOP' }, reference: { externalId: 'Sord_00007' } },
      ],
      customer: { displayName: 'Jan de Vries 4', number: null }, customerSnapshot: { kind: 'PERSON', displayName: 'Jan 7', email: 'jan7@shop.test' },
      billingAddress: { line1: 'Dorpsstraat 1-a', street: 'Dorpsstraat', houseNumber: '1', houseNumberAddition: 'a', city: 'Gent', country: 'BE' },
      placedAt: '2026-03-01T10:07:00.000Z', placedAtLocal: '2026-03-01T11:00:00+01:00', documentDate: '2026-03-08', dueDate: null,
    }); // prettier-ignore
  });

  it('finds the same order by each of its keys and by node, and nothing for an unknown key', async () => {
    expect(
      await data(`{
      a: order(by: { number: { type: ORDER, number: "5007" } }) { id }
      b: order(by: { externalReference: { systemId: "sys_B", externalId: "Sord_00007" } }) { id }
      c: order(by: { id: "ord_00007" }) { id }
      d: node(id: "ord_00007") { id ... on Order { number } }
      e: order(by: { number: { type: INVOICE, number: "5007" } }) { id }
      f: order(by: { id: "ord_99999" }) { id }
      g: node(id: "ord_99999") { id }
      h: customer(by: { id: "cus_' or 1=1" }) { id } }`),
    ).toEqual({
      a: { id: 'ord_00007' }, b: { id: 'ord_00007' }, c: { id: 'ord_00007' }, d: { id: 'ord_00007', number: '5007' },
      e: null, f: null, g: null, h: null,
    }); // prettier-ignore
  });

  it.each([
    ['{ order(by: { id: "ord_1", number: { type: ORDER, number: "1" } }) { id } }'],
    ['{ order(by: {}) { id } }'],
    ['{ customer(by: { id: "cus_1", number: "1" }) { id } }'],
  ])('refuses %s', async (query) => {
    const { status, body } = await world.ask(query);
    expect(status).toBe(400);
    expect(body.errors[0].message).toMatch(/exactly one/i);
  });

  it.each([
    ['number: { in: ["5003", "5001"] }', ['ord_00001', 'ord_00003']],
    ['reference: { eq: "REF-12" }', ['ord_00012']],
    ['type: [INVOICE], placedAt: { from: "2026-03-01T11:50:00Z" }', ['ord_00110', 'ord_00120']],
    ['type: [ORDER], number: { eq: "5010" }', []],
    ['status: [COMPLETED], number: { startsWith: "500" }', ['ord_00005']],
    ['paymentStatus: [PAID], id: { in: ["ord_00001", "ord_00002"] }', ['ord_00002']],
    ['fulfillmentStatus: [FULFILLED]', ['ord_00008']],
    ['fulfillmentStatus: [RETURNED]', []],
    ['customerId: { eq: "cus_00003" }', ['ord_00005', 'ord_00006']],
    ['sku: { eq: "10011" }, number: { startsWith: "501" }', ['ord_00018']],
    ['sku: { in: ["10011", "none"] }, number: { startsWith: "501" }', ['ord_00018']],
    ['sku: { eq: "none" }', []],
    ['sku: { startsWith: "CHEE" }, id: { eq: "ord_00001" }', ['ord_00001']],
    ['sku: { eq: "CHEESE", startsWith: "1" }', []],
    ['total: { gt: "50.16", lte: "50.17" }, id: { eq: "ord_00001" }', ['ord_00001']],
    ['total: { gt: "50.17" }', []],
    ['placedAt: { from: "2026-03-01T10:03:00Z", to: "2026-03-01T10:05:00Z" }', ['ord_00003', 'ord_00004']],
    ['documentDate: { from: "2026-03-02", to: "2026-03-02" }, number: { startsWith: "500" }', ['ord_00001']],
    ['updatedAt: { to: "2020-01-01T00:00:00Z" }', []],
    ['originSystemId: { eq: "sys_A" }, id: { eq: "ord_00001" }', ['ord_00001']],
    ['originSystemId: { eq: "sys_B" }', []],
    ['sync: { systemId: "sys_B", states: [FAILED] }, number: { startsWith: "500" }', ['ord_00007']],
    ['or: [{ number: { eq: "5002" } }, { reference: { eq: "REF-4" } }], not: { status: [COMPLETED] }', ['ord_00002', 'ord_00004']],
    ['not: { dueless: true }', null],
    ['not: { number: { notIn: ["5002"] } }', ['ord_00002']],
  ])('filters by %s', async (filter, ids) => {
    const { body } = await world.ask(`{ orders(first: 100, filter: { ${filter} }, sort: { field: NUMBER, direction: ASC }) { nodes { id } } }`);
    if (ids === null) expect(body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    else expect(idsOf(body.data.orders.nodes)).toEqual(ids);
  }); // prettier-ignore

  it('keeps records without a value apart from those with another value', async () => {
    await world.database.query(`update sales_order set reference = null where id = 'ord_00009'`);
    const ask = async (filter: string) =>
      idsOf((await data(`{ orders(filter: { id: { in: ["ord_00009", "ord_00011"] }, ${filter} }) { nodes { id } } }`)).orders.nodes); // prettier-ignore
    expect(await ask('not: { reference: { eq: "REF-11" } }')).toEqual(['ord_00009']);
    expect(await ask('reference: { isNull: true }')).toEqual(['ord_00009']);
  });

  it('pages to the end without repeating or missing an order while orders come in and change', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 40; page++) {
      const { orders }: { orders: any } = await data( // eslint-disable-line @typescript-eslint/no-explicit-any
        `query ($after: String) { orders(first: 7, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      ); // prettier-ignore
      seen.push(...idsOf(orders.nodes));
      await world.database.query(
        `insert into sales_order (id, version, content_hash, placed_at, currency) values ($1, 1, 'h', timestamptz '2026-03-01T10:00:30Z' + $2 * interval '3 minutes', 'EUR')`,
        [`ord_0000${page}x`, page],
      );
      await world.database.query(`update sales_order set status = 'COMPLETED', updated_at = now() where id = $1`, [
        seen[0],
      ]);
      if (!orders.pageInfo.hasNextPage) break;
      after = orders.pageInfo.endCursor;
    }
    await world.database.query(`delete from sales_order where id like '%x'`);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => !id.endsWith('x'))).toHaveLength(120);
  });

  it.each([
    ['orders', 'PLACED_AT'], ['orders', 'NUMBER'], ['orders', 'TOTAL'], ['orders', 'UPDATED_AT'],
    ['customers', 'NAME'], ['customers', 'NUMBER'], ['customers', 'CREATED_AT'], ['customers', 'UPDATED_AT'],
  ])('walks %s forwards and backwards alike in the order %s, also where values are missing', async (list, field) => {
    await world.database.query(`update sales_order set total_incl = null, number = null where id in ('ord_00020', 'ord_00021', 'ord_00022')`);
    for (const direction of ['ASC', 'DESC']) {
      const ask = async (args: string) =>
        (await data(`{ ${list}(${args}, sort: { field: ${field}, direction: ${direction} }) { nodes { id } pageInfo { hasNextPage startCursor endCursor } } }`))[list];
      const forwards = await ask('first: 100');
      const seen: { id: string }[] = [];
      for (let after = '', more = true; more && seen.length < 50; ) {
        const page = await ask(`first: 10${after}`);
        seen.push(...page.nodes);
        more = page.pageInfo.hasNextPage;
        after = `, after: "${page.pageInfo.endCursor}"`;
      }
      expect(seen).toEqual(forwards.nodes.slice(0, seen.length));
      expect(seen.length).toBeGreaterThanOrEqual(50);
      const second = await ask(`first: 10, after: "${(await ask('first: 10')).pageInfo.endCursor}"`);
      expect((await ask(`last: 10, before: "${second.pageInfo.startCursor}"`)).nodes).toEqual(forwards.nodes.slice(0, 10));
    }
  }); // prettier-ignore

  it('searches numbers, references and the names of buyers', async () => {
    expect(
      await data(`{ a: orders(search: "5013") { nodes { id } } b: orders(search: "ref-13 jan") { nodes { id } } c: orders(search: "%") { nodes { id } } }`),
    ).toEqual({ a: { nodes: [{ id: 'ord_00013' }] }, b: { nodes: [{ id: 'ord_00013' }] }, c: { nodes: [] } }); // prettier-ignore
  });
});
