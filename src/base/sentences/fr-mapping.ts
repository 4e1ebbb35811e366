/** The sentences of base/mapping-error-codes.ts and base/sales-error-codes.ts in French. */
import type { Translations } from './translations.js';

export const frMapping = {
  FIELD_OWNER_INVALID: [
    'Les propriétaires ne peuvent pas être fixés : {problems}',
    'Prenez des champs de la liste des propriétaires, et des clés de systèmes connectés.',
  ],
  FIELD_CONFLICT_UNKNOWN: ['Il n’y a pas de conflit {id}.', 'Prenez un identifiant de la liste des conflits.'],
  FIELD_CONFLICT_OVER: ['Le conflit {id} est déjà terminé.', 'Relisez-le pour voir comment il s’est terminé.'],
  CLAIM_UNKNOWN: [
    '{system} ne dit rien dans le conflit {id} ; {accepted} oui.',
    'Prenez un des systèmes qui disent quelque chose, ou donnez une valeur.',
  ],
  FIELD_VALUE_INVALID: [
    '{field} ne peut pas contenir cette valeur : {what}.',
    'Donnez une valeur telle que les systèmes la montrent.',
  ],
  MAPPING_UNKNOWN: [
    'Il n’y a pas de correspondance {id}.',
    'Prenez un identifiant ou une clé de la liste des correspondances.',
  ],
  MAPPING_EXISTS: [
    'Il y a déjà une correspondance {key}, ou il y en a eu une.',
    'Choisissez une autre clé : ce qu’une correspondance supprimée a fait s’explique encore par elle.',
  ],
  MAPPING_SHIPPED: [
    'La correspondance {key} est fournie avec son type de système et reste.',
    'Faites utiliser aux systèmes une correspondance que vous avez créée.',
  ],
  MAPPING_IN_USE: [
    'La correspondance {key} est utilisée par {systems} pour {flows}.',
    'Faites-leur d’abord utiliser une autre correspondance.',
  ],
  MAPPING_CHOSEN: [
    'La correspondance {key} est choisie pour {systems}.',
    'Faites-leur d’abord utiliser une autre correspondance.',
  ],
  MAPPING_OF_OTHER_KIND: [
    'La correspondance {key} n’est pas pour {system} : elle appartient à un autre type de système.',
    'Prenez une correspondance du type de ce système.',
  ],
  MAPPING_KIND_UNKNOWN: [
    'Les systèmes du type {connector} n’ont pas une seule correspondance pour {kind} ; il y a : {known}.',
    'Prenez l’une d’elles ; s’il y a plusieurs fiches d’un type, nommez la fiche.',
  ],
  VALUE_LIST_UNKNOWN: [
    'Il n’y a pas de table de correspondance {id}.',
    'Prenez un identifiant ou une clé de la liste des tables de correspondance.',
  ],
  VERSION_UNKNOWN: ['{key} n’a pas de version {version}.', 'Prenez un numéro parmi ses versions.'],
  EDIT_OUTDATED: [
    '{key} en est à la révision {found}, et non plus à {expected} : quelqu’un d’autre l’a modifié.',
    'Relisez-le, et répétez votre modification si vous la voulez encore.',
  ],
  NOTHING_TO_PUBLISH: ['{key} n’a pas de modifications qui ne soient publiées.', 'Modifiez d’abord le brouillon.'],
  MAPPING_INVALID: [
    'La correspondance {key} ne peut pas être utilisée : {problems}.',
    'Corrigez les règles citées ; le brouillon est conservé.',
  ],
  VALUE_LIST_INVALID: [
    'La table de correspondance {key} ne peut pas être utilisée : {problems}.',
    'Corrigez les lignes citées ; le brouillon est conservé.',
  ],
  VALUE_LIST_EXISTS: [
    'Il y a déjà une table de correspondance {key}.',
    'Choisissez une autre clé, ou modifiez la table existante.',
  ],
  VALUE_LIST_IN_USE: [
    'La table de correspondance {key} est utilisée par {mappings}.',
    'Retirez-la d’abord de ces correspondances.',
  ],
  IMPACT_INBOUND: [
    'On ne sait pas ce que la correspondance entrante {key} ferait à tous les enregistrements : leurs originaux ne sont pas conservés.',
    'Essayez-la sur des enregistrements de problèmes, ou publiez-la et relisez le système.',
  ],
  MAPPING_TEST_FAILED: [
    'Parmi les tests de {key}, certains donnent un autre résultat : {names}.',
    'Regardez les tests, corrigez les règles ou les tests, ou publiez quand même avec overrideFailedTests.',
  ],
  MAPPING_TEST_UNKNOWN: [
    'Il n’y a pas de test {id} d’une correspondance.',
    'Prenez un identifiant parmi les tests de la correspondance.',
  ],
  PLAN_OUTDATED: ['L’analyse n’est plus valable : {what}.', 'Analysez de nouveau, et publiez ce que cela montre.'],
  JOB_UNKNOWN: [
    'Il n’y a pas de tâche {id} que l’on puisse terminer.',
    'Prenez un identifiant de la liste des tâches ; une tâche terminée ne peut plus être annulée.',
  ],
  DUPLICATE_IN_SYSTEM: [
    'Deux enregistrements de {system} portent la marque d’un seul enregistrement du hub : {first} et {second}.',
    'Gardez l’un des deux dans {system} et supprimez l’autre ou sa marque ; puis renvoyez-le.',
  ],
  MARK_UNKNOWN: [
    'Un enregistrement de {system} porte la marque d’un enregistrement que le hub ne connaît pas (encore) : {mark}.',
    'Il est repris de lui-même dès que le hub a lu cet enregistrement. Si un autre hub a posé la marque, renvoyez-le comme un enregistrement à part (mode AS_OWN).',
  ],
  TOTALS_DIFFER: [
    'Les totaux de la commande ne concorderaient pas dans {system} : {what}.',
    'Comparez le calcul avec la commande ; permettez une ligne d’arrondi dans le flux, ou corrigez la commande, puis renvoyez-la.',
  ],
  CURRENCY_DIFFERS: [
    'Les montants de {record} sont en {currency}, et ceux de {system} sont uniquement en {accepted} : rien n’y a été écrit.',
    'Indiquez les montants en {accepted} là où l’enregistrement est tenu, ou laissez-le hors du flux. Si l’administration de {system} est dans une autre monnaie que {accepted}, corrigez son paramètre « currency ». Renvoyez-le ensuite.',
  ],
  SENT_WITHOUT_LINE: [
    '{system} a expédié {what} de la commande, et dans le système d’où elle vient, la commande n’a pas de ligne pour cela. Les deux restent en l’état.',
    'Remettez la ligne dans la commande là où elle a été retirée, ou annulez dans {system} ce qui a été expédié ; puis renvoyez-la. Ce qui a changé d’autre dans la commande arrive toujours ; ce que {system} en refuse, il le dit dans ses propres mots.',
  ],
  PAYMENT_BOOKED_OTHERWISE: [
    'Ce que {system} a comptabilisé des paiements de la commande n’est plus ce qu’ils disent : {what}. Il ne modifie aucun paiement comptabilisé.',
    'Là où le paiement a été modifié, remettez-le tel qu’il est comptabilisé et saisissez la correction comme un paiement à part, négatif pour de l’argent rendu : celui-là est transmis. Ou corrigez-le dans {system}. Renvoyez ensuite.',
  ],
  SKU_NOT_NUMERIC: [
    '{system} n’accepte que des numéros, et {skus} ne peut en être un.',
    'Donnez au produit un SKU composé de chiffres, ou laissez le flux attribuer des numéros d’article ; puis renvoyez-le.',
  ],
  ARTICLE_NUMBER_TAKEN: [
    'Le hub a donné le numéro d’article {skus} de {system} à une autre variante.',
    'Donnez au produit un SKU qui n’y est le numéro d’aucun autre article, ou laissez le flux attribuer des numéros d’article ; puis renvoyez-le.',
  ],
  CANCELLED_COUNTED: [
    'De la commande a été annulé : {what} ; et le total indiqué le compte encore. Rien n’en est dit à {system}, qui le prendrait pour vendu.',
    'Corrigez le total de la commande là où elle a été passée, ou retirez-y des lignes ce qui a été annulé ; puis renvoyez-la.',
  ],
  ADDRESS_INCOMPLETE: [
    'L’adresse de livraison de la commande a une rue mais pas de ville, et {system} n’en accepte aucune sans ville.',
    'Entrez la ville dans l’adresse de la commande là où elle a été passée ; la commande continue alors d’elle-même.',
  ],
  SHIPPING_COSTS_UNFIT: [
    'Les frais de port de la commande ne peuvent pas être dits à {system} : il y a un seul montant pour eux, non négatif et à un seul taux de TVA, et ceux-ci sont remboursés ou ont plusieurs taux.',
    'Entrez la commande à la main dans {system}, ou modifiez ses frais de port là où elle a été passée ; puis renvoyez-la.',
  ],
  SHIPPING_ARTICLE_MISSING: [
    'La commande a des frais de port, et le flux ne dit pas quel article de {system} les représente.',
    'Nommez-le dans les paramètres du flux (order.shippingArticle), puis renvoyez-la.',
  ],
} as const satisfies Partial<Translations>;
