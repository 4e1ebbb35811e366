/**
 * The one error class of the hub, in English; sentences/say.ts says it in other languages. Its code is stable and stands in
 * docs/errors.md; what to do about it and whether trying
 * again can help follow from the code (error-codes.ts), never from the text.
 */
import type { Json } from './document.js';
import { errorCodes, type ErrorCode } from './error-codes.js';
import type { ErrorClass, ErrorDefinition } from './error-definition.js';
import { filled, type Values } from './sentences/template.js';

export type { ErrorClass, ErrorDefinition } from './error-definition.js';

export type ErrorValues = Values;

export interface ErrorOptions {
  readonly cause?: unknown;
  /** The other system's own words. */
  readonly original?: string;
  /** Dotted path of the field that is wrong, in the record that is made or written. */
  readonly path?: string;
  /** Where its value stands in the record that it comes from. */
  readonly sourcePath?: string;
  /** The value itself, when it is known. */
  readonly value?: Json;
  /** Key of the value list that lacks an entry. */
  readonly list?: string;
  /** How long the other side asked us to wait. */
  readonly retryAfterMs?: number;
}

export class KoppelError extends Error {
  readonly class: ErrorClass;
  readonly hint: string;
  readonly original: string | undefined;
  readonly path: string | undefined;
  readonly sourcePath: string | undefined;
  readonly value: Json | undefined;
  readonly list: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: ErrorCode,
    readonly values: ErrorValues = {},
    options: ErrorOptions = {},
  ) {
    const definition: ErrorDefinition = errorCodes[code];
    super(filled('en', definition.message, values), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'KoppelError';
    this.class = definition.class;
    this.hint = filled('en', definition.hint, values);
    this.original = options.original;
    this.path = options.path;
    this.sourcePath = options.sourcePath;
    this.value = options.value;
    this.list = options.list;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Anything that was thrown as a KoppelError; what is not ours is a bug, with the original as its cause. */
export function asKoppelError(thrown: unknown): KoppelError {
  if (thrown instanceof KoppelError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new KoppelError('UNEXPECTED', { what: text }, { cause: thrown });
}

/** For the end of a switch over a union: does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new KoppelError('UNEXPECTED', { what: `a value that no case handles: ${JSON.stringify(value)}` });
}
