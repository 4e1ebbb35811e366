/** What the graph tells of causes of problems: what waits behind them, which rows lists lack, what such rows may become. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';

const vat = (code: string, country: string): string =>
  `The record could not be mapped: lines.0.vat: the value list "vat" has no entry for "${code}" with "${country}".`;

const insertProblem = `insert into parked (id, stage, system, flow, entity, canonical_id, record_key, trace_id, code, message, hint,
  classification, fingerprint, payload, value_list, first_failed_at)
  values ($1, 'project', 'softmaat', 'products', 'order', $2, 'order:' || $2, 'trc', $3, $4, 'h', 'data', $5, '{}', $6, now() - make_interval(hours => $7))`;

describe('causes of problems', () => {
  let world: GraphWorld;
  beforeAll(async () => {
    world = await openGraphWorld();
    const { database } = world;
    await database.query(`insert into system (id, key, connector, name) values
      ('sys_A', 'mpluskassa', 'mpluskassa', 'Till'), ('sys_B', 'softmaat', 'softmaat', 'ERP')`);
    await database.query(`insert into flow (id, key, name, entity, source, target) values
      ('flw_A', 'products', 'Products', 'product', 'mpluskassa', 'softmaat')`);
    await database.query(
      `insert into value_list (id, key, name, kind, published_version) values ('vls_1', 'vat', 'VAT', 'TAX_CODE', 2)`,
    );
    const bodies = [
      [{ from: '21', secondKey: 'NL', to: 'H' }],
      [{ from: '9', secondKey: 'NL', to: 'L' }, { from: '0', secondKey: 'NL', to: 'Z' }, { from: '0', secondKey: 'BE', to: 'Z' }],
    ]; // prettier-ignore
    for (const [i, entries] of bodies.entries()) {
      await database.query(
        `insert into value_list_version (value_list, version, body, note, published_by) values ('vat', $1, $2, 'n', null)`,
        [i + 1, JSON.stringify({ whenUnmapped: 'fail', entries })],
      );
    }
    const problems: [string, string, string, string, string, string | null, number][] = [
      ['prk_1', 'ord_1', 'UNMAPPED_VALUE', vat('21', 'NL'), 'lacks', 'vat', 0],
      ['prk_2', 'ord_2', 'UNMAPPED_VALUE', vat('21', 'NL'), 'lacks', 'vat', 2],
      ['prk_3', 'ord_3', 'UNMAPPED_VALUE', vat('0', 'DE'), 'lacks', 'vat', 30],
      ['prk_4', 'ord_4', 'UNMAPPED_VALUE', vat('9', 'NL'), 'lacks', 'vat', 0],
      ['prk_5', 'ord_5', 'MAPPING_FAILED', 'name is required, but empty', 'empty', null, 0],
    ];
    for (const values of problems) await database.query(insertProblem, values);
    const row = `insert into projection (target, entity, canonical_id, flow, state) values ('softmaat', 'order', $1, 'products', $2)`;
    for (const [id, state] of [['ord_8', 'waiting_for'], ['ord_9', 'waiting_for'], ['ord_10', 'held']]) await database.query(row, [id, state]); // prettier-ignore
    await database.query(`insert into projection_wait (target, entity, canonical_id, awaited) values
      ('softmaat', 'order', 'ord_8', 'reference:softmaat:order:ord_1'), ('softmaat', 'order', 'ord_8', 'reference:softmaat:order:ord_2'),
      ('softmaat', 'order', 'ord_9', 'reference:softmaat:order:ord_1')`);
  }, 60_000);
  afterAll(() => world.close());

  async function causes(): Promise<ReadonlyMap<string, Record<string, unknown>>> {
    const { body } = await world.ask(`{ deadLetterGroups { nodes { fingerprint count blockedCount trend
      missingEntries { value secondKey count valueMap { key } proposal { targetValue version } } } } }`);
    expect(body.errors).toBeUndefined();
    return new Map(body.data.deadLetterGroups.nodes.map((one: { fingerprint: string }) => [one.fingerprint, one]));
  }

  it('count each record once that waits for any of them', async () => {
    expect((await causes()).get('lacks')).toMatchObject({ count: 4, blockedCount: 2 });
    const { body } = await world.ask('{ deadLetter(id: "prk_1") { blockedCount } }');
    expect(body.data.deadLetter.blockedCount).toBe(2);
  });

  it('count what a flow holds that the hub has stopped', async () => {
    await world.database.query(`update flow set state = 'SUSPENDED'`);
    expect((await causes()).get('empty')).toMatchObject({ blockedCount: 1 });
    await world.database.query(`update flow set state = 'ENABLED'`);
    expect((await causes()).get('empty')).toMatchObject({ blockedCount: 0 });
  });

  it('tell in which hours of the last day they began', async () => {
    const trend = (await causes()).get('lacks')!['trend'] as number[];
    expect(trend).toHaveLength(24);
    expect(trend[23]).toBe(2);
    expect(trend[21]).toBe(1);
    expect(trend.reduce((sum, n) => sum + n, 0)).toBe(3);
  });

  it('name the rows that are missing, without those that were added since, each with what it may become', async () => {
    expect((await causes()).get('lacks')!['missingEntries']).toEqual([
      { value: '21', secondKey: 'NL', count: 2, valueMap: { key: 'vat' }, proposal: { targetValue: 'H', version: 1 } },
      {
        value: '0',
        secondKey: 'DE',
        count: 1,
        valueMap: { key: 'vat' },
        proposal: { targetValue: 'Z', version: null },
      },
    ]);
    expect((await causes()).get('empty')!['missingEntries']).toEqual([]);
  });

  it('take no more statements for many causes than for one', async () => {
    const query = '{ deadLetterGroups { nodes { blockedCount trend missingEntries { value valueMap { key } } } } }';
    await world.ask(query);
    world.statements();
    await world.ask(query);
    expect(world.statements()).toHaveLength(5);
  });
});
