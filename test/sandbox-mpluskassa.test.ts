// The pretended MplusKASSA over real sockets: transport, credentials, scripted faults, admin routes, durability.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RunningSandbox } from '../sandbox/engine/server.js';
import { startMpluskassaSandbox } from '../sandbox/mpluskassa/start.js';
import { systemClock } from '../src/base/clock.js';
import type { Document } from '../src/base/document.js';
import { decodeResponse, encodeRequest, SoapFault, type OperationName } from '../src/systems/mpluskassa/soap/codec.js';
import { until } from './support/wait.js';

const login = '?ident=koppel&secret=sandbox-secret';
let dataDir: string;
let sandbox: RunningSandbox;

const start = async (rateLimit?: number): Promise<void> => {
  sandbox = await startMpluskassaSandbox({
    port: 0,
    dataDir,
    seed: 5,
    products: 30,
    ...(rateLimit === undefined ? {} : { rateLimit }),
  });
};

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  await start();
});

afterEach(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const post = (body: string, query = login): Promise<Response> =>
  fetch(`${sandbox.url}/${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml; charset=utf-8', 'x-request-id': 'r-1' },
  });

async function call(operation: OperationName, body: Document): Promise<Document> {
  return decodeResponse(operation, await (await post(encodeRequest(operation, body))).text());
}

async function admin(method: string, path: string, body?: unknown): Promise<string> {
  const response = await fetch(`${sandbox.url}/__sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
const fault = (rule: unknown): Promise<string> => admin('POST', 'faults', rule);
const ledger = async (): Promise<Document[]> =>
  (await admin('GET', 'ledger?after=0'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Document);

const relation = { relation: { name: 'Nieuwe klant', email: 'nieuw@example.nl' } };
const createRelation = encodeRequest('createRelation', relation);

describe('transport', () => {
  it('answers GET with 405 and the service description with 404', async () => {
    expect((await fetch(`${sandbox.url}/`)).status).toBe(405);
    expect((await fetch(`${sandbox.url}/?wsdl`)).status).toBe(404);
  });

  it('refuses missing and wrong credentials with a Client fault', async () => {
    const request = encodeRequest('getBranches', {});
    for (const query of ['', '?ident=koppel&secret=wrong']) {
      const response = await post(request, query);
      expect(response.status).toBe(500);
      expect(await response.text()).toMatch(/<faultcode>SOAP-ENV:Client/);
    }
  });

  it.each([
    ['malformed XML', '<SOAP-ENV:Envelope><unclosed>'],
    ['an unknown operation', encodeRequest('getBranches', {}).replaceAll('getBranches', 'getNonsense')],
    ['an empty body', ''],
  ])('answers %s with a Client fault', async (_, body) => {
    const response = await post(body);
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/<faultcode>SOAP-ENV:Client/);
  });

  it('understands other prefixes, a missing header, booleans as digits and unknown elements', async () => {
    const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:v="urn:mplusqapi"><e:Body><v:getProducts><v:request>
      <v:onlyActive>1</v:onlyActive><v:futureField>x</v:futureField><v:syncMarker>1</v:syncMarker><v:syncMarkerLimit>5</v:syncMarkerLimit>
      </v:request></v:getProducts></e:Body></e:Envelope>`;
    const response = await post(body);
    expect(response.status).toBe(200);
    const products = decodeResponse('getProducts', await response.text())['productList'] as Document[];
    expect(products.length).toBeGreaterThan(0);
  });

  it('writes the vendor’s element names and no self-closed required texts', async () => {
    const text = await (await post(createRelation)).text();
    expect(text).toContain('<ns:CreateRelationResponse>');
    expect(text).toContain('<ns:errorMessage></ns:errorMessage>');
    const version = await (await post(encodeRequest('getApiVersion', {}))).text();
    expect(version).toContain('<ns:getApiVersionResponse>');
  });
});

describe('scripted faults', () => {
  const count = async (): Promise<number> => (await ledger()).length;

  it('apply a write and then reset the connection', async () => {
    await fault({ match: 'createRelation', fault: 'applyThenReset' });
    await expect(post(createRelation)).rejects.toThrow();
    expect(await ledger()).toMatchObject([{ op: 'createRelation', type: 'relations', requestId: 'r-1' }]);
  });

  it('apply a write and never answer', async () => {
    await fault({ match: 'createRelation', fault: 'applyThenTimeout' });
    const giveUp = new AbortController();
    const pending = fetch(`${sandbox.url}/${login}`, { method: 'POST', body: createRelation, signal: giveUp.signal });
    const refused = expect(pending).rejects.toThrow(/abort/);
    await until(async () => (await count()) === 1, { what: 'the write' });
    giveUp.abort();
    await refused;
  });

  it('apply a write late, after the connection is gone', async () => {
    await fault({ match: 'createRelation', fault: 'applyLate', ms: 50 });
    await expect(post(createRelation)).rejects.toThrow();
    let status = { pending: 1 };
    while (status.pending > 0) status = JSON.parse(await admin('GET', 'faults')) as { pending: number };
    expect(await count()).toBe(1);
  });

  it('apply a write twice', async () => {
    await fault({ match: 'createRelation', fault: 'applyTwice' });
    await post(createRelation);
    expect(await count()).toBe(2);
  });

  it.each([
    ['429', 429, 0],
    ['500before', 500, 0],
    ['500after', 500, 1],
    ['401', 500, 0],
    ['html', 200, 0],
    ['empty', 502, 0],
    ['faultWith200', 200, 0],
  ])('answer with %s', async (name, status, applied) => {
    await fault({ match: 'POST /', fault: name });
    const response = await post(createRelation);
    expect(response.status).toBe(status);
    if (name === '429') expect(response.headers.get('retry-after')).toBe('1');
    const text = await response.text();
    expect(() => decodeResponse('createRelation', text)).toThrow();
    expect(await count()).toBe(applied);
  });

  it('cut the answer off, visibly or pretending to be whole', async () => {
    await fault({ match: '*', fault: 'halfBody', bytes: 120 });
    await expect(post(createRelation).then((response) => response.text())).rejects.toThrow();
    await fault({ match: '*', fault: 'halfBody', bytes: 120, clean: true });
    const text = await (await post(createRelation)).text();
    expect(text).toHaveLength(120);
    expect(() => decodeResponse('createRelation', text)).toThrow(/not complete/);
  });

  it('send a small body that becomes a large one', async () => {
    await fault({ match: '*', fault: 'gzipBomb', bytes: 64 * 1024 * 1024 });
    const raw = await rawPost(createRelation);
    expect(raw.length).toBeLessThan(200_000);
    expect(() => gunzipSync(raw.subarray(raw.indexOf('\r\n\r\n') + 4), { maxOutputLength: 1_000_000 })).toThrow(
      /larger than/,
    );
  });

  it('drip the answer out', async () => {
    await fault({ match: '*', fault: 'slowDrip', bytes: 60, ms: 1 });
    const text = await (await post(createRelation)).text();
    expect(decodeResponse('createRelation', text)['result']).toBe('CREATE-RELATION-RESULT-OK');
  });

  it('take the whole system down until they are cleared, but not the admin routes', async () => {
    await fault({ match: '*', fault: 'down' });
    await expect(post(createRelation)).rejects.toThrow();
    await expect(post(createRelation)).rejects.toThrow();
    await admin('DELETE', 'faults');
    expect((await post(createRelation)).status).toBe(200);
  });

  it('are refused in a sentence when they make no sense', async () => {
    await expect(fault({ match: '*', fault: 'nonsense' })).rejects.toThrow(/must be one of/);
    await expect(admin('POST', 'mutate', { kind: 'weather', count: 1, seed: 1 })).rejects.toThrow(/must be one of/);
    await expect(admin('GET', 'records?type=clouds')).rejects.toThrow(/must be one of/);
  });
});

/** The bytes of an answer, undecoded. */
function rawPost(body: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(sandbox.port, '127.0.0.1', () =>
      socket.write(
        `POST /${login} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      ),
    );
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks)));
    socket.on('error', reject);
  });
}

