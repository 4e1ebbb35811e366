/**
 * Setting up from nothing: the sandboxes that the hub was started with are connected, flows are made and tried before they are enabled. A trial
 * run reads both systems and says what would happen; afterwards neither of them, nor the hub, has anything that was not there before.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import type { HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 20, flows: [], valueLists: {} });
  await stage.ask('delete from system');
  await stage.ask(`update value_list_version set body = jsonb_set(body, '{entries}', '[]') where value_list in ('softmaat-warehouse', 'mpluskassa-branch')`); // prettier-ignore
  hub = await stage.hub({
    env: {
      KOPPEL_DEMO: 'empty',
      KOPPEL_SANDBOX_MPLUSKASSA_PORT: String(stage.till.port),
      KOPPEL_SANDBOX_SOFTMAAT_PORT: String(stage.shop.port),
    },
  });
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

interface SystemShown {
  readonly id: string;
  readonly key: string;
  readonly status: string;
}
interface DemoFlow {
  readonly entityType: string;
  readonly sourceKey: string;
  readonly targetKey: string;
  readonly settings: { readonly order: Readonly<Record<string, unknown>> };
}
interface Report {
  readonly reads: readonly { system: { key: string }; entityType: string; count: number; isComplete: boolean }[];
  readonly flows: readonly {
    flow: { key: string };
    outcomes: readonly { entityType: string; operation: string; count: number }[];
    causes: readonly { message: string; count: number }[];
    calls: number;
    estimatedDuration: string | null;
    samples: readonly { label: string; operation: string; reason: string | null; changes: readonly object[] }[];
  }[];
  readonly matches: readonly {
    entityType: string;
    matched: number;
    sides: readonly { system: { key: string }; keys: number; onlyHere: number; notNumeric: number }[];
  }[];
  readonly unmapped: readonly { valueMap: { key: string }; value: string; count: number }[];
}

const report = `reads { system { key } entityType count isComplete }
  flows { flow { key } outcomes { entityType operation count } causes { message count } calls estimatedDuration
    samples { label operation reason changes { path after } } }
  matches { entityType matched sides { system { key } keys onlyHere notNumeric } }
  unmapped { valueMap { key } value count }`;

async function tryAll(ids: readonly string[], most = 1000): Promise<Report> {
  const { flowsTry } = await hub.graphql<{ flowsTry: { job: { id: string } | null; userErrors: object[] } }>(
    'mutation ($ids: [ID!]!, $most: Int!) { flowsTry(input: { flowIds: $ids, most: $most }) { job { id } userErrors { message } } }',
    { ids, most },
  );
  expect(flowsTry.userErrors).toEqual([]);
  let trial: Report | null = null;
  await until(
    async () => {
      const { job } = await hub.graphql<{ job: { status: string; error: string | null; trial: Report | null } }>(
        `query ($id: ID!) { job(id: $id) { status error trial { ${report} } } }`,
        { id: flowsTry.job!.id },
      );
      if (job.status === 'FAILED') throw new Error(job.error ?? 'failed');
      trial = job.trial;
      return job.status === 'SUCCEEDED';
    },
    { timeoutMs: 60_000, what: 'the trial run to end' },
  );
  return trial!;
}

const tables = 'product variant category customer sales_order stock_level external_reference projection parked unmapped_value log_entry'; // prettier-ignore
const stored = async (): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    await Promise.all(
      tables.split(' ').map(async (table) => {
        const [row] = await stage.ask<{ n: number }>(`select count(*)::integer as n from ${table}`);
        return [table, row!.n] as const;
      }),
    ),
  );

/** Steps that are done, and behind a `>` the next one; skipped ones in parentheses. */
async function steps(): Promise<string> {
  const { setup } = await hub.graphql<{ setup: { steps: readonly { key: string; status: string }[] } }>(
    '{ setup { isComplete steps { key status } } }',
  );
  const shown: Readonly<Record<string, (key: string) => string>> = {
    DONE: (key) => key,
    CURRENT: (key) => `>${key}`,
    SKIPPED: (key) => `(${key})`,
  };
  return setup.steps.flatMap(({ key, status }) => shown[status]?.(key) ?? []).join(' ');
}
async function sayDone(step: string): Promise<readonly { readonly code: string }[]> {
  const { setupStepComplete } = await hub.graphql<{ setupStepComplete: { userErrors: readonly { code: string }[] } }>(
    'mutation ($input: SetupStepCompleteInput!) { setupStepComplete(input: $input) { setup { isComplete } userErrors { code } } }',
    { input: { step } },
  );
  return setupStepComplete.userErrors;
}

let systems: readonly SystemShown[];
const ids: string[] = [];

