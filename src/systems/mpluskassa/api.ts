/**
 * One call to MplusKASSA. In: an operation and its body. Out: the decoded answer, or a KoppelError whose code says what kind
 * of failure it was. Retries nothing; at most two calls at once, because the other side has a small pool of workers.
 *
 * Guarantee: address, ident and secret occur in no error: they are part of the URL, so nothing of it is ever repeated, and
 * the other side's own words are cleared of them.
 */
import { cutText } from '../../base/cut-text.js';
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import {
  HttpFailure,
  httpFailureCodes,
  makeHttpClient,
  type HttpRequest,
  type HttpResponse,
} from '../../base/http-client.js';
import { newId } from '../../base/ids.js';
import { retryAfterIn } from '../../base/retry-after.js';
import type { ConnectorDeps } from '../system.js';
import { systemName, type Settings } from './settings.js';
import { decodePage, encodeRequest, SoapFault, type Decoded, type OperationName } from './soap/codec.js';
import { escapeText } from './soap/xml-writer.js';

export interface Api {
  /** A read whose single values may be broken; `problems` says which. */
  read(operation: OperationName, body: Document, signal: AbortSignal): Promise<Decoded>;
  /** A read or write of which every value must be right. */
  ask(operation: OperationName, body: Document, signal: AbortSignal): Promise<Document>;
  /** Whether the address answers as this service does: with 405 to a GET. */
  answers(signal: AbortSignal): Promise<boolean>;
  close(): void;
}

const maxBytes = 64 * 1024 * 1024;

export function makeApi(settings: Settings, deps: Pick<ConnectorDeps, 'failpoint'>): Api {
  const client = makeHttpClient(2);
  const url = new URL(settings.url);
  url.searchParams.set('ident', settings.ident);
  url.searchParams.set('secret', settings.secret);
  const clean = makeCleaner(settings);

  const send = async (
    operation: string,
    request: Omit<HttpRequest, 'timeoutMs' | 'maxBytes'>,
  ): Promise<HttpResponse> => {
    try {
      return await client.send({ ...request, timeoutMs: settings.timeoutMs, maxBytes });
    } catch (thrown) {
      throw transportError(operation, thrown, settings.timeoutMs, clean);
    }
  };

  const call = async (
    operation: OperationName,
    body: Document,
    signal: AbortSignal,
    isRead: boolean,
  ): Promise<Decoded> => {
    const response = await send(operation, {
      method: 'POST',
      url,
      headers: headersOf(operation),
      body: encodeRequest(operation, body),
      signal,
      at: (moment) => (isRead && moment === 'halfRead' ? deps.failpoint('C1') : undefined),
    });
    return readAnswer(operation, response, clean);
  };

  return {
    read: (operation, body, signal) => call(operation, body, signal, true),
    async ask(operation, body, signal) {
      const { body: answer, problems } = await call(operation, body, signal, operation.startsWith('get'));
      const first = problems[0];
      if (first === undefined) return answer;
      throw unexpected(operation, `${first.path}: ${first.message}`);
    },
    async answers(signal) {
      const response = await send('GET', {
        method: 'GET',
        url: settings.url,
        headers: { 'user-agent': 'koppel' },
        signal,
      });
      return response.status === 405;
    },
    close: () => client.close(),
  };
}

const headersOf = (operation: OperationName): Readonly<Record<string, string>> => ({
  'content-type': 'text/xml; charset=utf-8',
  soapaction: operation,
  // For tracing only: the service recognises no repetitions by it.
  'x-request-id': newId('trace'),
  'user-agent': 'koppel',
});

type Clean = (text: string) => string;

