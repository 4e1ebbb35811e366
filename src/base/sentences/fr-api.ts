/** The sentences of base/api-error-codes.ts and base/configuration-error-codes.ts in French. */
import type { Translations } from './translations.js';

export const frApi = {
  IDEMPOTENCY_IN_PROGRESS: [
    'La première requête avec la clé d’idempotence {key} est encore en cours.',
    'Renvoyez la même requête dans un instant ; elle donnera alors la première réponse.',
  ],
  PERSISTED_DOCUMENT_REQUIRED: [
    'La clé d’API n’accepte que des documents de confiance, et la requête contient le texte d’une opération.',
    'Envoyez documentId au lieu de query, ou utilisez une clé qui n’est pas limitée aux documents de confiance.',
  ],
  PERSISTED_DOCUMENT_NOT_FOUND: [
    'Il n’y a pas de document de confiance {id}.',
    'Ajoutez-le au manifeste que KOPPEL_TRUSTED_DOCUMENTS nomme, ou envoyez le texte de l’opération.',
  ],
  TRUSTED_DOCUMENTS_INVALID: [
    'Le manifeste des documents de confiance {file} n’est pas utilisable : {what}.',
    'C’est un objet JSON qui va de "sha256:<64 chiffres hexadécimaux>" au texte de l’opération qui a ce hash.',
  ],
  COMPARISON_UNKNOWN: [
    'Il n’y a pas de rapprochement {comparison}.',
    'Demandez par reconciliations lesquels existent ; les constats sont gardés 30 jours.',
  ],
  NOTHING_TO_REPAIR: [
    'Le hub ne peut réparer aucun de ces constats.',
    'Il peut réparer ce qui est DIFFERENT, MISSED ou MISSING_IN_TARGET ; pour les autres, ce sont des personnes qui décident dans les systèmes.',
  ],
  EXPORT_FILTER_INVALID: [
    'La liste ne peut pas être demandée ainsi : {path}.',
    'Envoyez filter, search et sort exactement comme la liste les accepte.',
  ],
  EXPORT_COLUMN_UNKNOWN: [
    'La liste n’a pas de colonne {column} que vous puissiez voir.',
    'Demandez à exportColumns celles qui existent.',
  ],
  EXPORT_TIME_ZONE_UNKNOWN: ['Il n’y a pas de fuseau horaire {zone}.', 'Envoyez son nom IANA, comme Europe/Amsterdam.'],
  EXPORT_TOO_MANY: [
    'Vous avez déjà {limit} exports en cours.',
    'Attendez que l’un d’eux soit terminé, ou arrêtez-en un.',
  ],
  EXPORT_STORE_FULL: [
    'Les fichiers d’exports précédents prennent déjà {limit} Mo, le maximum.',
    'Ils disparaissent 24 heures après avoir été faits ; recommencez plus tard.',
  ],
  EXPORT_TOO_LARGE: [
    'Le fichier dépasserait {limit} Mo.',
    'Resserrez le filtre ou choisissez moins de colonnes, puis recommencez.',
  ],
  EXPORT_GONE: [
    'Il n’y a pas de tel fichier pour vous.',
    'Les fichiers sont gardés 24 heures, et ceux qui peuvent nommer des personnes disparaissent plus tôt quand un client est effacé. Exportez à nouveau la liste.',
  ],
  KEYS_THROTTLED: [
    'Trop de clés d’API erronées sont venues de votre adresse.',
    'Attendez ; un nouvel essai est possible toutes les {seconds} secondes. Les clés qui ont servi récemment continuent de fonctionner.',
  ],
  ADDRESS_THROTTLED: [
    'Votre adresse a épuisé son budget de {limit} points ; il en reste {remaining} et ceci en coûte {cost}.',
    'Attendez ; {restoreRate} points reviennent chaque seconde.',
  ],
  CONFIGURATION_FILE_REFUSED: [
    'Rien du fichier de configuration n’a été repris, à cause de {count} {count|problème|problèmes|de problèmes} : {problems}',
    'Corrigez ce qui est cité, regardez de nouveau le plan, puis appliquez-le.',
  ],
  CONFIGURATION_PLAN_MISSING: [
    'Un fichier de configuration est repris comme un plan que quelqu’un a vu, et aucun n’a été nommé.',
    'Demandez d’abord le plan (isDryRun: true), puis envoyez son planHash.',
  ],
  CONFIGURATION_PLAN_OUTDATED: [
    'Le fichier ne ferait pas ce que dit le plan {planHash} : le fichier ou ce qui est publié a changé depuis.',
    'Rien n’a été repris. Regardez le nouveau plan, puis envoyez son planHash.',
  ],
} as const satisfies Partial<Translations>;