describe('a hub that was started with sandboxes and nothing connected', () => {
  it('tells what there is to connect, connects it once, and shows no secret', async () => {
    const asked = '{ demo { systems { connectorKey key name } flows { entityType } } systems { key } }';
    const before = await hub.graphql<{ demo: { systems: object[]; flows: object[] }; systems: object[] }>(asked);
    expect(before.systems).toEqual([]);
    expect(before.demo.systems).toHaveLength(2);
    expect(await steps()).toBe('>ACCOUNT');
    expect(await sayDone('LANGUAGE_AND_TIME')).toEqual([]);
    expect(await steps()).toBe('>ACCOUNT LANGUAGE_AND_TIME');
    expect(await sayDone('GO_LIVE')).toMatchObject([{ code: 'INVALID' }]);
    const connect = 'mutation ($input: DemoConnectInput!) { demoConnect(input: $input) { systems { id key status settings } userErrors { message } } }'; // prettier-ignore
    interface Connected {
      readonly demoConnect: { readonly systems: readonly SystemShown[]; readonly userErrors: readonly object[] };
    }
    const one = await hub.graphql<Connected>(connect, { input: { connectorKeys: ['mpluskassa'] } });
    const other = await hub.graphql<Connected>(connect, { input: {} });
    const again = await hub.graphql<Connected>(connect, { input: {} });
    systems = [...one.demoConnect.systems, ...other.demoConnect.systems];
    expect(systems.map(({ key, status }) => [key, status])).toEqual([['mpluskassa', 'CONNECTED'], ['softmaat', 'CONNECTED']]); // prettier-ignore
    expect(again.demoConnect).toEqual({ systems: [], userErrors: [] });
    expect(JSON.stringify([one, other])).not.toContain('sandbox-');
    expect(await steps()).toBe('>ACCOUNT LANGUAGE_AND_TIME CONNECT_SOURCE CONNECT_TARGET');
  });

  it('makes flows with the settings of the sample, which do nothing yet', async () => {
    const { demo } = await hub.graphql<{ demo: { flows: readonly DemoFlow[] } }>(
      '{ demo { flows { entityType sourceKey targetKey settings { order { types employee branch entryBranch workplace orderCategory shippingArticle roundingArticle defaultCustomer } } } } }',
    );
    const idOf = (key: string) => systems.find((each) => each.key === key)!.id;
    for (const { entityType, sourceKey, targetKey, settings } of demo.flows) {
      const { flowCreate } = await hub.graphql<{ flowCreate: { flow: { id: string; state: string } } }>(
        'mutation ($input: FlowCreateInput!) { flowCreate(input: $input) { flow { id state } userErrors { message field } } }',
        {
          input: {
            ...{ key: `${entityType.toLowerCase().replace('_', '-')}-to-${targetKey}`, name: entityType, entityType },
            ...{ sourceSystemId: idOf(sourceKey), targetSystemId: idOf(targetKey) },
            ...(entityType === 'ORDER' ? { settings: { order: settings.order } } : {}),
          },
        },
      );
      expect(flowCreate.flow.state).toBe('DRAFT');
      ids.push(flowCreate.flow.id);
    }
    expect(ids).toHaveLength(7);
    expect(await steps()).toMatch(/ CONNECT_TARGET CHOOSE_FLOWS$/);
  });
});

describe('a trial run', () => {
  it('says what each flow would do and how the systems know the same records, and leaves nothing behind', async () => {
    const before = await stored();
    const ledgers = [await stage.till.ledger(), await stage.shop.ledger()];
    const trial = await tryAll(ids);
    expect([await stage.till.ledger(), await stage.shop.ledger()]).toEqual(ledgers);
    expect(await stored()).toEqual(before);
    const states = await stage.ask<{ state: string }>('select distinct state from flow');
    expect(states).toEqual([{ state: 'DRAFT' }]);
    expect(await steps()).toMatch(/ CHOOSE_FLOWS MATCHING VALUE_MAPS DRY_RUN$/);
    expect(await sayDone('ALERTS')).toEqual([]);
    expect(await steps()).toMatch(/ DRY_RUN \(ALERTS\)$/);

    const tillProducts = await stage.till.records('products');
    expect(trial.reads.find((read) => read.system.key === 'mpluskassa' && read.entityType === 'PRODUCT')).toMatchObject({ count: tillProducts.length, isComplete: true }); // prettier-ignore
    const products = trial.flows.find(({ flow }) => flow.key === 'product-to-softmaat')!;
    const made = products.outcomes.filter(({ operation }) => operation === 'CREATE' || operation === 'MATCH');
    expect(made.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(20);
    expect(products.calls).toBeGreaterThan(0);
    expect(products.estimatedDuration).toMatch(/^PT/);
    expect(products.samples.length).toBeGreaterThan(0);
    expect(products.samples[0]!.label).not.toBe('');
    const match = trial.matches.find(({ entityType }) => entityType === 'PRODUCT')!;
    for (const side of match.sides) expect(side.onlyHere + match.matched).toBe(side.keys);
    const customers = trial.matches.find(({ entityType }) => entityType === 'CUSTOMER')!;
    expect(customers.matched).toBe(trial.flows.flatMap(({ outcomes }) => outcomes).filter(({ operation, entityType }) => operation === 'MATCH' && entityType === 'CUSTOMER').length / 2); // prettier-ignore
    const orders = trial.flows.find(({ flow }) => flow.key === 'order-to-softmaat')!;
    expect(orders.outcomes).toEqual([{ entityType: 'ORDER', operation: 'CREATE', count: (await stage.till.records('orders')).length }]); // prettier-ignore
  }, 90_000);

  it('says how much it has looked at when there is more', async () => {
    const trial = await tryAll(ids.slice(0, 2), 25);
    // The other five were not part of it.
    expect(await steps()).toMatch(/ CHOOSE_FLOWS \(ALERTS\)$/);
    const products = trial.reads.find((read) => read.system.key === 'mpluskassa' && read.entityType === 'PRODUCT')!;
    expect(products.count).toBeLessThanOrEqual(25);
  }, 60_000);
});
