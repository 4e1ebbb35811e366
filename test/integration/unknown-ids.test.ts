/** Subscriptions to one thing by its id, when there is no such thing: whoever asks is told so, and it is over. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { endSockets, signedInSocket, subscribeMessage, type SocketClient } from '../support/graph-socket.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 1);
}, 60_000);
afterEach(endSockets);
afterAll(() => world.close());

const follow = async (text: string): Promise<SocketClient> => {
  const client = await signedInSocket(world.url, world.adminKey);
  client.send(subscribeMessage('1', text));
  return client;
};

describe('a subscription by id', () => {
  it.each([
    ['jobProgressed(jobId: "job_none") { id }', 'there is no job job_none'],
    ['flowRunProgressed(runId: "run_none") { id }', 'there is no run run_none'],
    ['flowRunProgressed(flowId: "flw_none") { id }', 'there is no flow flw_none'],
    ['systemStatusChanged(systemId: "sys_none") { id }', 'there is no system sys_none'],
    ['mappingChanged(mappingId: "map_none") { id }', 'there is no mapping map_none'],
    ['syncStateChanged(flowId: "flw_none") { marker }', 'there is no flow flw_none'],
    ['productChanged(id: "prd_none") { cursor }', 'there is no record prd_none'],
    ['customerChanged(id: "prd_00001") { cursor }', 'there is no record prd_00001'],
    ['orderChanged(id: "ord_none") { cursor }', 'there is no record ord_none'],
    ['stockLevelChanged(id: "") { cursor }', 'there is no record '],
  ])('answers who asks for what is not there, and is over: %s', async (asked, what) => {
    const client = await follow(`subscription { ${asked} }`);
    const { payload } = await client.next('next', '1');
    expect(payload.data?.[asked.split('(')[0]!] ?? null).toBeNull();
    expect(payload.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(payload.errors[0].message).toContain(what);
    expect(await client.next('complete', '1')).toBeDefined();
  });

  it('refuses a run that is not of the flow', async () => {
    await world.database.query(
      `insert into flow (id, key, name, entity, source, target) values ('flw_Y', 'y', 'Y', 'product', 'mpluskassa', 'softmaat')`,
    );
    await world.database.query(
      `insert into flow_run (id, flow, trigger, status, started_at) values ('run_Y', 'y', 'SCHEDULE', 'RUNNING', now())`,
    );
    const client = await follow('subscription { flowRunProgressed(flowId: "flw_A", runId: "run_Y") { id } }');
    expect((await client.next('next', '1')).payload.errors[0].message).toContain('run run_Y is not of flow flw_A');
    expect(await client.next('complete', '1')).toBeDefined();
  });
});
