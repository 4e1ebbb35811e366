/** Reads what a GraphQL request says. Everything that is not one JSON object in UTF-8 is refused with a sentence and a code. */
import type { IncomingMessage } from 'node:http';
import { KoppelError } from '../base/errors.js';
import type { OperationRequest } from './prepare-operation.js';

export const bodyLimit = 1_048_576;

/** Content types that any web page can send without asking first. */
const simpleTypes = new Set(['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']);

const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '');

/** Refuses what a web page of somebody else could have sent, and what is not JSON in UTF-8. */
export function checkContentType(request: IncomingMessage): void {
  const given = header(request, 'content-type');
  const [type = '', ...parameters] = given
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const preflighted = ['apollo-require-preflight', 'x-apollo-operation-name'].some(
    (name) => header(request, name) !== '',
  );
  if (simpleTypes.has(type) && !preflighted) throw new KoppelError('CSRF_PREVENTED');
  if (request.method === 'GET') {
    if (type !== '' && type !== 'application/json') throw new KoppelError('CONTENT_TYPE_UNSUPPORTED', { found: given });
    return;
  }
  if (type !== 'application/json') {
    throw new KoppelError('BAD_JSON', { what: `its content type is ${given === '' ? 'missing' : given.slice(0, 80)}` });
  }
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw new KoppelError('CONTENT_TYPE_UNSUPPORTED', { found: given });
  }
  const encoding = header(request, 'content-encoding');
  if (encoding !== '' && encoding !== 'identity') {
    throw new KoppelError('CONTENT_TYPE_UNSUPPORTED', { found: `${given} in ${encoding}` });
  }
}

/** The whole body, or BODY_TOO_LARGE as soon as it is known to be. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = (): KoppelError => new KoppelError('BODY_TOO_LARGE', { limit: bodyLimit });
  if (Number(request.headers['content-length'] ?? '0') > bodyLimit) throw tooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyLimit) {
        request.removeAllListeners('data');
        request.pause();
        reject(tooLarge());
      } else {
        chunks.push(chunk);
      }
    });
    const closed = (): void =>
      reject(new KoppelError('BAD_JSON', { what: 'the connection was closed before its end' }));
    request.on('end', () => {
      request.off('close', closed);
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    request.on('error', reject);
    request.on('close', closed);
  });
}

const strictly = new TextDecoder('utf-8', { fatal: true });

export const parseBody = (body: Buffer): OperationRequest => asRequest(parsed(body));

/** A body that is one JSON object. */
export function parseObject(body: Buffer): Readonly<Record<string, unknown>> {
  const value = parsed(body);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new KoppelError('BAD_JSON', { what: 'it is not an object' });
}

function parsed(body: Buffer): unknown {
  if (body.length === 0) throw new KoppelError('BAD_JSON', { what: 'it is empty' });
  let text: string;
  try {
    text = strictly.decode(body);
  } catch {
    throw new KoppelError('BAD_JSON', { what: 'it is not UTF-8' });
  }
  return parseJson(text, 'it');
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message.replace(/"[^]*" is not valid JSON/, 'not valid JSON').slice(0, 120);
    throw new KoppelError('BAD_JSON', { what: `${what} cannot be read (${reason})` });
  }
}

function asRequest(value: unknown): OperationRequest {
  if (Array.isArray(value)) throw new KoppelError('BATCHING_DISABLED');
  if (typeof value !== 'object' || value === null) throw new KoppelError('BAD_JSON', { what: 'it is not an object' });
  const extensions: unknown = (value as { extensions?: unknown }).extensions ?? {};
  if (typeof extensions !== 'object' || Array.isArray(extensions)) {
    throw new KoppelError('BAD_INPUT', { where: 'extensions', what: 'it must be an object' });
  }
  return value as OperationRequest;
}

/** A query in the address, as GET has it. */
export function parseSearch(search: URLSearchParams): OperationRequest {
  const variables = search.get('variables');
  return {
    query: search.get('query'),
    documentId: search.get('documentId'),
    variables: variables === null ? null : parseJson(variables, 'variables'),
    operationName: search.get('operationName'),
  };
}
