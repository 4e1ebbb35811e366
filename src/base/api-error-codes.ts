/** The part of the catalogue of error codes that is about who may ask the API how often, and with which documents. */
import type { ErrorDefinition } from './error-definition.js';

export const apiErrorCodes = {
  IDEMPOTENCY_IN_PROGRESS: {
    class: 'usage',
    message: 'The first request with the idempotency key {key} is still being carried out.',
    hint: 'Send the same request again in a moment; it then gives the first answer.',
  },
  PERSISTED_DOCUMENT_REQUIRED: {
    class: 'usage',
    message: 'The API key accepts only trusted documents, and the request has the text of an operation.',
    hint: 'Send documentId instead of query, or use a key that is not limited to trusted documents.',
  },
  PERSISTED_DOCUMENT_NOT_FOUND: {
    class: 'usage',
    message: 'There is no trusted document {id}.',
    hint: 'Add it to the manifest that KOPPEL_TRUSTED_DOCUMENTS names, or send the text of the operation.',
  },
  TRUSTED_DOCUMENTS_INVALID: {
    class: 'usage',
    message: 'The manifest of trusted documents {file} is not usable: {what}.',
    hint: 'It is a JSON object from "sha256:<64 hexadecimal digits>" to the text of the operation with that hash.',
  },
  COMPARISON_UNKNOWN: {
    class: 'usage',
    message: 'There is no comparison {comparison}.',
    hint: 'Ask reconciliations for those that there are; findings are kept for 30 days.',
  },
  NOTHING_TO_REPAIR: {
    class: 'usage',
    message: 'None of these findings can be put right by the hub.',
    hint: 'It can put right what is DIFFERENT, MISSED or MISSING_IN_TARGET; about the others people decide in the systems.',
  },
  EXPORT_FILTER_INVALID: {
    class: 'usage',
    message: 'The list cannot be asked so: {path}.',
    hint: 'Send filter, search and sort exactly as the list itself takes them.',
  },
  EXPORT_COLUMN_UNKNOWN: {
    class: 'usage',
    message: 'The list has no column {column} that you may see.',
    hint: 'Ask exportColumns for those that there are.',
  },
  EXPORT_TIME_ZONE_UNKNOWN: {
    class: 'usage',
    message: 'There is no time zone {zone}.',
    hint: 'Send its IANA name, such as Europe/Amsterdam.',
  },
  EXPORT_TOO_MANY: {
    class: 'usage',
    message: 'You have {limit} exports under way already.',
    hint: 'Wait until one of them is done, or stop one.',
  },
  EXPORT_STORE_FULL: {
    class: 'usage',
    message: 'The files of earlier exports take {limit} MB already, which is the most.',
    hint: 'They go 24 hours after they were made; begin again later.',
  },
  EXPORT_TOO_LARGE: {
    class: 'usage',
    message: 'The file would be larger than {limit} MB.',
    hint: 'Narrow the filter or choose fewer columns, and begin again.',
  },
  EXPORT_GONE: {
    class: 'usage',
    message: 'There is no such file for you.',
    hint: 'Files are kept for 24 hours, and those that may name people go earlier when a customer is erased. Export the list again.',
  },
  KEYS_THROTTLED: {
    class: 'usage',
    message: 'Too many wrong API keys came from your address.',
    hint: 'Wait; one more try is possible every {seconds} seconds. Keys that have worked lately go on working.',
  },
  ADDRESS_THROTTLED: {
    class: 'usage',
    message: 'Your address has used up its budget of {limit} points; {remaining} are left and this costs {cost}.',
    hint: 'Wait; {restoreRate} points come back every second.',
  },
} as const satisfies Record<string, ErrorDefinition>;
