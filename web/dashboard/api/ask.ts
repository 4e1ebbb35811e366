/**
 * How the dashboard asks the hub. In: an operation of graph/ and its variables. Out: its data, or an AskError. Operations go by the hash of their
 * text, which the hub knows from the build; only while the dashboard is being developed does the text itself go.
 */
import type { TypedDocumentString } from '../graph/graphql.ts';

export type Operation<Result, Variables> = TypedDocumentString<Result, Variables>;

/** Why there is no answer. `code` is stable; NETWORK when the hub could not be reached. */
export class AskError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string | null = null,
    readonly requestId: string | null = null,
  ) {
    super(message);
  }
}

interface GraphAnswer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly hint?: string; readonly requestId?: string };
  }[];
}

let language = 'en';
/** Language of the hub's sentences from now on. */
export const askInLanguage = (wanted: string): void => void (language = wanted);
export const presentLanguage = (): string => language;

/** Hash of the text of an operation. */
export const idOf = (operation: Operation<unknown, never>): string => String(operation.__meta__?.['documentId']);

/** What names the operation in a request. */
export const named = (operation: Operation<unknown, never>): { query: string } | { documentId: string } =>
  import.meta.env.DEV ? { query: operation.toString() } : { documentId: idOf(operation) };

/** The data of the answer. Throws AskError. */
export async function ask<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const answer = await send<GraphAnswer<Result>>('POST', '/graphql', {
    body: { ...named(operation), variables },
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer.data != null && answer.errors === undefined) return answer.data;
  throw errorOf(answer);
}

/** A request to the hub, with its JSON. Throws AskError when it was not taken or no answer came. */
export async function send<Result>(
  method: string,
  path: string,
  { body, signal }: { readonly body?: object; readonly signal?: AbortSignal } = {},
): Promise<Result> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'accept-language': language,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    throw new AskError('NETWORK', 'The hub does not answer.');
  }
  if (response.status === 204) return undefined as Result;
  let answer: GraphAnswer<unknown>;
  try {
    answer = (await response.json()) as GraphAnswer<unknown>;
  } catch {
    throw new AskError('NETWORK', `The answer of the hub was cut off (${response.status}).`);
  }
  if (!response.ok && answer.data === undefined) throw errorOf(answer);
  return answer as Result;
}

function errorOf({ errors = [] }: GraphAnswer<unknown>): AskError {
  const [first] = errors;
  if (first === undefined) return new AskError('NETWORK', 'The hub gave no answer.');
  const { code = 'UNKNOWN', hint = null, requestId = null } = first.extensions ?? {};
  return new AskError(code, first.message, hint, requestId);
}
