/** The field of inputs whose mutation may be sent again: a client that never saw the answer gets the first one. */

/** Options of the field `idempotencyKey`. Mutations whose input has it are answered once (resolvers/answer-once.ts). */
export const repeatable = {
  nullable: true,
  description:
    'Names this request: sent again within 24 hours it gives the first answer and does nothing more. With another input it is refused.',
} as const;
