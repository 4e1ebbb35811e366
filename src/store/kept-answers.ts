/** First answers to mutations that carry an idempotency key (table `kept_answer`). Moments are the database's. */
import type { Query } from './database.js';

export interface RepeatableRequest {
  /** Id of the API key; idempotency keys of different callers have nothing to do with each other. */
  readonly keyId: string;
  readonly idempotencyKey: string;
  readonly inputHash: string;
  /** Names this attempt. */
  readonly claim: string;
}

export type KeptAnswer =
  { readonly state: 'claimed' | 'inProgress' | 'otherInput' } | { readonly state: 'answered'; readonly answer: string };

/** Takes the right to carry the request out, or says what there is already. `claimMs`: how long nobody else takes it over. */
export async function claimAnswer(query: Query, request: RepeatableRequest, claimMs: number): Promise<KeptAnswer> {
  for (;;) {
    const claimed = await query.query(
      `insert into kept_answer as k (key_id, idempotency_key, input_hash, claim, claimed_until)
       values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')
       on conflict (key_id, idempotency_key) do update set input_hash = excluded.input_hash, claim = excluded.claim,
         claimed_until = excluded.claimed_until, answer = null, created_at = clock_timestamp()
       where k.created_at < clock_timestamp() - interval '24 hours'
         or (k.answer is null and k.claimed_until < clock_timestamp() and k.input_hash = excluded.input_hash)
       returning 1 as claimed`,
      [request.keyId, request.idempotencyKey, request.inputHash, request.claim, claimMs],
    );
    if (claimed.length > 0) return { state: 'claimed' };
    const [row] = await query.query<{ inputHash: string; answer: string | null }>(
      `select input_hash as "inputHash", answer from kept_answer where key_id = $1 and idempotency_key = $2`,
      [request.keyId, request.idempotencyKey],
    );
    // Given up in between: it is free.
    if (row === undefined) continue;
    if (row.inputHash !== request.inputHash) return { state: 'otherInput' };
    return row.answer === null ? { state: 'inProgress' } : { state: 'answered', answer: row.answer };
  }
}

/** Keeps the answer of the one that holds the claim. */
export async function keepAnswer(query: Query, request: RepeatableRequest, answer: string): Promise<void> {
  await query.query(
    `update kept_answer set answer = $4 where key_id = $1 and idempotency_key = $2 and claim = $3 and answer is null`,
    [request.keyId, request.idempotencyKey, request.claim, answer],
  );
}

/** Gives the claim up, because nothing was done. */
export async function releaseAnswer(query: Query, request: RepeatableRequest): Promise<void> {
  await query.query(
    `delete from kept_answer where key_id = $1 and idempotency_key = $2 and claim = $3 and answer is null`,
    [request.keyId, request.idempotencyKey, request.claim],
  );
}

/** Forgets what is older than 24 hours. */
export async function forgetAnswers(query: Query): Promise<void> {
  await query.query(`delete from kept_answer where created_at < clock_timestamp() - interval '24 hours'`);
}
