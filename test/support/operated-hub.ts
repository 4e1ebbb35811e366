/** A whole hub with products of the till in the shop, and what an operator does with it over the API. */
import { expect } from '@jest/globals';
import { createTestDatabase } from './database.js';
import { openStage } from './stage.js';
import { until } from './wait.js';

export type Answer = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

export interface Linked {
  readonly id: string;
  readonly external: string;
}

export async function openOperatedHub() {
  const database = await createTestDatabase();
  const stage = await openStage({ databaseUrl: database.url, products: 24, pollMs: 250 });
  const hub = await stage.hub();
  const settled = (): Promise<unknown> =>
    until(
      async () => {
        const [row] = await stage.ask<{ n: number }>(
          `select count(*)::int as n from projection where state in ('pending', 'writing', 'in_doubt', 'retrying', 'waiting_for')`,
        );
        return row!.n === 0;
      },
      { what: 'everything to be delivered', timeoutMs: 60_000 },
    );
  expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
  await settled();
  const world = {
    stage,
    hub,
    settled,
    async mutate(name: string, input: object, shape: string): Promise<Answer> {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const answer = await hub.graphql<Record<string, Answer>>(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${shape} userErrors { code message field } } }`,
        { input },
      );
      return answer[name]!;
    },
    ended: (id: string): Promise<Answer> =>
      until(
        async () => {
          const shape = 'id kind name status done total succeeded failed skipped error';
          const { job } = await hub.graphql<{ job: Answer }>(`query ($id: ID!) { job(id: $id) { ${shape} } }`, { id });
          return ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(job['status'] as string) ? job : undefined;
        },
        { what: 'the job', timeoutMs: 60_000 },
      ),
    flowOf: async (type: string): Promise<Answer> =>
      (await hub.graphql<{ flows: Answer[] }>('{ flows { id key entityType } }')).flows.find(
        (flow) => flow['entityType'] === type,
      )!,
    /** Records of the hub with their ids in the shop. */
    inBoth: (entity: string): Promise<Linked[]> =>
      stage.ask<Linked>(
        `select canonical_id as id, external_id as external from external_reference
         where system = 'softmaat' and entity = $1 and external_id not like 'key:%' order by 1`,
        [entity],
      ),
    /** As a client of the shop's own API. */
    async shop<T>(method: string, path: string, body?: object): Promise<T> {
      const response = await fetch(`${stage.shop.url}/api/v1${path}`, {
        method,
        headers: { authorization: 'Bearer sandbox-token', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      expect(response.status).toBeLessThan(300);
      return (await response.json()) as T;
    },
    nameOf: async (external: string): Promise<string> =>
      (await world.shop<{ name: string }>('GET', `/products/${external}`)).name,
    async close(): Promise<void> {
      await stage.close();
      await database.drop();
    },
  };
  return world;
}
export type OperatedHub = Awaited<ReturnType<typeof openOperatedHub>>;
