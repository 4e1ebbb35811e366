/** Makes the context of one operation: the caller, reads of its own, the commands, and the moment at which it must end. */
import type { Clock } from '../base/clock.js';
import type { Ending } from '../base/ending.js';
import { newId } from '../base/ids.js';
import type { Language } from '../base/languages.js';
import type { Commands, Context } from '../resolvers/context.js';
import type { EventFeed, JobFeed, StateFeeds } from '../resolvers/feed.js';
import type { FirstAnswers } from '../resolvers/first-answers.js';
import type { Health } from '../schema/health.js';
import type { CheckResult, Connector } from '../schema/system.js';
import type { Accounts } from '../security/accounts.js';
import type { Caller, Credential } from '../security/caller.js';
import type { Keyring } from '../security/keyring.js';
import type { Logger } from '../base/logger.js';
import { appendAudit } from '../store/audit.js';
import type { CursorCodec } from '../store/connections.js';
import type { Database, Query } from '../store/database.js';
import type { StreamsOf } from '../store/flow-progress.js';
import { makeReads, type Reads } from '../store/reads.js';
import type { Attempts } from './attempts.js';
import { makeFirstAnswers } from './first-answers.js';
import type { SignIn } from './sign-in.js';
import type { StatementNames } from '../store/statement-names.js';
import type { PreparedOperation } from './prepare-operation.js';

export interface ContextDeps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly statementNames: StatementNames;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly keyring: Keyring;
  readonly accounts: Accounts;
  readonly attempts: Attempts;
  readonly signIn: SignIn;
  readonly feed: EventFeed;
  readonly jobFeed: JobFeed;
  readonly states: StateFeeds;
  readonly commands: Commands;
  readonly version: string;
  readonly startedAt: Date;
  connectors(): readonly Connector[];
  readonly streamsOf: StreamsOf;
  checks(): Promise<readonly CheckResult[]>;
}

export const newRequestId = (): string => newId('trace');

/** Sends nothing more once the request is over; statements that come again are prepared. */
function whileWanted(database: Database, nameOf: StatementNames, until: Ending): Query {
  return {
    query(text, values, name) {
      if (until.reason !== undefined) return Promise.reject(until.reason);
      return database.query(text, values, name ?? nameOf(text), until);
    },
  };
}

export interface Asked {
  readonly requestId: string;
  readonly caller: Caller;
  /** What it was proved by, for asking again later whether it is still valid. */
  readonly credential: Credential;
  readonly language: Language;
  readonly ending: Ending;
  readonly cost: PreparedOperation['cost'];
  readonly address: string;
  readonly userAgent: string | null;
  /** What the operation asks for; everything is read without it. */
  readonly asked?: PreparedOperation['asked'];
}

export const makeContext = (deps: ContextDeps, asked: Asked): Context => new RequestContext(deps, asked);

/**
 * A class, and nothing in it is a getter of a single object: with one of those the engine keeps everything that a request has
 * read until the slow half of the collector comes. No private names either, because Apollo works on a copy.
 */
class RequestContext implements Context {
  readonly requestId: string;
  readonly caller: Caller;
  readonly language: Language;
  readonly cost: Context['cost'];
  readonly commands: Commands;
  readonly keys: Keyring;
  readonly feed: EventFeed;
  readonly jobFeed: JobFeed;
  readonly states: StateFeeds;
  readonly people: Accounts;
  readonly attempt: Context['attempt'];
  readonly fresh: () => Reads;
  readonly renew: () => void;
  readonly recheck: () => Promise<void>;
  readonly now: () => Date;
  readonly connectors: () => readonly Connector[];
  readonly health: Context['health'];
  readonly audit: Context['audit'];
  private readonly ending: Ending;
  private readonly deps: ContextDeps;
  private readingNow: Reads | undefined;

  constructor(deps: ContextDeps, asked: Asked) {
    const { requestId, caller, credential, ending } = asked;
    const { cursors, streamsOf } = deps;
    this.requestId = requestId;
    this.caller = caller;
    this.language = asked.language;
    this.cost = asked.cost;
    this.commands = deps.commands;
    this.keys = deps.keyring;
    this.feed = deps.feed;
    this.jobFeed = deps.jobFeed;
    this.states = deps.states;
    this.people = deps.accounts;
    this.attempt = (account, work) => deps.attempts.attempt(asked.address, account, work);
    this.ending = ending;
    this.deps = deps;
    this.fresh = () => {
      const query = whileWanted(deps.database, deps.statementNames, ending);
      const seesPersonalData = caller.scopes.has('READ_CUSTOMERS');
      return makeReads({ query, cursors, seesPersonalData, streamsOf, asked: asked.asked ?? undefined });
    };
    this.renew = () => (this.readingNow = undefined);
    this.recheck = async () => {
      await deps.signIn.recheck(credential, caller);
    };
    this.now = () => deps.clock.now();
    this.connectors = () => deps.connectors();
    this.health = () => healthOf(deps);
    this.audit = (action, subject, detail) => {
      const by = { actor: caller.actorId, requestId, address: asked.address, userAgent: asked.userAgent };
      return appendAudit(deps.database, { action, subject, detail, ...by });
    };
  }

  get signal(): AbortSignal {
    return this.ending.signal();
  }

  get reads(): Reads {
    return (this.readingNow ??= this.fresh());
  }

  get firstAnswers(): FirstAnswers {
    return makeFirstAnswers(this.deps, { actorId: this.caller.actorId, requestId: this.requestId });
  }
}

async function healthOf({ checks, version, startedAt }: ContextDeps): Promise<Health> {
  const found = await checks();
  const failed = found.some(({ status }) => status === 'FAIL');
  const warned = found.some(({ status }) => status === 'WARN');
  return { status: failed ? 'DOWN' : warned ? 'DEGRADED' : 'OK', version, startedAt, checks: found };
}
