/** The API in Dutch, French and English: sentences change with Accept-Language, codes and params do not. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { KoppelError } from '../../src/base/errors.js';
import { appendJournal } from '../../src/store/journal.js';
import { parkRecords } from '../../src/store/parked.js';
import { toParked } from '../../src/sync/problem.js';
import type { Projection } from '../../src/store/projections.js';
import { fillCatalogue, openGraphWorld, type GraphAnswer, type GraphWorld } from '../support/graph-server.js';
import { connectSocket, endSockets } from '../support/graph-socket.js';

const spaces = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const what = 'The target would add up 1234.50 incl. VAT where the source states 1234.49';
const error = new KoppelError('TOTALS_DIFFER', { system: 'Till', what });

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld({
    commands: {
      resumeFlow: () => Promise.reject(new KoppelError('FLOW_STATE', { flow: 'products', state: 'disabled' })),
    },
  });
  await fillCatalogue(world.database, 2);
  await world.database.query(
    `update projection set state = 'excluded', reason = 'It came from the target itself, which is not given it again.'
     where canonical_id = 'prd_00001' and entity = 'product'`,
  );
  await world.database.query(
    `update flow set state = 'PAUSED', state_reason = 'Wachten op de boekhouder.' where key = 'products'`,
  );
  const row = {
    entity: 'order',
    canonicalId: 'ord_1',
    flow: 'products',
    held: null,
    drifted: [],
  } as unknown as Projection;
  await world.database.tx(async (tx) => {
    await parkRecords(tx, [
      toParked({ target: 'softmaat', row, error, wanted: null, externalId: '77', traceId: 'trc_1', trace: [what] }),
    ]);
    const entry = { traceId: 'trc_1', flow: 'products', system: 'softmaat', entity: 'order', canonicalId: 'ord_1' };
    await appendJournal(tx, [
      { ...entry, step: 'parked', outcome: 'parked', externalId: '77', code: error.code, message: error.message },
    ]);
  });
}, 60_000);
afterAll(() => world.close());
afterEach(endSockets);

const asked = (query: string, language: string | undefined, key = world.adminKey): Promise<GraphAnswer> =>
  world.post(JSON.stringify({ query }), {
    authorization: `Bearer ${key}`,
    ...(language === undefined ? {} : { 'accept-language': language }),
  });

// Answers are looked at field by field; a wrong path fails the assertion.
type Body = any; // eslint-disable-line @typescript-eslint/no-explicit-any

/** The same question in three languages. */
async function inThree(query: string, key?: string): Promise<{ en: Body; nl: Body; fr: Body }> {
  const [en, nl, fr] = await Promise.all(['en', 'nl', 'fr'].map((language) => asked(query, language, key)));
  return { en: en!.body, nl: nl!.body, fr: fr!.body };
}

describe('Accept-Language', () => {
  it.each([
    ['nl', 'nl'],
    ['fr-BE, nl;q=0.9', 'fr'],
    ['en;q=0.2, nl;q=0.8, fr;q=0.5', 'nl'],
    ['de, ja;q=0.9', 'en'],
    [undefined, 'en'],
  ])('%s is answered in %s, which the answer says to caches too', async (header, language) => {
    const { body, headers } = await asked('{ viewer { language } }', header);
    expect(body.data.viewer.language).toBe(language);
    expect(headers.get('content-language')).toBe(language);
    expect(headers.get('vary')).toContain('Accept-Language');
  });
});

