/**
 * Why records hold what they hold, and what they held at other moments: over the API, on a real database that a till and a shop have filled.
 * What is asked is compared with what the rows were at the time.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import type { CanonicalEntity } from '../../src/canonical/entities.js';
import { product } from './ingest-world.js';
import { describeLongHistory } from './long-history.js';
import { openExplainingHub, type ExplainingHub, type Shadow } from './provenance-world.js';
import { order } from './two-way-hub.js';

let hub: ExplainingHub;
beforeAll(async () => {
  hub = await openExplainingHub();
}, 60_000);
afterAll(() => hub?.close());

/** Of each test its own customer, product and order. */
let prefix = 0;
beforeEach(() => void prefix++);

const emailOf = (): string => `c${prefix}@example.com`;
const call = (document: Document, system: 'till' | 'shop' = 'till'): Promise<void> =>
  hub.take('customers', [{ id: `${system}-${prefix}`, document: { email: emailOf(), fullName: `Ann ${prefix}`, ...document } }], system); // prettier-ignore
const customerId = async (): Promise<string> =>
  (await hub.database.query<{ id: string }>('select id from customer where email = $1', [emailOf()]))[0]!.id;
/** The customer of the till, which the shop has too. */
async function inBoth(document: Document): Promise<string> {
  await call(document);
  const id = await customerId();
  await hub.send('customer', id);
  await hub.acknowledge('customer', id, `shop-${prefix}`, { email: emailOf(), fullName: `Ann ${prefix}`, ...document });
  return id;
}
const provenance = `path label rule changedAt mappingVersion system { key } event { id } mapping { key } fieldRule { at kind } owner { policy }`;
type Provenance = Record<string, unknown> & { readonly path: string };
async function provenanceOf(id: string, paths?: readonly string[], key?: string): Promise<Readonly<Record<string, Provenance>>> {
  const { body } = await hub.world.ask(`query ($id: ID!, $paths: [String!]) { node(id: $id) { ... on Syncable { provenance(paths: $paths) { ${provenance} } } } }`, { id, paths }, key);
  expect(body.errors).toBeUndefined();
  return Object.fromEntries((body.data.node.provenance as Provenance[]).map((each) => [each.path, each]));
} // prettier-ignore
describe('the rule of a value', () => {
  it('is the owner of the field, or the last of several writers', async () => {
    const id = await inBoth({ phone: '1', number: `N${prefix}` });
    await call({ phone: '2', number: `N${prefix}` }, 'shop');
    const { phone, number, mobile, fullName } = await provenanceOf(id);
    expect(phone).toMatchObject({ rule: 'LAST_WRITER', system: { key: 'shop' }, label: 'Telephone', owner: { policy: 'LAST_WRITER' } }); // prettier-ignore
    expect(number).toMatchObject({ rule: 'SYSTEM_OF_RECORD', system: { key: 'till' } });
    expect(fullName).toMatchObject({ rule: 'LAST_WRITER', system: { key: 'till' } });
    expect(mobile).toBeUndefined();
    const [latest] = await hub.database.query<{ id: string; at: Date }>(`select 'evt_' || position as id, at from journal where step = 'applied' and canonical_id = $1 order by position desc limit 1`, [id]); // prettier-ignore
    expect(phone).toMatchObject({ event: { id: latest!.id }, changedAt: latest!.at.toISOString() });
    await hub.ownership.saveOwners([{ entity: 'customer', field: 'phone', policy: 'source', owner: 'till' }], 'key_1');
    expect(await provenanceOf(id, ['phone'])).toMatchObject({ phone: { owner: { policy: 'SYSTEM' } } });
    await hub.ownership.saveOwners([{ entity: 'customer', field: 'phone', policy: 'source', owner: null }], 'key_1');
  });

  it('is a default where nobody has said anything, a constant where a rule does', async () => {
    await hub.take('products', [{ id: `p${prefix}`, document: product(`Tea ${prefix}`, [`${prefix}00`], { brand: 'House' }) }]); // prettier-ignore
    const id = await hub.idOf('product', `name = 'Tea ${prefix}'`);
    const { isVisibleInWebshop, status, brand, name } = await provenanceOf(id);
    // A rule that had nothing to say has not made it.
    expect(status).toMatchObject({ rule: 'DEFAULT', system: null, mapping: null, fieldRule: null });
    expect(isVisibleInWebshop).toMatchObject({ rule: 'DEFAULT', system: null, mapping: null });
    expect(brand).toMatchObject({ rule: 'DEFAULT', system: { key: 'till' }, mapping: { key: 'test-in' }, mappingVersion: 1, fieldRule: { at: 'rules.2', kind: 'CONSTANT' } }); // prettier-ignore
    expect(name).toMatchObject({ rule: 'SYSTEM_OF_RECORD', fieldRule: { at: 'rules.0', kind: 'COPY' } });
  });

  it('is a default of a rule only when the record had nothing to say', async () => {
    const show = (n: number, code?: string): Promise<void> =>
      hub.take('products', [{ id: `p${prefix}${n}`, document: product(`Tea ${prefix} ${n}`, [`${prefix}0${n}`], code === undefined ? {} : { code }) }]); // prettier-ignore
    await show(1, 'T1');
    expect(await provenanceOf(await hub.idOf('product', `name = 'Tea ${prefix} 1'`), ['code'])).toMatchObject({ code: { rule: 'SYSTEM_OF_RECORD' } }); // prettier-ignore
    // The system made for tests says canonical documents, so what the mapping would have added is put there.
    await show(2);
    const second = await hub.idOf('product', `name = 'Tea ${prefix} 2'`);
    await hub.database.query(`update product set code = 'none' where id = $1`, [second]);
    await hub.database.query(`update journal set detail = jsonb_set(detail, '{fields}', detail -> 'fields' || '["code"]') where canonical_id = $1`, [second]); // prettier-ignore
    expect(await provenanceOf(second, ['code'])).toMatchObject({ code: { rule: 'DEFAULT', fieldRule: { at: 'rules.1' } } }); // prettier-ignore
  });

  it('is worked out by an expression, or by the hub from what several systems say', async () => {
    await hub.take('products', [{ id: `p${prefix}`, document: product(`Tea ${prefix}`, [`${prefix}00`], { description: `Tea ${prefix}` }) }]); // prettier-ignore
    const { description } = await provenanceOf(await hub.idOf('product', `name = 'Tea ${prefix}'`));
    expect(description).toMatchObject({ rule: 'COMPUTED', system: { key: 'till' }, fieldRule: { kind: 'EXPRESSION' } });
    const paid = order({ number: `O${prefix}`, totalIncl: '10.00', paymentStatus: 'UNPAID', payments: [{ key: 'till:1', amount: '10.00' }] }); // prettier-ignore
    await hub.take('orders', [{ id: `o${prefix}`, document: paid }]);
    const { paymentStatus, number } = await provenanceOf(await hub.idOf('sales_order', `number = 'O${prefix}'`));
    expect(paymentStatus).toMatchObject({ rule: 'COMPUTED', system: null, owner: null });
    expect(number).toMatchObject({ rule: 'SYSTEM_OF_RECORD', system: { key: 'till' } });
  });

  it('is a person who has ended a conflict, for a system or with another value, or has taken a change back', async () => {
    await hub.ownership.saveOwners([{ entity: 'customer', field: 'phone', policy: 'manual', owner: null }], 'key_1');
    const id = await inBoth({ phone: '1' });
    await call({ phone: '2' });
    await call({ phone: '3' }, 'shop');
    expect(await provenanceOf(id, ['phone'])).toMatchObject({ phone: { rule: 'LAST_WRITER', system: { key: 'till' } } });
    await hub.decide(id, { takeFrom: 'shop' });
    const chosen = (await provenanceOf(id, ['phone']))['phone']!;
    expect(chosen).toMatchObject({ rule: 'MANUAL', system: { key: 'shop' } });
    await call({ phone: '4' });
    await call({ phone: '5' }, 'shop');
    await hub.decide(id, { value: '6' });
    expect(await provenanceOf(id, ['phone'])).toMatchObject({ phone: { rule: 'MANUAL', system: null, mapping: null } });
    await hub.ownership.saveOwners([{ entity: 'customer', field: 'phone', policy: 'source', owner: null }], 'key_1');
    await call({ phone: '7', mobile: '1' }, 'shop');
    expect(await provenanceOf(id, ['phone'])).toMatchObject({ phone: { rule: 'LAST_WRITER', system: { key: 'shop' } } });
    await call({ phone: '7', mobile: '2' }, 'shop');
    await hub.takeBackLast(id);
    expect(await provenanceOf(id, ['mobile'])).toMatchObject({ mobile: { rule: 'MANUAL', system: null } });
  }); // prettier-ignore

  it('is told without a moment and an event where the journal does not reach back so far', async () => {
    await call({ phone: '1' });
    const id = await customerId();
    await hub.database.query('delete from journal where canonical_id = $1', [id]);
    expect(await provenanceOf(id, ['phone'])).toMatchObject({ phone: { rule: 'LAST_WRITER', system: { key: 'till' }, changedAt: null, event: null } }); // prettier-ignore
  });
});

