/** Why a record is not in a system, what ends that and who has to act: for one that no flow carries, and for one that waits for such a record. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 2);
  await world.database.query(
    `update product set code = 'P' || right(id, 1);
     insert into external_reference (system, entity, external_id, canonical_id, origin)
     values ('mpluskassa', 'category', 'C3', 'cat_3', 'INGESTED')`,
  );
}, 60_000);
afterAll(() => world.close());
beforeEach(() =>
  world.database.query(
    `delete from flow where key <> 'products';
     delete from projection where entity = 'category';
     update flow set state = 'ENABLED';
     update projection set state = 'in_sync', reason = null`,
  ),
);

interface Reason {
  readonly code: string;
  readonly message: string;
  readonly responsible: string;
  readonly flow: { readonly key: string } | null;
}

/** How a record stands with the shop, in each language. */
async function reasonsOf(id: string): Promise<readonly Reason[]> {
  const query = `{ node(id: "${id}") { ... on Syncable { syncStatuses { system { key } reason { code message responsible flow { key } } } } } }`;
  return Promise.all(
    ['en', 'nl', 'fr'].map(async (language) => {
      const { body } = await world.post(JSON.stringify({ query }), {
        authorization: `Bearer ${world.adminKey}`,
        'accept-language': language,
      });
      expect(body.errors).toBeUndefined();
      const statuses = body.data.node.syncStatuses as { system: { key: string }; reason: Reason }[];
      const { reason } = statuses.find(({ system }) => system.key === 'softmaat')!;
      return { ...reason, message: reason.message.replaceAll(/[\u00a0\u202f]/g, ' ') };
    }),
  );
}
const messagesOf = async (id: string): Promise<readonly string[]> =>
  (await reasonsOf(id)).map(({ message }) => message);
const flow = (entity: string, name: string, state: string): Promise<unknown> =>
  world.database.query(
    `insert into flow (id, key, name, entity, source, target, state) values ('flw_C', 'more', $2, $1, 'mpluskassa', 'softmaat', $3)`,
    [entity, name, state],
  );

describe('a record that a system lacks', () => {
  it('needs somebody who sets up a flow, when none brings it there', async () => {
    const [en, nl, fr] = await reasonsOf('cat_3');
    expect(en).toEqual({
      code: 'NO_FLOW', responsible: 'INTEGRATOR', flow: null,
      message: 'No flow brings it to ERP: somebody sets up such a flow, or makes it there.',
    }); // prettier-ignore
    expect(nl!.message).toBe(
      'Geen synchronisatie brengt het naar ERP: iemand stelt zo’n synchronisatie in, of maakt het daar aan.',
    );
    expect(fr!.message).toBe('Aucun flux ne l’apporte à ERP : quelqu’un met en place un tel flux, ou le crée là-bas.');
  });

  it('needs somebody who starts the flow, when it is not running; a shipped name of it is said in the language', async () => {
    await flow('category', 'Categories from Till to ERP', 'DISABLED');
    const reasons = await reasonsOf('cat_3');
    expect(reasons[0]).toMatchObject({ code: 'FLOW_PAUSED', responsible: 'INTEGRATOR', flow: { key: 'more' } });
    expect(reasons.map(({ message }) => message)).toEqual([
      'The flow Categories from Till to ERP would bring it to ERP, but is not running: somebody starts it.',
      'Synchronisatie Categorieën van Till naar ERP zou het naar ERP brengen, maar loopt niet: iemand start ze.',
      'Le flux Catégories de Till vers ERP l’apporterait à ERP, mais ne tourne pas : quelqu’un le démarre.',
    ]);
  });

  it('needs nobody while the flow runs, and none from where the record is not', async () => {
    await flow('category', 'Groups', 'ENABLED');
    expect((await reasonsOf('cat_3'))[0]).toMatchObject({ responsible: 'HUB', message: 'The flow Groups has not brought it to ERP yet.' }); // prettier-ignore
    expect((await reasonsOf('cat_2'))[0]).toMatchObject({ responsible: 'INTEGRATOR', code: 'NO_FLOW' });
  });
});

