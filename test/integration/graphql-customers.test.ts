import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendJournal } from '../../src/store/journal.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { fillSales } from '../support/graph-sales.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 9);
  await fillSales(world.database, 60);
}, 60_000);
afterAll(() => world.close());

const data = async (query: string, variables: object = {}) => {
  const { body } = await world.ask(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
};
const idsOf = (nodes: readonly { readonly id: string }[]): string[] => nodes.map(({ id }) => id);

describe('customers of the API', () => {
  it('shows persons, companies with their contact, and the orders of each', async () => {
    const { person, company } = await data(`{
      person: customer(by: { number: "701" }) { id kind displayName company { legalName } person { fullName firstName namePrefix lastName } email
        paymentTerm { code days } addresses { roles address { line1 street houseNumber houseNumberAddition country } } issues { code }
        orders(first: 1) { totalCount { value } nodes { id number } } invoices: orders(filter: { type: [INVOICE] }) { totalCount { value } } }
      company: customer(by: { externalReference: { systemId: "sys_B", externalId: "Dcus_00003" } }) { id kind displayName person { lastName }
        company { legalName vatNumber } contacts { person { fullName } email isPrimary } externalReferences { entityType externalId }
        syncStatuses { state system { key } reference { externalId } } } }`);
    expect(person).toEqual({
      id: 'cus_00001', kind: 'PERSON', displayName: 'Jan de Vries 1', company: null,
      person: { fullName: 'Jan de Vries 1', firstName: 'Jan', namePrefix: 'de', lastName: 'Vries 1' }, email: 'Jan1@Shop.test',
      paymentTerm: { code: '14', days: 14 }, issues: [],
      addresses: [{ roles: ['BILLING'], address: { line1: 'Dorpsstraat 1-a', street: 'Dorpsstraat', houseNumber: '1', houseNumberAddition: 'a', country: 'NL' } }],
      orders: { totalCount: { value: 2 }, nodes: [{ id: 'ord_00002', number: '5002' }] }, invoices: { totalCount: { value: 0 } },
    }); // prettier-ignore
    expect(company).toMatchObject({
      kind: 'COMPANY', displayName: 'Bakker 3 BV', person: null, company: { legalName: 'Bakker 3 BV', vatNumber: 'NL003B01' },
      contacts: [{ person: { fullName: 'Piet Bakker' }, email: 'piet@shop.test', isPrimary: true }],
      externalReferences: [
        { entityType: 'CUSTOMER', externalId: 'Rcus_00003' }, { entityType: 'CONTACT', externalId: 'Ccus_00003' }, { entityType: 'CUSTOMER', externalId: 'Dcus_00003' },
      ],
      syncStatuses: [{ state: 'IN_SYNC', system: { key: 'mpluskassa' }, reference: { externalId: 'Rcus_00003' } }, { state: 'FAILED', system: { key: 'softmaat' } }],
    }); // prettier-ignore
  });

  it.each([
    ['kind: COMPANY, number: { startsWith: "70" }', ['cus_00003', 'cus_00006', 'cus_00009']],
    ['name: { contains: "bakker 1" }, kind: COMPANY, number: { startsWith: "71" }', ['cus_00015', 'cus_00018']],
    ['email: { eq: "JAN5@shop.TEST" }', ['cus_00005']],
    ['vatNumber: { eq: "NL003B01" }', ['cus_00003']],
    ['country: [BE], number: { in: ["701", "702"] }', ['cus_00002']],
    ['number: { isNull: true }, id: { in: ["cus_00003", "cus_00004"] }', ['cus_00004']],
    ['sync: { systemId: "sys_B", states: [FAILED] }', ['cus_00003']],
    ['sync: { systemId: "sys_B", states: [IN_SYNC] }, id: { in: ["cus_00003", "cus_00004"] }', ['cus_00004']],
    ['updatedAt: { within: "PT1H" }, not: { id: { notIn: ["cus_00001"] } }', ['cus_00001']],
  ])('filters by %s', async (filter, ids) => {
    const { customers } = await data(`{ customers(filter: { ${filter} }) { nodes { id } } }`);
    expect(idsOf(customers.nodes)).toEqual(ids);
  });

  it('finds those with issues, and no others', async () => {
    const odd = [
      ['a@@b', '[]', '[]'], ['a\u00a0b@shop.test', '[]', '[]'], ['a b@shop.test', '[]', '[]'], ['a@shop', '[]', '[]'], ['', '[]', '[]'],
      ['a.b@c.shop.test', '[]', '[]'], [null, '[]', '[{"email": "a@@b"}]'], [null, '[]', '[{"email": "a@shop.test"}, {"lastName": "b"}]'],
      [null, '[{"countryText": "Nowhere"}]', '[]'], [null, '[{"country": "NL", "countryText": "Nederland"}]', '[]'],
      [null, '[{"line1": "By the sea"}]', '[]'], [null, '[{"line1": "Kade 1", "street": "Kade", "houseNumber": "1"}]', '[]'],
      [null, '[{"line1": "Kade", "street": "Kade"}]', '[]'],
    ]; // prettier-ignore
    for (const [i, [email, addresses, contacts]] of odd.entries()) {
      await world.database.query(
        `insert into customer (id, version, content_hash, email, addresses, contacts) values ($1, 1, 'h', $2, $3, $4)`,
        [`cus_issue${i}`, email, addresses, contacts],
      );
    }
    const ask = async (filter: string) =>
      (await data(`{ customers(first: 100${filter}) { nodes { id issues { code } } } }`)).customers.nodes as { id: string; issues: object[] }[]; // prettier-ignore
    const all = await ask('');
    const expected = all.filter(({ issues }) => issues.length > 0);
    expect(expected).toHaveLength(8);
    expect(idsOf(await ask(', filter: { hasIssues: true }'))).toEqual(idsOf(expected));
    expect(await ask(', filter: { hasIssues: false }')).toHaveLength(all.length - 8);
    expect(idsOf(await ask(', filter: { not: { hasIssues: false } }'))).toEqual(idsOf(expected));
    await world.database.query(`delete from customer where id like 'cus_issue%'`);
  });

  it('says which one stands in for those that orders lack', async () => {
    await world.database.query(
      `update flow set settings = '{"order": {"defaultCustomer": "Dcus_00005"}}' where key = 'orders'`,
    );
    const { customers } = await data(
      `{ customers(filter: { id: { in: ["cus_00005", "cus_00006"] } }) { nodes { id isDefaultDebtor } } }`,
    );
    expect(customers.nodes).toEqual([
      { id: 'cus_00005', isDefaultDebtor: true },
      { id: 'cus_00006', isDefaultDebtor: false },
    ]);
  });

  it('answers for a malformed e-mail address and an unknown country, and says so', async () => {
    await world.database.query(
      `insert into customer (id, version, content_hash, email, addresses) values ('cus_odd', 1, 'h', 'info@@shop', '[{"role": "SHIPPING", "line1": "Achter de kerk", "countryText": "Verweggistan"}]')`,
    );
    const { customer } = await data(
      `{ customer(by: { id: "cus_odd" }) { displayName email addresses { address { country countryText } } issues { code path severity } } }`,
    );
    expect(customer).toEqual({
      displayName: 'cus_odd',
      email: 'info@@shop',
      addresses: [{ address: { country: null, countryText: 'Verweggistan' } }],
      issues: [
        { code: 'EMAIL_MALFORMED', path: 'email', severity: 'WARNING' },
        { code: 'COUNTRY_UNKNOWN', path: 'addresses.0.country', severity: 'WARNING' },
        { code: 'ADDRESS_UNPARSED', path: 'addresses.0.line1', severity: 'INFO' },
      ],
    });
    await world.database.query(`delete from customer where id = 'cus_odd'`);
  });
});

it('shows the record that a customer shares with another one in a system', async () => {
  await world.database.query(
    `insert into reference_alias (system, entity, canonical_id, external_id) values ('softmaat', 'customer', 'cus_twin', 'Dcus_00001')`,
  );
  await world.database.query(`insert into customer (id, version, content_hash, full_name) values ('cus_twin', 1, 'h', 'Jan')`);
  await world.database.query(`insert into projection (target, entity, canonical_id, flow, state, reason, reason_code)
    values ('softmaat', 'customer', 'cus_twin', 'orders', 'excluded', 'It shares a record.', 'SHARED_RECORD')`);
  const { customer } = await data(
    `{ customer(by: { id: "cus_twin" }) { externalReferences { externalId origin entity { id } } syncStatuses { state system { key } reason { message } reference { externalId } } } }`,
  );
  expect(customer).toMatchObject({
    externalReferences: [{ externalId: 'Dcus_00001', origin: 'MATCHED', entity: { id: 'cus_twin' } }],
    syncStatuses: [
      { state: 'NOT_LINKED', system: { key: 'mpluskassa' } },
      { state: 'EXCLUDED', reason: { message: 'It shares a record.' }, reference: { externalId: 'Dcus_00001' } },
    ],
  });
}); // prettier-ignore

describe('personal data', () => {
  const mask = '•••';

  it('is masked, not refused, for a key without READ_CUSTOMERS, whichever edge leads to it', async () => {
    const key = await world.keyWith(['READ_ORDERS', 'READ_OPERATIONS']);
    await world.database.query(`update sales_order set
      lines = lines || '[{"key": "t", "kind": "TEXT", "description": "For Jan", "quantity": "1", "unitPrice": "0"}]',
      payments = '[{"key": "mpluskassa:7", "method": "BANK", "amount": "1.00", "reference": "J. de Vries NL91"}]'
      where id = 'ord_00007'`);
    const { body } = await world.ask(
      `{ order(by: { id: "ord_00007" }) { number reference total { gross { amount } } notes { text }
        lines { nodes { kind description } } payments { key method { code } amount { amount } reference }
        customerSnapshot { kind displayName email } billingAddress { name line1 street city country }
        customer { displayName email issues { code } person { fullName lastName } addresses { address { line1 country } } } } }`,
      {},
      key,
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.order).toEqual({
      number: '5007', reference: 'REF-7', total: { gross: { amount: '50.17' } }, notes: [{ text: mask }],
      lines: { nodes: [{ kind: 'PRODUCT', description: 'Shirt' }, { kind: 'PRODUCT', description: 'Cheese' }, { kind: 'SHIPPING', description: 'Post' }, { kind: 'TEXT', description: mask }] },
      payments: [{ key: 'mpluskassa:7', method: { code: 'BANK' }, amount: { amount: '1.00' }, reference: mask }],
      customerSnapshot: { kind: 'PERSON', displayName: mask, email: mask },
      billingAddress: { name: mask, line1: mask, street: mask, city: mask, country: 'BE' },
      customer: { displayName: mask, email: mask, issues: [], person: { fullName: mask, lastName: mask }, addresses: [{ address: { line1: mask, country: 'BE' } }] },
    }); // prettier-ignore
    const search = await world.ask(`{ orders(search: "jan") { nodes { id } } node(id: "cus_00001") { id } }`, {}, key);
    expect(search.body.data).toEqual({ orders: { nodes: [] }, node: null });
  });

  it.each([
    ['{ customers { nodes { id } } }', ['READ_ORDERS'], 'READ_CUSTOMERS'],
    ['{ orders { nodes { id } } }', ['READ_CUSTOMERS'], 'READ_ORDERS'],
    ['{ customers { nodes { orders { totalCount { value } } } } }', ['READ_CUSTOMERS'], 'READ_ORDERS'],
  ])('%s with %j is refused and needs %s', async (query, scopes, needed) => {
    const { body } = await world.ask(query, {}, await world.keyWith(scopes));
    expect(body.errors[0]).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(body.errors[0].message).toContain(needed);
  });

  it('does not come through problems or events either', async () => {
    await world.database
      .query(`insert into parked (id, stage, system, flow, entity, canonical_id, external_id, record_key, trace_id,
      code, message, hint, path, original, classification, fingerprint, payload, value)
      values ('prk_O', 'project', 'softmaat', 'orders', 'order', 'ord_00007', 'Sord_00007', 'order:ord_00007', 'trc_O', 'UNMAPPED_VALUE',
        'The record could not be mapped: "Jan 7" is not in the list.', 'Add the value to the value list, then replay.', 'lines.0.taxRate', 'Jan 7 unknown', 'data', 'fp',
        '{"wanted": {"lines": [{"taxRate": "17.5"}]}, "held": null, "drifted": []}', '"17.5"')`);
    const query = `{ deadLetter(id: "prk_O") { externalId entityType hint value payload error { code classification path message originalMessage } } deadLetterGroups { nodes { title } } }`;
    expect(await data(query)).toEqual({
      deadLetter: {
        externalId: 'Sord_00007', entityType: 'ORDER', hint: 'Add the value to the value list, then replay.', value: '17.5',
        payload: { wanted: { lines: [{ taxRate: '17.5' }] }, held: null, drifted: [] },
        error: { code: 'UNMAPPED_VALUE', classification: 'UNMAPPED', path: 'lines.0.taxRate', message: 'The record could not be mapped: "Jan 7" is not in the list.', originalMessage: 'Jan 7 unknown' },
      },
      deadLetterGroups: { nodes: [{ title: 'The record could not be mapped: "Jan 7" is not in the list.' }] },
    }); // prettier-ignore
    const { text, body } = await world.ask(query, {}, await world.keyWith(['READ_OPERATIONS']));
    expect(body.data.deadLetter).toMatchObject({ hint: 'Add the value to the value list, then replay.', error: { code: 'UNMAPPED_VALUE', path: 'lines.0.taxRate' } }); // prettier-ignore
    expect(text).not.toMatch(/Jan|17\.5/);
  });

  it('does not come through states, histories, labels or searches', async () => {
    await world.database.tx((tx) =>
      appendJournal(tx, [
        { traceId: 'trc_P', step: 'failed', outcome: 'refused', flow: 'orders', system: 'softmaat', entity: 'customer',
          canonicalId: 'cus_00001', externalId: 'Dcus_00001', code: 'RECORD_REFUSED', message: 'Jan de Vries is refused.', detail: { original: 'Jan?' } },
      ]),
    ); // prettier-ignore
    await world.database.query(
      `update projection set state = 'parked', reason = 'Jan de Vries is refused.' where entity = 'customer' and canonical_id = 'cus_00001'`,
    );
    const query = `{ order(by: { id: "ord_00001" }) { customer { syncStatuses { state reason { message } } history { nodes { entityLabel summary error { code message originalMessage } } } } }
      syncEvents(filter: { correlationId: "trc_P" }) { nodes { entityLabel summary journey { message } entity { id } } }
      found: syncEvents(search: "Jan") { totalCount { value } } letters: deadLetters(search: "Jan") { totalCount { value } } }`;
    const open = await world.ask(query);
    expect(open.body.errors).toBeUndefined();
    expect(open.text.match(/Jan de Vries/g)?.length).toBeGreaterThanOrEqual(5);
    expect(open.body.data).toMatchObject({
      found: { totalCount: { value: 1 } },
      letters: { totalCount: { value: 1 } },
    });
    const closed = await world.ask(query, {}, await world.keyWith(['READ_ORDERS', 'READ_OPERATIONS']));
    expect(closed.body.errors).toBeUndefined();
    expect(closed.text).not.toContain('Jan');
    expect(closed.body.data).toMatchObject({
      found: { totalCount: { value: 0 } },
      letters: { totalCount: { value: 0 } },
    });
    expect(closed.body.data.order.customer).toMatchObject({
      syncStatuses: [{ state: 'IN_SYNC' }, { state: 'FAILED', reason: { message: 'Could not be written; see the problem.' } }],
      history: { nodes: [{ error: { code: 'RECORD_REFUSED' } }] },
    }); // prettier-ignore
  });
});
