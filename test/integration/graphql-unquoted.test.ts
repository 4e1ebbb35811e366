/** Sentences that may quote people, in what comparisons and trial runs have found: for those who may see people. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TrialFlow } from '../../src/sync/trial-report.js';
import { openExportWorld, rowsOf, type ExportWorld } from './export-world.js';

const quoting = 'secret@anna.test is no address.';

const flowOf = (flow: string, entity: string): TrialFlow => ({
  flow,
  outcomes: [{ entity, operation: 'FAIL', count: 1 }],
  causes: [{ message: quoting, count: 1 }],
  ...{ calls: 0, estimatedMs: null },
  samples: [{ entity, label: 'A', operation: 'FAIL', reason: quoting, changes: [] }],
});
const kinds = ['customer', 'contact', 'order', 'product'];

let world: ExportWorld;
let narrow: string;
beforeAll(async () => {
  world = await openExportWorld();
  narrow = await world.keyWith(['READ_OPERATIONS']);
  const result = { reads: [], flows: kinds.map((kind) => flowOf(`${kind}s`, kind)), matches: [], unmapped: [] };
  await world.database.query(
    `insert into job (id, kind, status, input, result, created_by) values
       ('job_cmp', 'RECONCILIATION', 'SUCCEEDED', '{}', null, 'usr_1'), ('job_try', 'TRIAL', 'SUCCEEDED', '{}', $1, 'usr_1')`,
    [JSON.stringify(result)],
  );
  await world.database.query(
    `insert into comparison (id, flow, job, entity, source, target) values ('cmp_1', 'customers', 'job_cmp', 'customer', 'a', 'b')`,
  );
  for (const kind of kinds)
    await world.database.query(
      `insert into comparison_item (id, comparison, state, system, entity, external_id, reason) values ($1, 'cmp_1', 'KNOWN', 'b', $2, '7', $3)`,
      [`cit_${kind}`, kind, quoting],
    );
}, 60_000);
afterAll(() => world.close());

const answer = async (query: string, key?: string): Promise<unknown> => {
  const { body } = await world.ask(query, {}, key);
  expect(body.errors).toBeUndefined();
  return body.data;
};

describe('a key without READ_CUSTOMERS', () => {
  it('is not told why a record of people is not the same, in the list or in a file of it', async () => {
    const query = '{ reconciliation(id: "cmp_1") { items { nodes { id reason } } } }';
    const shown = (of: string) => ({ id: `cit_${of}`, reason: quoting });
    const sorted = [...kinds].sort();
    expect(await answer(query)).toEqual({ reconciliation: { items: { nodes: sorted.map(shown) } } });
    const nodes = sorted.map((of) => (of === 'product' ? shown(of) : { id: `cit_${of}`, reason: null }));
    expect(await answer(query, narrow)).toEqual({ reconciliation: { items: { nodes } } });
    const asked = { entityType: 'RECONCILIATION_ITEM', format: 'CSV', reconciliationId: 'cmp_1', columns: ['reason', 'id'] }; // prettier-ignore
    expect(rowsOf((await world.take(asked)).text).map(({ Reason }) => Reason)).toEqual(kinds.map(() => quoting));
    const { text } = await world.take(asked, { authorization: `Bearer ${narrow}` });
    expect(rowsOf(text).map(({ Reason }) => Reason)).toEqual(nodes.map(({ reason }) => reason ?? ''));
  });

  it('is not told why a trial run would leave records of people out', async () => {
    const query = '{ job(id: "job_try") { trial { flows { causes { message count } samples { label reason } } } } }';
    const whole = { causes: [{ message: quoting, count: 1 }], samples: [{ label: 'A', reason: quoting }] };
    expect(await answer(query)).toEqual({ job: { trial: { flows: kinds.map(() => whole) } } });
    const hidden = { causes: [], samples: [{ label: '•••', reason: null }] };
    const flows = kinds.map((kind) => (kind === 'product' ? whole : hidden));
    expect(await answer(query, narrow)).toEqual({ job: { trial: { flows } } });
  });
});
