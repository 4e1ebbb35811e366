/** The sentences of base/log-error-codes.ts in Dutch. */
import type { Translations } from './translations.js';

export const nlLog = {
  LOG_UNREACHABLE: [
    'Het wijzigingslogboek (Kafka) kon niet gebruikt worden: {what}.',
    'De hub blijft het proberen en er gaat niets verloren; controleer de brokers als het aanhoudt.',
  ],
  LOG_REFUSED: [
    'Het wijzigingslogboek (Kafka) heeft de hub geweigerd: {what}.',
    'Verbeter KOPPEL_KAFKA_USERNAME en KOPPEL_KAFKA_PASSWORD; laat, als het om een certificaat gaat, KOPPEL_KAFKA_CERT en KOPPEL_KAFKA_KEY er een noemen dat de brokers aanvaarden; of geef de hub het recht zijn topics te maken, te schrijven en te lezen.',
  ],
  LOG_UNTRUSTED: [
    'De hub vertrouwt de brokers van het wijzigingslogboek (Kafka) niet: {what}.',
    'Laat KOPPEL_KAFKA_CA het bestand noemen van de autoriteit die hun certificaten ondertekend heeft, en bereik ze onder de namen die daarin staan.',
  ],
  LOG_POSITION_LOST: [
    'De hub heeft {topic}, partitie {partition}, gelezen tot {position}, maar het logboek bevat {start} tot {end}: wat ertussen lag is verwijderd, of het topic is een ander.',
    'Lees het systeem opnieuw vanaf het begin (flowMarkerReset naar BEGINNING); naar HERE geeft op wat verwijderd is.',
  ],
  LOG_EVENTS_LOST: [
    'Canonieke gebeurtenissen zijn verwijderd voordat de hub ze had gelezen ({consumer}): hij heeft ze gelezen tot {position}, maar het logboek bevat {start} tot {end}. Een controle van alle flows vindt wat ze vertelden.',
    'Start een controle van alle flows, zoals na een herstel (restoreCheckStart of npm run restored): die vergelijkt wat de gebeurtenissen zouden hebben verteld, en gaat erachter verder.',
  ],
  LOG_TOPIC_USED: [
    'Het topic {topic} bevat al berichten, en deze hub heeft het nooit gebruikt.',
    'Geef elke hub een eigen KOPPEL_KAFKA_PREFIX. Zijn de topics van een hub die er niet meer is, verwijder dan alle topics die met zijn prefix beginnen.',
  ],
  LOG_SHORTENED: [
    'De brokers hadden {topic}, partitie {partition}, bevestigd tot {acknowledged}, maar ze eindigt op {end}: ze zijn kwijt wat er stond, of het topic is een ander.',
    'Lees het systeem opnieuw vanaf het begin (flowMarkerReset naar BEGINNING); naar HERE geeft op wat verloren is.',
  ],
  LOG_TOPIC_UNKNOWN: [
    'Het wijzigingslogboek heeft geen topic voor {what}.',
    'Start de hub opnieuw, zodat hij leert wat zijn connectoren tonen.',
  ],
  LOG_MESSAGE_TOO_LARGE: [
    'Een record van {topic} is groter dan de brokers aanvaarden: {what}.',
    'Verhoog max.message.bytes van het topic; de hub blijft het proberen, en de stroom wacht.',
  ],
  LOG_MESSAGE_FOREIGN: [
    'Het bericht op {offset} in {topic}, partitie {partition}, is niet van de hub: {what}.',
    'Zoek uit wie naar het topic schrijft; het is alleen van de hub. Wat in het bericht stond, is bij dit probleem bewaard.',
  ],
  INGEST_STANDS_STILL: [
    'Wijzigingen van {system} wachten sinds {moment}, en er wordt niets opgenomen: er loopt geen proces met de rol ingest, of het mislukt bij elke poging.',
    'Start een proces met de rol ingest, of lees in het log van de processen die lopen waarom het mislukt (rechten op de topics, de weg naar de brokers). Er gaat niets verloren.',
  ],
  LOG_CARRIER_UNREAD: [
    'Er staan {count} {count|wijziging|wijzigingen} in het logboek {other} die niet overgenomen zijn, en de hub is gestart met het logboek {wanted}.',
    'Start hem nog eens zoals voordien, wacht tot de synchronisaties niets meer te doen hebben, en schakel dan over.',
  ],
} as const satisfies Partial<Translations>;