describe('where values come from', () => {
  it('is asked for many records in as many statements as for few', async () => {
    await hub.take('products', Array.from({ length: 12 }, (_, n) => ({ id: `p${prefix}-${n}`, document: product(`Rye ${prefix} ${n}`, [`${prefix}1${n}`], { brand: 'House', code: `R${n}` }) }))); // prettier-ignore
    const countFor = async (first: number): Promise<number> => {
      hub.world.statements();
      const { body } = await hub.world.ask(
        `query ($first: Int!) { products(first: $first, search: "Rye ${prefix}") { nodes { provenance { ${provenance} } variants(first: 3) { nodes { provenance(paths: ["priceAmount"]) { rule system { key } event { id } } } } } } }`,
        { first },
      );
      expect(body.errors).toBeUndefined();
      expect(body.data.products.nodes).toHaveLength(first);
      expect(JSON.stringify(body.data)).toContain('SYSTEM_OF_RECORD');
      return hub.world.statements().length;
    };
    await countFor(1);
    const few = await countFor(2);
    // Products and variants that come at other moments ask for what they share one after the other.
    expect(Math.abs((await countFor(12)) - few)).toBeLessThanOrEqual(4);
    expect(few).toBeLessThanOrEqual(16);
  });

  it('of stock levels and categories is told too', async () => {
    await hub.take('categories', [{ id: `c${prefix}`, document: { name: `Teas ${prefix}` } }]);
    const { name, position } = await provenanceOf(await hub.idOf('category', `name = 'Teas ${prefix}'`));
    expect(name).toMatchObject({ rule: 'SYSTEM_OF_RECORD', system: { key: 'till' } });
    expect(position).toMatchObject({ rule: 'DEFAULT', system: null });
    await hub.take('products', [{ id: `p${prefix}`, document: product(`Oat ${prefix}`, [`${prefix}30`]) }]);
    await hub.take('locations', [{ id: `l${prefix}`, document: { code: `L${prefix}`, name: 'Main' } }]);
    await hub.take('levels', [{ id: `s${prefix}`, document: { variant: `v-${prefix}30`, location: `l${prefix}`, onHand: '3' } }]); // prettier-ignore
    const level = await hub.idOf(
      'stock_level',
      `location_id = (select id from stock_location where code = 'L${prefix}')`,
    );
    expect((await provenanceOf(level))['onHand']).toMatchObject({ system: { key: 'till' }, owner: null });
  });
});

