/**
 * Signing in and out, and the first account, as small endpoints beside the graph, because only HTTP can set a cookie that pages
 * cannot read. In: requests to /session. Out: JSON, and the cookie.
 *
 * GET /session who has signed in · POST /session {email, password} · DELETE /session · POST /session/first {proof, name, email,
 * password, language} · POST /session/invitation {invitation, password}
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asKoppelError, KoppelError } from '../base/errors.js';
import { languageOf } from '../base/languages.js';
import type { Logger } from '../base/logger.js';
import type { Accounts, SignedIn, StoredUser } from '../security/accounts.js';
import type { Sessions } from '../security/sessions.js';
import type { Attempts } from './attempts.js';
import { graphError, statusOfCode, withRequestId } from './graph-errors.js';
import { checkContentType, parseObject, readBody } from './request-body.js';
import { newRequestId } from './request-context.js';
import { badText } from './request-values.js';
import { inLanguage, securityHeaders, sendErrors, sendJson } from './responses.js';
import { clearCookie, cookieOf, requireOwnOrigin, setCookie, type OwnAddress } from './session-cookie.js';
import { addressOf } from './sign-in.js';

export interface SessionDeps {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly own: OwnAddress;
  readonly trustedProxies: readonly string[];
  readonly logger: Logger;
  /** Whether a text proves that its sender has set up the hub. */
  isSetUpProof(given: string): Promise<boolean>;
  /** `what`: name of the action. */
  audit(what: string, userId: string, request: { readonly requestId: string; readonly address: string; readonly userAgent: string | null }): Promise<void>; // prettier-ignore
}

export type SessionEndpoints = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>;

const methods: Readonly<Record<string, readonly string[]>> = {
  '/session': ['GET', 'POST', 'DELETE'],
  '/session/first': ['POST'],
  '/session/invitation': ['POST'],
};

/** Answers when the path is one of its own; false otherwise. */
export function makeSessionEndpoints(deps: SessionDeps): SessionEndpoints {
  const { accounts, sessions, attempts, own } = deps;

  async function signedIn(asked: Asked, what: string, { user, token }: SignedIn): Promise<void> {
    // Whatever session the browser had before ends here, so that none can be slipped to it.
    const before = cookieOf(asked.request, own);
    if (before !== null) await sessions.end(before);
    await deps.audit(what, user.id, asked);
    const headers = { 'Set-Cookie': setCookie(own, token, sessions.lifeMs) };
    sendJson(asked.response, 200, { user: shownUser(user) }, headers);
  }

  const answers: Readonly<Record<string, (asked: Asked) => Promise<void>>> = {
    async 'GET /session'({ request, response }) {
      const token = cookieOf(request, own);
      const caller = token === null ? null : await sessions.authenticate(token);
      const user = caller === null ? null : { id: caller.actorId, name: caller.name, role: caller.role, language: caller.language }; // prettier-ignore
      const headers: Record<string, string> =
        token !== null && caller === null ? { 'Set-Cookie': clearCookie(own) } : {};
      sendJson(response, 200, { user, needsFirstAccount: await accounts.needsFirst() }, headers);
    },
    async 'POST /session'(asked) {
      const { email, password } = textsOf(await bodyOf(asked.request), ['email', 'password']);
      const account = email.normalize('NFKC').toLowerCase().slice(0, 254);
      const done = await attempts.attempt(asked.address, account, () => accounts.signIn(email, password));
      await signedIn(asked, 'signIn', done);
    },
    async 'DELETE /session'(asked) {
      const { request, response } = asked;
      requireOwnOrigin(request, own, true);
      const token = cookieOf(request, own);
      const userId = token === null ? null : await sessions.end(token);
      if (userId !== null) await deps.audit('signOut', userId, asked);
      response.writeHead(204, { ...securityHeaders, 'Set-Cookie': clearCookie(own) }).end();
    },
    async 'POST /session/first'(asked) {
      const body = await bodyOf(asked.request);
      const { proof, password, language, ...person } = textsOf({ language: 'en', ...body }, ['proof', 'name', 'email', 'password', 'language']); // prettier-ignore
      const made = await attempts.attempt(asked.address, null, async () => {
        if (!(await accounts.needsFirst())) throw new KoppelError('FIRST_ACCOUNT_EXISTS');
        if (!(await deps.isSetUpProof(proof))) throw new KoppelError('SET_UP_PROOF_REFUSED');
        // A password that is refused is no attempt to guess the proof.
        return accounts.makeFirst({ ...person, language }, password).catch((error: unknown) => asKoppelError(error));
      });
      if (made instanceof KoppelError) throw made;
      await signedIn(asked, 'firstAccount', made);
    },
    async 'POST /session/invitation'(asked) {
      const { invitation, password } = textsOf(await bodyOf(asked.request), ['invitation', 'password']);
      const done = await attempts.attempt(asked.address, null, async () => {
        const accepting = accounts.acceptInvitation(invitation, password);
        return accepting.catch((error: unknown) => {
          if (asKoppelError(error).code.startsWith('PASSWORD_')) return asKoppelError(error);
          throw error;
        });
      });
      if (done instanceof KoppelError) throw done;
      await signedIn(asked, 'invitationAccept', done);
    },
  };

  return async (request, response, { pathname }) => {
    const accepted = methods[pathname];
    if (accepted === undefined) return false;
    const requestId = newRequestId();
    const userAgent = request.headers['user-agent']?.slice(0, 300) ?? null;
    const asked = { request, response, requestId, address: addressOf(request, deps.trustedProxies), userAgent };
    try {
      const method = request.method ?? '';
      if (!accepted.includes(method)) throw new KoppelError('METHOD_NOT_ALLOWED', { what: pathname, method });
      await answers[`${method} ${pathname}`]!(asked);
    } catch (thrown) {
      refuse(request, response, thrown, requestId, accepted, deps.logger);
    }
    return true;
  };

  async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
    checkContentType(request);
    requireOwnOrigin(request, own, false);
    return parseObject(await readBody(request));
  }
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string | null;
}