describe('a refusal', () => {
  it('of a mutation says in the language what is wrong and what to do, with the same code and params', async () => {
    const { en, nl, fr } = await inThree(
      `mutation { flowResume(input: { id: "flw_A" }) { userErrors { code reason params field message } } }`,
    );
    const [english, dutch, french] = [en, nl, fr].map(({ data }) => data.flowResume.userErrors[0]);
    expect(english.message).toBe('The flow products is disabled; that cannot be done now. Look at its state first.');
    expect(dutch.message).toBe('Synchronisatie products is uitgeschakeld; dat kan nu niet. Bekijk eerst de toestand.');
    expect(spaces(french.message)).toBe(
      'Le flux products est désactivé ; cela n’est pas possible maintenant. Regardez d’abord son état.',
    );
    for (const { message: _, ...rest } of [english, dutch, french]) {
      expect(rest).toEqual({
        code: 'INVALID_STATE', reason: 'FLOW_STATE', params: { flow: 'products', state: 'disabled' }, field: ['input', 'id'],
      }); // prettier-ignore
    }
  });

  it('that the API itself makes has its params too', async () => {
    const { en, nl, fr } = await inThree(
      `mutation { flowPause(input: { id: "flw_none" }) { userErrors { code reason params message } } }`,
    );
    const errors = [en, nl, fr].map(({ data }) => data.flowPause.userErrors[0]);
    expect(errors.map(({ message }) => message)).toEqual([
      'There is no flow flw_none.',
      'Er is geen synchronisatie flw_none.',
      'Il n’y a pas de flux flw_none.',
    ]);
    for (const { message: _, ...rest } of errors)
      expect(rest).toEqual({ code: 'NOT_FOUND', reason: null, params: { id: 'flw_none' } });
  });

  it('of an operation keeps its code, its reason and its params', async () => {
    const { en, nl, fr } = await inThree(`{ overview(window: "PT0.1S") { openDeadLetters } }`);
    const errors = [en, nl, fr].map(({ errors }) => errors[0]);
    expect(errors.map(({ message }) => spaces(message))).toEqual([
      'The input at window is not usable: a window is between PT1S and P400D.',
      'De invoer bij window is niet bruikbaar: een venster ligt tussen PT1S en P400D.',
      'La donnée à window n’est pas utilisable : une fenêtre va de PT1S à P400D.',
    ]);
    const hints = new Set(errors.map(({ extensions }) => extensions.hint));
    expect(hints.size).toBe(3);
    for (const { extensions } of errors)
      expect(extensions).toMatchObject({
        code: 'BAD_USER_INPUT', reason: 'BAD_INPUT', params: { where: 'window', what: 'a window is between PT1S and P400D' },
      }); // prettier-ignore
  });

  it('before anything is asked is in the language too', async () => {
    const unsigned = await world.post('{"query":"{ viewer { role } }"}', {
      authorization: '',
      'accept-language': 'nl',
    });
    expect(unsigned.status).toBe(401);
    expect(unsigned.body.errors[0].message).toBe(
      'Hiervoor is een geldige API-sleutel of sessie nodig: er is geen meegestuurd.',
    );
    expect(unsigned.headers.get('content-language')).toBe('nl');
    const costly = '{ products(first: 100) { nodes { variants(first: 100) { nodes { stockLevels(first: 100) { nodes { id } } } } } } }'; // prettier-ignore
    const { body } = await asked(costly, 'fr');
    expect(spaces(body.errors[0].message)).toMatch(/^L’opération coûte [\d ]+ points ; la limite est 10 000\.$/);
    const nowhere = await fetch(`${world.url}/nowhere`, { headers: { 'accept-language': 'fr' } });
    expect(await nowhere.json()).toMatchObject({ errors: [{ message: 'Il n’y a rien à /nowhere.' }] });
  });
});

