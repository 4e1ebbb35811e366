/**
 * Calls with an idempotency key: the first call with a key is executed, every later one gets the same answer, whatever
 * else it says. Answers are kept for ever, refusals too.
 */
import type { Document } from '../../src/base/document.js';
import { ClientFault, type Behaviour } from './behaviour.js';
import { objectIn, textIn } from './records.js';

export function answeredOnce(behaviour: Behaviour): Behaviour {
  return (shop, body, call) => {
    const key = textIn(objectIn(body, 'request'), 'idempotencyKey') ?? '';
    if (key === '') throw new ClientFault('idempotencyKey is missing.');
    const place = `${call.operation}:${key}`;
    const known = shop.answers.get(place);
    if (known !== undefined) {
      return { ...(known.answer as Document), idempotencyResult: 'IDEMPOTENCY-RESULT-REPLAY-RESPONSE' };
    }
    const answer = behaviour(shop, body, call);
    shop.answers.put(place, { answer });
    return { ...answer, idempotencyResult: 'IDEMPOTENCY-RESULT-ORIGINAL-RESPONSE' };
  };
}
