/** Many who follow mappings cost the database no more than one does. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { endSockets, signedInSocket, subscribeMessage } from '../support/graph-socket.js';
import { until } from '../support/wait.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 1);
  await world.database.query(
    `insert into mapping (id, key, connector, direction, record, entity, published_version) values ('map_1', 'm', 'softmaat', 'outbound', 'r', 'product', 1)`,
  );
  await world.database.query(
    `insert into mapping_version (mapping, version, definition) values ('m', 1, '{"key": "m", "connector": "softmaat", "direction": "outbound", "record": "r", "entity": "product", "rules": []}')`,
  );
}, 60_000);
afterAll(async () => {
  endSockets();
  await world.close();
});

it('a mapping is read once for all who are told of it, each time that it changes', async () => {
  const client = await signedInSocket(world.url, world.adminKey);
  const followers = Array.from({ length: 18 }, (_, n) => `${n}`);
  const allKnow = (revision: number) => () =>
    followers.every((id) => {
      const told = client.got.filter((message) => message.type === 'next' && message.id === id).at(-1);
      return told?.payload.data.mappingChanged.draftRevision === revision;
    });
  for (const id of followers) client.send(subscribeMessage(id, 'subscription { mappingChanged { draftRevision } }'));
  await until(allKnow(0), { what: 'the present state' });
  for (const revision of [1, 2]) {
    world.statements();
    await world.database.query(`update mapping set draft_revision = $1 where key = 'm'`, [revision]);
    await until(allKnow(revision), { what: `revision ${revision}` });
    expect(world.statements().filter((sent) => sent.includes('join mapping_version'))).toHaveLength(1);
  }
});
