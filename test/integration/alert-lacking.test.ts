/** The alert about codes without a row: it is of what keeps records waiting now, and comes again for codes that were not there before. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openAlertWorld, type AlertWorld } from '../support/alert-world.js';

let world: AlertWorld;
beforeAll(async () => {
  world = await openAlertWorld();
}, 60_000);
beforeEach(async () => {
  await world.begin();
  await world.sql('delete from unmapped_value');
  await world.sql(`delete from value_list_version where value_list like 'test-%'`);
  await world.sql(`delete from value_list where key like 'test-%'`);
  await list('test-refuses', 'fail');
  await list('test-stands-in', 'default');
  await world.done('alertRuleSave', { name: 'Lacking', kind: 'UNMAPPED_VALUES', threshold: 1 }, 'alertRule { id }');
});
afterAll(() => world.close());

async function list(key: string, whenUnmapped: string): Promise<void> {
  await world.sql(`insert into value_list (id, key, name, kind, published_version) values ($1, $1, $1, 'TAX_CODE', 1)`, [key]); // prettier-ignore
  const body = { whenUnmapped, ...(whenUnmapped === 'default' ? { defaultValue: 'A' } : {}), entries: [] };
  await world.sql('insert into value_list_version (value_list, version, body, note) values ($1, 1, $2, $3)', [key, JSON.stringify(body), 'made']); // prettier-ignore
}
/** A code comes by; where the list refuses it, with a record that waits because of it. */
async function comes(key: string, code: string, record: string | null): Promise<void> {
  await world.sql('insert into unmapped_value (value_list, value) values ($1, $2) on conflict do nothing', [key, code]);
  if (record !== null)
    await world.sql(
      `insert into parked (id, stage, system, flow, entity, external_id, record_key, trace_id, code, message, hint, classification,
         fingerprint, payload, value, value_list, first_failed_at)
       values ('prk_' || $3, 'project', 'softmaat', 'products', 'product', 'A', 'product:' || $3, 'trc_1', 'UNMAPPED_VALUE', 'm', 'h',
         'data', 'fp', '{}', to_jsonb($2::text), $1, clock_timestamp())`,
      [key, code, record],
    );
}
const look = async (): Promise<string[]> => {
  await world.one.watch.look();
  await world.one.watch.look();
  const firing = await world.alerts({ status: ['FIRING'] });
  return firing.filter(({ kind }) => kind === 'UNMAPPED_VALUES').map(({ title }) => title as string);
};

describe('codes without a row', () => {
  it('are told of while records wait because of them, and no longer', async () => {
    await comes('test-stands-in', 'X', null);
    await comes('test-refuses', 'X', null);
    expect(await look()).toEqual([]);
    await comes('test-refuses', '21', '1');
    await comes('test-refuses', '21', '2');
    await comes('test-refuses', '9', '3');
    expect(await look()).toEqual(['2 codes without a row in a value list']);
    await world.sql(`update value_list_version set body = jsonb_set(body, '{entries}', '[{"from": "21", "to": "A"}]') where value_list = 'test-refuses'`); // prettier-ignore
    expect(await look()).toEqual(['1 code without a row in a value list']);
    await world.sql(`update parked set status = 'DISCARDED' where id = 'prk_3'`);
    expect(await look()).toEqual([]);
    await world.sql(`update parked set status = 'OPEN'`);
    await world.sql(`update value_list_version set body = jsonb_set(body, '{whenUnmapped}', '"omit"') where value_list = 'test-refuses'`); // prettier-ignore
    expect(await look()).toEqual([]);
  });

  it('that were told of and put aside hide no later ones', async () => {
    await comes('test-refuses', '21', '1');
    await look();
    const [{ id }] = await world.alerts();
    await world.done('alertResolve', { id, note: 'known' }, 'alert { status }');
    await comes('test-refuses', '21', '2');
    expect(await look()).toEqual([]);
    await comes('test-refuses', '9', '3');
    expect(await look()).toEqual(['2 codes without a row in a value list']);
  });
});
