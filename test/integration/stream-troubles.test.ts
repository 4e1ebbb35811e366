/** Streams that the hub has stopped, or that fail for ever, beside the one whose position is that of the flow: seen in the graph, and told. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openAlertWorld, type AlertWorld } from '../support/alert-world.js';

let world: AlertWorld;
beforeAll(async () => {
  world = await openAlertWorld();
}, 60_000);
beforeEach(async () => {
  await world.begin();
  await world.sql('delete from alert_rule');
  await world.sql('delete from capture_position');
  await world.sql('delete from consumer_position');
  await world.sql(`update system set status = 'CONNECTED', status_since = now() - interval '1 day'`);
  await world.sql(`update flow set state = 'ENABLED', state_since = now() - interval '1 day', state_reason = null`);
  await read('mpluskassa products');
  await read('mpluskassa invoices');
  await read('softmaat products');
});
afterAll(() => world.close());

const read = (name: string) =>
  world.sql(`insert into capture_position (system, stream, position) values ($1, $2, 'of ' || $3)`, [...name.split(' '), name]); // prettier-ignore
const stop = (name: string, message: string) =>
  world.sql(`update capture_position set state = 'stopped', stopped_code = 'POSITION_BEYOND_SOURCE', stopped_message = $3 where system = $1 and stream = $2`, [...name.split(' '), message]); // prettier-ignore
const fail = (name: string, minutes: number, message = 'The system did not answer.') =>
  world.sql(
    `update capture_position set failing_since = now() - $3 * interval '1 minute', failing_code = 'SYSTEM_TIMEOUT', failing_message = $4
     where system = $1 and stream = $2`,
    [...name.split(' '), minutes, message],
  );

async function state(): Promise<{ marker: string; stoppedBecause: string | null; failingBecause: string | null }> {
  const { flow } = await world.ask('{ flow(id: "flw_A") { syncState { marker stoppedBecause failingBecause } } }');
  return flow.syncState;
}

describe('the state of a flow', () => {
  const well = { marker: 'of mpluskassa products', stoppedBecause: null, failingBecause: null };

  it('says why anything that is read for it was stopped: its own stream first, then those of its source', async () => {
    expect(await state()).toEqual(well);
    await stop('softmaat products', 'the shop');
    expect(await state()).toEqual({ ...well, stoppedBecause: 'the shop' });
    await stop('mpluskassa invoices', 'the invoices');
    expect(await state()).toEqual({ ...well, stoppedBecause: 'the invoices' });
    await stop('mpluskassa products', 'the products');
    expect(await state()).toEqual({ ...well, stoppedBecause: 'the products' });
  });

  it('says so of what the log has lost of any of their records', async () => {
    const lost = (record: string) =>
      world.sql(
        `insert into consumer_position (consumer, topic, partition, stopped_code, stopped_message, stopped_record)
         values ('ingest', 'kafka.changes.mpluskassa', 0, 'LOG_POSITION_LOST', 'lost', $1)
         on conflict (consumer, topic, partition) do update set stopped_record = excluded.stopped_record`,
        [record],
      );
    await lost('relation');
    expect(await state()).toEqual(well);
    await lost('invoice');
    expect(await state()).toEqual({ ...well, stoppedBecause: 'lost' });
  });

  it('says so of canonical events that were removed before the projectors had read them, whatever flow it is', async () => {
    await world.sql(
      `insert into consumer_position (consumer, topic, partition, stopped_code, stopped_message)
       values ('look', 'canonical', 0, 'LOG_EVENTS_LOST', 'events'), ('relay', 'canonical', 0, 'LOG_EVENTS_LOST', 'in Kafka')`,
    );
    expect(await state()).toEqual({ ...well, stoppedBecause: 'events' });
  });

  it('names a stream that has failed for five minutes although its system answers, since when and why', async () => {
    await fail('mpluskassa invoices', 4);
    expect(await state()).toEqual(well);
    await world.sql(`update capture_position set failing_since = '2026-03-01T12:00:00.123Z' where failing_since is not null`); // prettier-ignore
    const sentence = 'Stream invoices of Till has failed since 2026-03-01T12:00:00Z: The system did not answer.';
    expect(await state()).toEqual({ ...well, failingBecause: sentence });
    await stop('mpluskassa invoices', 'the invoices');
    expect(await state()).toEqual({ ...well, stoppedBecause: 'the invoices' });
  });

  it('does not name what fails because all of the system does, did a moment ago, or because the flow rests', async () => {
    await fail('mpluskassa invoices', 60);
    expect((await state()).failingBecause).toMatch(/^Stream invoices of Till/);
    await world.sql(`update system set status = 'UNREACHABLE' where key = 'mpluskassa'`);
    expect(await state()).toEqual(well);
    await world.sql(`update system set status = 'CONNECTED', status_since = now() - interval '1 minute' where key = 'mpluskassa'`); // prettier-ignore
    expect(await state()).toEqual(well);
    await world.sql(`update system set status_since = now() - interval '1 day'`);
    await world.sql(`update flow set state = 'PAUSED'`);
    expect(await state()).toEqual(well);
    await world.sql(`update flow set state = 'ENABLED', state_since = now() - interval '1 minute'`);
    expect(await state()).toEqual(well);
  });
});

describe('people are told', () => {
  const rule = (kind: string, threshold: number | null = null) =>
    world.done('alertRuleSave', { name: kind, kind, ...(threshold === null ? {} : { threshold }) }, 'alertRule { id }');
  const look = async (): Promise<unknown[]> => {
    await world.one.watch.look();
    await world.one.watch.look();
    return world.alerts({ status: ['FIRING'] });
  };

  it('that the hub has stopped reading, whichever stream it was, until it reads on', async () => {
    await rule('FLOW_SUSPENDED');
    expect(await look()).toEqual([]);
    await stop('mpluskassa invoices', 'the invoices');
    expect(await look()).toMatchObject([{ kind: 'FLOW_SUSPENDED', title: 'Stopped by the hub: Products', flow: { key: 'products' }, path: '/flows/flw_A' }]); // prettier-ignore
    expect((await world.ask('{ alerts { nodes { description } } }')).alerts.nodes).toEqual([{ description: 'the invoices' }]); // prettier-ignore
    await world.sql(`update capture_position set state = 'running'`);
    expect(await look()).toEqual([]);
  });

  it('that a stream fails, as long as the rule says, though its siblings go on; what else waits is told meanwhile', async () => {
    await rule('SYSTEM_UNREACHABLE', 20);
    await rule('LAG', 15);
    await fail('mpluskassa invoices', 19);
    expect(await look()).toEqual([]);
    await fail('mpluskassa invoices', 21);
    await world.sql(`update projection set state = 'pending', changed_at = now() - interval '1 hour'`);
    const told = await look();
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'SYSTEM_UNREACHABLE', title: 'Till cannot be read completely', system: { key: 'mpluskassa' }, path: '/systems/sys_A' }), // prettier-ignore
        expect.objectContaining({ kind: 'LAG', title: 'Delay: Products' }),
      ]),
    );
    await world.sql(`update projection set state = 'in_sync'`);
    await world.sql('update capture_position set failing_since = null');
    expect(await look()).toEqual([]);
  });

  it('of the system as a whole when it is silent, in an alert of its own', async () => {
    await rule('SYSTEM_UNREACHABLE', 20);
    await fail('mpluskassa invoices', 60);
    expect(await look()).toHaveLength(1);
    await world.sql(`update system set status = 'UNREACHABLE', status_since = now() - interval '30 minutes' where key = 'mpluskassa'`); // prettier-ignore
    const titles = (await look()).map((alert) => (alert as { title: string }).title);
    expect(titles.sort()).toEqual(['Till cannot be reached', 'Till cannot be read completely'].sort());
    // It answers again, and nobody has tried the stream yet: the old alert goes on or ends, and none begins.
    await world.sql('delete from alert');
    await world.sql(`update system set status = 'CONNECTED', status_since = now() where key = 'mpluskassa'`);
    expect(await look()).toEqual([]);
  });
});