const shownUser = ({ id, name, email, role, language }: StoredUser) => ({ id, name, email, role, language });

/** The texts that are asked for, and nothing else. */
function textsOf<N extends string>(body: Readonly<Record<string, unknown>>, names: readonly N[]): Record<N, string> {
  const extra = Object.keys(body).find((name) => !(names as readonly string[]).includes(name));
  if (extra !== undefined)
    throw new KoppelError('BAD_INPUT', { where: extra.slice(0, 60), what: 'it is not asked for' });
  for (const name of names) {
    if (typeof body[name] !== 'string') throw new KoppelError('BAD_INPUT', { where: name, what: 'it must be text' });
    const bad = badText(body[name], [name], 1);
    if (bad !== null) throw new KoppelError('BAD_INPUT', bad);
  }
  return body as Record<N, string>;
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  thrown: unknown,
  requestId: string,
  accepted: readonly string[],
  logger: Logger,
): void {
  const error = asKoppelError(thrown);
  if (error.class !== 'usage') throw thrown;
  const status = statusOfCode[error.code] ?? 400;
  logger.info({ requestId, code: error.code }, 'a request about a session was refused');
  const language = languageOf(request.headers['accept-language']);
  const headers: Record<string, string> = { 'X-Request-Id': requestId, ...inLanguage(language) };
  if (status === 405) headers['Allow'] = accepted.join(', ');
  if (status === 413) headers['Connection'] = 'close';
  if (error.retryAfterMs !== undefined) headers['Retry-After'] = String(Math.ceil(error.retryAfterMs / 1000));
  const shown = withRequestId(graphError(error, language), requestId);
  sendErrors(response, status, [error.path === undefined ? shown : { ...shown, extensions: { ...shown.extensions, field: error.path } }], headers); // prettier-ignore
  if (status === 413) response.once('finish', () => response.socket?.destroySoon());
}
