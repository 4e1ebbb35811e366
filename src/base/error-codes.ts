/** The catalogue of error codes. docs/errors.md is written from it. Codes are never renamed or reused. */
import type { ErrorDefinition } from './errors.js';

export const errorCodes = {
  UNEXPECTED: {
    class: 'bug',
    message: 'Something happened that should not: {what}.',
    hint: 'Report it with the request or trace id; the record is kept and can be replayed.',
  },
  FAILPOINT: {
    class: 'bug',
    message: 'Failpoint {name} was reached.',
    hint: 'Unset KOPPEL_FAILPOINT; it exists for tests only.',
  },
  TRANSACTION_OVER: {
    class: 'bug',
    message: 'A statement was sent through a transaction that has ended: {statement}.',
    hint: 'Await every statement inside the transaction; nothing of it may run in parallel.',
  },
  POSITION_BEYOND_SOURCE: {
    class: 'environment',
    message: 'Stream {stream} of {system} was read up to {position}, but the system itself is only at {head}.',
    hint: 'The system was restored or another administration answers. Compare, then set the position of the stream.',
  },
  SETTINGS_INVALID: {
    class: 'usage',
    message: 'The settings of {system} are not usable: {problems}.',
    hint: 'Correct every listed setting; nothing was changed.',
  },
  SYSTEM_UNREACHABLE: {
    class: 'environment',
    message: '{system} could not be reached: {what}.',
    hint: 'The hub goes on trying; check address and network when it lasts.',
  },
  SYSTEM_TIMEOUT: {
    class: 'environment',
    message: '{system} did not answer {operation} within {ms} ms.',
    hint: 'The hub goes on trying; a write that was under way is looked up before it is repeated.',
  },
  INCOMPLETE_RESPONSE: {
    class: 'environment',
    message: 'The answer of {system} to {operation} is not complete: {what}.',
    hint: 'Nothing of it was used; the hub reads it again.',
  },
  UNEXPECTED_RESPONSE: {
    class: 'environment',
    message: '{system} answered {operation} with something else than its contract says: {what}.',
    hint: 'Check the address of the system; a proxy or login page may be answering.',
  },
  RESPONSE_TOO_LARGE: {
    class: 'environment',
    message: 'The answer of {system} to {operation} is larger than {limit} bytes.',
    hint: 'Nothing of it was used. Lower the batch size of the flow.',
  },
  RATE_LIMITED: {
    class: 'environment',
    message: '{system} asks to slow down.',
    hint: 'The hub waits as long as it was asked to.',
  },
  CREDENTIALS_REJECTED: {
    class: 'auth',
    message: '{system} refused the credentials.',
    hint: 'Enter valid credentials; the hub makes no further calls until then.',
  },
  PERMISSION_MISSING: {
    class: 'auth',
    message: 'The credentials for {system} do not allow {operation}.',
    hint: 'Ask the administrator of the system for that right.',
  },
  SYSTEM_FAULT: {
    class: 'environment',
    message: '{system} failed at {operation}: {what}.',
    hint: 'The fault is on the side of the system; the hub goes on trying.',
  },
  RECORD_REFUSED: {
    class: 'data',
    message: '{system} refused the record: {what}.',
    hint: 'Correct the named field where the record is kept, or its mapping, then replay.',
  },
  RECORD_UNREADABLE: {
    class: 'data',
    message: 'A record of {system} could not be read: {what}.',
    hint: 'Correct it in {system}; the other records of the page were taken over.',
  },
  MAPPING_FAILED: {
    class: 'data',
    message: 'The record could not be mapped: {what}.',
    hint: 'Correct the value where the record is kept, the mapping or the value list, then replay.',
  },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof errorCodes;
