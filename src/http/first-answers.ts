/**
 * Answers to mutations with an idempotency key, as one caller was given them first. In: the key and the input. Out: the right
 * to carry the mutation out, or the answer there is. One that is under way is waited for.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import type { FirstAnswers } from '../resolvers/first-answers.js';
import type { Database } from '../store/database.js';
import { claimAnswer, keepAnswer, releaseAnswer } from '../store/kept-answers.js';

/** Longer than any mutation takes; after that somebody else may carry it out, because the process is gone. */
const claimMs = 600_000;
const waitMs = 5_000;
const lookEveryMs = 100;

export interface FirstAnswersDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function makeFirstAnswers(deps: FirstAnswersDeps, asked: { actorId: string; requestId: string }): FirstAnswers {
  const { database, clock, logger } = deps;
  return {
    async claim(idempotencyKey, input) {
      const inputHash = createHash('sha256').update(input).digest('hex');
      const request = { keyId: asked.actorId, idempotencyKey, inputHash, claim: asked.requestId };
      const patience = clock.monotonic() + waitMs;
      for (;;) {
        const found = await claimAnswer(database, request, claimMs);
        if (found.state === 'answered') return found;
        if (found.state === 'otherInput') return { state: 'otherInput' };
        if (found.state === 'claimed') {
          return {
            state: 'mine',
            // What was asked for has been done: that the answer could not be kept is no reason to say otherwise.
            keep: (answer) =>
              keepAnswer(database, request, answer).catch((error) =>
                logger.warn({ requestId: asked.requestId, err: String(error) }, 'an answer could not be kept'),
              ),
            release: () => releaseAnswer(database, request),
          };
        }
        if (clock.monotonic() > patience) throw new KoppelError('IDEMPOTENCY_IN_PROGRESS', { key: idempotencyKey });
        await clock.sleep(lookEveryMs);
      }
    },
  };
}
