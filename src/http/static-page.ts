/**
 * A page that was built before, as files. In: a folder, listed once when the server is made. Out: its files by the exact path
 * that the listing has, and nothing else: a path from outside never becomes a path of the disk, so none can lead out of the folder.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { KoppelError } from '../base/errors.js';
import { languageOf } from '../base/languages.js';
import { graphError, withRequestId } from './graph-errors.js';
import { newRequestId } from './request-context.js';
import { securityHeaders, sendErrors } from './responses.js';

/** Answers when the path is one of the page's; false otherwise. */
export type StaticPage = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>;

interface StaticFile {
  readonly file: string;
  readonly type: string;
  /** The name holds the hash of what is in it, so it never has to be asked for again. */
  readonly isImmutable: boolean;
  readonly isPacked: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  // Licences of what is in the pages.
  '.md': 'text/plain; charset=utf-8',
};

/** Own files only. The code editor sets styles on its lines, and GraphiQL's style sheet carries its fonts in itself. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/explorer`: GraphiQL over this hub's own API. The dashboard: everything else that people open, by its own addresses. */
export function makePages(webFolder: string | undefined): StaticPage {
  const of = (name: string, path: string): ReadonlyMap<string, StaticFile> => {
    const folder = webFolder === undefined ? undefined : join(webFolder, name);
    return folder !== undefined && existsSync(folder) ? listed(path, folder) : new Map<string, StaticFile>();
  };
  const explorer = of('explorer', '/explorer');
  const dashboard = of('dashboard', '');
  return async (request, response, { pathname }) => {
    const exact = explorer.get(pathname) ?? (pathname === '/' ? undefined : dashboard.get(pathname));
    const found = exact ?? (isVisit(request, pathname) ? dashboard.get('/') : undefined);
    if (found === undefined) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const error = new KoppelError('METHOD_NOT_ALLOWED', { what: 'This page', method: request.method ?? '' });
      sendErrors(
        response,
        405,
        [withRequestId(graphError(error, languageOf(request.headers['accept-language'])), newRequestId())],
        { Allow: 'GET, HEAD' },
      );
      return true;
    }
    await sendFile(request, response, found);
    return true;
  };
}

/** Whether somebody opens an address in a browser; what the address means is for the dashboard to say. Files it has are listed. */
const isVisit = ({ method, headers }: IncomingMessage, pathname: string): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  String(headers.accept ?? '').includes('text/html') &&
  !pathname.startsWith('/assets/') &&
  !pathname.startsWith('/explorer/');

/** The files of the folder by the path under which they are asked for. */
function listed(path: string, folder: string): Map<string, StaticFile> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const entries = new Set(found.map(({ parentPath, name }) => relative(folder, join(parentPath, name))));
  const files = new Map<string, StaticFile>();
  for (const entry of entries) {
    const type = types[extname(entry)];
    if (type === undefined) continue;
    const file: StaticFile = {
      file: join(folder, entry),
      type,
      isImmutable: entry.startsWith(`assets${sep}`),
      isPacked: entries.has(`${entry}.gz`),
    };
    files.set(`${path}/${entry.replaceAll(sep, '/')}`, file);
    if (entry === 'index.html') files.set(`${path}/`, file).set(path === '' ? '/' : path, file);
  }
  return files;
}

async function sendFile(request: IncomingMessage, response: ServerResponse, found: StaticFile): Promise<void> {
  const isPacked = found.isPacked && accepts(request.headers['accept-encoding'], 'gzip');
  const body = await readFile(isPacked ? `${found.file}.gz` : found.file);
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = {
    ...securityHeaders,
    'Content-Security-Policy': pagePolicy,
    'Content-Type': found.type,
    'Cache-Control': found.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: tag,
    ...(found.isPacked ? { Vary: 'Accept-Encoding' } : {}),
    ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
  };
  if (response.destroyed) return;
  if (isKnown(request.headers['if-none-match'], tag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Length': String(body.length) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Whether the client takes the encoding; `gzip;q=0` says that it does not. */
const accepts = (header: string | string[] | undefined, encoding: string): boolean =>
  String(header ?? '')
    .toLowerCase()
    .split(',')
    .some((part) => part.trim().split(';')[0] === encoding && !/;\s*q=0(\.0*)?\s*$/.test(part));

const isKnown = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === tag);
