/** Answers to mutations with an idempotency key as resolvers see them; http/first-answers.ts keeps them. */

export type AnswerClaim =
  | { readonly state: 'otherInput' }
  | { readonly state: 'answered'; readonly answer: string }
  | { readonly state: 'mine'; keep(answer: string): Promise<void>; release(): Promise<void> };

/** Answers as they were given first; waits for the one that is under way, and throws IDEMPOTENCY_IN_PROGRESS in the end. */
export interface FirstAnswers {
  claim(idempotencyKey: string, input: string): Promise<AnswerClaim>;
}
