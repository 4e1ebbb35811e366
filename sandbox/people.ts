/**
 * `people.js --hub U --till U --shop U`, with an API key of the hub on its standard input: people who change two customers of the sample data in both
 * systems at once, after a person was made the one who decides about such fields, so that there are conflicts to try. Waits until the hub has brought
 * both customers to the shop, does it once, and ends; also when somebody has changed them, or decided about the fields, before.
 */
import { text } from 'node:stream/consumers';
import { setTimeout as rest } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { decodeResponse, encodeRequest } from '../src/systems/mpluskassa/soap/codec.js';
import type { Document } from '../src/base/document.js';
import { company, person } from './engine/regulars.js';

const everyMs = 3_000;
const patienceMs = 15 * 60_000;

interface Known {
  readonly displayName: string;
  readonly phone: string | null;
  readonly externalReferences: readonly { readonly externalId: string; readonly system: { readonly key: string } }[];
  readonly syncStatuses: readonly { readonly state: string }[];
}
interface Owner {
  readonly path: string;
  readonly isOwn: boolean;
}

const fields = ['phone', 'companyName'];
const look = `query ($person: String!, $company: String!) {
  person: customers(first: 1, search: $person) { nodes { ...Known } }
  company: customers(first: 1, search: $company) { nodes { ...Known } }
  fieldOwners(entityType: CUSTOMER) { path isOwn }
  fieldConflicts(first: 1, isOpen: null, entityType: CUSTOMER) { nodes { id } }
}
fragment Known on Customer {
  displayName phone externalReferences { externalId system { key } } syncStatuses { state }
}`;
const decide = `mutation ($input: FieldOwnersSaveInput!) { fieldOwnersSave(input: $input) { userErrors { message } } }`;

interface Places {
  readonly hub: string;
  readonly till: string;
  readonly shop: string;
  readonly apiKey: string;
}

async function ask<T>({ hub, apiKey }: Places, query: string, variables: object): Promise<T> {
  const response = await fetch(`${hub}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data } = (await response.json()) as { data?: T };
  if (data === undefined) throw new Error(`the hub answered ${response.status}`);
  return data;
}

/** True: done, or not to be done any more. */
async function changeBoth(places: Places): Promise<boolean> {
  const found = await ask<{
    readonly person: { readonly nodes: readonly Known[] };
    readonly company: { readonly nodes: readonly Known[] };
    readonly fieldOwners: readonly Owner[];
    readonly fieldConflicts: { readonly nodes: readonly object[] };
  }>(places, look, { person: person.email, company: company.email });
  const isDecided = found.fieldOwners.some(({ path, isOwn }) => isOwn && fields.includes(path));
  if (isDecided || found.fieldConflicts.nodes.length > 0) return true;
  const [her] = found.person.nodes;
  const [them] = found.company.nodes;
  if (her === undefined || them === undefined || ![her, them].every(isInBoth)) return false;
  if (her.phone !== person.said || them.displayName !== company.said) return true;
  const owners = fields.map((path) => ({ path, policy: 'MANUAL' }));
  await ask(places, decide, { input: { entityType: 'CUSTOMER', owners } });
  await changeInShop(places, idIn(her, 'softmaat'), { phone: person.later.shop });
  await changeInShop(places, idIn(them, 'softmaat'), { companyName: company.later.shop });
  await changeInTill(places, idIn(her, 'mpluskassa'), { telephone: person.later.till });
  await changeInTill(places, idIn(them, 'mpluskassa'), { name: company.later.till, companyName: company.later.till });
  return true;
}

const isInBoth = ({ externalReferences, syncStatuses }: Known): boolean =>
  externalReferences.length === 2 && syncStatuses.every(({ state }) => state === 'IN_SYNC');

const idIn = ({ externalReferences }: Known, system: string): string =>
  externalReferences.find((each) => each.system.key === system)?.externalId ?? '';

/** The shop answers only so often, and the hub asks it too. */
async function changeInShop({ shop }: Places, id: string, change: Document): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const response = await fetch(`${shop}/api/v1/debtors/${id}`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer sandbox-token', 'content-type': 'application/json' },
      body: JSON.stringify(change),
    });
    if (response.ok) return;
    if (response.status !== 429) throw new Error(`the shop answered ${response.status}: ${await response.text()}`);
    await rest(250);
  }
  throw new Error('the shop had no time');
}

async function changeInTill({ till }: Places, relationNumber: string, change: Document): Promise<void> {
  const response = await fetch(`${till}/?ident=koppel&secret=sandbox-secret`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: encodeRequest('updateRelation', { relation: { relationNumber, ...change } }),
  });
  const answer = decodeResponse('updateRelation', await response.text());
  if (!/-OK$/.test(String(answer['result']))) throw new Error(`the till answered ${JSON.stringify(answer)}`);
}

/** Whether the till has these customers at all: a data folder of an older release has not. */
async function areThere({ till }: Places): Promise<boolean> {
  const response = await fetch(`${till}/__sandbox/records?type=relations`);
  return (await response.text()).includes(person.email);
}

const option = { type: 'string', default: '' } as const;
const { values } = parseArgs({ options: { hub: option, till: option, shop: option } });
const places: Places = { ...values, apiKey: (await text(process.stdin)).trim() };
if (await areThere(places)) {
  // Whatever is not there yet, or does not answer, may be there a moment later.
  for (let left = patienceMs / everyMs; left > 0 && !(await changeBoth(places).catch(() => false)); left--) {
    await rest(everyMs);
  }
}
