/** What mappings show of people: nothing to keys that may not see customers. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { mappingApi } from '../support/mapping-api.js';
import { orderAgreement } from '../support/order-world.js';
import type { HubHandle } from '../support/processes.js';
import { flowsWith, openStage, type Stage } from '../support/stage.js';

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 10, pollMs: 300, flows: flowsWith() });
  hub = await stage.hub();
  expect(await orderAgreement(stage, 90_000)).toMatchObject({ lost: [], doubled: [] });
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

describe('a key without READ_CUSTOMERS', () => {
  it('is shown no record of a customer through a mapping', async () => {
    const made = await hub.graphql<{ apiKeyCreate: { secret: string } }>(
      'mutation { apiKeyCreate(input: { name: "narrow", scopes: [READ_OPERATIONS, WRITE_MAPPINGS] }) { secret } }',
    );
    const [customer] = await stage.ask<{ id: string }>(
      `select c.id from customer c join projection p on p.canonical_id = c.id and p.target = 'softmaat' where c.email is not null limit 1`,
    );
    const mapping = 'softmaat-customer-out';
    const ask = async <T>(authorization: string, query: string, variables: object): Promise<T> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${authorization}` };
      const body = JSON.stringify({ query, variables });
      const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body });
      return ((await response.json()) as { data: T }).data;
    };
    const query = 'query ($input: MappingPreviewInput!) { mappingPreview(input: $input) { operation reason source result current } }'; // prettier-ignore
    const input = { mappingId: mapping, sample: { entityId: customer!.id } };
    const open = await hub.graphql<{ mappingPreview: { source: object } }>(query, { input });
    expect(JSON.stringify(open.mappingPreview.source)).toMatch(/@example/);
    const { secret } = made.apiKeyCreate;
    expect(await ask(secret, query, { input })).toEqual({
      mappingPreview: { operation: null, reason: expect.stringMatching(/those who may see names/), source: null, result: null, current: null },
    }); // prettier-ignore
    await mappingApi(hub).mutate('mappingTestSave', 'test { id }', { ...input, name: 'A person' });
    const tests = 'query ($id: ID!) { mapping(id: $id) { tests { name } } }';
    expect(await hub.graphql(tests, { id: mapping })).toEqual({ mapping: { tests: [{ name: 'A person' }] } });
    expect(await ask(secret, tests, { id: mapping })).toEqual({ mapping: { tests: [] } });
  }, 60_000);
});
