/** Makes the context of one operation: the caller, reads of its own, the commands, and the moment at which it must end. */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { Commands, Context } from '../resolvers/context.js';
import type { EventFeed, JobFeed } from '../resolvers/feed.js';
import type { CheckResult, Connector } from '../schema/system.js';
import type { Caller, Keyring } from '../security/keyring.js';
import type { Logger } from '../base/logger.js';
import { appendAudit } from '../store/audit.js';
import type { CursorCodec } from '../store/connections.js';
import type { Database, Query } from '../store/database.js';
import { makeReads, type StreamOf } from '../store/reads.js';
import { makeFirstAnswers } from './first-answers.js';
import type { StatementNames } from '../store/statement-names.js';
import type { PreparedOperation } from './prepare-operation.js';

export interface ContextDeps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly statementNames: StatementNames;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly keyring: Keyring;
  readonly feed: EventFeed;
  readonly jobFeed: JobFeed;
  readonly commands: Commands;
  readonly version: string;
  readonly startedAt: Date;
  connectors(): readonly Connector[];
  streamOf(systemKey: string, flowEntity: string): StreamOf | undefined;
  checks(): Promise<readonly CheckResult[]>;
}

export const newRequestId = (): string => newId('trace');

/** Sends nothing more once the request is over; statements that come again are prepared. */
function whileWanted(
  database: Database,
  nameOf: StatementNames,
  over: () => Error | undefined,
  signal: () => AbortSignal,
): Query {
  return {
    query(text, values, name) {
      const reason = over();
      if (reason !== undefined) return Promise.reject(reason);
      return database.query(text, values, name ?? nameOf(text), signal());
    },
  };
}

export interface Asked {
  readonly requestId: string;
  readonly caller: Caller;
  /** The key itself, for asking again later whether it is still valid. */
  readonly key: string;
  readonly language: string;
  readonly signal: AbortSignal;
  /** Why nothing more is to be done; like the signal, which costs much to make and is seldom asked for. */
  readonly over?: () => Error | undefined;
  readonly cost: PreparedOperation['cost'];
  readonly address: string;
  readonly userAgent: string | null;
  /** What the operation asks for; everything is read without it. */
  readonly asked?: PreparedOperation['asked'];
}

export function makeContext(deps: ContextDeps, asked: Asked): Context {
  const { requestId, caller, key, language, cost } = asked;
  const over = asked.over ?? (() => (asked.signal.aborted ? (asked.signal.reason as Error) : undefined));
  const query = whileWanted(deps.database, deps.statementNames, over, () => asked.signal);
  const seesPersonalData = caller.scopes.has('READ_CUSTOMERS');
  const { cursors, streamOf } = deps;
  const fresh = () => makeReads({ query, cursors, seesPersonalData, streamOf, asked: asked.asked ?? undefined });
  let reads = fresh();
  return {
    requestId,
    caller,
    language,
    get signal() {
      return asked.signal;
    },
    cost,
    get reads() {
      return reads;
    },
    fresh,
    renew() {
      reads = fresh();
    },
    async recheck() {
      if ((await deps.keyring.authenticate(key)) === null) {
        throw new KoppelError('UNAUTHENTICATED', { what: 'the key has been revoked or has expired' });
      }
    },
    now: () => deps.clock.now(),
    commands: deps.commands,
    keys: deps.keyring,
    feed: deps.feed,
    jobFeed: deps.jobFeed,
    connectors: () => deps.connectors(),
    async health() {
      const checks = await deps.checks();
      const failed = checks.some(({ status }) => status === 'FAIL');
      const warned = checks.some(({ status }) => status === 'WARN');
      return {
        status: failed ? 'DOWN' : warned ? 'DEGRADED' : 'OK',
        version: deps.version,
        startedAt: deps.startedAt,
        checks,
      };
    },
    firstAnswers: makeFirstAnswers(deps, { keyId: caller.keyId, requestId }),
    audit: (action, subject, detail) =>
      appendAudit(deps.database, {
        actor: caller.keyId,
        action,
        subject,
        detail,
        requestId,
        address: asked.address,
        userAgent: asked.userAgent,
      }),
  };
}

/** The first language that the client wants and the hub speaks. */
export function languageOf(header: string | undefined): string {
  const wanted = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().slice(0, 2));
  return wanted.find((language) => ['nl', 'fr', 'en'].includes(language)) ?? 'en';
}
