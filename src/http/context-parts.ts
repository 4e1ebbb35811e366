/** What contexts of operations are made with, in a process that answers requests and in one that only reads lists. */
import type { Clock } from '../base/clock.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import type { Commands } from '../resolvers/context.js';
import type { CheckResult, Connector } from '../schema/system.js';
import { makeAccounts, type Accounts } from '../security/accounts.js';
import { makeCursors } from '../security/cursors.js';
import { makeKeyring, type Keyring } from '../security/keyring.js';
import { makePasswords } from '../security/passwords.js';
import { derivedSecret } from '../security/secrets.js';
import { makeSessions, sessionLife, type SessionLife, type Sessions } from '../security/sessions.js';
import type { Database } from '../store/database.js';
import type { StreamsOf } from '../store/flow-progress.js';
import { makeStatementNames } from '../store/statement-names.js';
import { makeAttempts, type Attempts } from './attempts.js';
import { makeEventFeed } from './event-feed.js';
import { makeJobFeed } from './job-feed.js';
import type { ContextDeps } from './request-context.js';
import { makeSignIn, type SignIn } from './sign-in.js';
import { makeStateFeeds } from './state-feeds.js';

export interface ContextNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly commands: Commands;
  /** 32 bytes; signs cursors. The same in every process of one installation. */
  readonly masterKey: Buffer;
  readonly version: string;
  connectors(): readonly Connector[];
  readonly streamsOf: StreamsOf;
  /** Calls soon after steps were stored, by whichever process; a call may be lost. */
  readonly onSteps?: ((listener: () => void) => void) | undefined;
}

export interface ContextParts {
  readonly context: ContextDeps;
  readonly keyring: Keyring;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly attempts: Attempts;
  readonly signIn: SignIn;
  /** What tells of news; they do nothing before they are started. */
  readonly feeds: readonly Service[];
}

/** `checks`: what is known of the process's health. */
export function makeContextParts(
  needs: ContextNeeds,
  { life, checks }: { readonly life?: SessionLife | undefined; checks(): Promise<readonly CheckResult[]> },
): ContextParts {
  const { database, clock, logger } = needs;
  const keyring = makeKeyring({ database, clock });
  const sessions = makeSessions({ database }, life ?? sessionLife(12 * 3_600_000));
  const accounts = makeAccounts({ database, passwords: makePasswords(), sessions });
  const attempts = makeAttempts(clock);
  const signIn = makeSignIn({ keyring, sessions, clock });
  const cursors = makeCursors(derivedSecret(needs.masterKey, 'cursors'));
  const feed = makeEventFeed({ database, cursors, clock, logger, onSteps: needs.onSteps });
  const jobFeed = makeJobFeed({ database, clock, logger });
  const { streamsOf } = needs;
  const { services: stateFeeds, ...states } = makeStateFeeds({ database, cursors, clock, logger, streamsOf });
  const context: ContextDeps = {
    database,
    cursors,
    statementNames: makeStatementNames('api'),
    clock,
    logger,
    keyring,
    accounts,
    attempts,
    signIn,
    feed,
    jobFeed,
    states,
    commands: needs.commands,
    version: needs.version,
    startedAt: clock.now(),
    connectors: () => needs.connectors(),
    streamsOf,
    checks: () => checks(),
  };
  return { context, keyring, sessions, accounts, attempts, signIn, feeds: [feed, jobFeed, ...stateFeeds] };
}
