import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isInputObjectType, type GraphQLInputObjectType } from 'graphql';
import { buildGraph } from '../../src/resolvers/graph.js';
import { decoded, encoded } from '../../src/resolvers/answer-once.js';
import { forgetAnswers } from '../../src/store/kept-answers.js';
import { fillCatalogue, openGraphWorld, type GraphAnswer, type GraphWorld } from '../support/graph-server.js';
import { until } from '../support/wait.js';

let world: GraphWorld;
const runs: string[] = [];
let slow: Promise<void> | undefined;
let failing = false;
beforeAll(async () => {
  world = await openGraphWorld({
    commands: {
      async runFlow(key) {
        runs.push(key);
        await slow;
        if (failing) throw new Error('the connection broke');
      },
    },
  });
  await fillCatalogue(world.database, 1);
  await world.database.query(`insert into flow (id, key, name, entity, source, target) values
    ('flw_B', 'stock', 'Stock', 'stock', 'mpluskassa', 'softmaat')`);
}, 60_000);
beforeEach(() => {
  runs.length = 0;
  slow = undefined;
  failing = false;
});
afterAll(() => world.close());

const text = `mutation ($id: ID!, $key: String) { flowRun(input: { id: $id, idempotencyKey: $key }) {
  run { id } userErrors { code field message } } }`;
const run = (id: string, key?: string, apiKey?: string) => world.ask(text, { id, key }, apiKey);
const codes = ({ body }: GraphAnswer): string[] =>
  body.data.flowRun.userErrors.map(({ code }: { code: string }) => code);

describe('a mutation with an idempotency key', () => {
  it('that is sent again gives the first answer and does nothing more', async () => {
    const [first, again] = [await run('flw_A', 'k1'), await run('flw_A', 'k1')];
    expect(first.body.errors).toBeUndefined();
    expect(again.body.data).toEqual(first.body.data);
    expect(runs).toEqual(['products']);
    const audit = await world.database.query(`select 1 from audit where action = 'flowRun'`);
    expect(audit.length).toBe(1);
  });

  it('is refused with another input, and is another one for another caller', async () => {
    await run('flw_A', 'k2');
    expect(codes(await run('flw_B', 'k2'))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    const other = await world.ask(
      `mutation { deadLettersReplay(input: { selection: { ids: ["prk_1"] }, idempotencyKey: "k2" }) { plan { count { value } } replayedCount userErrors { code field } } }`,
    );
    expect(other.body.data.deadLettersReplay).toEqual({
      plan: null,
      replayedCount: 0,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }],
    });
    expect(codes(await run('flw_B', 'k2', await world.keyOf('OPERATOR')))).toEqual([]);
    expect(runs).toEqual(['products', 'stock']);
  });

  it('that is sent twice at once is carried out once, and both get the answer', async () => {
    let go = (): void => undefined;
    slow = new Promise((resolve) => (go = resolve));
    const both = [run('flw_A', 'k3'), run('flw_A', 'k3')];
    await until(() => runs.length === 1, { what: 'the first to begin' });
    const rows = await world.database.query(
      `select 1 from kept_answer where idempotency_key = 'k3' and answer is null`,
    );
    expect(rows.length).toBe(1);
    go();
    const [one, two] = await Promise.all(both);
    expect(one!.body.data).toEqual(two!.body.data);
    expect(runs).toEqual(['products']);
  });

  it('says that the first one is still under way when it is for long', async () => {
    let go = (): void => undefined;
    slow = new Promise((resolve) => (go = resolve));
    const first = run('flw_A', 'k4');
    await until(() => runs.length === 1, { what: 'the first to begin' });
    const { status, body } = await run('flw_A', 'k4');
    expect([status, body.errors[0].extensions.code]).toEqual([200, 'IDEMPOTENCY_IN_PROGRESS']);
    go();
    await first;
    expect(codes(await run('flw_A', 'k4'))).toEqual([]);
    expect(runs).toEqual(['products']);
  });

  it('leaves the key free when nothing was done', async () => {
    expect(codes(await run('flw_X', 'k5'))).toEqual(['NOT_FOUND']);
    expect(codes(await run('flw_A', 'k5'))).toEqual([]);
    failing = true;
    expect((await run('flw_A', 'k6')).body.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
    failing = false;
    expect(codes(await run('flw_A', 'k6'))).toEqual([]);
    expect(codes(await run('flw_A', ' '))).toEqual(['BLANK']);
    expect(codes(await run('flw_A', 'x'.repeat(256)))).toEqual(['TOO_LONG']);
    expect(runs).toEqual(['products', 'products', 'products']);
  });

  it('is taken over when the process that began it is gone, and is new after a day', async () => {
    await run('flw_A', 'k7');
    await world.database.query(
      `update kept_answer set answer = null, claimed_until = now() - interval '1 second' where idempotency_key = 'k7'`,
    );
    expect(codes(await run('flw_A', 'k7'))).toEqual([]);
    await world.database.query(
      `update kept_answer set created_at = now() - interval '25 hours' where idempotency_key = 'k7'`,
    );
    expect(codes(await run('flw_B', 'k7'))).toEqual([]);
    expect(runs).toEqual(['products', 'products', 'stock']);
    await world.database.query(
      `update kept_answer set created_at = now() - interval '25 hours' where idempotency_key = 'k7'`,
    );
    await forgetAnswers(world.database);
    const left = await world.database.query<{ key: string }>(
      'select idempotency_key as key from kept_answer order by 1',
    );
    expect(left.map(({ key }) => key)).toContain('k6');
    expect(left.map(({ key }) => key)).not.toContain('k7');
  });

  it('without a key is carried out every time', async () => {
    await run('flw_A');
    await run('flw_A');
    expect(runs).toEqual(['products', 'products']);
  });
});

describe('answers that are kept', () => {
  it('come back as they were, moments included', () => {
    const answer = { at: new Date(0), text: '\u0001dtext', list: [{ a: null, n: 1.5, at: new Date(1e12) }], none: [] };
    expect(decoded(encoded(answer))).toEqual(answer);
  });

  it('are those of all mutations that cause something outside', () => {
    const schema = buildGraph();
    const keyed = Object.values(schema.getMutationType()!.getFields())
      .filter(({ args: [input] }) => {
        const type = schema.getType(String(input!.type).replace('!', '')) as GraphQLInputObjectType;
        return isInputObjectType(type) && type.getFields()['idempotencyKey'] !== undefined;
      })
      .map(({ name }) => name);
    expect(keyed).toEqual(
      expect.arrayContaining(['flowRun', 'deadLettersReplay', 'mappingImpactAnalyze', 'mappingPublish', 'mappingRollback', 'valueMapPublish', 'configImport']),
    ); // prettier-ignore
  });
});
