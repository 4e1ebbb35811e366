/** What a person can correct, as data; in English here, resolvers/sentences.ts says it in the language of the caller. */
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { valuesIn } from '../base/sentences/say.js';
import type { UserError } from '../schema/payloads.js';

export const userError = (code: UserError['code'], message: string, field: readonly string[]): UserError => ({
  code,
  message,
  reason: null,
  params: valuesIn(message) as Document,
  field: ['input', ...field],
});

const ofCode: Readonly<Record<string, UserError['code']>> = {
  EDIT_OUTDATED: 'VERSION_CONFLICT',
  PLAN_OUTDATED: 'VERSION_CONFLICT',
  UNDO_PLAN_OUTDATED: 'VERSION_CONFLICT',
  JOB_UNKNOWN: 'NOT_FOUND',
  CUSTOMER_UNKNOWN: 'NOT_FOUND',
  MERGE_PLAN_OUTDATED: 'VERSION_CONFLICT',
  MERGE_UNKNOWN: 'INVALID_STATE',
  MERGE_WITH_ITSELF: 'INVALID',
  MERGE_KINDS_DIFFER: 'INVALID',
  ERASURE_NOT_CONFIRMED: 'INVALID',
  ERASURE_PLAN_OUTDATED: 'VERSION_CONFLICT',
  FORBIDDEN: 'NOT_ALLOWED',
  EXPORT_FILTER_INVALID: 'INVALID',
  EXPORT_COLUMN_UNKNOWN: 'INVALID',
  EXPORT_TIME_ZONE_UNKNOWN: 'INVALID',
  EXPORT_TOO_MANY: 'TOO_MANY',
  MAPPING_TEST_UNKNOWN: 'NOT_FOUND',
  MAPPING_TEST_FAILED: 'MAPPING_TEST_FAILED',
  MAPPING_UNKNOWN: 'NOT_FOUND',
  MAPPING_EXISTS: 'TAKEN',
  MAPPING_IN_USE: 'IN_USE',
  MAPPING_CHOSEN: 'IN_USE',
  MAPPING_OF_OTHER_KIND: 'INVALID',
  MAPPING_KIND_UNKNOWN: 'INVALID',
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
  SETUP_STEP_SEEN: 'INVALID',
  MARKER_INVALID: 'INVALID',
  PAUSE_OVER: 'INVALID',
  SETTINGS_INVALID: 'INVALID',
  REFERENCE_ABSENT: 'NOT_FOUND',
  REFERENCE_TAKEN: 'TAKEN',
  REFERENCE_KEPT: 'TAKEN',
  REFERENCE_UNKNOWN: 'NOT_FOUND',
  REFERENCE_UNSUITABLE: 'INVALID',
  FIELD_OWNER_INVALID: 'INVALID',
  FIELD_VALUE_INVALID: 'INVALID',
  CLAIM_UNKNOWN: 'NOT_FOUND',
  FIELD_CONFLICT_UNKNOWN: 'NOT_FOUND',
  MAPPING_INVALID: 'INVALID',
  ACCOUNT_FIELD_INVALID: 'INVALID',
  PASSWORD_TOO_SHORT: 'INVALID',
  PASSWORD_TOO_LONG: 'TOO_LONG',
  PASSWORD_COMMON: 'INVALID',
  PASSWORD_IS_EMAIL: 'INVALID',
  PASSWORD_WRONG: 'INVALID',
  SIGN_IN_THROTTLED: 'TOO_MANY',
  SIGN_IN_BUSY: 'TOO_MANY',
  EMAIL_TAKEN: 'TAKEN',
  VIEW_NAME_TAKEN: 'TAKEN',
  USER_UNKNOWN: 'NOT_FOUND',
  USER_CHANGED: 'VERSION_CONFLICT',
  LAST_ADMINISTRATOR: 'NOT_ALLOWED',
  VALUE_LIST_INVALID: 'INVALID',
  ALERT_UNKNOWN: 'NOT_FOUND',
  ALERT_RULE_UNKNOWN: 'NOT_FOUND',
  ALERT_RULE_INVALID: 'INVALID',
  ALERT_CHANNEL_UNKNOWN: 'NOT_FOUND',
  ALERT_CHANNEL_INVALID: 'INVALID',
};

/** The engine's refusals become data; trouble and bugs go on. */
export function refusal(thrown: unknown, field: readonly string[]): UserError {
  if (!(thrown instanceof KoppelError) || thrown.class === 'bug') throw thrown;
  const ofClass = thrown.class === 'environment' || thrown.class === 'auth' ? 'SYSTEM_UNREACHABLE' : 'INVALID_STATE';
  const code = ofCode[thrown.code] ?? ofClass;
  return {
    ...userError(code, `${thrown.message} ${thrown.hint}`, field),
    reason: thrown.code,
    params: thrown.values as Document,
  };
}
