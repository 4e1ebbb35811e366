/** Who deals with a problem and what people note about it, on real rows. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemCare } from '../../src/store/problem-care.js';
import type { Database } from '../../src/store/database.js';
import { askAs, personWith, type Person } from '../support/graph-people.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
let operator: Person;
beforeAll(async () => {
  const given: { database?: Database } = {};
  const care = () => problemCare(given.database!);
  world = await openGraphWorld({
    commands: {
      assignParked: (ids, assignee) => care().assignParked(ids, assignee),
      annotateParked: (id, change) => care().annotateParked(id, change),
      discardParked: (ids, note, by) => care().discardParked(ids, note, by),
    },
  });
  given.database = world.database;
  operator = await personWith(world, 'OPERATOR');
  await world.database.query(
    `insert into parked (id, stage, system, flow, entity, canonical_id, external_id, record_key, trace_id, code, message, hint,
       classification, fingerprint, payload)
     select 'prk_' || n, 'project', 'softmaat', null, 'order', null, 'A', 'order:' || n, 'trc_1', 'RECORD_REFUSED', 'm', 'h', 'data',
       'fp' || n % 2, '{}' from generate_series(1, 5) n`,
  );
}, 60_000);
afterAll(() => world.close());

const ask = async (query: string, variables: object = {}) => {
  const { body } = await askAs(world, operator.headers, query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
};
const assign = async (selection: object, assigneeId: string | null) =>
  (
    await ask(
      `mutation ($input: DeadLettersAssignInput!) { deadLettersAssign(input: $input) { assignedCount userErrors { code field } } }`,
      { input: { selection, assigneeId } },
    )
  ).deadLettersAssign;
const annotate = async (input: object) =>
  (
    await ask(
      `mutation ($input: DeadLetterAnnotateInput!) { deadLetterAnnotate(input: $input) { deadLetter { id note tags } userErrors { code field } } }`,
      { input },
    )
  ).deadLetterAnnotate;
const ofAssignee = async (assigneeId: string) =>
  (await ask(`query ($id: ID!) { deadLetters(filter: { assigneeId: $id }) { nodes { id assignee { id name } } } }`, { id: assigneeId })).deadLetters.nodes; // prettier-ignore

describe('problems', () => {
  it('are given to somebody by selection, found by whom they were given to, and taken back', async () => {
    expect(await assign({ fingerprint: 'fp1' }, operator.id)).toEqual({ assignedCount: 3, userErrors: [] });
    const found = await ofAssignee(operator.id);
    expect(found.map(({ id }: { id: string }) => id).sort()).toEqual(['prk_1', 'prk_3', 'prk_5']);
    expect(found[0].assignee).toEqual({ id: operator.id, name: 'A operator' });
    expect((await assign({ ids: ['prk_1'] }, null)).assignedCount).toBe(1);
    expect(await ofAssignee(operator.id)).toHaveLength(2);
  });

  it('are given only to those who may deal with them, whom assignees lists', async () => {
    const viewer = await personWith(world, 'VIEWER');
    const gone = await personWith(world, 'OPERATOR');
    await world.database.query('update app_user set is_disabled = true where id = $1', [gone.id]);
    const { assignees } = await ask('{ assignees { id } }');
    expect(assignees).toEqual([{ id: operator.id }]);
    for (const [id, code] of [
      [viewer.id, 'NOT_ALLOWED'],
      [gone.id, 'NOT_ALLOWED'],
      ['usr_none', 'NOT_FOUND'],
    ] as const) {
      expect(await assign({ ids: ['prk_2'] }, id)).toEqual({ assignedCount: 0, userErrors: [{ code, field: ['input', 'assigneeId'] }] }); // prettier-ignore
    }
    expect((await assign({ ids: ['prk_none'] }, operator.id)).userErrors[0].code).toBe('NOT_FOUND');
  });

  it('are noted about and filed under words; what is left out stays', async () => {
    expect(
      (await annotate({ id: 'prk_2', note: ' Ask the supplier ', tags: ['vat', ' vat', 'may'] })).deadLetter,
    ).toEqual({
      id: 'prk_2',
      note: 'Ask the supplier',
      tags: ['vat', 'may'],
    });
    expect((await annotate({ id: 'prk_2', tags: ['june'] })).deadLetter).toMatchObject({
      note: 'Ask the supplier',
      tags: ['june'],
    });
    expect((await annotate({ id: 'prk_2', note: null })).deadLetter).toMatchObject({ note: null, tags: ['june'] });
    for (const [input, code] of [
      [{ id: 'prk_none', note: 'x' }, 'NOT_FOUND'],
      [{ id: 'prk_2', note: 'x'.repeat(2001) }, 'TOO_LONG'],
      [{ id: 'prk_2', tags: Array(21).fill('').map((_, n) => `t${n}`) }, 'TOO_MANY'],
      [{ id: 'prk_2', tags: [''] }, 'INVALID'],
    ] as const) expect((await annotate(input)).userErrors[0].code).toBe(code); // prettier-ignore
    const [row] = await world.database.query('select note, tags from parked where id = $1', ['prk_2']);
    expect(row).toEqual({ note: null, tags: ['june'] });
  });

  it('say who put them aside', async () => {
    await ask(
      'mutation { deadLettersDiscard(input: { selection: { ids: ["prk_4"] }, reason: "test" }) { discardedCount } }',
    );
    const { deadLetter } = await ask('{ deadLetter(id: "prk_4") { status resolvedBy { ... on User { id } } } }');
    expect(deadLetter).toEqual({ status: 'DISCARDED', resolvedBy: { id: operator.id } });
  });

  it('hide notes on records of people from those who may not see people', async () => {
    await annotate({ id: 'prk_5', note: 'Call Jan on Monday' });
    const key = await world.keyWith(['READ_OPERATIONS']);
    const { body } = await world.ask('{ deadLetter(id: "prk_5") { note } }', {}, key);
    expect(body.data.deadLetter.note).toBe('•••');
  });
});