describe('the installation', () => {
  it('can be an old release that knows no newer calls', async () => {
    await fault({ fault: 'oldRelease' });
    const request = { idempotencyKey: 'k', order: { orderId: '' } };
    await expect(call('createOrderV3', { request })).rejects.toThrow(SoapFault);
    await admin('DELETE', 'faults');
    expect((await call('createOrderV3', { request }))['result']).toBe('CREATE-ORDER-RESULT-FAILED');
  });

  it('can forbid single calls', async () => {
    await fault({ fault: 'forbid', operations: ['createProduct'] });
    await expect(call('createProduct', { product: {} })).rejects.toThrow(/may not call/);
    expect(await call('getBranches', {})).toHaveProperty('branches');
  });

  it('can restart its markers below what readers have seen, without changing records', async () => {
    const before = await call('getCurrentSyncMarkers', {});
    const state = JSON.parse(await admin('GET', 'state')) as Document;
    await fault({ fault: 'resetMarkers' });
    const after = await call('getCurrentSyncMarkers', {});
    expect(Number(after['articleSyncMarker'])).toBeLessThan(Number(before['articleSyncMarker']));
    expect(JSON.parse(await admin('GET', 'state'))).toMatchObject({ hash: state['hash'] as Document });
    const all = await call('getProducts', { request: { syncMarker: '1', syncMarkerLimit: 1_000 } });
    expect(all['productList']).toHaveLength(Number((state['counts'] as Document)['products']));
  });

  it('resumes from its folder, ledger included', async () => {
    await post(createRelation);
    await admin('POST', 'mutate', { kind: 'mixed', count: 50, seed: 9 });
    const state = await admin('GET', 'state');
    const lines = await ledger();
    await sandbox.close();
    await start();
    expect(await admin('GET', 'state')).toBe(state);
    expect(await ledger()).toEqual(lines);
  });

  it('goes back to what it was made of on reset', async () => {
    const state = await admin('GET', 'state');
    await post(createRelation);
    await admin('POST', 'mutate', { kind: 'mixed', count: 20, seed: 3 });
    expect(await admin('GET', 'state')).not.toBe(state);
    await admin('POST', 'reset', {});
    expect(await admin('GET', 'state')).toBe(state);
  });

  it('limits requests when it was told to', async () => {
    await sandbox.close();
    // All of them within one second.
    const still = { ...systemClock, monotonic: () => 0 };
    sandbox = await startMpluskassaSandbox({ port: 0, dataDir, seed: 5, products: 30, rateLimit: 3 }, still);
    const request = encodeRequest('getBranches', {});
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await post(request)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
  });
});