describe('a record of a flow that is paused', () => {
  const stateOf = async (): Promise<object> => {
    const query = `{ node(id: "prd_00001") { ... on Syncable { syncStatuses { system { key } state reason { code until responsible } } } } }`;
    const { body } = await world.post(JSON.stringify({ query }), { authorization: `Bearer ${world.adminKey}` });
    return body.data.node.syncStatuses.find(({ system }: { system: { key: string } }) => system.key === 'softmaat');
  };

  it('goes on by itself when the pause has an end, and else when somebody resumes the flow', async () => {
    await world.database.query(
      `update projection set state = 'paused', reason = 'stocktaking' where canonical_id = 'prd_00001';
       update flow set state = 'PAUSED', paused_until = '2030-05-01T06:00:00Z' where key = 'products'`,
    );
    const reason = { code: 'FLOW_PAUSED', until: '2030-05-01T06:00:00.000Z', responsible: 'HUB' };
    expect(await stateOf()).toMatchObject({ state: 'HELD', reason });
    await world.database.query(`update flow set paused_until = null where key = 'products'`);
    expect(await stateOf()).toMatchObject({ reason: { code: 'FLOW_PAUSED', until: null, responsible: 'INTEGRATOR' } });
    await world.database.query(`update flow set state = 'ENABLED' where key = 'products'`);
  });
});

describe('a record that waits', () => {
  const waits = async (): Promise<void> => {
    await world.database.query(
      `update projection set state = 'waiting_for', reason = 'It waits for category "Shirts", another record.' where canonical_id = 'prd_00001';
       insert into projection_wait values ('softmaat', 'product', 'prd_00001', 'reference:softmaat:category:cat_3') on conflict do nothing`,
    );
  };

  it('names what it waits for, and says that no flow brings that', async () => {
    await waits();
    const [en] = await reasonsOf('prd_00001');
    expect(en).toMatchObject({ code: 'WAITING_FOR_RECORD', responsible: 'INTEGRATOR', flow: { key: 'products' } });
    expect(await messagesOf('prd_00001')).toEqual([
      'It waits for category "Shirts", another record. No flow brings that to ERP: it goes on when somebody makes it there, or sets up such a flow.',
      'Het wacht op categorie "Shirts", een ander record. Geen synchronisatie brengt dat naar ERP: het gaat verder zodra iemand het daar aanmaakt of zo’n synchronisatie instelt.',
      'Il attend : catégorie "Shirts", un autre enregistrement. Aucun flux n’apporte cela à ERP : il continue dès que quelqu’un le crée là-bas ou met en place un tel flux.',
    ]);
  });

  it('goes on by itself while a flow brings that', async () => {
    await waits();
    await flow('category', 'Groups', 'ENABLED');
    expect((await reasonsOf('prd_00001'))[0]).toMatchObject({
      responsible: 'HUB',
      message: 'It waits for category "Shirts", another record.',
    });
  });

  it('needs whoever the other one needs, when that has a problem or its flow is paused', async () => {
    await waits();
    await flow('category', 'Groups', 'ENABLED');
    await world.database.query(
      `insert into projection (target, entity, canonical_id, flow, state) values ('softmaat', 'category', 'cat_3', 'more', 'parked')`,
    );
    const [problem] = await reasonsOf('prd_00001');
    expect(problem!.responsible).toBe('SHOP');
    expect(problem!.message).toContain('That is not in ERP for a reason of its own: it goes on when that is solved.');
    await world.database.query(`update projection set state = 'pending' where entity = 'category'`);
    await world.database.query(`update flow set state = 'PAUSED' where key = 'more'`);
    const [paused] = await reasonsOf('prd_00001');
    expect(paused!.responsible).toBe('INTEGRATOR');
    expect(paused!.message).toContain('The flow Groups, which brings that to ERP, is not running');
  });
});

describe('an event', () => {
  it('is said without ids that mean nothing to people', async () => {
    await world.database.query(
      `insert into journal (position, trace_id, step, outcome, system, entity, canonical_id, external_id) values
       (1, 'trc_9', 'written', 'created', 'softmaat', 'product', 'prd_00001', 'df414918-658d-5b2e-9456-fde143d4a49b'),
       (2, 'trc_9', 'written', 'created', 'softmaat', 'product', 'prd_00001', '4711')`,
    );
    await world.database.query(
      `insert into journal (position, trace_id, step, outcome, system, entity, external_id, detail) values
       (3, 'trc_8', 'excluded', 'excluded', 'softmaat', 'order', 'a7414918-658d-5b2e-9456-fde143d4a49b', '{"called": "F-17"}'),
       (4, 'trc_7', 'excluded', 'excluded', 'softmaat', 'order', 'b7414918-658d-5b2e-9456-fde143d4a49b', null)`,
    );
    const labels = await world.ask('{ syncEvents(first: 2) { nodes { entityLabel } } }');
    expect(labels.body.data.syncEvents.nodes).toEqual([{ entityLabel: 'Order' }, { entityLabel: 'F-17' }]);
    const { body } = await world.ask('{ syncEvents(filter: { correlationId: "trc_9" }) { nodes { summary } } }');
    expect((body.data.syncEvents.nodes as { summary: string }[]).map(({ summary }) => summary)).toEqual([
      'Product 4711 written, created (softmaat)',
      'Product written, created (softmaat)',
    ]);
  });
});