/** Takes credentials out of the other side's words, in every form in which they travel, and keeps them short. */
function makeCleaner(settings: Settings): Clean {
  const forms = [settings.secret, settings.ident].flatMap((word) => [
    word,
    encodeURIComponent(word),
    new URLSearchParams({ '': word }).toString().slice(1),
    escapeText(word),
  ]);
  const secrets = [...new Set(forms)].filter((form) => form.length > 2).sort((a, b) => b.length - a.length);
  return (text) => {
    const cleaned = secrets.reduce((some, form) => some.replaceAll(form, '[removed]'), text);
    return cutText(cleaned.replace(/\b(ident|secret)=[^&\s"'<]*/gi, '$1=[removed]'), 200);
  };
}

function readAnswer(operation: OperationName, response: HttpResponse, clean: Clean): Decoded {
  const { status } = response;
  try {
    const text = decodeText(operation, response.body);
    // Only success carries an answer; a fault is recognised under any status.
    const decoded = decodePage(operation, text);
    if (status === 200) return decoded;
    throw unexpected(operation, `HTTP ${status} with an ordinary answer`);
  } catch (thrown) {
    if (thrown instanceof SoapFault) throw faultError(operation, thrown, status, clean);
    if (status === 200) throw thrown;
    throw statusError(operation, response, clean);
  }
}

function decodeText(operation: string, body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new KoppelError('UNEXPECTED_RESPONSE', { system: systemName, operation, what: 'it is not UTF-8' }, { cause });
  }
}

/**
 * Only the families Client and Server are known for sure; the rest is recognised by the code behind them and the HTTP status. Words
 * count where something is only listed: elsewhere they may quote the record that is refused, and an article may be a "Secret Garden".
 */
function faultError(operation: string, fault: SoapFault, status: number, clean: Clean): KoppelError {
  const text = clean(fault.text === '' ? fault.code : fault.text);
  const code = clean(fault.code);
  const options = { cause: new SoapFault(code, text), original: `${code}: ${text}` };
  const values = { system: systemName, operation, what: text };
  if (!fault.code.startsWith('Client')) return new KoppelError('SYSTEM_FAULT', values, options);
  const words = operation.startsWith('get') ? `${fault.code} ${fault.text}` : fault.code;
  if (status === 403 || /authoriz|forbidden|not allowed|permission|niet toegestaan/i.test(words)) {
    return new KoppelError('PERMISSION_MISSING', values, options);
  }
  if (status === 401 || /authent|credential|\bident\b|secret|login/i.test(words))
    return new KoppelError('CREDENTIALS_REJECTED', values, options);
  return new KoppelError('UNEXPECTED', { what: `${systemName} refused ${operation}: ${text}` }, options);
}

/** An answer that is neither the expected envelope nor a fault. */
function statusError(operation: string, response: HttpResponse, clean: Clean): KoppelError {
  const { status } = response;
  const retryAfterMs = retryAfterIn(response.headers);
  const options = {
    original: clean(response.body.toString('utf8', 0, 4000)),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  const values = { system: systemName, operation, what: `HTTP ${status}` };
  if (status === 401) return new KoppelError('CREDENTIALS_REJECTED', values, options);
  if (status === 403) return new KoppelError('PERMISSION_MISSING', values, options);
  if (status === 429) return new KoppelError('RATE_LIMITED', values, options);
  return new KoppelError(status >= 500 ? 'SYSTEM_FAULT' : 'UNEXPECTED_RESPONSE', values, options);
}

function transportError(operation: string, thrown: unknown, ms: number, clean: Clean): unknown {
  if (!(thrown instanceof HttpFailure)) return thrown;
  if (thrown.cause instanceof KoppelError) return thrown.cause;
  const what = clean(thrown.message);
  const values = { system: systemName, operation, what, ms, limit: maxBytes };
  // The cause is made anew: the errors below it may hold the address.
  const options = { cause: new HttpFailure(thrown.kind, thrown.mayHaveArrived, what) };
  return new KoppelError(httpFailureCodes[thrown.kind], values, options);
}

/** An answer that does not keep the contract. */
export const unexpected = (operation: string, what: string): KoppelError =>
  new KoppelError('UNEXPECTED_RESPONSE', { system: systemName, operation, what });
