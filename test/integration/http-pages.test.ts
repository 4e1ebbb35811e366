import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as rawRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { documentIdOf } from '../../src/http/trusted-documents.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let folder: string;
let world: GraphWorld;
const script = 'export const answer = 42;\n';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'koppel-web-'));
  mkdirSync(join(folder, 'explorer', 'assets'), { recursive: true });
  const place = (path: string, text: string | Buffer): void => writeFileSync(join(folder, 'explorer', path), text);
  place('index.html', '<!doctype html><title>explorer</title>');
  place('assets/index-abc.js', script);
  place('assets/index-abc.js.gz', gzipSync(script));
  place('assets/style-abc.css', 'a {}');
  place('assets/codicon-abc.ttf', Buffer.from([0, 1, 0, 0]));
  place('assets/index-abc.js.map', '{}');
  mkdirSync(join(folder, 'dashboard', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'dashboard', 'index.html'), '<!doctype html><title>dashboard</title>');
  writeFileSync(join(folder, 'dashboard', 'assets', 'index-def.js'), script);
  const text = 'query Ask { viewer { role } }';
  writeFileSync(join(folder, 'documents.json'), JSON.stringify({ [documentIdOf(text)]: text }));
  writeFileSync(join(folder, 'secret.html'), 'not for you');
  world = await openGraphWorld({ webFolder: folder });
}, 60_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** The path as it is written: fetch would tidy it up first. */
function ask(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = rawRequest(world.url, { path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('latin1'),
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

const file = '/explorer/assets/index-abc.js';

describe('the pages of the hub', () => {
  it.each(['/explorer', '/explorer/', '/explorer/index.html'])(
    '%s is the page, asked for anew each time',
    async (path) => {
      const { status, headers, body } = await ask(path);
      expect(status).toBe(200);
      expect(body).toContain('<title>explorer</title>');
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-cache');
      const again = await ask(path, 'GET', { 'if-none-match': `"other", W/${String(headers.etag)}` });
      expect([again.status, again.body, again.headers.etag]).toEqual([304, '', headers.etag]);
    },
  );

  it.each([
    [file, 'text/javascript; charset=utf-8'],
    ['/explorer/assets/style-abc.css', 'text/css; charset=utf-8'],
    ['/explorer/assets/codicon-abc.ttf', 'font/ttf'],
  ])('%s is %s and kept for good', async (path, type) => {
    const { status, headers } = await ask(path);
    expect([status, headers['content-type']]).toEqual([200, type]);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ask(path, 'GET', { 'if-none-match': String(headers.etag) })).status).toBe(304);
  });

  it('sends a packed file to those who can read one, under a tag of its own', async () => {
    const plain = await ask(file);
    const packed = await ask(file, 'GET', { 'accept-encoding': 'br, gzip;q=0.8' });
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip']);
    expect([plain.headers.vary, packed.headers.vary]).toEqual(['Accept-Encoding', 'Accept-Encoding']);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    expect(Buffer.from(packed.body, 'latin1')).toEqual(gzipSync(script));
    expect((await ask(file, 'GET', { 'accept-encoding': 'gzip;q=0' })).body).toBe(script);
  });

  it('answers HEAD like GET without a body, and refuses every other method', async () => {
    const head = await ask(file, 'HEAD');
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', String(script.length)]);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const refused = await ask('/explorer', method);
      expect([method, refused.status, refused.headers.allow]).toEqual([method, 405, 'GET, HEAD']);
      expect(refused.body).toContain('METHOD_NOT_ALLOWED');
    }
  });

  it('lets the page load and ask its own origin only, and nobody frame it', async () => {
    const { headers } = await ask('/explorer');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|script-src[^;]*unsafe/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    '/explorer/../secret.html',
    '/explorer/%2e%2e/secret.html',
    '/explorer/..%2fsecret.html',
    '/explorer/%2e%2e%2fsecret.html',
    '/explorer/..\\secret.html',
    '/explorer/assets/../../../secret.html',
    '/explorer//etc/passwd',
    '/explorer/assets/index-abc.js%00.html',
    '/explorer/assets/index-abc.js.map',
    '/explorer/assets/index-abc.js.gz',
    '/explorer/assets/',
    '/explorer/assets',
    '/explorer/missing.html',
  ])('%s is not there', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body).not.toContain('not for you');
    expect(body).toContain('PATH_UNKNOWN');
  });

  const visit = { accept: 'text/html,application/xhtml+xml' };

  it.each(['/', '/orders', '/orders/ord_1?tab=history', '/account', '/no/such/page'])(
    'a browser that opens %s gets the dashboard, which knows what it means',
    async (path) => {
      const { status, headers, body } = await ask(path, 'GET', visit);
      expect([status, headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(body).toContain('<title>dashboard</title>');
    },
  );

  it.each([
    ['/orders', 'GET', {}, 404],
    ['/orders', 'POST', visit, 404],
    ['/assets/index-abc.js', 'GET', visit, 404],
    ['/explorer/missing.html', 'GET', visit, 404],
    ['/assets/index-def.js', 'GET', {}, 200],
    ['/livez', 'GET', visit, 200],
  ])('%s %s with %j is not the dashboard: %i', async (path, method, headers, status) => {
    const answer = await ask(path, method, headers);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('<title>dashboard');
  });

  it('trusts the operations that the dashboard was built with, by their id', async () => {
    const body = { documentId: documentIdOf('query Ask { viewer { role } }') };
    const { body: answer } = await world.post(JSON.stringify(body), { authorization: `Bearer ${world.adminKey}` });
    expect(answer.data).toEqual({ viewer: { role: 'ADMIN' } });
  });

  it('are named on the front page, and missing without an error when they were not built', async () => {
    expect((await ask('/')).body).toContain('/explorer');
    const bare = await openGraphWorld({ webFolder: join(folder, 'nowhere') });
    expect((await fetch(`${bare.url}/explorer`)).status).toBe(404);
    await bare.close();
  });
});
