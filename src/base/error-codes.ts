/** The catalogue of error codes. docs/errors.md is written from it. Codes are never renamed or reused. */
import { alertErrorCodes } from './alert-error-codes.js';
import { apiErrorCodes } from './api-error-codes.js';
import { configurationErrorCodes } from './configuration-error-codes.js';
import type { ErrorDefinition } from './error-definition.js';
import { logErrorCodes } from './log-error-codes.js';
import { mappingErrorCodes } from './mapping-error-codes.js';
import { peopleErrorCodes } from './people-error-codes.js';
import { platformErrorCodes } from './platform-error-codes.js';
import { recordErrorCodes } from './record-error-codes.js';
import { salesErrorCodes } from './sales-error-codes.js';

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
    hint: 'The hub waits as long as it was asked to, a quarter of an hour at most.',
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
    hint: 'Read what the system says; correct the record where it is kept, or its mapping, then replay.',
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
  UNAUTHENTICATED: {
    class: 'usage',
    message: 'This needs a valid API key or session: {what}.',
    hint: 'Sign in, or send the header "Authorization: Bearer kpl_…"; over WebSocket the same in connection_init.',
  },
  FORBIDDEN: {
    class: 'usage',
    message: 'Your role or API key does not allow {what}; it needs {needed}.',
    hint: 'Ask an administrator for another role, or for a key with that scope.',
  },
  THROTTLED: {
    class: 'usage',
    message: 'The API key has used up its budget of {limit} points; {remaining} are left and this costs {cost}.',
    hint: 'Wait; {restoreRate} points come back every second.',
  },
  BAD_JSON: {
    class: 'usage',
    message: 'The body is not one JSON object: {what}.',
    hint: 'Send {"query": "…", "variables": {…}} in UTF-8 with Content-Type: application/json.',
  },
  BODY_TOO_LARGE: {
    class: 'usage',
    message: 'The body is larger than {limit} bytes.',
    hint: 'Send less at once; use variables and pages.',
  },
  CONTENT_TYPE_UNSUPPORTED: {
    class: 'usage',
    message: 'The content type {found} is not accepted.',
    hint: 'Send Content-Type: application/json, in UTF-8.',
  },
  METHOD_NOT_ALLOWED: {
    class: 'usage',
    message: '{what} is not possible with {method}.',
    hint: 'Use POST; GET is for queries only.',
  },
  CSRF_PREVENTED: {
    class: 'usage',
    message: 'The request could have been sent by any web page, so it was not executed.',
    hint: 'Send Content-Type: application/json, or the header Apollo-Require-Preflight with any value.',
  },
  BATCHING_DISABLED: {
    class: 'usage',
    message: 'Several operations in one request are not accepted.',
    hint: 'Send one JSON object with one operation.',
  },
  PATH_UNKNOWN: {
    class: 'usage',
    message: 'There is nothing at {path}.',
    hint: 'The API is at /graphql; GET / lists what is here.',
  },
  GRAPHQL_INVALID: {
    class: 'usage',
    message: '{what}',
    hint: 'Compare the operation with docs/schema.graphql.',
  },
  QUERY_TOO_COMPLEX: {
    class: 'usage',
    message: 'The operation has {found} {what}; the limit is {limit}.',
    hint: 'Split it into several operations.',
  },
  QUERY_TOO_EXPENSIVE: {
    class: 'usage',
    message: 'The operation costs {cost} points; the limit is {limit}.',
    hint: 'Ask for smaller pages or fewer nested lists.',
  },
  BAD_INPUT: {
    class: 'usage',
    message: 'The input at {where} is not usable: {what}.',
    hint: 'Correct the named value.',
  },
  BAD_PAGE: {
    class: 'usage',
    message: 'The page was asked for with {found}; {accepted}.',
    hint: 'Give first (with after) or last (with before), from 1 to {limit}.',
  },
  BAD_CURSOR: {
    class: 'usage',
    message: 'The cursor does not belong to this list: {what}.',
    hint: 'Use a cursor that this list returned, with the same sort order.',
  },
  CURSOR_EXPIRED: {
    class: 'usage',
    message: 'What happened after this cursor is not kept any more.',
    hint: 'Read the present state again with queries, then subscribe without since.',
  },
  SUBSCRIPTION_LAGGED: {
    class: 'usage',
    message: 'The client reads more slowly than events come; more than {limit} were waiting.',
    hint: 'Subscribe again, with since: the last cursor where there is one, and nothing is lost; where there is none, list again after that.',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    class: 'usage',
    message: 'The socket has {limit} operations open already.',
    hint: 'Complete one of them first, or open another socket.',
  },
  OPERATION_TIMEOUT: {
    class: 'usage',
    message: 'The operation took longer than {ms} ms and was stopped.',
    hint: 'Ask for less at once.',
  },
  SECRET_UNREADABLE: {
    class: 'usage',
    message: 'The stored secret of {where} cannot be read: {what}.',
    hint: 'Start the hub with the secret key that it was stored with; nothing was overwritten.',
  },
  MASTER_KEY_INVALID: {
    class: 'usage',
    message: 'The secret key is not usable: {what}.',
    hint: 'Give 32 bytes as 64 hexadecimal characters or in base64.',
  },
  API_KEY_MALFORMED: {
    class: 'usage',
    message: 'The given API key does not have the form of a key, or could be guessed.',
    hint: 'Write kpl_, 4 to 16 letters or digits, an underscore and 32 to 64 random letters, digits, - or _; or leave it out, then a strong key is made and printed once.',
  },
  LOG_PARTITIONS_CHANGED: {
    class: 'usage',
    message: 'Topic {topic} was made with {stored} partitions, but {wanted} are configured.',
    hint: 'Set the number back: with another one, changes of a record would no longer keep their order.',
  },
  POSITION_LOST: {
    class: 'environment',
    message: 'Another process has taken over {consumer} on {topic}/{partition}; this batch was abandoned.',
    hint: 'Nothing to do: the other process carries on from the same position.',
  },
  WRITE_RACED: {
    class: 'environment',
    message: 'Another transaction changed the same records first: {what}.',
    hint: 'Nothing to do: the batch is decided again from what the records hold now.',
  },
  ACCOUNT_CHANGED: {
    class: 'environment',
    message: '{system} answers as another administration than before: {account}.',
    hint: 'Check the address and the credentials. Accept the new administration only when it is meant to be another one.',
  },
  MAPPING_MISSING: {
    class: 'environment',
    message: 'There is no published mapping for {record} of {system}.',
    hint: 'Publish an inbound mapping for that kind of record; its changes wait until then.',
  },
  UNMAPPED_VALUE: {
    class: 'data',
    message: 'The record could not be mapped: {what}.',
    hint: 'Add the value to the value list, then replay.',
  },
  RECORD_INCOMPLETE: {
    class: 'data',
    message: 'The record cannot be taken over: {what}.',
    hint: 'Fill the field where the record is kept, or give its rule a default, then replay.',
  },
  RECORD_UNSTORABLE: {
    class: 'data',
    message: 'The record cannot be stored: {what}.',
    hint: 'A value does not fit its field. Correct it where the record is kept, then replay.',
  },
  AMBIGUOUS_MATCH: {
    class: 'data',
    message: 'More than one record of the hub has the key {key}.',
    hint: 'Link the record by hand to the one that is meant, then replay.',
  },
  CAPABILITY_MISSING: {
    class: 'usage',
    message: 'The connector of {system} does not support {what}.',
    hint: 'Choose another target for the flow, or an entity that the connector can write.',
  },
  WRITE_CONTESTED: {
    class: 'data',
    message: 'The record was changed in {system} {times} times while it was being written.',
    hint: 'Find out what else changes it, then replay.',
  },
  DRIFT_CONTESTED: {
    class: 'data',
    message: 'Somebody changes {fields} of this record in {system} again and again, although the hub owns them.',
    hint: 'Change them where they belong, or let the mapping leave them alone on updates; then replay.',
  },
  DUPLICATE_IN_TARGET: {
    class: 'data',
    message: '{system} has one record ({externalId}) for two records of the hub.',
    hint: 'Give one of the two another natural key (SKU, code), or remove it, then replay.',
  },
  CONFIGURATION_INVALID: {
    class: 'usage',
    message: 'The configuration cannot be used: {problems}.',
    hint: 'The hub goes on with the one before. Correct what is named.',
  },
  ...apiErrorCodes,
  ...alertErrorCodes,
  ...peopleErrorCodes,
  ...configurationErrorCodes,
  ...logErrorCodes,
  ...mappingErrorCodes,
  ...platformErrorCodes,
  ...recordErrorCodes,
  ...salesErrorCodes,
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof errorCodes;
