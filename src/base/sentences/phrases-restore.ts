/** What the hub says of its database: of records and flows after it was restored, and since when what is kept. English → Dutch, French. */
import type { Phrases } from './translations.js';

export const restorePhrases: Phrases = {
  'The database was restored: nothing is written before the systems of this flow were compared.': [
    'De database is teruggezet: er wordt niets geschreven voordat de systemen van deze synchronisatie vergeleken zijn.',
    'La base de données a été restaurée : rien n’est écrit avant que les systèmes de ce flux aient été rapprochés.',
  ],
  'Held back after a restore: the target holds something that the hub cannot explain. It waits until somebody releases or drops the held run.':
    [
      'Vastgehouden na het terugzetten: het doelsysteem bevat iets wat de hub niet kan verklaren. Het wacht tot iemand de vastgehouden run vrijgeeft of laat vervallen.',
      'Retenu après une restauration : la cible contient quelque chose que le hub ne peut pas expliquer. Il attend que quelqu’un libère ou abandonne le passage retenu.',
    ],
  'The database was restored, and the target holds something of these records that the hub does not remember and the source does not say.':
    [
      'De database is teruggezet, en het doelsysteem bevat van deze records iets wat de hub zich niet herinnert en de bron niet zegt.',
      'La base de données a été restaurée, et la cible contient de ces enregistrements quelque chose dont le hub ne se souvient pas et que la source ne dit pas.',
    ],
  'checking after a restore: {done} of {flows} flows compared; nothing is written to the others': [
    'controle na het terugzetten: {done} van {flows} synchronisaties vergeleken; naar de andere wordt niets geschreven',
    'contrôle après une restauration : {done} flux sur {flows} rapprochés ; rien n’est écrit vers les autres',
  ],
  'canonical events since {since} are not in Kafka yet': [
    'canonieke gebeurtenissen sinds {since} staan nog niet in Kafka',
    'les événements canoniques depuis {since} ne sont pas encore dans Kafka',
  ],
  'what happened is kept since {events}, records as systems showed them since {payloads}, the audit since {audit}': [
    'wat er gebeurde wordt bewaard sinds {events}, records zoals systemen ze toonden sinds {payloads}, het auditlogboek sinds {audit}',
    'ce qui s’est passé est conservé depuis le {events}, les enregistrements tels que les systèmes les montraient depuis le {payloads}, le journal d’audit depuis le {audit}',
  ],
  'older than it has to be kept, and not read yet by {consumer}: {what}': [
    'ouder dan het bewaard hoeft te worden, en nog niet gelezen door {consumer}: {what}',
    'plus ancien que la durée de conservation, et pas encore lu par {consumer} : {what}',
  ],
};
