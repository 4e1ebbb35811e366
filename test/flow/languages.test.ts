/** Mappings over the API of a running hub in three languages: an edit that came too late, and an expression that is none. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { editOf, mappingApi, mappingShape, type MappingDraft, type UserErrors } from '../support/mapping-api.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';

const key = 'softmaat-variant-out';
let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 1 });
  hub = await stage.hub();
}, 60_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

interface Told {
  readonly status: number;
  readonly errors: unknown;
  readonly message: string;
  /** What is the same in every language. */
  readonly rest: object;
}

async function publishIn(language: string, input: object): Promise<Told> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${testApiKey}`,
      'accept-language': language,
    },
    body: JSON.stringify({
      query: `mutation ($input: MappingPublishInput!) { mappingPublish(input: $input) { mapping { id }
        userErrors { code reason params field message } } }`,
      variables: { input },
    }),
  });
  const { data, errors } = (await response.json()) as {
    data: { mappingPublish: { mapping: null; userErrors: { message: string }[] } };
    errors?: unknown;
  };
  expect(data.mappingPublish.mapping).toBeNull();
  const { message, ...rest } = data.mappingPublish.userErrors[0]!;
  return { status: response.status, errors, message: message.replace(/[\u00a0\u202f]/g, ' '), rest };
}

async function inThree(input: object): Promise<readonly [Told, Told, Told]> {
  const en = await publishIn('en', input);
  const nl = await publishIn('nl-BE', input);
  const fr = await publishIn('de, fr;q=0.8', input);
  for (const { status, errors, rest } of [en, nl, fr]) {
    expect(status).toBe(200);
    expect(errors).toBeUndefined();
    expect(rest).toEqual(en.rest);
  }
  return [en, nl, fr];
}

it('says in Dutch and French that somebody else was first, with the code and params of the English answer', async () => {
  const { id, draftRevision } = await mappingApi(hub).mapping(key);
  const [en, nl, fr] = await inThree({ id, expectedRevision: draftRevision + 7, note: 'x' });
  expect(en.rest).toMatchObject({
    code: 'VERSION_CONFLICT', reason: 'EDIT_OUTDATED', params: { key, found: draftRevision, expected: draftRevision + 7 },
  }); // prettier-ignore
  expect(en.message).toContain(`${key} is at revision ${draftRevision}, not at ${draftRevision + 7} any more`);
  expect(nl.message).toContain(`${key} staat op revisie ${draftRevision}, niet meer op ${draftRevision + 7}`);
  expect(fr.message).toContain(`${key} en est à la révision ${draftRevision}, et non plus à ${draftRevision + 7}`);
});

it('says what is wrong with an expression, and where', async () => {
  const api = mappingApi(hub);
  const mapping = await api.mapping(key);
  const at = mapping.draft.rules.findIndex((rule) => rule['target'] === 'brand');
  const rules = mapping.draft.rules.map((rule, index) =>
    index === at ? { target: 'brand', kind: 'EXPRESSION', expression: 'shout(record.name)' } : rule,
  );
  const saved = await api.mutate<UserErrors & { readonly mapping: MappingDraft }>(
    'mappingDraftSave',
    `mapping { ${mappingShape} }`,
    { ...editOf(mapping), rules },
  );
  const [en, nl, fr] = await inThree({ ...editOf(saved.mapping), note: 'x' });
  expect(en.rest).toMatchObject({ code: 'INVALID', reason: 'MAPPING_INVALID', params: { key } });
  expect(en.message).toContain(`rules.${at}: found no matching overload for 'shout(string)'.`);
  expect(nl.message).toContain(
    `Veldkoppeling ${key} kan niet gebruikt worden: rules.${at}: er is geen functie die past bij "shout(string)".`,
  );
  expect(fr.message).toContain(`rules.${at}: aucune fonction ne convient à "shout(string)".`);

  const problemsIn = async (language: string): Promise<readonly { code: string; message: string; range: object }[]> => {
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${testApiKey}`,
        'accept-language': language,
      },
      body: JSON.stringify({
        query: `query ($input: ExpressionCheckInput!) { expressionCheck(input: $input) { code at message range { from to } } }`,
        variables: { input: { mappingId: key, target: 'brand', expression: 'record.name +' } },
      }),
    });
    const { data } = (await response.json()) as { data: { expressionCheck: { code: string; message: string; range: object }[] } }; // prettier-ignore
    return data.expressionCheck;
  };
  const [english, dutch] = [await problemsIn('en'), await problemsIn('nl')];
  expect(english[0]).toMatchObject({ code: 'EXPRESSION_SYNTAX', message: expect.stringMatching(/^Unexpected token/) });
  expect(dutch[0]).toMatchObject({ code: 'EXPRESSION_SYNTAX', message: expect.stringMatching(/^Onverwacht element/) });
  expect(dutch[0]!.range).toEqual(english[0]!.range);
});
