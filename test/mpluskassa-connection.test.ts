import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { systemClock } from '../src/base/clock.js';
import { KoppelError } from '../src/base/errors.js';
import type { FailpointName } from '../src/base/failpoint.js';
import { silentLogger } from '../src/base/logger.js';
import { mpluskassa } from '../src/systems/mpluskassa/index.js';
import { decodeRequest, encodeFault, encodeResponse } from '../src/systems/mpluskassa/soap/codec.js';
import type { System } from '../src/systems/system.js';

type Answer = (
  request: { readonly url: string; readonly body: string; readonly incoming: IncomingMessage },
  out: ServerResponse,
) => void;

const ident = 'winkel-ident';
const secret = 'zeer geheim&woord';
const { signal } = new AbortController();
const whole = encodeResponse('getBranches', {
  branches: [
    { branchNumber: 1, branchName: 'Gent', abbreviation: '', countryCode: 56, countryIso3: 'BEL', countryName: '' },
  ],
});

let server: Server;
let answer: Answer;
let passed: FailpointName[];

beforeAll(async () => {
  server = createServer((incoming, out) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () =>
      answer({ url: incoming.url ?? '', body: Buffer.concat(chunks).toString(), incoming }, out),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function connect(settings: Record<string, string | number> = {}): System {
  passed = [];
  const { port } = server.address() as AddressInfo;
  return mpluskassa.connect(
    { url: `http://127.0.0.1:${port}/`, ident, secret, ...settings },
    {
      clock: systemClock,
      logger: silentLogger,
      failpoint: (name) => {
        passed.push(name);
        return undefined;
      },
    },
  );
}

const send =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_, out) =>
    void out.writeHead(status, { 'content-type': 'text/xml', ...headers }).end(body);

/** Reads the branches against one kind of answer; gives the error. */
async function failWith(given: Answer, settings: Record<string, string | number> = {}): Promise<KoppelError> {
  answer = given;
  const system = connect(settings);
  try {
    await system.source.read('branches', null, { limit: 10, signal });
  } catch (error) {
    if (error instanceof KoppelError) return error;
    throw error;
  } finally {
    await system.close();
  }
  throw new Error('nothing was thrown');
}

describe('calls to MplusKASSA', () => {
  it.each<[string, Answer, object]>([
    ['Client', send(500, encodeFault('Client', 'Secret Garden: login is not allowed')), { type: 'refused', error: { code: 'RECORD_REFUSED' } }],
    ['Client.Authentication', send(500, encodeFault('Client.Authentication', 'no')), { type: 'failed', error: { code: 'CREDENTIALS_REJECTED' } }],
    ['Client.Authorization', send(500, encodeFault('Client.Authorization', 'no')), { type: 'failed', error: { code: 'PERMISSION_MISSING' } }],
    ['Client, with 401', send(401, encodeFault('Client', 'no')), { type: 'failed', error: { code: 'CREDENTIALS_REJECTED' } }],
    ['Client, with 403', send(403, encodeFault('Client', 'no')), { type: 'failed', error: { code: 'PERMISSION_MISSING' } }],
  ])('that change something are judged by the code of a fault, not by words that may quote the record: %s', async (_, given, outcome) => {
    answer = given;
    const system = connect();
    const request = { opKey: 'o', externalId: null, document: { name: 'Secret Garden' }, changed: ['name'], held: null };
    expect(await system.target.write('category', [request], signal)).toMatchObject([outcome]);
    await system.close();
  }); // prettier-ignore

  it('carry credentials in the address, the operation in the header and no session', async () => {
    let seen: Parameters<Answer>[0] | undefined;
    answer = (request, out) => {
      seen = request;
      send(200, whole)(request, out);
    };
    const system = connect();
    const page = await system.source.read('branches', null, { limit: 10, signal });
    await system.close();
    expect(page.records.map(({ externalId }) => externalId)).toEqual(['1']);
    const url = new URL(seen!.url, 'http://x');
    expect([url.searchParams.get('ident'), url.searchParams.get('secret')]).toEqual([ident, secret]);
    expect(seen!.incoming.headers).toMatchObject({
      soapaction: 'getBranches',
      'content-type': 'text/xml; charset=utf-8',
    });
    expect(decodeRequest(seen!.body).operation).toBe('getBranches');
    expect(passed).toEqual(['C1']);
  });

  it.each<[string, Answer, string]>([
    ['an HTML page with 503', send(503, '<html>Maintenance</html>', { 'retry-after': '7' }), 'SYSTEM_FAULT'],
    ['an empty 502', send(502, ''), 'SYSTEM_FAULT'],
    ['an empty 200', send(200, ''), 'INCOMPLETE_RESPONSE'],
    ['a login page with 200', send(200, '<!DOCTYPE html><html></html>'), 'UNEXPECTED_RESPONSE'],
    ['a redirect', send(302, '', { location: 'http://127.0.0.1:1/' }), 'UNEXPECTED_RESPONSE'],
    ['a fault of the service', send(500, encodeFault('Server', 'out of memory')), 'SYSTEM_FAULT'],
    ['refused credentials', send(500, encodeFault('Client.Authentication', 'no')), 'CREDENTIALS_REJECTED'],
    ['refused credentials with 200', send(200, encodeFault('Client.Authentication', 'no')), 'CREDENTIALS_REJECTED'],
    [
      'refused credentials with 400',
      send(400, encodeFault('Client', 'Ident or secret is wrong')),
      'CREDENTIALS_REJECTED',
    ],
    ['a forbidden call', send(500, encodeFault('Client.Authorization', 'This ident may not')), 'PERMISSION_MISSING'],
    ['an unknown call', send(500, encodeFault('Client', 'Unknown operation')), 'UNEXPECTED'],
    ['401 without a fault', send(401, 'no'), 'CREDENTIALS_REJECTED'],
    ['429', send(429, '', { 'retry-after': '3' }), 'RATE_LIMITED'],
    ['an ordinary answer with 500', send(500, whole), 'SYSTEM_FAULT'],
    ['half an answer', send(200, whole.slice(0, whole.length >> 1)), 'INCOMPLETE_RESPONSE'],
    [
      'text that is not UTF-8',
      send(200, Buffer.from(whole.replace('Gent', 'Génève'), 'latin1')),
      'UNEXPECTED_RESPONSE',
    ],
    ['a reset in the middle', (_, out) => void out.writeHead(200, { 'content-length': '9999' }).write(whole, () => out.destroy()), 'INCOMPLETE_RESPONSE'], // prettier-ignore
    ['a reset at once', (_, out) => void out.destroy(), 'INCOMPLETE_RESPONSE'],
  ])('that meet %s fail with their own code and without credentials', async (_, given, code) => {
    const error = await failWith((request, out) => {
      given(request, out);
    });
    expect(error.code).toBe(code);
    const everything = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
    for (const word of [ident, secret, encodeURIComponent(secret), 'winkel', 'geheim'])
      expect(everything).not.toContain(word);
  });

  it.each([
    ['7', 7_000],
    ['999999999', 900_000],
    ['Sat, 28 Nov 2026 21:40:26 GMT', 30_000],
    ['-5', undefined],
  ])('that ask to come back after %s are kept to that, for a quarter of an hour at most', async (asked, ms) => {
    const headers = { 'retry-after': asked, date: 'Sat, 28 Nov 2026 21:39:56 GMT' };
    for (const status of [429, 503]) expect((await failWith(send(status, '', headers))).retryAfterMs).toBe(ms);
  });

  it('repeat no credentials that the other side repeats', async () => {
    const error = await failWith((request, out) => send(500, encodeFault('Server', `failed at ${request.url} for ${secret}`))(request, out)); // prettier-ignore
    const everything = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
    for (const word of [ident, secret, 'geheim']) expect(everything).not.toContain(word);
    expect(error.message).toContain('[removed]');
  });

  it('that get no answer end at the time-out', async () => {
    expect((await failWith(() => undefined, { timeoutMs: 1000 })).code).toBe('SYSTEM_TIMEOUT');
  });

  it('that reach nothing say so', async () => {
    const error = await failWith(() => undefined, { url: 'http://127.0.0.1:9/' });
    expect(error.code).toBe('SYSTEM_UNREACHABLE');
  });

  it('end with the signal', async () => {
    const abort = new AbortController();
    answer = () => abort.abort(new Error('stopped'));
    const system = connect();
    await expect(system.source.read('branches', null, { limit: 1, signal: abort.signal })).rejects.toMatchObject({
      code: 'SYSTEM_UNREACHABLE',
    });
    await system.close();
  });
});

describe('settings', () => {
  it('are refused with every problem at once, without repeating them', () => {
    const bad = { url: 'http://shop.example/?secret=abc', ident: '', branches: ['x'], timeoutMs: 1, other: 1 };
    try {
      mpluskassa.connect(bad, { clock: systemClock, logger: silentLogger, failpoint: () => undefined });
      throw new Error('nothing was thrown');
    } catch (error) {
      expect(error).toMatchObject({ code: 'SETTINGS_INVALID' });
      const { message } = error as Error;
      for (const name of ['url', 'ident', 'secret', 'branches', 'timeoutMs', 'other']) expect(message).toContain(name);
      expect(message).not.toContain('abc');
    }
  });
});
