/** What a person can correct, as data. */
import { KoppelError } from '../base/errors.js';
import type { UserError } from '../schema/payloads.js';

export const userError = (code: UserError['code'], message: string, field: readonly string[]): UserError => ({
  code,
  message,
  field: ['input', ...field],
});

const ofCode: Readonly<Record<string, UserError['code']>> = {
  EDIT_OUTDATED: 'VERSION_CONFLICT',
  PLAN_OUTDATED: 'VERSION_CONFLICT',
  JOB_UNKNOWN: 'NOT_FOUND',
  MAPPING_TEST_UNKNOWN: 'NOT_FOUND',
  MAPPING_TEST_FAILED: 'MAPPING_TEST_FAILED',
  MAPPING_UNKNOWN: 'NOT_FOUND',
  VALUE_LIST_UNKNOWN: 'NOT_FOUND',
  VERSION_UNKNOWN: 'NOT_FOUND',
  CONFIGURATION_PLAN_OUTDATED: 'VERSION_CONFLICT',
  CONFIGURATION_PLAN_MISSING: 'BLANK',
  CONFIGURATION_FILE_REFUSED: 'INVALID',
  CONNECTOR_UNKNOWN: 'NOT_FOUND',
  SYSTEM_UNKNOWN: 'NOT_FOUND',
  SYSTEM_EXISTS: 'TAKEN',
  SYSTEM_CHANGED: 'VERSION_CONFLICT',
  SYSTEM_IN_USE: 'IN_USE',
  MARKER_INVALID: 'INVALID',
  SETTINGS_INVALID: 'INVALID',
  FIELD_OWNER_INVALID: 'INVALID',
  FIELD_VALUE_INVALID: 'INVALID',
  CLAIM_UNKNOWN: 'NOT_FOUND',
  FIELD_CONFLICT_UNKNOWN: 'NOT_FOUND',
  MAPPING_INVALID: 'INVALID',
  VALUE_LIST_INVALID: 'INVALID',
};

/** The engine's refusals become data; trouble and bugs go on. */
export function refusal(thrown: unknown, field: readonly string[]): UserError {
  if (!(thrown instanceof KoppelError) || thrown.class === 'bug') throw thrown;
  const ofClass = thrown.class === 'environment' || thrown.class === 'auth' ? 'SYSTEM_UNREACHABLE' : 'INVALID_STATE';
  const code = ofCode[thrown.code] ?? ofClass;
  return userError(code, `${thrown.message} ${thrown.hint}`, field);
}
