/** Merging customers over the API: the plan, what is listed and counted, who is perhaps the same, and what is said to whom. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serveGraph, type GraphWorld } from '../support/graph-server.js';
import { openMergingWorld, type MergingWorld } from './merging-world.js';

let world: MergingWorld;
let graph: GraphWorld;
let customer: MergingWorld['customer'];
let order: MergingWorld['order'];

describe('merging over the API', () => {
  beforeEach(async () => {
    world = await openMergingWorld();
    ({ customer, order } = world);
    const commands = { customerMerges: world.merges };
    graph = await serveGraph(world.database, world.database, { commands });
    for (const [id, name] of [['cus_a', 'Anna de Wit'], ['cus_b', 'A. de Wit'], ['cus_c', 'Wit bv']] as const) {
      await customer(id, { full_name: name, kind: id === 'cus_c' ? 'COMPANY' : 'PERSON', email: 'anna@wit.nl' });
      await order(`ord_${id}`, id, { number: id.toUpperCase() });
    }
  }); // prettier-ignore
  afterEach(async () => {
    await graph.close();
    await world.close();
  });
  const asked = async (query: string, variables: object = {}, key?: string) => {
    const { body } = await graph.ask(query, variables, key);
    expect(body.errors).toBeUndefined();
    return body.data;
  };
  const planned = async (survivorId: string, ...duplicateIds: string[]) =>
    (await asked(`query ($selection: CustomersMergeSelection!) { customersMergePlan(selection: $selection) { planHash survivor { displayName }
      items { customer { id } refusal orders records { system { key } externalId fate } } } }`, { selection: { survivorId, duplicateIds } })).customersMergePlan; // prettier-ignore
  const merged = async (input: object) =>
    (await asked(`mutation ($input: CustomersMergeInput!) { customersMerge(input: $input) { customer { id } userErrors { code reason message } } }`, { input })).customersMerge; // prettier-ignore
  const mergeB = async (): Promise<void> => {
    const { planHash } = await planned('cus_a', 'cus_b');
    const input = { survivorId: 'cus_a', duplicateIds: ['cus_b'], planHash, reason: ' moved house ' };
    expect(await merged(input)).toEqual({ customer: { id: 'cus_a' }, userErrors: [] });
  };
  const listed = async (args = ''): Promise<unknown> =>
    (await asked(`{ customers(first: 10${args}) { totalCount { value } nodes { id } } }`)).customers.nodes.map(({ id }: { id: string }) => id); // prettier-ignore
  const ordersOf = async (id: string): Promise<unknown> =>
    (await asked(`{ node(id: "${id}") { ... on Customer { orders(first: 10) { totalCount { value } nodes { id } } } } }`)).node.orders; // prettier-ignore

  it('shows the plan, does it, and takes it back, with who and why in history and audit', async () => {
    expect(await planned('cus_a', 'cus_b')).toMatchObject({
      survivor: { displayName: 'Anna de Wit' },
      items: [{ customer: { id: 'cus_b' }, refusal: null, orders: 1, records: [{ system: { key: 'till' }, externalId: 'cus_b', fate: 'STAYS' }] }],
    }); // prettier-ignore
    await mergeB();
    const { a, b } = await asked(`{ a: node(id: "cus_a") { ... on Customer { mergedInto { id } merges { customer { id } reason mergedAt mergedBy { ... on ApiKey { name } } moved { externalId } } } }
      b: node(id: "cus_b") { ... on Customer { mergedInto { id displayName } merges { reason } } } }`); // prettier-ignore
    expect(a).toMatchObject({
      mergedInto: null,
      merges: [{ customer: { id: 'cus_b' }, reason: 'moved house', moved: [] }],
    });
    expect(a.merges[0].mergedBy.name).toEqual(expect.any(String));
    expect(b).toEqual({ mergedInto: { id: 'cus_a', displayName: 'Anna de Wit' }, merges: [] });
    const { customersUnmerge } = await asked(`mutation { customersUnmerge(input: { id: "cus_b", reason: "two people" }) { customer { id mergedInto { id } } userErrors { message } } }`); // prettier-ignore
    expect(customersUnmerge).toEqual({ customer: { id: 'cus_b', mergedInto: null }, userErrors: [] });
    const { auditEntries } = await asked(`{ auditEntries(first: 5) { nodes { action subjectId reason } } }`);
    expect(auditEntries.nodes.slice(0, 2)).toMatchObject([
      { action: 'customersUnmerge', reason: 'two people' },
      { action: 'customersMerge', reason: 'moved house' },
    ]);
    const { syncEvents } = await asked(`{ syncEvents(first: 4, filter: { entityId: { eq: "cus_b" } }) { nodes { summary action actor { ... on ApiKey { name } } } } }`); // prettier-ignore
    expect(syncEvents.nodes.slice(0, 2)).toMatchObject([
      { summary: 'Customer taken apart from another customer: two people', action: 'LINK' },
      { summary: 'Customer merged with another customer: moved house', action: 'LINK' },
    ]);
  });

  it('lists the survivor alone, with the orders of both; who searches finds the other one too', async () => {
    expect(await listed()).toEqual(['cus_a', 'cus_b', 'cus_c']);
    await mergeB();
    expect(await listed()).toEqual(['cus_a', 'cus_c']);
    expect(await listed(', filter: { isMerged: true }')).toEqual(['cus_b']);
    expect(await listed(', search: "A. de W"')).toEqual(['cus_b']);
    expect(await ordersOf('cus_a')).toEqual({ totalCount: { value: 2 }, nodes: [{ id: 'ord_cus_b' }, { id: 'ord_cus_a' }] });
    expect(await ordersOf('cus_b')).toEqual({ totalCount: { value: 1 }, nodes: [{ id: 'ord_cus_b' }] });
    const query = `{ orders(first: 10, filter: { customerId: { eq: "cus_a" } }) { nodes { id customer { id displayName } } } }`;
    const both = ['ord_cus_b', 'ord_cus_a'].map((id) => ({ id, customer: { id: 'cus_a', displayName: 'Anna de Wit' } }));
    expect((await asked(query)).orders.nodes).toEqual(both);
    const others = `{ orders(first: 10, filter: { customerId: { notIn: ["cus_a"] } }) { nodes { id } } }`;
    expect((await asked(others)).orders.nodes).toEqual([{ id: 'ord_cus_c' }]);
    const along = await asked(`{ orders(first: 1) { nodes { customer { id issues { code } } } } }`);
    expect(along.orders.nodes).toEqual([{ customer: { id: 'cus_c', issues: [] } }]);
    const found = await asked(`{ search(text: "A. de Wit", first: 5) { nodes { ... on Customer { id } } } }`);
    expect(found.search.nodes).toEqual([{ id: 'cus_b' }]);
    expect((await asked(`{ order(by: { id: "ord_cus_b" }) { customer { id } } }`)).order).toEqual({ customer: { id: 'cus_a' } });
  }); // prettier-ignore

  it('says in words why two are not one, and does not merge without a reason or with another plan', async () => {
    const plan = await planned('cus_a', 'cus_c');
    expect(plan.items[0].refusal).toMatch(/^A company and a person are not one customer\. /);
    const input = { survivorId: 'cus_a', duplicateIds: ['cus_c'], planHash: plan.planHash, reason: 'x' };
    expect((await merged(input)).userErrors).toMatchObject([{ code: 'INVALID', reason: 'MERGE_KINDS_DIFFER' }]);
    const b = { ...input, duplicateIds: ['cus_b'] };
    expect((await merged({ ...b, reason: ' ' })).userErrors).toMatchObject([{ code: 'BLANK' }]);
    expect((await merged(b)).userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', reason: 'MERGE_PLAN_OUTDATED' }]);
    expect(await planned('cus_a', 'cus_x')).toBeNull();
  });

  it('names who is perhaps the same, by address of e-mail, VAT number, or name and postcode', async () => {
    const firm = { kind: 'COMPANY', company_name: 'De Wit & Zn.', email: 'info@wit.nl', vat_number: 'NL 001.B01' };
    const place = [{ role: 'BILLING', postalCode: '1234 ab' }];
    await customer('cus_d', { ...firm, addresses: place });
    await customer('cus_e', { ...firm, email: 'INFO@wit.nl', vat_number: 'nl001b01', addresses: [{ postalCode: '1234AB' }] });
    await customer('cus_f', { kind: 'PERSON', full_name: 'De Wit Zn', email: null, addresses: place });
    await customer('cus_g', { ...firm, company_name: 'Other', email: 'x@y.nl', vat_number: 'NL.001B01' });
    const of = async (id: string) =>
      (await asked(`{ node(id: "${id}") { ... on Customer { possibleDuplicates { customer { id } signs } } } }`)).node.possibleDuplicates; // prettier-ignore
    expect(await of('cus_d')).toEqual([
      { customer: { id: 'cus_e' }, signs: ['EMAIL', 'NAME_AND_POSTCODE', 'VAT_NUMBER'] },
      { customer: { id: 'cus_g' }, signs: ['VAT_NUMBER'] },
    ]);
    expect(await of('cus_f')).toEqual([]);
    const all = ['cus_a', 'cus_b', 'cus_d', 'cus_e', 'cus_g'];
    expect(await listed(', filter: { hasPossibleDuplicates: true }')).toEqual(all);
    expect(await listed(', filter: { hasPossibleDuplicates: false }')).toEqual(['cus_c', 'cus_f']);
    await mergeB();
    expect(await of('cus_a')).toEqual([]);
    expect(await listed(', filter: { hasPossibleDuplicates: true }')).toEqual(all.slice(2));
  }); // prettier-ignore

  it('tells keys that may not see people nothing of it', async () => {
    const key = await graph.keyWith(['READ_ORDERS', 'REPLAY']);
    await mergeB();
    const { order: seen } = await asked(`{ order(by: { id: "ord_cus_b" }) { customer { displayName merges { reason } possibleDuplicates { signs } } } }`, {}, key); // prettier-ignore
    expect(seen).toEqual({ customer: { displayName: '•••', merges: [], possibleDuplicates: [] } });
    const input = '{ survivorId: "cus_a", duplicateIds: ["cus_c"], planHash: "x", reason: "x" }';
    const { customersMerge } = await asked(`mutation { customersMerge(input: ${input}) { userErrors { code } } }`, {}, key); // prettier-ignore
    expect(customersMerge.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });
});
