/**
 * GET /exports/<job>: a file that an export has written, for who began it and administrators. In: a request with a key or session. Out: the
 * file, part by part from the database as the client takes it, or a refusal in words. Whoever lost a right since gets no file that shows it.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asKoppelError, KoppelError } from '../base/errors.js';
import { languageOf } from '../base/languages.js';
import type { ExportOrder } from '../base/list-export.js';
import type { Logger } from '../base/logger.js';
import { notedOf } from '../resolvers/data-exports.js';
import { contentTypeOf, fileNameOf } from '../resolvers/export-order.js';
import type { Caller } from '../security/caller.js';
import { appendAudit } from '../store/audit.js';
import type { Database } from '../store/database.js';
import { findExportFiles, readExportChunk, type ExportFileRow } from '../store/export-files.js';
import { findJob } from '../store/jobs.js';
import { graphError, statusOfCode, withRequestId } from './graph-errors.js';
import { newRequestId } from './request-context.js';
import { inLanguage, securityHeaders, sendErrors } from './responses.js';
import type { OwnAddress } from './session-cookie.js';
import { addressOf, credentialOf, type SignIn } from './sign-in.js';

export interface ExportDownloadDeps {
  readonly database: Database;
  readonly signIn: SignIn;
  readonly own: OwnAddress;
  readonly trustedProxies: readonly string[];
  readonly logger: Logger;
}

const path = /^\/exports\/([\w-]{1,60})$/;

/** Answers when the path is that of a file; false otherwise. */
export function makeExportDownload(deps: ExportDownloadDeps) {
  const { database } = deps;
  return async (request: IncomingMessage, response: ServerResponse, { pathname }: URL): Promise<boolean> => {
    const id = path.exec(pathname)?.[1];
    if (id === undefined) return false;
    const requestId = newRequestId();
    try {
      const method = request.method ?? '';
      if (method !== 'GET' && method !== 'HEAD')
        throw new KoppelError('METHOD_NOT_ALLOWED', { what: pathname, method });
      const address = addressOf(request, deps.trustedProxies);
      const caller = await deps.signIn.caller(credentialOf(request, deps.own), address);
      const { file, order, createdAt } = await found(database, id, caller);
      const userAgent = request.headers['user-agent']?.slice(0, 300) ?? null;
      const by = { actor: caller.actorId, requestId, address, userAgent };
      const headers = headersOf(file, order, createdAt);
      if (method === 'HEAD') {
        response.writeHead(200, headers).end();
        return true;
      }
      await audit('exportDownload', database, { ...by, file, order });
      response.writeHead(200, headers);
      await sendParts(database, file, response);
    } catch (thrown) {
      refuse(request, response, thrown, requestId, deps.logger);
    }
    return true;
  };
}

interface Found {
  readonly file: ExportFileRow;
  readonly order: ExportOrder;
  readonly createdAt: Date;
}

/** Throws EXPORT_GONE, also for the files of others. */
async function found(database: Database, id: string, { actorId, scopes }: Caller): Promise<Found> {
  const [file] = await findExportFiles(database, [id]);
  const job = file === undefined ? null : await findJob(database, id);
  const isTheirs = file !== undefined && (file.madeBy === actorId || scopes.has('ADMIN'));
  if (file === undefined || job === null || !isTheirs) throw new KoppelError('EXPORT_GONE');
  const lacking = file.scopes.filter((scope) => !scopes.has(scope as never));
  if (lacking.length > 0) throw new KoppelError('FORBIDDEN', { what: 'the file', needed: lacking.join(' and ') });
  return { file, order: job.input as unknown as ExportOrder, createdAt: job.createdAt };
}

const headersOf = (file: ExportFileRow, order: ExportOrder, createdAt: Date): Record<string, string> => ({
  ...securityHeaders,
  'Content-Type': contentTypeOf(order),
  'Content-Length': String(file.byteCount),
  // Only letters, digits, points and hyphens are in it.
  'Content-Disposition': `attachment; filename="${fileNameOf(order, createdAt)}"`,
  'X-Robots-Tag': 'noindex',
});

interface Taken {
  readonly actor: string;
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string | null;
  readonly file: ExportFileRow;
  readonly order: ExportOrder;
}

const audit = (action: string, database: Database, { file, order, ...by }: Taken): Promise<void> =>
  appendAudit(database, {
    ...by,
    action,
    subject: file.job,
    detail: { job: file.job, rows: file.rowCount, bytes: file.byteCount, ...notedOf(order) },
  });

/** One part at a time; the next is read when the client has taken what there is. */
async function sendParts(database: Database, file: ExportFileRow, response: ServerResponse): Promise<void> {
  for (let place = 0; place < file.chunkCount; place++) {
    const bytes = await readExportChunk(database, file.job, place);
    if (response.destroyed) return;
    if (bytes === null) {
      // Removed meanwhile. The length was promised, so the client sees that it has not all of it.
      response.destroy();
      return;
    }
    if (!response.write(bytes)) await taken(response);
  }
  response.end();
}

/** The client has taken what was written, or has gone. */
async function taken(response: ServerResponse): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
    over.abort(),
  );
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  thrown: unknown,
  requestId: string,
  logger: Logger,
): void {
  const error = asKoppelError(thrown);
  if (response.headersSent) {
    logger.warn({ requestId, err: error.message }, 'a download broke off');
    response.destroy();
    return;
  }
  if (error.class !== 'usage') throw thrown;
  const language = languageOf(request.headers['accept-language']);
  const headers: Record<string, string> = { 'X-Request-Id': requestId, ...inLanguage(language) };
  const status = statusOfCode[error.code] ?? 400;
  if (status === 405) headers['Allow'] = 'GET, HEAD';
  if (error.retryAfterMs !== undefined) headers['Retry-After'] = String(Math.ceil(error.retryAfterMs / 1000));
  sendErrors(response, status, [withRequestId(graphError(error, language), requestId)], headers);
}
