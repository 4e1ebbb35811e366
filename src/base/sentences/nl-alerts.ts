/** The sentences of base/alert-error-codes.ts in Dutch. */
import type { alertErrorCodes } from '../alert-error-codes.js';

export const nlAlerts = {
  ALERT_UNKNOWN: [
    'Er is geen melding {id}.',
    'Lees de lijst opnieuw; meldingen die voorbij zijn, worden 400 dagen bewaard.',
  ],
  ALERT_OVER: ['Melding {id} is al voorbij.', 'Er is niets meer te doen; lees de lijst opnieuw.'],
  ALERT_RULE_UNKNOWN: ['Er is geen meldingsregel {id}.', 'Lees de lijst opnieuw; misschien is er iets verwijderd.'],
  ALERT_RULE_INVALID: [
    '{field} van de meldingsregel is niet bruikbaar: {what}.',
    'Verbeter het en verstuur het opnieuw; er is niets gewijzigd.',
  ],
  ALERT_CHANNEL_UNKNOWN: ['Er is geen kanaal {id}.', 'Lees de lijst opnieuw; misschien is er iets verwijderd.'],
  ALERT_CHANNEL_INVALID: [
    '{field} van het kanaal is niet bruikbaar: {what}.',
    'Verbeter het en verstuur het opnieuw; er is niets gewijzigd.',
  ],
  ALERT_NOT_DELIVERED: [
    'Het bericht kwam niet aan: {what}.',
    'Controleer het kanaal en waar het heen leidt, en test het opnieuw.',
  ],
} as const satisfies Record<keyof typeof alertErrorCodes, readonly [string, string]>;
