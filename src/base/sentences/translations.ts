/** What a language has to say for every code of the catalogue: message and hint, with the values of the English ones. */
import type { ErrorCode } from '../error-codes.js';

export type Translations = Readonly<Record<ErrorCode, readonly [message: string, hint: string]>>;

/** English phrases in Dutch and French, each with the values of the English one. */
export type Phrases = Readonly<Record<string, readonly [nl: string, fr: string]>>;
