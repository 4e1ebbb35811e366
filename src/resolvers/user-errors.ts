/** What a person can correct, as data. */
import { KoppelError } from '../base/errors.js';
import type { UserError } from '../schema/payloads.js';

export const userError = (code: UserError['code'], message: string, field: readonly string[]): UserError => ({
  code,
  message,
  field: ['input', ...field],
});

/** The engine's refusals become data; trouble and bugs go on. */
export function refusal(thrown: unknown, field: readonly string[]): UserError {
  if (!(thrown instanceof KoppelError) || thrown.class === 'bug') throw thrown;
  const code = thrown.class === 'environment' || thrown.class === 'auth' ? 'SYSTEM_UNREACHABLE' : 'INVALID_STATE';
  return userError(code, `${thrown.message} ${thrown.hint}`, field);
}
