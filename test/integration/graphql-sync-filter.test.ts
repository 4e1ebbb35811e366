/** The filter by state and the states that are shown are one truth, for every kind of record, system and state. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectionStates } from '../../src/schema/sync-states.js';
import { EntitySyncState } from '../../src/schema/sync-status.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { fillSales } from '../support/graph-sales.js';

interface Status {
  readonly state: string;
  readonly system: { readonly id: string };
}
interface Shown {
  readonly id: string;
  readonly syncStatuses: readonly Status[];
}

const lists = ['products', 'productVariants', 'categories', 'customers', 'orders'] as const;
const states = Object.keys(EntitySyncState);

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 30);
  await fillSales(world.database, 40);
  const { query } = world.database;
  // Every third product is simple, in some system known as its variant only; some records are linked on one side or nowhere.
  await query(`delete from projection where entity = 'product' and right(canonical_id, 1) in ('1', '2', '4', '6')`);
  await query(`delete from variant where right(id, 1) = '2' and substr(product_id, 5)::integer % 3 = 0`);
  await query(`update product set type = 'SIMPLE' where substr(id, 5)::integer % 3 = 0`);
  await query(`update projection set state = 'excluded' where entity = 'product' and right(canonical_id, 1) in ('3', '9')`);
  await query(`insert into projection (target, entity, canonical_id, flow, state)
    select case when substr(id, 5)::integer % 4 = 0 then 'mpluskassa' else 'softmaat' end, 'variant', id, 'products',
      ($1::text[])[1 + substr(id, 5)::integer % $2] from variant where substr(id, 5)::integer % 5 < 4`, [projectionStates, projectionStates.length]); // prettier-ignore
  await query(`delete from external_reference where entity = 'product' and right(canonical_id, 1) in ('4', '5')`);
  await query(`insert into projection (target, entity, canonical_id, flow, state) values ('softmaat', 'category', 'cat_1', 'products', 'waiting_for')`);
  await query(`insert into external_reference (system, entity, external_id, canonical_id, origin) values ('softmaat', 'category', '9', 'cat_2', 'INGESTED')`);
  // Customers in each state, with contacts in each other; some share the record of another one in the system.
  await query(`update projection set state = ($1::text[])[1 + substr(canonical_id, 5)::integer % $2] where entity = 'customer'`, [projectionStates, projectionStates.length]);
  await query(`update projection set state = ($1::text[])[1 + substr(canonical_id, 5)::integer * 7 % $2] where entity = 'contact'`, [projectionStates, projectionStates.length]);
  await query(`delete from projection where entity = 'customer' and right(canonical_id, 1) in ('1', '2', '3')`);
  await query(`delete from external_reference where entity = 'customer' and right(canonical_id, 1) in ('2', '3', '4')`);
  await query(`insert into reference_alias (system, entity, canonical_id, external_id) values ('softmaat', 'customer', 'cus_00002', 'Dcus_00001')`);
  await query(`delete from projection where entity = 'order' and right(canonical_id, 1) in ('1', '2')`);
  await query(`delete from external_reference where entity = 'order' and right(canonical_id, 1) in ('2', '4')`);
}, 60_000); // prettier-ignore
afterAll(() => world.close());

type Ask = (fields: string, filter?: string) => Promise<readonly Shown[]>;
const idsOf = (records: readonly Shown[]): string[] => records.map(({ id }) => id).sort();

describe.each(lists)('%s', (list) => {
  let ask: Ask;
  beforeAll(async () => {
    const key = await world.keyOf('VIEWER');
    ask = async (fields, filter = '') => {
      const { body } = await world.ask(`{ ${list}(first: 100${filter}) { nodes { ${fields} } } }`, {}, key);
      expect(body.errors).toBeUndefined();
      return body.data[list].nodes as Shown[];
    };
  });
  const shown = (): ReturnType<Ask> => ask('id syncStatuses { state system { id } }');
  const filtered = (sync: string): ReturnType<Ask> => ask('id', `, filter: { sync: { ${sync} } }`);

  it.each([['sys_A'], ['sys_B'], [null]])('in each state in system %s are those that are shown so', async (system) => {
    const all = await shown();
    const seen = new Set<string>();
    for (const wanted of [...states.map((state) => [state]), ['IN_SYNC', 'NOT_LINKED'], ['FAILED', 'BLOCKED', 'IN_SYNC']]) {
      const isMeant = ({ state, system: { id } }: Status): boolean =>
        (system === null || id === system) && wanted.includes(state);
      const expected = all.filter(({ syncStatuses }) => syncStatuses.some(isMeant));
      if (expected.length > 0) wanted.forEach((state) => seen.add(state));
      const filter = `states: [${wanted.join(', ')}]${system === null ? '' : `, systemId: "${system}"`}`;
      expect([wanted, idsOf(await filtered(filter))]).toEqual([wanted, idsOf(expected)]);
    }
    expect(seen).toContain('IN_SYNC');
  }, 30_000); // prettier-ignore

  it('of a system without a state are those that it has or is to have', async () => {
    const all = await shown();
    for (const system of ['sys_A', 'sys_B']) {
      const expected = all.filter(({ syncStatuses }) =>
        syncStatuses.some(({ state, system: { id } }) => id === system && state !== 'NOT_LINKED'),
      );
      expect(idsOf(await filtered(`systemId: "${system}"`))).toEqual(idsOf(expected));
    }
  });
});
