/** What every code of the catalogue says about itself. */

/**
 * data: this record is wrong, park it alone. environment: the world is not ready, wait and try again. auth: credentials
 * refused, pause the system. bug: should not happen, a few tries and then park. usage: the caller asked something wrong.
 */
export type ErrorClass = 'data' | 'environment' | 'auth' | 'bug' | 'usage';

export interface ErrorDefinition {
  readonly class: ErrorClass;
  /** The sentence; `{name}` is replaced by the value of that name. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}
