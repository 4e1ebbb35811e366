/** The sentences of base/record-error-codes.ts in French. */
import type { Translations } from './translations.js';

export const frRecord = {
  RECORD_WENT_BACK: [
    '{system} montre cet enregistrement dans une version plus ancienne que celle que le hub y a déjà reprise ou écrite : il a été restauré, ou une horloge a été reculée.',
    'Vérifiez-y si c’est voulu. Une réparation reprend ce qui est montré maintenant là d’où viennent les enregistrements, et réécrit l’enregistrement là où le hub écrit.',
  ],
  WRITE_UNCONFIRMED: [
    '{system} n’a jamais dit ce qu’il est advenu de cet enregistrement lors de son écriture, et {times} fois il a été trouvé inchangé.',
    'Cherchez dans {system} ce qu’il ne peut pas exécuter avec cet enregistrement, corrigez-le là ou d’où il provient, puis renvoyez-le.',
  ],
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
  MOMENT_NOT_KEPT: ['Ce que {id} contenait avant {since} n’est plus conservé.', 'Demandez un moment plus récent.'],
  MOMENT_TOO_FAR: [
    'Depuis ce moment, {id} a changé plus de {count} fois.',
    'Demandez un moment plus récent ; l’historique de l’enregistrement montre chaque modification.',
  ],
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
  CUSTOMER_UNKNOWN: ['Il n’y a pas de client {id}.', 'La requête customers les donne tous.'],
  ERASURE_NOT_CONFIRMED: [
    'Ce qui a été saisi pour confirmer n’est pas {wanted}.',
    'Saisissez le numéro du client, ou son nom, exactement comme il est affiché ; rien n’a été modifié.',
  ],
  ERASURE_PLAN_OUTDATED: [
    'Le client, ses commandes ou ce que les systèmes en contiennent ont changé depuis que le plan a été établi.',
    'Regardez le nouveau plan et confirmez-le ; rien n’a été modifié.',
  ],
  ERASURE_WRITE_UNDER_WAY: [
    'Des écritures d’enregistrements de ce client vers {systems} sont encore en cours ; rien n’a donc été supprimé.',
    'Relancez l’effacement quand elles seront terminées. D’ici là, le hub ne reprend rien de nouveau sur ce client.',
  ],
  ERASURE_MERGED: [
    'Un autre client remplace celui-ci : les deux sont une seule personne.',
    'Effacez cet autre client : ce qui a été fusionné avec lui part avec lui. Si ce sont deux personnes, séparez-les d’abord.',
  ],
  MERGE_WITH_ITSELF: ['Un client n’est pas fusionné avec lui-même.', 'Choisissez un autre client à côté de celui-ci.'],
  MERGE_ERASED: [
    'L’un des clients a été effacé ou est en cours d’effacement : plus rien n’y est fusionné ni séparé.',
    'Choisissez des clients qui n’ont pas été effacés.',
  ],
  MERGE_INTO_MERGED: [
    'Le client qui devait rester a lui-même été fusionné avec un autre.',
    'Gardez cet autre client, ou séparez d’abord les deux.',
  ],
  MERGE_ALREADY: [
    'Le client a déjà été fusionné avec un autre.',
    'Séparez d’abord les deux, ou fusionnez avec celui qui le remplace.',
  ],
  MERGE_STANDS_FOR_OTHERS: [
    'D’autres clients ont été fusionnés avec celui-ci.',
    'Gardez ce client, ou séparez d’abord les autres.',
  ],
  MERGE_GONE: [
    'Le client qui devait rester a disparu de tous les systèmes.',
    'Gardez un client qu’un système a encore.',
  ],
  MERGE_KINDS_DIFFER: [
    'Une entreprise et un particulier ne sont pas un seul client.',
    'Si le genre de l’un est faux, modifiez-le dans le système d’où il vient.',
  ],
  MERGE_DEFAULT_CUSTOMER: [
    'L’un des clients est le débiteur par défaut d’un flux : les commandes de personne en particulier deviendraient celles de quelqu’un.',
    'Fusionnez avec un autre client, ou nommez un autre débiteur par défaut dans les paramètres du flux.',
  ],
  MERGE_PLAN_OUTDATED: [
    'La fusion ne ferait pas ce qui a été montré : les clients ont changé depuis.',
    'Rien n’a été fusionné. Regardez le nouveau plan, puis fusionnez.',
  ],
  MERGE_UNKNOWN: [
    'Aucun client ne remplace celui-ci : il n’y a rien à séparer.',
    'Rouvrez le client ; quelqu’un l’a peut-être déjà séparé.',
  ],
} as const satisfies Partial<Translations>;
