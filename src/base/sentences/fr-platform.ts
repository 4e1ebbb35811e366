/** The sentences of base/platform-error-codes.ts in French. */
import type { Translations } from './translations.js';

export const frPlatform = {
  EMBEDDED_UNSUPPORTED: [
    'Le Postgres intégré ne peut pas tourner ici : pas pour {what}.',
    'Indiquez dans KOPPEL_DATABASE_URL un Postgres à vous, par exemple postgres://user:password@localhost:5432/koppel.',
  ],
  EMBEDDED_BROKEN: [
    'Les programmes du Postgres intégré ne peuvent pas être exécutés : {what}.',
    'Relancez npm ci (avec les paquets facultatifs), ou indiquez dans KOPPEL_DATABASE_URL un Postgres à vous.',
  ],
  EMBEDDED_START_FAILED: ['Le Postgres intégré n’a pas démarré : {what}.', 'Ses propres mots sont dans {where}.'],
  EMBEDDED_STOP_FAILED: [
    'Le Postgres intégré (processus {pid}) ne s’est pas arrêté.',
    'Le prochain démarrage le reprend ; rien n’est perdu.',
  ],
  DATA_FOLDER_UNUSABLE: [
    'Le dossier de données {folder} ne peut pas être utilisé : {what}.',
    'Corrigez cela, ou nommez un autre dossier dans KOPPEL_DATA_DIR ; rien n’a été supprimé.',
  ],
  DATA_FOLDER_VERSION: [
    'Les données dans {folder} ont été écrites par Postgres {found} ; cette version apporte Postgres {expected}.',
    'Démarrez la version qui les a écrites et exportez-les avec pg_dump de version {expected}, puis restaurez-les dans un nouveau KOPPEL_DATA_DIR.',
  ],
  DATA_FOLDER_IN_USE: [
    'Le dossier de données {folder} est utilisé par un autre processus (Postgres est le processus {pid}).',
    'Arrêtez d’abord l’autre Koppel, ou nommez un autre dossier dans KOPPEL_DATA_DIR.',
  ],
  MIGRATION_INVALID: [
    'La migration {file} n’est pas utilisable : {what}.',
    'Les migrations s’appellent <13 chiffres>-<slug>.sql et commencent par une ligne "-- why: …".',
  ],
  MIGRATION_FAILED: [
    'La migration {name} a échoué : {what}.',
    'Rien n’en a été gardé. Corrigez la cause et redémarrez ; elle est alors essayée de nouveau.',
  ],
  DATABASE_NEWER: [
    'La base de données a été migrée plus loin que cette version ne connaît : {names}.',
    'Démarrez la version plus récente, ou restaurez la sauvegarde faite auparavant.',
  ],
  DATABASE_UNREACHABLE: [
    'La base de données est injoignable : {what}.',
    'Vérifiez KOPPEL_DATABASE_URL et que le serveur accepte les connexions d’ici.',
  ],
  DATABASE_UNSUITABLE: [
    'La base de données ne peut pas être utilisée : {what}.',
    'Créez une base UTF8 sur un serveur primaire Postgres 15 ou plus récent et nommez-la dans KOPPEL_DATABASE_URL.',
  ],
  CONFIG_INVALID: [
    'La configuration a {count} {count|problème|problèmes|de problèmes} : {problems}',
    'Corrigez chaque variable citée ; la table est dans README.md.',
  ],
  PORT_UNUSABLE: [
    '{what} ne peut pas écouter sur {host}:{port} ({problem}).',
    'Choisissez une autre adresse ou un autre port avec {variable} ; les ports sous 1024 demandent parfois plus de droits.',
  ],
  SECRET_FILE_OPEN: [
    'Le secret dans {file} peut être lu par d’autres utilisateurs de cette machine.',
    'Si personne ne l’a lu, exécutez : chmod 600 {file}',
  ],
  HUB_ENDED: [
    '{name} s’est terminé avec le code {code} et n’est pas redémarré : {what}',
    'Corrigez cela et redémarrez.',
  ],
  PORT_IN_USE: [
    'Le port {port} est utilisé par un autre programme (peut-être un autre Koppel) ; {what} en a besoin.',
    'Arrêtez ce programme, ou choisissez un autre port avec {variable}.',
  ],
  FLOW_UNKNOWN: ['Il n’y a pas de flux {flow}.', 'Utilisez la clé ou l’identifiant d’un des flux.'],
  CONNECTOR_UNKNOWN: [
    'Il n’y a pas de connecteur {kind} ; il y a {accepted}.',
    'Prenez une clé de la liste des connecteurs.',
  ],
  SYSTEM_UNKNOWN: ['Il n’y a pas de système {system}.', 'Prenez-en un dans la liste des systèmes.'],
  SYSTEM_EXISTS: ['Il y a déjà un système {system}.', 'Choisissez une autre clé, ou modifiez le système existant.'],
  SYSTEM_CHANGED: [
    'Le système {system} en est à la version {found}, et non plus à {expected} : quelqu’un d’autre l’a modifié.',
    'Relisez-le, et répétez votre modification si vous la voulez encore.',
  ],
  SYSTEM_STATE: ['Le système {system} est {state}.', 'Regardez d’abord son état.'],
  SYSTEM_IN_USE: [
    'Le système {system} ne peut pas être supprimé : il y a encore {uses}.',
    'Mettez-le plutôt en pause ; ce qu’il a en commun avec le hub perdrait son sens.',
  ],
  SETUP_STEP_SEEN: ['Le hub voit lui-même si l’étape {step} est faite.', 'Faites ce dont il s’agit dans l’étape.'],
  MARKER_INVALID: [
    '{system} ne connaît pas de position {marker}.',
    'Donnez-en une que syncState.marker a montrée, ou un bord : BEGINNING, NOW ou HERE.',
  ],
  FLOW_STARTS_NOW: [
    'Le flux {flow} commence maintenant : rien d’antérieur n’est lu pour lui, il n’a donc pas de début où revenir.',
    'Pour reprendre ce qui existait déjà, réglez son début sur tout ce qui est là ou, pour les commandes, sur un moment : la source est alors relue d’elle-même. Sinon, reprenez à partir de maintenant (NOW), de là où il se trouve (HERE) ou d’une position.',
  ],
  FLOW_EXISTS: ['Il y a déjà un flux {flow}.', 'Choisissez une autre clé, ou modifiez le flux existant.'],
  FLOW_CHANGED: [
    'Le flux {flow} n’est plus à la version {version} : quelqu’un d’autre l’a modifié.',
    'Relisez-le, et répétez votre modification si vous la voulez encore.',
  ],
  STOCK_COUNTED_TWICE: [
    'Le flux {flow} n’a pas été activé : on dit à {system} combien il y a dans {places} ; il ne peut donc pas le compter aussi pour d’autres.',
    'Chaque paire d’emplacements a un seul propriétaire. Reliez chaque paire dans un seul sens (tables de correspondance {lists}), ou désactivez le flux de l’autre sens.',
  ],
  FLOW_STATE: ['Le flux {flow} est {state} ; cela n’est pas possible maintenant.', 'Regardez d’abord son état.'],
  RESTORE_CHECK_UNSETTLED: [
    'Ce qui a été repris après la restauration ne s’apaise pas : {system} ne répond pas, ou continue de changer.',
    'Regardez s’il répond ; le flux est bientôt rapproché de nouveau, et n’écrit rien jusque-là.',
  ],
  COMPARISON_LOST: [
    'La base de données a redémarré pendant que des systèmes étaient rapprochés ; ce qui avait été lu est perdu.',
    'Rapprochez-les de nouveau. Si cela se répète, cherchez pourquoi la base de données s’est arrêtée.',
  ],
  RESTORE_CHECK_OVER: ['Aucun flux n’attend de contrôle après une restauration.', 'Il n’y a plus rien à faire.'],
  PAUSE_OVER: [
    'La pause se terminerait à {until}, ce qui est passé.',
    'Donnez un moment à venir, ou aucun : quelqu’un reprend alors le flux.',
  ],
} as const satisfies Partial<Translations>;
