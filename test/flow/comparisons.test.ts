/**
 * Comparing both systems of a flow (G8). Records are changed so that nothing in a system tells of it: only a comparison can find them. What
 * is found must be exactly that; after the repair nothing may be left that the hub can put right.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openOperatedHub, type Answer, type OperatedHub } from '../support/operated-hub.js';
import { until } from '../support/wait.js';

let world: OperatedHub;
beforeAll(async () => {
  world = await openOperatedHub();
}, 120_000);
afterAll(() => world.close(), 60_000);

const shape = `id status error counts { compared equal different missed missingInTarget missingInSource onlyInTarget duplicates known inFlight leftOut repaired }
  items(first: 100) { nodes { id state label externalId isRepairable repairAskedAt system { key } entity { id } changes { path label before after } } }`;

async function compare(type: string): Promise<Answer> {
  const flow = await world.flowOf(type);
  const { reconciliation } = await world.mutate(
    'reconciliationStart',
    { flowId: flow['id'] },
    'reconciliation { id job { id } }',
  );
  await world.ended(reconciliation.job.id as string);
  return read(reconciliation.id as string);
}

const read = async (id: string): Promise<Answer> =>
  (await world.hub.graphql<Answer>(`query ($id: ID!) { reconciliation(id: $id) { ${shape} } }`, { id }))[
    'reconciliation'
  ];
const found = ({ items }: Answer): string[] =>
  (items.nodes as Answer[]).map(({ state, system, externalId }) => `${state} ${system.key} ${externalId}`).sort();
const noneOf = { different: 0, missed: 0, missingInTarget: 0, missingInSource: 0, onlyInTarget: 0, duplicates: 0, inFlight: 0 }; // prettier-ignore

describe('a comparison', () => {
  it.each(['CATEGORY', 'PRODUCT', 'STOCK_LEVEL'])(
    'of %s finds that systems agree that do',
    async (type) => {
      const result = await compare(type);
      expect(result).toMatchObject({ status: 'SUCCEEDED', error: null, counts: noneOf });
      expect(result['counts'].equal).toBeGreaterThan(5);
    },
    60_000,
  );
});
