/** The sentences of base/error-codes.ts in French. */
import type { Translations } from './translations.js';

export const frCore = {
  UNEXPECTED: [
    'Il s’est produit quelque chose qui ne devrait pas arriver : {what}.',
    'Signalez-le avec le numéro de la requête ou de la trace ; l’enregistrement est conservé et peut être renvoyé.',
  ],
  FAILPOINT: ['Le point d’arrêt {name} a été atteint.', 'Retirez KOPPEL_FAILPOINT ; elle n’existe que pour les tests.'],
  TRANSACTION_OVER: [
    'Une instruction a été envoyée dans une transaction déjà terminée : {statement}.',
    'Attendez chaque instruction dans la transaction ; rien ne peut y tourner en parallèle.',
  ],
  POSITION_BEYOND_SOURCE: [
    'Le flot {stream} de {system} a été lu jusqu’à {position}, mais le système lui-même n’en est qu’à {head}.',
    'Le système a été restauré ou une autre administration répond. Comparez, puis fixez la position du flot.',
  ],
  SETTINGS_INVALID: [
    'Les paramètres de {system} ne sont pas utilisables : {problems}.',
    'Corrigez chaque paramètre cité ; rien n’a été modifié.',
  ],
  SYSTEM_UNREACHABLE: [
    '{system} est injoignable : {what}.',
    'Le hub continue d’essayer ; vérifiez l’adresse et le réseau si cela dure.',
  ],
  SYSTEM_TIMEOUT: [
    '{system} n’a pas répondu à {operation} dans les {ms} ms.',
    'Le hub continue d’essayer ; une écriture en cours est recherchée avant d’être répétée.',
  ],
  INCOMPLETE_RESPONSE: [
    'La réponse de {system} à {operation} n’est pas complète : {what}.',
    'Rien n’en a été utilisé ; le hub la lit de nouveau.',
  ],
  UNEXPECTED_RESPONSE: [
    '{system} a répondu à {operation} autre chose que ce que dit son contrat : {what}.',
    'Vérifiez l’adresse du système ; un proxy ou une page de connexion répond peut-être.',
  ],
  RESPONSE_TOO_LARGE: [
    'La réponse de {system} à {operation} dépasse {limit} octets.',
    'Rien n’en a été utilisé. Réduisez la taille des lots du flux.',
  ],
  RATE_LIMITED: [
    '{system} demande de ralentir.',
    'Le hub attend aussi longtemps qu’on le lui a demandé, un quart d’heure au plus.',
  ],
  CREDENTIALS_REJECTED: [
    '{system} a refusé les identifiants.',
    'Saisissez des identifiants valables ; d’ici là, le hub ne fait plus d’appels.',
  ],
  PERMISSION_MISSING: [
    'Les identifiants pour {system} ne permettent pas {operation}.',
    'Demandez ce droit à l’administrateur du système.',
  ],
  SYSTEM_FAULT: [
    '{system} a échoué à {operation} : {what}.',
    'La faute est du côté du système ; le hub continue d’essayer.',
  ],
  RECORD_REFUSED: [
    '{system} a refusé l’enregistrement : {what}.',
    'Lisez ce que dit le système ; corrigez l’enregistrement là où il est tenu, ou sa correspondance, puis renvoyez-le.',
  ],
  RECORD_UNREADABLE: [
    'Un enregistrement de {system} n’a pas pu être lu : {what}.',
    'Corrigez-le dans {system} ; les autres enregistrements de la page ont été repris.',
  ],
  MAPPING_FAILED: [
    'L’enregistrement n’a pas pu être converti : {what}.',
    'Corrigez la valeur là où l’enregistrement est tenu, la correspondance des champs ou la table de correspondance, puis renvoyez-le.',
  ],
  UNAUTHENTICATED: [
    'Il faut pour cela une clé d’API ou une session valable : {what}.',
    'Connectez-vous, ou envoyez l’en-tête "Authorization: Bearer kpl_…" ; par WebSocket, le même dans connection_init.',
  ],
  FORBIDDEN: [
    'Votre rôle ou votre clé d’API ne permet pas {what} ; il faut {needed}.',
    'Demandez à un administrateur un autre rôle, ou une clé avec cette portée.',
  ],
  THROTTLED: [
    'La clé d’API a épuisé son budget de {limit} points ; il en reste {remaining} et ceci en coûte {cost}.',
    'Attendez ; {restoreRate} points reviennent chaque seconde.',
  ],
  BAD_JSON: [
    'Le corps n’est pas un seul objet JSON : {what}.',
    'Envoyez {"query": "…", "variables": {…}} en UTF-8 avec Content-Type: application/json.',
  ],
  BODY_TOO_LARGE: [
    'Le corps dépasse {limit} octets.',
    'Envoyez moins à la fois ; utilisez des variables et des pages.',
  ],
  CONTENT_TYPE_UNSUPPORTED: [
    'Le type de contenu {found} n’est pas accepté.',
    'Envoyez Content-Type: application/json, en UTF-8.',
  ],
  METHOD_NOT_ALLOWED: [
    '{what} n’est pas possible avec {method}.',
    'Utilisez POST ; GET ne sert que pour les requêtes de lecture.',
  ],
  CSRF_PREVENTED: [
    'N’importe quelle page web aurait pu envoyer cette requête ; elle n’a donc pas été exécutée.',
    'Envoyez Content-Type: application/json, ou l’en-tête Apollo-Require-Preflight avec n’importe quelle valeur.',
  ],
  BATCHING_DISABLED: [
    'Plusieurs opérations dans une requête ne sont pas acceptées.',
    'Envoyez un seul objet JSON avec une seule opération.',
  ],
  PATH_UNKNOWN: ['Il n’y a rien à {path}.', 'L’API se trouve à /graphql ; GET / énumère ce qu’il y a ici.'],
  GRAPHQL_INVALID: ['{what}', 'Comparez l’opération avec docs/schema.graphql.'],
  QUERY_TOO_COMPLEX: ['L’opération a {found} {what} ; la limite est {limit}.', 'Partagez-la en plusieurs opérations.'],
  QUERY_TOO_EXPENSIVE: [
    'L’opération coûte {cost} points ; la limite est {limit}.',
    'Demandez des pages plus petites ou moins de listes imbriquées.',
  ],
  BAD_INPUT: ['La donnée à {where} n’est pas utilisable : {what}.', 'Corrigez la valeur citée.'],
  BAD_PAGE: [
    'La page a été demandée avec {found} ; {accepted}.',
    'Donnez first (avec after) ou last (avec before), de 1 à {limit}.',
  ],
  BAD_CURSOR: [
    'Le curseur n’appartient pas à cette liste : {what}.',
    'Utilisez un curseur que cette liste a donné, avec le même tri.',
  ],
  CURSOR_EXPIRED: [
    'Ce qui s’est passé après ce curseur n’est plus conservé.',
    'Relisez l’état présent, puis abonnez-vous sans since.',
  ],
  SUBSCRIPTION_LAGGED: [
    'Le client lit plus lentement que les événements n’arrivent ; plus de {limit} attendaient.',
    'Abonnez-vous de nouveau avec since : le dernier curseur ; rien n’est perdu.',
  ],
  TOO_MANY_SUBSCRIPTIONS: [
    'La connexion a déjà {limit} opérations ouvertes.',
    'Terminez-en d’abord une, ou ouvrez une autre connexion.',
  ],
  OPERATION_TIMEOUT: ['L’opération a duré plus de {ms} ms et a été arrêtée.', 'Demandez moins à la fois.'],
  SECRET_UNREADABLE: [
    'Le secret conservé de {where} ne peut pas être lu : {what}.',
    'Démarrez le hub avec la clé secrète qui a servi à le conserver ; rien n’a été écrasé.',
  ],
  MASTER_KEY_INVALID: [
    'La clé secrète n’est pas utilisable : {what}.',
    'Donnez 32 octets en 64 caractères hexadécimaux ou en base64.',
  ],
  API_KEY_MALFORMED: [
    'La clé d’API donnée n’a pas la forme d’une clé, ou peut être devinée.',
    'Écrivez kpl_, 4 à 16 lettres ou chiffres, un tiret bas et 32 à 64 lettres, chiffres, - ou _ tirés au hasard ; ou omettez-la : une clé forte est alors créée et montrée une seule fois.',
  ],
  LOG_PARTITIONS_CHANGED: [
    'Le sujet {topic} a été créé avec {stored} partitions, mais {wanted} sont configurées.',
    'Rétablissez le nombre : avec un autre, les modifications d’un enregistrement ne garderaient pas leur ordre.',
  ],
  POSITION_LOST: [
    'Un autre processus a repris {consumer} sur {topic}/{partition} ; ce lot a été abandonné.',
    'Rien à faire : l’autre processus continue à la même position.',
  ],
  WRITE_RACED: [
    'Une autre transaction a d’abord modifié les mêmes enregistrements : {what}.',
    'Rien à faire : le lot est décidé de nouveau d’après ce que les enregistrements contiennent maintenant.',
  ],
  ACCOUNT_CHANGED: [
    '{system} répond comme une autre administration qu’auparavant : {account}.',
    'Vérifiez l’adresse et les identifiants. N’acceptez la nouvelle administration que si c’est bien une autre qui est voulue.',
  ],
  MAPPING_MISSING: [
    'Il n’y a pas de correspondance publiée pour {record} de {system}.',
    'Publiez une correspondance entrante pour ce type d’enregistrement ; ses modifications attendent jusque-là.',
  ],
  UNMAPPED_VALUE: [
    'L’enregistrement n’a pas pu être converti : {what}.',
    'Ajoutez la valeur à la table de correspondance, puis renvoyez-le.',
  ],
  RECORD_INCOMPLETE: [
    'L’enregistrement ne peut pas être repris : {what}.',
    'Remplissez le champ là où l’enregistrement est tenu, ou donnez une valeur par défaut à sa règle, puis renvoyez-le.',
  ],
  RECORD_UNSTORABLE: [
    'L’enregistrement ne peut pas être conservé : {what}.',
    'Une valeur n’entre pas dans son champ. Corrigez-la là où l’enregistrement est tenu, puis renvoyez-le.',
  ],
  AMBIGUOUS_MATCH: [
    'Plus d’un enregistrement du hub a la clé {key}.',
    'Liez vous-même l’enregistrement à celui qui convient, puis renvoyez-le.',
  ],
  CAPABILITY_MISSING: [
    'Le connecteur de {system} ne permet pas {what}.',
    'Choisissez une autre cible pour le flux, ou un type d’enregistrement que le connecteur sait écrire.',
  ],
  WRITE_CONTESTED: [
    'L’enregistrement a été modifié {times} fois dans {system} pendant son écriture.',
    'Cherchez ce qui le modifie encore, puis renvoyez-le.',
  ],
  DRIFT_CONTESTED: [
    'Quelqu’un modifie sans cesse {fields} de cet enregistrement dans {system}, bien que le hub en décide.',
    'Modifiez-les là où il faut, ou faites que la correspondance n’y touche pas lors des mises à jour ; puis renvoyez-le.',
  ],
  DUPLICATE_IN_TARGET: [
    '{system} a un seul enregistrement ({externalId}) pour deux enregistrements du hub.',
    'Donnez à l’un des deux une autre clé naturelle (SKU, code), ou supprimez-le, puis renvoyez-le.',
  ],
  CONFIGURATION_INVALID: [
    'La configuration ne peut pas être utilisée : {problems}.',
    'Le hub continue avec la précédente. Corrigez ce qui est cité.',
  ],
} as const satisfies Partial<Translations>;