describe('a record at another moment', () => {
  const known = (entity: CanonicalEntity, id: string, ...moments: Date[]) => hub.past.statesAt({ entity, id }, moments, 'KNOWN_TO_HUB'); // prettier-ignore
  /** Numbers that repeat, so that a failure can be looked at. */
  const makeRandom = (seed: number) => (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;

  it('is what its row was then, after every step of a random history', async () => {
    await hub.ownership.saveOwners([{ entity: 'customer', field: 'mobile', policy: 'manual', owner: null }], 'key_1');
    const random = makeRandom(4711);
    const id = await inBoth({ phone: '0', mobile: '0' });
    const shadows: Shadow[] = [await hub.shadowOf('customer', id)];
    const said = { till: { phone: '0', mobile: '0' } as Document, shop: { phone: '0', mobile: '0' } as Document };
    for (let step = 0; step < 30; step++) {
      const system = random(2) === 0 ? 'till' : 'shop';
      const what = random(8);
      const [open] = await hub.database.query('select 1 from field_conflict where canonical_id = $1 and resolved_at is null', [id]); // prettier-ignore
      if (open !== undefined && what < 4)
        await hub.decide(id, what < 2 ? { takeFrom: system } : { value: `own ${step}` });
      else if (what === 7 && step > 5) await hub.takeBackLast(id).catch(() => undefined);
      else {
        const field = (['phone', 'mobile', 'note', 'addresses'] as const)[random(4)]!;
        const value = field === 'addresses' ? [{ role: 'BILLING', line1: `Street ${random(3)}`, country: 'NL' }] : `${random(3)}`; // prettier-ignore
        const isCleared = field === 'note' && random(2) === 0;
        const { [field]: _, cleared: __, ...others } = said[system];
        said[system] = isCleared ? { ...others, cleared: ['note'] } : { ...others, [field]: value };
        await call(said[system], system);
      }
      shadows.push(await hub.shadowOf('customer', id));
    }
    const distinct = shadows.filter(({ version }, i) => version !== shadows[i - 1]?.version);
    expect(distinct.length).toBeGreaterThan(12);
    const states = (await known('customer', id, ...distinct.map(({ at }) => at)))!;
    distinct.forEach(({ fields, version }, i) => expect(states[i]).toMatchObject({ fields, version }));
    distinct.forEach(({ fields }, i) => expect(Object.keys(states[i]!.fields).sort()).toEqual(Object.keys(fields).sort())); // prettier-ignore
    expect(await known('customer', id, new Date(0))).toEqual([null]);
    await hub.ownership.saveOwners([{ entity: 'customer', field: 'mobile', policy: 'source', owner: null }], 'key_1');
  });

  it('is what its row was then, of orders, variants and counted stock', async () => {
    const paid = (amount: string): Document => order({ number: `O${prefix}`, totalIncl: '20.00', payments: [{ key: 'till:1', amount }] }); // prettier-ignore
    await hub.take('orders', [{ id: `o${prefix}`, document: paid('5.00') }]);
    const orderId = await hub.idOf('sales_order', `number = 'O${prefix}'`);
    const before = await hub.shadowOf('order', orderId);
    await hub.take('orders', [{ id: `o${prefix}`, document: { ...paid('20.00'), status: 'COMPLETED' } }]);
    const after = await hub.shadowOf('order', orderId);
    expect(after.fields['paymentStatus']).not.toBe(before.fields['paymentStatus']);
    const [then, now] = (await known('order', orderId, before.at, after.at))!;
    expect(then).toMatchObject({ fields: before.fields, version: 1 });
    expect(now).toMatchObject({ fields: after.fields, version: 2 });
    const show = (price: string): Promise<void> => hub.take('products', [{ id: `p${prefix}`, document: { name: `Fig ${prefix}`, variants: [{ externalId: `v-${prefix}`, sku: `${prefix}50`, priceAmount: price, priceCurrency: 'EUR' }] } }]); // prettier-ignore
    await show('1.00');
    const variant = await hub.idOf('variant', `sku = '${prefix}50'`);
    const cheap = await hub.shadowOf('variant', variant);
    await show('2.00');
    expect(await known('variant', variant, cheap.at)).toEqual([expect.objectContaining({ fields: cheap.fields })]);
  });

  it('differs by what the hub knew and what was so in the system, by the time that the system tells', async () => {
    await call({ phone: '1', changed: '2026-01-01T10:00:00.000Z' });
    const id = await customerId();
    await call({ phone: '2', changed: '2026-01-02T10:00:00.000Z' });
    // Nothing tells of this one when it was; it was shown in March.
    await call({ phone: '3' });
    const ask = async (basis: string, at: string) => {
      const { body } = await hub.world.ask(`query ($id: ID!, $at: DateTime!, $basis: TimeBasis!) { entityAt(id: $id, at: $at, basis: $basis) { version basis isMasked data lastEvent { id } } }`, { id, at, basis }); // prettier-ignore
      expect(body.errors).toBeUndefined();
      return body.data.entityAt as { version: number; data: Document } | null;
    };
    expect(await ask('KNOWN_TO_HUB', '2026-01-01T12:00:00.000Z')).toBeNull();
    expect(await ask('TRUE_IN_SOURCE', '2025-12-31T12:00:00.000Z')).toBeNull();
    expect(await ask('TRUE_IN_SOURCE', '2026-01-01T12:00:00.000Z')).toMatchObject({ version: 1, isMasked: false, data: { phone: '1' } }); // prettier-ignore
    expect(await ask('TRUE_IN_SOURCE', '2026-02-01T12:00:00.000Z')).toMatchObject({ version: 2, data: { phone: '2' } });
    expect(await ask('TRUE_IN_SOURCE', '2026-03-02T12:00:00.000Z')).toMatchObject({ version: 3, data: { phone: '3' } });
    const now = '2100-01-01T00:00:00.000Z';
    expect((await ask('TRUE_IN_SOURCE', now))!.data).toEqual((await ask('KNOWN_TO_HUB', now))!.data);
    const diff = `query ($id: ID!, $from: DateTime!, $to: DateTime!) { entityDiff(id: $id, from: $from, to: $to, basis: TRUE_IN_SOURCE) { path kind label before after } }`;
    const differs = await hub.world.ask(diff, { id, from: '2026-01-01T12:00:00.000Z', to: '2026-02-01T12:00:00.000Z' });
    expect(differs.body.data.entityDiff).toEqual([{ path: 'phone', kind: 'CHANGED', label: null, before: '1', after: '2' }]); // prettier-ignore
    const made = await hub.world.ask(diff, { id, from: '2020-01-01T12:00:00.000Z', to: '2026-01-01T12:00:00.000Z' });
    expect(made.body.data.entityDiff).toContainEqual(expect.objectContaining({ path: 'phone', kind: 'ADDED', before: null, after: '1' })); // prettier-ignore
  });

  it('is refused, with the moment from which on it is known, when the journal does not reach back', async () => {
    await call({ phone: '1' });
    const id = await customerId();
    await call({ phone: '2' });
    const [first] = await hub.database.query<{ position: string; at: Date }>('select position::text, at from journal where canonical_id = $1 order by position limit 1', [id]); // prettier-ignore
    await hub.database.query('create table journal_kept as select * from journal where position <= $1', [first!.position]); // prettier-ignore
    await hub.database.query('delete from journal where position <= $1', [first!.position]);
    const at = `query ($id: ID!, $at: DateTime!) { entityAt(id: $id, at: $at) { version data } }`;
    const refused = await hub.world.ask(at, { id, at: first!.at.toISOString() });
    expect(refused.body.errors[0]).toMatchObject({ message: expect.stringMatching(/is not kept any more/), extensions: { code: 'MOMENT_NOT_KEPT', params: { id } } }); // prettier-ignore
    const since = refused.body.errors[0].extensions.params.since as string;
    expect((await hub.world.ask(at, { id, at: since })).body).toMatchObject({ data: { entityAt: { data: { phone: expect.stringMatching(/1|2/) } } } }); // prettier-ignore
    await hub.database.query('insert into journal select * from journal_kept');
    await expect(hub.pastOf(1).statesAt({ entity: 'customer', id }, [new Date(0)], 'KNOWN_TO_HUB')).rejects.toMatchObject({ code: 'MOMENT_TOO_FAR' }); // prettier-ignore
    await hub.database.query(`delete from log_entry where topic = 'canonical' and key = $1`, [id]);
    await expect(known('customer', id, first!.at)).rejects.toMatchObject({ code: 'MOMENT_NOT_KEPT' });
  });

  it('shows nobody people whom he may not see, and nothing of people who were erased', async () => {
    await call({ phone: '1' });
    const id = await customerId();
    await hub.take('orders', [{ id: `o${prefix}`, document: order({ number: `O${prefix}`, note: 'ring twice', customerSnapshot: { kind: 'PERSON', name: 'Ann' } }) }]); // prettier-ignore
    const orderId = await hub.idOf('sales_order', `number = 'O${prefix}'`);
    const asked = `query ($id: ID!) { entityAt(id: $id, at: "2100-01-01T00:00:00Z") { isMasked data fields { path value } } entityDiff(id: $id, from: "2000-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z") { path after } }`;
    const as = async (of: string, key?: string) => (await hub.world.ask(asked, { id: of }, key)).body.data;
    const key = await hub.world.keyWith(['READ_ORDERS', 'READ_OPERATIONS']);
    expect(await as(id, key)).toEqual({ entityAt: null, entityDiff: null });
    const hidden = await as(orderId, key);
    expect(hidden.entityAt).toMatchObject({ isMasked: true, data: { number: `O${prefix}`, note: '•••', customerSnapshot: { kind: 'PERSON', name: '•••' } } }); // prettier-ignore
    expect(JSON.stringify(hidden)).not.toMatch(/ring twice|Ann/);
    expect((await as(orderId)).entityAt).toMatchObject({ isMasked: false, data: { note: 'ring twice' } });
    await hub.database.query('update customer set erased_at = now() where id = $1', [id]);
    expect(await as(id)).toEqual({ entityAt: { isMasked: true, data: {}, fields: [] }, entityDiff: [] });
    expect(await provenanceOf(id)).toEqual({});
  });

  it('is null of what is no record', async () => {
    const { body } = await hub.world.ask(`{ a: entityAt(id: "cus_none", at: "2026-01-01T00:00:00Z") { version } b: entityDiff(id: "flw_1", from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z") { path } }`); // prettier-ignore
    expect(body).toMatchObject({ data: { a: null, b: null } });
  });
});

describeLongHistory(() => hub);
