/** Linking, deleting and editing rules over the API of a real hub: what comes of it is looked for in the shop's data and in the hub's. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openOperatedHub, type Answer, type OperatedHub } from '../support/operated-hub.js';
import { until } from '../support/wait.js';

let world: OperatedHub;
beforeAll(async () => {
  world = await openOperatedHub();
}, 120_000);
afterAll(() => world.close(), 60_000);

describe('links', () => {
  const stateOf = async (id: string) =>
    (
      await world.stage.ask<{ state: string; code: string | null }>(
        `select state, reason_code as code from projection where target = 'softmaat' and canonical_id = $1`,
        [id],
      )
    )[0]!;
  const referenceOf = async (id: string): Promise<Answer | undefined> =>
    (
      await world.hub.graphql<{ category: Answer }>(
        `query ($id: ID!) { category(by: { id: $id }) { externalReferences { id externalId origin system { id key } } } }`,
        { id },
      )
    ).category['externalReferences'].find((each: Answer) => each['system'].key === 'softmaat') as Answer | undefined;

  it('are taken away, and the record rests, whatever else happens, until it is linked with what the system has', async () => {
    const [one, other] = await world.inBoth('category');
    const reference = (await referenceOf(one!.id))!;
    const systemId = reference['system'].id as string;
    const gone = await world.mutate(
      'externalReferenceUnlink',
      { id: reference['id'], reason: 'not the same' },
      'deletedId',
    );
    expect(gone).toEqual({ deletedId: reference['id'], userErrors: [] });
    expect(await referenceOf(one!.id)).toBeUndefined();
    expect(await stateOf(one!.id)).toEqual({ state: 'held', code: 'UNLINKED' });
    const flow = await world.flowOf('CATEGORY');
    await world.mutate('flowPause', { id: flow['id'] }, 'flow { state }');
    await world.mutate('flowResume', { id: flow['id'] }, 'flow { state }');
    await world.settled();
    expect(await stateOf(one!.id)).toEqual({ state: 'held', code: 'UNLINKED' });

    const ledgerBefore = await world.stage.shop.ledger();
    const link = (externalId: string, entityId = one!.id) =>
      world.mutate(
        'externalReferenceLink',
        { entityId, systemId, externalId, reason: 'seen on paper' },
        'externalReference { externalId origin }',
      );
    expect((await link('99999999'))['userErrors']).toMatchObject([
      { code: 'NOT_FOUND', field: ['input', 'externalId'] },
    ]);
    expect((await link(other!.external))['userErrors']).toMatchObject([{ code: 'TAKEN' }]);
    expect(await link(one!.external)).toEqual({
      externalReference: { externalId: one!.external, origin: 'MANUAL' },
      userErrors: [],
    });
    await until(async () => (await stateOf(one!.id)).state === 'in_sync', {
      what: 'the comparison',
      timeoutMs: 30_000,
    });
    const since = (await world.stage.shop.ledger()).slice(ledgerBefore.length);
    expect(since.filter(({ extra }) => (extra?.['fields'] as string[]).length > 0)).toEqual([]);

    const free = await world.shop<{ id: string }>('POST', '/categories', { code: 'free', name: 'Free' });
    expect((await link(String(free.id)))['userErrors']).toMatchObject([
      { code: 'TAKEN', message: expect.stringContaining(`is ${one!.external}`) },
    ]);
    const { syncEvents } = await world.hub.graphql<{ syncEvents: { nodes: Answer[] } }>(
      `query ($filter: SyncEventFilter) { syncEvents(first: 10, filter: $filter) { nodes { summary action } } }`,
      { filter: { entityId: { eq: one!.id }, action: ['LINK'] } },
    );
    expect(syncEvents.nodes.map(({ summary }) => summary as string)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('unlinked by somebody'),
        expect.stringContaining('seen on paper'),
      ]),
    );
    const audited = await world.stage.ask<{ action: string }>(
      `select action from audit where action like 'externalReference%' order by id`,
    );
    expect(audited.map(({ action }) => action)).toEqual(['externalReferenceUnlink', 'externalReferenceLink']);
  }, 60_000);

  it('that were taken away come back by the key when the record is sent again', async () => {
    const [one] = await world.inBoth('category');
    const reference = (await referenceOf(one!.id))!;
    await world.mutate('externalReferenceUnlink', { id: reference['id'] }, 'deletedId');
    const started = await world.mutate('entityResync', { entityIds: [one!.id] }, 'job { id }');
    expect(await world.ended(started['job'].id as string)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await referenceOf(one!.id)).toMatchObject({ externalId: one!.external, origin: 'MATCHED' });
  }, 60_000);
});

describe('a flow that is deleted', () => {
  it('has to be disabled and typed; what the target has stays, and another flow goes on from there without writing', async () => {
    const flow = await world.flowOf('CATEGORY');
    const shape = 'deletedId discardedCount leftCount';
    await world.stage.ask(
      `insert into parked (id, stage, system, flow, entity, record_key, trace_id, code, message, hint, classification, fingerprint, payload)
       values ('prk_open', 'project', 'softmaat', $1, 'category', 'category:x', 'trc_1', 'RECORD_REFUSED', 'm', 'h', 'VALUE', 'f', '{}')`,
      [flow['key']],
    );
    const untyped = await world.mutate('flowDelete', { id: flow['id'], confirmation: 'yes' }, shape);
    expect(untyped['userErrors']).toMatchObject([
      { code: 'CONFIRMATION_REQUIRED', message: expect.stringContaining('1 open problems would be put aside') },
    ]);
    const enabled = await world.mutate('flowDelete', { id: flow['id'], confirmation: flow['key'] }, shape);
    expect(enabled['userErrors']).toMatchObject([{ code: 'INVALID_STATE' }]);
    await world.mutate('flowDisable', { id: flow['id'] }, 'flow { state }');
    const categories = (await world.inBoth('category')).length;
    const gone = await world.mutate('flowDelete', { id: flow['id'], confirmation: flow['key'] }, shape);
    expect(gone).toEqual({ deletedId: flow['id'], discardedCount: 1, leftCount: categories, userErrors: [] });
    expect((await world.inBoth('category')).length).toBe(categories);
    expect(await world.stage.ask(`select status, note from parked where id = 'prk_open'`)).toEqual([
      { status: 'DISCARDED', note: `The flow ${flow['key']} was deleted.` },
    ]);
    expect(
      await world.stage.ask(`select distinct state, reason_code from projection where flow = $1`, [flow['key']]),
    ).toEqual([{ state: 'excluded', reason_code: 'FLOW_DELETED' }]);

    const before = (await world.stage.shop.ledger()).length;
    const { systems } = await world.hub.graphql<{ systems: Answer[] }>('{ systems { id key } }');
    const idOf = (key: string) => systems.find((system) => system['key'] === key)!['id'] as string;
    const made = await world.mutate(
      'flowCreate',
      {
        key: 'categories-anew',
        name: 'Anew',
        entityType: 'CATEGORY',
        sourceSystemId: idOf('mpluskassa'),
        targetSystemId: idOf('softmaat'),
      },
      'flow { id }',
    );
    await world.mutate('flowEnable', { id: made['flow'].id }, 'flow { state }');
    await until(
      async () =>
        (
          await world.stage.ask<{ n: number }>(
            `select count(*)::int as n from projection where flow = 'categories-anew' and state = 'in_sync'`,
          )
        )[0]!.n === categories,
      { what: 'the new flow to take over', timeoutMs: 30_000 },
    );
    expect((await world.stage.shop.ledger()).length).toBe(before);
  }, 90_000);
});

describe('single rules of a draft', () => {
  const draftOf = async (): Promise<Answer> =>
    (
      await world.hub.graphql<{ mapping: Answer }>(
        '{ mapping(id: "softmaat-category-out") { draftRevision draft { rules { at target kind constant } } } }',
      )
    ).mapping;

  it('are replaced in place, added where they belong and taken out; a stale revision is refused', async () => {
    const before = await draftOf();
    const targets = (draft: Answer) => draft['draft'].rules.map(({ target }: Answer) => target as string) as string[];
    const save = (expectedRevision: number, more: object) =>
      world.mutate(
        'mappingRuleSave',
        { mappingId: 'softmaat-category-out', expectedRevision, ...more },
        'mapping { draftRevision } rule { at target constant }',
      );
    const rule = { target: 'name', kind: 'CONSTANT', constant: 'All alike' };
    const at = before['draft'].rules.find(({ target }: Answer) => target === 'name').at as string;
    const saved = await save(before['draftRevision'] as number, { rule, at });
    expect(saved).toMatchObject({ rule: { at, target: 'name', constant: 'All alike' }, userErrors: [] });
    expect(targets(await draftOf())).toEqual(targets(before));
    const stale = await save(before['draftRevision'] as number, { rule, at });
    expect(stale).toMatchObject({ mapping: null, userErrors: [{ code: 'VERSION_CONFLICT' }] });
    const none = await save(saved['mapping'].draftRevision as number, { rule, at: 'rules.999' });
    expect(none['userErrors']).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'at'] }]);

    const added = await save(saved['mapping'].draftRevision as number, {
      rule: { ...rule, target: 'description' },
      position: 0,
    });
    expect(targets(await draftOf())).toEqual(['description', ...targets(before)]);
    const removed = await world.mutate(
      'mappingRuleDelete',
      { mappingId: 'softmaat-category-out', expectedRevision: added['mapping'].draftRevision, at: 'rules.0' },
      'mapping { draftRevision }',
    );
    expect(removed['userErrors']).toEqual([]);
    expect(targets(await draftOf())).toEqual(targets(before));
  });

  it('show in tests that are run with rules which are not saved', async () => {
    const [one] = await world.inBoth('category');
    const saved = await world.mutate(
      'mappingTestSave',
      { mappingId: 'softmaat-category-out', name: 'one', operation: 'UPDATE', sample: { entityId: one!.id } },
      'test { isPassed }',
    );
    expect(saved).toMatchObject({ test: { isPassed: true }, userErrors: [] });
    const run = (more: object) =>
      world.mutate(
        'mappingTestsRun',
        { mappingId: 'softmaat-category-out', ...more },
        'tests { name isPassed actual }',
      );
    expect((await run({}))['tests']).toMatchObject([{ name: 'one', isPassed: true }]);
    const other = await run({
      rules: [
        { target: 'code', kind: 'COPY', source: 'code' },
        { target: 'name', kind: 'CONSTANT', constant: 'Other' },
      ],
    });
    expect(other['tests']).toMatchObject([{ name: 'one', isPassed: false }]);
    expect((await run({}))['tests']).toMatchObject([{ isPassed: true }]);
  });
});
