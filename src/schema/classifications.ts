/** Our error codes and classes in the words of the graph. In: code and class as they were stored. Out: a classification. */
import type { ErrorCode } from '../base/error-codes.js';
import type { ErrorClass } from '../base/errors.js';
import type { ValueOf } from './enumeration.js';
import type { ErrorClassification } from './sync-event.js';

type Classification = ValueOf<typeof ErrorClassification>;

export const classificationOfCode: Readonly<Partial<Record<ErrorCode, Classification>>> = {
  SYSTEM_TIMEOUT: 'TIMEOUT',
  RATE_LIMITED: 'RATE_LIMIT',
  CREDENTIALS_REJECTED: 'CREDENTIALS',
  PERMISSION_MISSING: 'PERMISSION',
  INCOMPLETE_RESPONSE: 'PARSE',
  UNEXPECTED_RESPONSE: 'PARSE',
  RECORD_UNREADABLE: 'PARSE',
  RESPONSE_TOO_LARGE: 'TOO_LARGE',
  UNMAPPED_VALUE: 'UNMAPPED',
  RECORD_INCOMPLETE: 'MISSING',
  AMBIGUOUS_MATCH: 'DUPLICATE',
  DUPLICATE_IN_TARGET: 'DUPLICATE',
  DUPLICATE_IN_SYSTEM: 'DUPLICATE',
  TOTALS_DIFFER: 'CONFLICT',
  CURRENCY_DIFFERS: 'CONFLICT',
  SENT_WITHOUT_LINE: 'CONFLICT',
  PAYMENT_BOOKED_OTHERWISE: 'CONFLICT',
  WRITE_CONTESTED: 'CONFLICT',
  DRIFT_CONTESTED: 'CONFLICT',
  MAPPING_MISSING: 'MISSING',
};

const classificationOfClass: Readonly<Record<ErrorClass, Classification>> = {
  data: 'VALUE',
  environment: 'UNREACHABLE',
  auth: 'CREDENTIALS',
  bug: 'INTERNAL',
  usage: 'VALUE',
};

/** Trying again without a change can help against trouble of the world, never against a wrong record. */
export const retryableClassifications: readonly Classification[] = ['RATE_LIMIT', 'TIMEOUT', 'UNREACHABLE', 'INTERNAL'];

export function classificationOf(code: string, errorClass?: string): Classification {
  return (
    classificationOfCode[code as ErrorCode] ?? classificationOfClass[(errorClass ?? 'data') as ErrorClass] ?? 'INTERNAL'
  );
}

/** The same as a column: `case code when … else case class when … end end`. Only our own words become text. */
export function classificationSql(code: string, errorClass: string): string {
  const whens = (table: object): string =>
    Object.entries(table)
      .map(([name, shown]) => `when '${name}' then '${String(shown)}'`)
      .join(' ');
  const byClass = `case ${errorClass} ${whens(classificationOfClass)} else 'INTERNAL' end`;
  return `case ${code} ${whens(classificationOfCode)} else ${byClass} end`;
}
