/** Reason codes of rows that rest, or are held, because the database was restored. */

/** `absent`: the target was asked for the record and lacks it; it is made once its flow was compared. */
export const restCodes = { check: 'RESTORE_CHECK', absent: 'RESTORE_ABSENT' } as const;
