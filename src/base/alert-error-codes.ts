/** The part of the catalogue of error codes that is about alerts: rules, channels, messages. */
import type { ErrorDefinition } from './error-definition.js';

export const alertErrorCodes = {
  ALERT_UNKNOWN: {
    class: 'usage',
    message: 'There is no alert {id}.',
    hint: 'Read the list again; alerts that are over are kept for 400 days.',
  },
  ALERT_OVER: {
    class: 'usage',
    message: 'Alert {id} is over already.',
    hint: 'Nothing is left to do; read the list again.',
  },
  ALERT_RULE_UNKNOWN: {
    class: 'usage',
    message: 'There is no alert rule {id}.',
    hint: 'Read the list again; somebody may have deleted it.',
  },
  ALERT_RULE_INVALID: {
    class: 'usage',
    message: '{field} of the alert rule is not usable: {what}.',
    hint: 'Correct it and send it again; nothing was changed.',
  },
  ALERT_CHANNEL_UNKNOWN: {
    class: 'usage',
    message: 'There is no channel {id}.',
    hint: 'Read the list again; somebody may have deleted it.',
  },
  ALERT_CHANNEL_INVALID: {
    class: 'usage',
    message: '{field} of the channel is not usable: {what}.',
    hint: 'Correct it and send it again; nothing was changed.',
  },
  ALERT_NOT_DELIVERED: {
    class: 'environment',
    message: 'The message did not go through: {what}.',
    hint: 'Check the channel and what it leads to, then test it again.',
  },
} as const satisfies Record<string, ErrorDefinition>;
