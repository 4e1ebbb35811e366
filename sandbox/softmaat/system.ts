/**
 * The pretended Softmaat as the engine sees it. In: requests. Out: answers as docs/softmaat-openapi.yaml says. Order of
 * judgement: rate, token, path, body, rules. A request is one transaction; a refusal leaves nothing behind.
 */
import type { Clock } from '../../src/base/clock.js';
import { makeRandom } from '../engine/random.js';
import { makeRateLimit, type RateVerdict } from '../engine/rate-limit.js';
import type { AdminType, SandboxRequest, SandboxResponse, SandboxSystem } from '../engine/sandbox-system.js';
import type { Store } from '../engine/store.js';
import { problem, Refusal } from './answers.js';
import { mutate, mutateKinds } from './mutate.js';
import { makeRoutes, type Call, type Route } from './routes.js';
import { makeShop } from './shop.js';
import { makeStamps } from './stamps.js';
import { makeDeliveries } from './webhooks.js';

const base = '/api/v1';
/** What answers say when there is no limit. */
const unlimited = 1_000_000;
const stamped = ['updatedAt', 'version'];

export interface SystemOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Requests a second; 0 = no limit. */
  readonly rateLimit: number;
  readonly token: string;
  /** A token that may only read. */
  readonly readOnlyToken: string;
}

const types: readonly AdminType[] = [
  { type: 'products', volatile: ['createdAt', ...stamped] },
  { type: 'categories', volatile: stamped },
  { type: 'stock', volatile: stamped },
  { type: 'debtors', volatile: stamped },
  { type: 'contacts', volatile: stamped },
  { type: 'orders', volatile: ['number', ...stamped] },
  { type: 'confirmations', volatile: ['number'] },
];

export function makeSoftmaatSystem(options: SystemOptions): SandboxSystem {
  const { store, clock } = options;
  const random = makeRandom(store.settings.seed).fork('behaviour');
  const shop = makeShop(store, makeStamps(clock, random.fork('stamps')));
  const routes = makeRoutes(shop, clock);
  const deliveries = makeDeliveries(shop, clock, random.fork('deliveries'));
  const limiter = options.rateLimit === 0 ? undefined : makeRateLimit(options.rateLimit, clock);
  const most = options.rateLimit === 0 ? unlimited : options.rateLimit;
  let last: RateVerdict = { allowed: true, limit: most, remaining: most, resetSeconds: 1 };

  const withLimits = (response: SandboxResponse): SandboxResponse => {
    const retry: Record<string, string> = response.status === 429 ? { 'retry-after': String(last.resetSeconds) } : {};
    return {
      ...response,
      headers: { ...response.headers, ...limitHeaders(last), ...retry, 'cache-control': 'no-store' },
    };
  };

  const run = (request: SandboxRequest): SandboxResponse => {
    if (limiter !== undefined && !(last = limiter()).allowed)
      return problem(429, 'more requests than allowed', request.path);
    const refused = refusedCaller(request, options);
    if (refused !== undefined) return refused;
    try {
      const call = findCall(routes, request);
      const answer = store.transaction(() => {
        shop.begin();
        return call.route.run(call);
      });
      deliveries.announce(shop.takeHints());
      return answer;
    } catch (error) {
      shop.takeHints();
      if (error instanceof Refusal) return problem(error.status, error.detail, request.path, error.more);
      throw error;
    }
  };

  return {
    name: 'softmaat',
    store,
    operation: (request) => findRoute(routes, request)?.route.operation ?? `${request.method} ${request.path}`,
    handle: (request) => withLimits(run(request)),
    failure: (status, text) => withLimits(problem(status, text)),
    types,
    mutateKinds,
    mutate(order) {
      const result = mutate(shop, order);
      deliveries.announce(shop.takeHints());
      return result;
    },
    close: () => deliveries.close(),
  };
}

function limitHeaders(verdict: RateVerdict): Record<string, string> {
  return {
    'ratelimit-limit': String(verdict.limit),
    'ratelimit-remaining': String(verdict.remaining),
    'ratelimit-reset': String(verdict.resetSeconds),
  };
}

function refusedCaller(request: SandboxRequest, options: SystemOptions): SandboxResponse | undefined {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === options.token) return undefined;
  if (token !== options.readOnlyToken) return problem(401, 'the token is missing, wrong or expired', request.path);
  return request.method === 'GET' ? undefined : problem(403, 'this token may only read', request.path);
}

interface Found {
  readonly route: Route;
  readonly at: Readonly<Record<string, string>>;
}

function findRoute(routes: readonly Route[], request: SandboxRequest, method = request.method): Found | undefined {
  if (!request.path.startsWith(`${base}/`)) return undefined;
  const parts = request.path.slice(base.length).split('/');
  for (const route of routes) {
    if (route.method !== method) continue;
    const at = matchPath(route.path.split('/'), parts);
    if (at !== undefined) return { route, at };
  }
  return undefined;
}

function matchPath(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const at: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (piece.startsWith('{')) at[piece.slice(1, -1)] = decodeURIComponent(part);
    else if (piece !== part) return undefined;
  }
  return at;
}

function findCall(routes: readonly Route[], request: SandboxRequest): Call & { readonly route: Route } {
  const found = findRoute(routes, request);
  if (found === undefined) {
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].some(
      (method) => findRoute(routes, request, method) !== undefined,
    );
    throw new Refusal(
      others ? 405 : 404,
      others ? `${request.method} is not possible here` : 'there is nothing at this address',
    );
  }
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(request.method);
  return { route: found.route, at: found.at, request, body: hasBody ? parseBody(request) : undefined };
}

function parseBody(request: SandboxRequest): unknown {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new Refusal(400, 'the body must be application/json');
  try {
    return JSON.parse(request.body) as unknown;
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
}
