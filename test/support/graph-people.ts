/** People of a test: accounts and sessions, as rows or by the endpoints that browsers use. */
import { randomBytes } from 'node:crypto';
import type { RoleName } from '../../src/schema/access.js';
import { hashOfToken, makeToken } from '../../src/security/sessions.js';
import { answerOf, type GraphAnswer, type GraphWorld } from './graph-server.js';

/** What a browser sends along. */
export type BrowserHeaders = Record<string, string> & { readonly cookie: string; readonly origin: string };

export interface Person {
  readonly id: string;
  readonly headers: BrowserHeaders;
}

/** Somebody who has signed in, as rows: without the time that a password takes. */
export async function personWith(world: GraphWorld, role: RoleName): Promise<Person> {
  const id = `usr_${randomBytes(8).toString('hex')}`;
  const token = makeToken();
  const email = `${id}@example.com`;
  await world.database.query(
    `insert into app_user (id, name, email, email_key, role, password_hash) values ($1, $2, $3, $3, $4, 'scrypt$N=2,r=8,p=1$AA$AA')`,
    [id, `A ${role.toLowerCase()}`, email, role],
  );
  await world.database.query(
    `insert into session (hash, user_id, expires_at) values ($1, $2, now() + interval '1 hour')`,
    [hashOfToken(token), id],
  );
  return { id, headers: { cookie: `koppel-session=${token}`, origin: world.url } };
}

/** Asks the graph as a browser does. */
export const askAs = (
  world: GraphWorld,
  headers: Readonly<Record<string, string>>,
  query: string,
  variables: object = {},
): Promise<GraphAnswer> => world.post(JSON.stringify({ query, variables }), { authorization: '', ...headers });

/** Sends to an endpoint of /session as a page of the hub does. */
export async function sendSession(
  world: Pick<GraphWorld, 'url'>,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<GraphAnswer> {
  const given = { 'content-type': 'application/json', origin: world.url, ...headers };
  const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const init = { method, headers: kept, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return answerOf(await fetch(`${world.url}${path}`, init));
}

/** The cookie that an answer sets, as it is sent back. */
export const cookieSet = (answer: GraphAnswer): string => String(answer.headers.get('set-cookie')).split(';')[0]!;