describe('what the hub tells', () => {
  const query = `{
    overview(window: "P1D") { flows { stateReason schedule { summary } } systems { key } }
    syncEvents(first: 5) { nodes { summary error { code message params } journey { message } } }
    deadLetters(first: 5) { nodes { hint error { code message params } } }
    deadLetterGroups(first: 5) { nodes { title } }
    node(id: "prd_00001") { ... on Product { syncStatuses { system { key } reason { code message } } } }
  }`;

  it('is in the language: a parked order, its event, why a record is not there, the overview', async () => {
    const { en, nl, fr } = await inThree(query);
    expect([en, nl, fr].map(({ errors }) => errors)).toEqual([undefined, undefined, undefined]);
    const seen = [en, nl, fr].map(({ data }) => ({
      problem: spaces(data.deadLetters.nodes[0].error.message),
      hint: spaces(data.deadLetters.nodes[0].hint),
      title: spaces(data.deadLetterGroups.nodes[0].title),
      event: spaces(data.syncEvents.nodes[0].summary),
      journey: spaces(data.syncEvents.nodes[0].journey.at(-1).message),
      reason: data.node.syncStatuses.find((one: Body) => one.system.key === 'softmaat').reason,
      flow: data.overview.flows[0],
    }));
    expect(seen[0]).toMatchObject({
      problem: error.message,
      hint: error.hint,
      title: error.message,
      event: `Order 77 put aside until somebody looks (softmaat): ${error.message}`,
      reason: { code: 'FILTERED_OUT', message: 'It came from the target itself, which is not given it again.' },
      flow: { stateReason: 'Wachten op de boekhouder.' },
    });
    const dutch = 'De totalen van de bestelling zouden in Till niet overeenkomen: Het doelsysteem zou op 1.234,50 incl. btw uitkomen, waar de bron 1.234,49 vermeldt.'; // prettier-ignore
    expect(seen[1]).toMatchObject({
      problem: dutch,
      title: dutch,
      event: `Bestelling 77 apart gezet tot iemand kijkt (softmaat): ${dutch}`,
      journey: `Bestelling 77 apart gezet tot iemand kijkt (softmaat): ${dutch}`,
      reason: { code: 'FILTERED_OUT', message: 'Het kwam uit het doelsysteem zelf, dat het niet nog eens krijgt.' },
      flow: { stateReason: 'Wachten op de boekhouder.', schedule: { summary: 'elke 5 s' } },
    });
    expect(seen[1]!.hint).toMatch(/^Vergelijk de berekening met de bestelling/);
    expect(seen[2]).toMatchObject({
      event: 'Commande 77 mise de côté jusqu’à ce que quelqu’un regarde (softmaat) : Les totaux de la commande ne concorderaient pas dans Till : La cible arriverait à 1 234,50 TVA comprise, là où la source indique 1 234,49.',
      reason: { code: 'FILTERED_OUT', message: 'Il vient de la cible elle-même, à qui il n’est pas redonné.' },
    }); // prettier-ignore
    const codes = [en, nl, fr].map(({ data }) => [data.deadLetters.nodes[0].error, data.syncEvents.nodes[0].error].map(({ code, params }) => ({ code, params }))); // prettier-ignore
    for (const found of codes)
      expect(found).toEqual(Array(2).fill({ code: 'TOTALS_DIFFER', params: { system: 'Till', what } }));
  });

  it('quotes nobody to keys that may not see people, in any language', async () => {
    const key = await world.keyWith(['READ_OPERATIONS', 'READ_CATALOGUE']);
    const { en, nl, fr } = await inThree(
      `{ deadLetters(first: 1) { nodes { error { message params } } } syncEvents(first: 1) { nodes { summary } } }`,
      key,
    );
    expect([en, nl, fr].map(({ data }) => spaces(data.deadLetters.nodes[0].error.message))).toEqual([
      'What went wrong is shown to those who may see names and addresses of customers.',
      'Wat er misging, is te zien voor wie namen en adressen van klanten mag zien.',
      'Ce qui n’a pas marché est montré à qui peut voir les noms et les adresses des clients.',
    ]);
    for (const { data } of [en, nl, fr]) {
      expect(data.deadLetters.nodes[0].error.params).toEqual({});
      expect(JSON.stringify(data)).not.toContain('1234');
      expect(JSON.stringify(data)).not.toMatch(/1.234,/);
    }
  });
});

describe('a socket', () => {
  const wrong = { query: '{ viewer { role } }' };

  it.each([
    ['the header of its upgrade', { 'accept-language': 'nl' }, {}, 'De invoer bij query is niet bruikbaar: alleen subscripties gaan over WebSocket; gebruik POST.'],
    ['what its first message says', { 'accept-language': 'nl' }, { 'Accept-Language': 'fr' }, 'La donnée à query n’est pas utilisable : seules les souscriptions passent par WebSocket ; utilisez POST.'],
    ['nothing', {}, {}, 'The input at query is not usable: only subscriptions go over WebSocket; use POST.'],
  ])('speaks the language of %s', async (_, headers, payload, message) => {
    const client = await connectSocket(world.url, { headers: headers as Record<string, string> });
    client.send({ type: 'connection_init', payload: { Authorization: `Bearer ${world.adminKey}`, ...payload } });
    await client.next('connection_ack');
    client.send({ type: 'subscribe', id: '1', payload: wrong });
    const got = await client.next('error', '1');
    expect(spaces(got.payload[0].message)).toBe(message);
    expect(got.payload[0].extensions).toMatchObject({ reason: 'BAD_INPUT', params: { where: 'query', what: 'only subscriptions go over WebSocket; use POST' } });
  }); // prettier-ignore
});
