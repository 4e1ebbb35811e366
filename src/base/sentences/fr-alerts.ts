/** The sentences of base/alert-error-codes.ts in French. */
import type { alertErrorCodes } from '../alert-error-codes.js';

export const frAlerts = {
  ALERT_UNKNOWN: ['Il n’y a pas d’alerte {id}.', 'Relisez la liste ; les alertes terminées sont conservées 400 jours.'],
  ALERT_OVER: ['L’alerte {id} est déjà terminée.', 'Il n’y a plus rien à faire ; relisez la liste.'],
  ALERT_RULE_UNKNOWN: [
    'Il n’y a pas de règle d’alerte {id}.',
    'Relisez la liste ; une suppression a peut-être eu lieu.',
  ],
  ALERT_RULE_INVALID: [
    '{field} de la règle d’alerte n’est pas utilisable : {what}.',
    'Corrigez et renvoyez ; rien n’a été modifié.',
  ],
  ALERT_CHANNEL_UNKNOWN: ['Il n’y a pas de canal {id}.', 'Relisez la liste ; une suppression a peut-être eu lieu.'],
  ALERT_CHANNEL_INVALID: [
    '{field} du canal n’est pas utilisable : {what}.',
    'Corrigez et renvoyez ; rien n’a été modifié.',
  ],
  ALERT_NOT_DELIVERED: [
    'Le message n’est pas arrivé : {what}.',
    'Vérifiez le canal et ce à quoi il mène, puis testez-le à nouveau.',
  ],
} as const satisfies Record<keyof typeof alertErrorCodes, readonly [string, string]>;
