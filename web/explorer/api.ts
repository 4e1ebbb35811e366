/**
 * How the explorer talks to the hub. In: a key, or null for the person who has signed in, whose cookie goes along. Out: who that is, and a
 * fetcher for GraphiQL: queries and mutations over HTTP, subscriptions over WebSocket. Both go to the origin of the page and nowhere else.
 */
import type { GraphiQLProps } from 'graphiql';
import { Kind, OperationTypeNode, parse, type DocumentNode } from 'graphql';
import { createClient } from 'graphql-ws';

export interface Viewer {
  readonly role: string;
  readonly scopes: readonly string[];
}

/** A sentence for the person, from an answer that has no data. */
export class Refusal extends Error {}

type Fetcher = GraphiQLProps['fetcher'];
type Variables = Record<string, unknown> | undefined;
type Headers = Readonly<Record<string, string>>;

async function post(key: string | null, body: object, headers: Headers = {}): Promise<unknown> {
  const response = await fetch('/graphql', {
    method: 'POST',
    // Headers of the person come last: who writes an Authorization into the editor means it.
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    },
    body: JSON.stringify(body),
  });
  return response.json();
}

/** Whether somebody has signed in at the dashboard. */
export async function hasSession(): Promise<boolean> {
  const response = await fetch('/session');
  return response.ok && ((await response.json()) as { user: object | null }).user !== null;
}

/** Who it is; a Refusal when the hub does not take the key. */
export async function viewerOf(key: string | null): Promise<Viewer> {
  const answer = (await post(key, { query: '{ viewer { role scopes } }' })) as {
    data?: { viewer: Viewer } | null;
    errors?: readonly { message: string }[];
  };
  if (answer.data) return answer.data.viewer;
  throw new Refusal(answer.errors?.map(({ message }) => message).join(' ') ?? 'The hub gave no answer.');
}

/** Only these roles may read the schema, which completion and documentation are made of. */
export const mayReadSchema = ({ role }: Viewer): boolean => role === 'ADMIN' || role === 'EDITOR';

export function makeFetcher(key: string | null): Fetcher {
  const socket = createClient({
    url: new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
    ...(key === null ? {} : { connectionParams: { Authorization: `Bearer ${key}` } }),
  });
  return (request, options) => {
    const { query, operationName } = request;
    const body = { query, operationName: operationName ?? null, variables: request.variables as Variables };
    if (isSubscription(query, operationName, options?.documentAST)) return socket.iterate(body) as never;
    return post(key, body, (options?.headers ?? {}) as Headers) as never;
  };
}

function isSubscription(query: string, name: string | null | undefined, known: DocumentNode | undefined): boolean {
  let document = known;
  try {
    document ??= parse(query);
  } catch {
    return false; // The hub says where the text is wrong.
  }
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const chosen = operations.find((one) => one.name?.value === name) ?? operations[0];
  return chosen?.operation === OperationTypeNode.SUBSCRIPTION;
}
