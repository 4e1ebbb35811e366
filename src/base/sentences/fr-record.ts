/** The sentences of base/record-error-codes.ts in French. */
import type { Translations } from './translations.js';

export const frRecord = {
  REFERENCE_ABSENT: [
    '{system} n’a pas de {entity} {externalId}.',
    'Donnez l’identifiant que le système utilise lui-même, et non un numéro ou un code sous lequel on connaît l’enregistrement.',
  ],
  REFERENCE_TAKEN: [
    '{externalId} de {system} est déjà un autre enregistrement du hub : {what}.',
    'Déliez d’abord celui-là s’il est faux, ou cherchez lequel des deux enregistrements du hub est visé.',
  ],
  REFERENCE_KEPT: [
    'L’enregistrement est {known} dans {system} ; il ne peut donc pas être aussi {externalId}.',
    'Déliez d’abord {known} si c’est faux.',
  ],
  REFERENCE_UNKNOWN: [
    'Aucun enregistrement du hub n’est lié à {externalId} de {system}.',
    'Relisez l’enregistrement ; quelqu’un l’a peut-être délié.',
  ],
  REFERENCE_UNSUITABLE: [
    '{system} n’a pas d’enregistrements du type {entity} que l’on puisse lier.',
    'Liez un enregistrement d’un type que son connecteur lit ou écrit.',
  ],
  UNDO_PLAN_OUTDATED: [
    'L’annulation ne ferait plus ce qui a été montré : quelque chose a changé depuis.',
    'Rien n’a été rétabli. Regardez le nouveau plan, puis annulez.',
  ],
  UNDO_NOTHING: ['Rien de cela ne peut être rétabli.', 'Le plan dit pourquoi pour chaque champ.'],
  RECORD_BEING_WRITTEN: [
    'Le hub écrit ceci en ce moment dans {system}, ou ne sait pas encore si une écriture est arrivée.',
    'Réessayez quand ce sera fini ; l’état de l’enregistrement le dit.',
  ],
  FLOW_BEING_WRITTEN: [
    'Des écritures de {count} {count|enregistrement|enregistrements|d’enregistrements} du flux {flow} sont encore en cours.',
    'Réessayez quand leur issue sera connue.',
  ],
  HOLD_OVER: [
    'Le passage ne retient plus rien.',
    'Regardez de nouveau le passage ; quelqu’un l’a libéré ou abandonné, ou la source a retiré le changement.',
  ],
} as const satisfies Partial<Translations>;
