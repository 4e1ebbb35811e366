/** The sentences of base/log-error-codes.ts in French. */
import type { Translations } from './translations.js';

export const frLog = {
  LOG_UNREACHABLE: [
    'Le journal des modifications (Kafka) n’a pas pu être utilisé : {what}.',
    'Le hub continue d’essayer et rien n’est perdu ; vérifiez les brokers si cela dure.',
  ],
  LOG_REFUSED: [
    'Le journal des modifications (Kafka) a refusé le hub : {what}.',
    'Corrigez KOPPEL_KAFKA_USERNAME et KOPPEL_KAFKA_PASSWORD ; s’il s’agit d’un certificat, faites nommer par KOPPEL_KAFKA_CERT et KOPPEL_KAFKA_KEY un certificat que les brokers acceptent ; ou donnez au hub le droit de créer, d’écrire et de lire ses sujets.',
  ],
  LOG_UNTRUSTED: [
    'Le hub ne fait pas confiance aux brokers du journal des modifications (Kafka) : {what}.',
    'Faites nommer par KOPPEL_KAFKA_CA le fichier de l’autorité qui a signé leurs certificats, et joignez-les sous les noms qui y figurent.',
  ],
  LOG_POSITION_LOST: [
    'Le hub a lu {topic}, partition {partition}, jusqu’à {position}, mais le journal contient {start} à {end} : ce qui se trouvait entre les deux a été supprimé, ou le sujet est un autre.',
    'Relisez le système depuis son début (flowMarkerReset vers BEGINNING) ; vers HERE, ce qui a été supprimé est abandonné.',
  ],
  LOG_EVENTS_LOST: [
    'Des événements canoniques ont été supprimés avant que le hub les ait lus ({consumer}) : il les a lus jusqu’à {position}, mais le journal contient {start} à {end}. Un contrôle de tous les flux retrouve ce qu’ils disaient.',
    'Lancez un contrôle de tous les flux, comme après une restauration (restoreCheckStart ou npm run restored) : il compare ce que les événements auraient dit, et continue après eux.',
  ],
  LOG_TOPIC_USED: [
    'Le topic {topic} contient déjà des messages, et ce hub ne l’a jamais utilisé.',
    'Donnez à chaque hub son propre KOPPEL_KAFKA_PREFIX. Si les topics sont d’un hub qui n’existe plus, supprimez tous ceux qui commencent par son préfixe.',
  ],
  LOG_SHORTENED: [
    'Les brokers avaient confirmé {topic}, partition {partition}, jusqu’à {acknowledged}, mais elle se termine à {end} : ils ont perdu ce qui s’y trouvait, ou le topic est un autre.',
    'Relisez le système depuis le début (flowMarkerReset vers BEGINNING) ; vers HERE abandonne ce qui est perdu.',
  ],
  LOG_TOPIC_UNKNOWN: [
    'Le journal des modifications n’a pas de sujet pour {what}.',
    'Redémarrez le hub, afin qu’il apprenne ce que montrent ses connecteurs.',
  ],
  LOG_MESSAGE_TOO_LARGE: [
    'Un enregistrement de {topic} est plus grand que ce que les brokers acceptent : {what}.',
    'Augmentez max.message.bytes du sujet ; le hub continue d’essayer, et le flot attend.',
  ],
  LOG_MESSAGE_FOREIGN: [
    'Le message à {offset} dans {topic}, partition {partition}, n’est pas du hub : {what}.',
    'Cherchez qui écrit dans le sujet ; il n’appartient qu’au hub. Le contenu du message est conservé avec ce problème.',
  ],
  INGEST_STANDS_STILL: [
    'Des modifications de {system} attendent depuis le {moment}, et rien n’est repris : aucun processus avec le rôle ingest ne tourne, ou il échoue à chaque essai.',
    'Démarrez un processus avec le rôle ingest, ou lisez dans le journal de ceux qui tournent pourquoi ils échouent (droits sur les topics, chemin vers les brokers). Rien n’est perdu.',
  ],
  LOG_CARRIER_UNREAD: [
    'Il y a {count} {count|modification|modifications|de modifications} dans le journal {other} qui n’ont pas été reprises, et le hub a été démarré avec le journal {wanted}.',
    'Démarrez-le encore une fois comme avant, attendez que les flux n’aient plus rien à faire, puis changez.',
  ],
} as const satisfies Partial<Translations>;
