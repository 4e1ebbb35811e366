/** Comparisons over the API of a real hub, for tests: started, waited for, read. */
import type { HubHandle } from './processes.js';
import { until } from './wait.js';

type Answer = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const shape = `id status error counts { compared equal different missed missingInTarget missingInSource onlyInTarget duplicates known inFlight leftOut repaired }
  items(first: 100) { nodes { id state reason label externalId isRepairable repairAskedAt system { key } entity { id } changes { path label before after } } }`;

export const readComparison = async (hub: HubHandle, id: string): Promise<Answer> =>
  (await hub.graphql<Answer>(`query ($id: ID!) { reconciliation(id: $id) { ${shape} } }`, { id }))['reconciliation'];

/** Compares the systems of a flow and waits for the end. */
export async function compareFlow(hub: HubHandle, flowId: string): Promise<Answer> {
  const { reconciliationStart } = await hub.graphql<Answer>(
    'mutation ($input: ReconciliationStartInput!) { reconciliationStart(input: $input) { reconciliation { id } } }',
    { input: { flowId } },
  );
  const { id } = reconciliationStart.reconciliation as { id: string };
  const hasEnded = async (): Promise<boolean> => {
    const { reconciliation } = await hub.graphql<Answer>('query ($id: ID!) { reconciliation(id: $id) { status } }', {
      id,
    });
    return ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(reconciliation.status as string);
  };
  // All of it costs much of the key's budget.
  await until(hasEnded, { what: 'the comparison', timeoutMs: 120_000, everyMs: 100 });
  return readComparison(hub, id);
}

export const flowsOf = async (hub: HubHandle): Promise<Answer[]> =>
  (await hub.graphql<{ flows: Answer[] }>('{ flows { id key entityType } }')).flows;

/** Of a flow what its comparison finds that the hub knew nothing of; a failed comparison throws. */
export async function foundIn(hub: HubHandle, flow: Answer): Promise<Answer[]> {
  const { status, error, items } = await compareFlow(hub, flow['id'] as string);
  if (status !== 'SUCCEEDED') throw new Error(String(error));
  return (items.nodes as Answer[]).filter(({ state }) => state !== 'KNOWN' && state !== 'IN_FLIGHT');
}

/** Puts right what the last comparison of a flow has found, and waits for the end. */
export async function repairFlow(hub: HubHandle, flowId: string): Promise<void> {
  const { flow } = await hub.graphql<Answer>('query ($id: ID!) { flow(id: $id) { lastReconciliation { id } } }', {
    id: flowId,
  });
  const { reconciliationRepair } = await hub.graphql<Answer>(
    'mutation ($input: ReconciliationRepairInput!) { reconciliationRepair(input: $input) { job { id } } }',
    { input: { id: flow.lastReconciliation.id } },
  );
  const ended = async (): Promise<boolean> => {
    const { job } = await hub.graphql<Answer>('query ($id: ID!) { job(id: $id) { status } }', {
      id: reconciliationRepair.job.id,
    });
    return job.status === 'SUCCEEDED';
  };
  await until(ended, { what: 'the repair', timeoutMs: 120_000 });
}
