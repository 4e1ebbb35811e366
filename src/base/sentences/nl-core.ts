/** The sentences of base/error-codes.ts in Dutch. */
import type { Translations } from './translations.js';

export const nlCore = {
  UNEXPECTED: [
    'Er is iets gebeurd dat niet mag gebeuren: {what}.',
    'Meld het met het verzoek- of tracenummer; het record is bewaard en kan opnieuw verstuurd worden.',
  ],
  FAILPOINT: ['Breekpunt {name} is bereikt.', 'Verwijder KOPPEL_FAILPOINT; die bestaat alleen voor tests.'],
  TRANSACTION_OVER: [
    'Er is een opdracht gestuurd in een transactie die al afgelopen is: {statement}.',
    'Wacht binnen de transactie op elke opdracht; niets ervan mag tegelijk lopen.',
  ],
  POSITION_BEYOND_SOURCE: [
    'Stroom {stream} van {system} is gelezen tot {position}, maar het systeem zelf is pas bij {head}.',
    'Het systeem is teruggezet of er antwoordt een andere administratie. Vergelijk, en zet dan de positie van de stroom.',
  ],
  SETTINGS_INVALID: [
    'De instellingen van {system} zijn niet bruikbaar: {problems}.',
    'Verbeter elke genoemde instelling; er is niets gewijzigd.',
  ],
  SYSTEM_UNREACHABLE: [
    '{system} is niet bereikbaar: {what}.',
    'De hub blijft het proberen; controleer adres en netwerk als het aanhoudt.',
  ],
  SYSTEM_TIMEOUT: [
    '{system} heeft {operation} niet binnen {ms} ms beantwoord.',
    'De hub blijft het proberen; van een schrijfopdracht die onderweg was, wordt eerst nagegaan of ze is aangekomen.',
  ],
  INCOMPLETE_RESPONSE: [
    'Het antwoord van {system} op {operation} is niet volledig: {what}.',
    'Er is niets van gebruikt; de hub leest het opnieuw.',
  ],
  UNEXPECTED_RESPONSE: [
    '{system} heeft op {operation} iets anders geantwoord dan het contract zegt: {what}.',
    'Controleer het adres van het systeem; misschien antwoordt een proxy of een aanmeldpagina.',
  ],
  RESPONSE_TOO_LARGE: [
    'Het antwoord van {system} op {operation} is groter dan {limit} bytes.',
    'Er is niets van gebruikt. Verklein de batch van de synchronisatie.',
  ],
  RATE_LIMITED: [
    '{system} vraagt om trager te gaan.',
    'De hub wacht zo lang als gevraagd werd, hoogstens een kwartier.',
  ],
  CREDENTIALS_REJECTED: [
    '{system} heeft de aanmeldgegevens geweigerd.',
    'Voer geldige aanmeldgegevens in; tot dan doet de hub geen oproepen meer.',
  ],
  PERMISSION_MISSING: [
    'Met de aanmeldgegevens voor {system} is {operation} niet toegestaan.',
    'Vraag dat recht aan de beheerder van het systeem.',
  ],
  SYSTEM_FAULT: [
    '{system} is mislukt bij {operation}: {what}.',
    'De fout ligt bij het systeem; de hub blijft het proberen.',
  ],
  RECORD_REFUSED: [
    '{system} heeft het record geweigerd: {what}.',
    'Lees wat het systeem zegt; verbeter het record waar het bijgehouden wordt, of de veldkoppeling, en verstuur het dan opnieuw.',
  ],
  RECORD_UNREADABLE: [
    'Een record van {system} kon niet gelezen worden: {what}.',
    'Verbeter het in {system}; de andere records van de pagina zijn overgenomen.',
  ],
  MAPPING_FAILED: [
    'Het record kon niet omgezet worden: {what}.',
    'Verbeter de waarde waar het record bijgehouden wordt, de veldkoppeling of de waardenlijst, en verstuur het dan opnieuw.',
  ],
  UNAUTHENTICATED: [
    'Hiervoor is een geldige API-sleutel of sessie nodig: {what}.',
    'Meld u aan, of stuur de header "Authorization: Bearer kpl_…" mee; over WebSocket dezelfde in connection_init.',
  ],
  FORBIDDEN: [
    'Uw rol of API-sleutel laat {what} niet toe; nodig is {needed}.',
    'Vraag een beheerder om een andere rol, of om een sleutel met dat bereik.',
  ],
  THROTTLED: [
    'De API-sleutel heeft zijn budget van {limit} punten verbruikt; er zijn er nog {remaining} en dit kost er {cost}.',
    'Wacht; elke seconde komen er {restoreRate} punten bij.',
  ],
  BAD_JSON: [
    'De inhoud is niet één JSON-object: {what}.',
    'Stuur {"query": "…", "variables": {…}} in UTF-8 met Content-Type: application/json.',
  ],
  BODY_TOO_LARGE: [
    'De inhoud is groter dan {limit} bytes.',
    'Stuur minder in één keer; gebruik variabelen en pagina’s.',
  ],
  CONTENT_TYPE_UNSUPPORTED: [
    'Het inhoudstype {found} wordt niet aanvaard.',
    'Stuur Content-Type: application/json, in UTF-8.',
  ],
  METHOD_NOT_ALLOWED: ['{what} kan niet met {method}.', 'Gebruik POST; GET is alleen voor query’s.'],
  CSRF_PREVENTED: [
    'Elke webpagina had dit verzoek kunnen sturen; daarom is het niet uitgevoerd.',
    'Stuur Content-Type: application/json mee, of de header Apollo-Require-Preflight met een willekeurige waarde.',
  ],
  BATCHING_DISABLED: [
    'Meer dan één operatie per verzoek wordt niet aanvaard.',
    'Stuur één JSON-object met één operatie.',
  ],
  PATH_UNKNOWN: ['Er is niets op {path}.', 'De API staat op /graphql; GET / somt op wat er is.'],
  GRAPHQL_INVALID: ['{what}', 'Vergelijk de operatie met docs/schema.graphql.'],
  QUERY_TOO_COMPLEX: [
    'De operatie heeft {found} {what}; de grens is {limit}.',
    'Splits ze op in meer dan één operatie.',
  ],
  QUERY_TOO_EXPENSIVE: [
    'De operatie kost {cost} punten; de grens is {limit}.',
    'Vraag kleinere pagina’s of minder geneste lijsten.',
  ],
  BAD_INPUT: ['De invoer bij {where} is niet bruikbaar: {what}.', 'Verbeter de genoemde waarde.'],
  BAD_PAGE: [
    'De pagina is gevraagd met {found}; {accepted}.',
    'Geef first (met after) of last (met before), van 1 tot {limit}.',
  ],
  BAD_CURSOR: [
    'De cursor hoort niet bij deze lijst: {what}.',
    'Gebruik een cursor die deze lijst gegeven heeft, met dezelfde sortering.',
  ],
  CURSOR_EXPIRED: [
    'Wat na deze cursor gebeurd is, wordt niet meer bewaard.',
    'Lees de huidige toestand opnieuw met query’s, en abonneer dan zonder since.',
  ],
  SUBSCRIPTION_LAGGED: [
    'De client leest trager dan de gebeurtenissen komen; er wachtten er meer dan {limit}.',
    'Abonneer opnieuw met since: de laatste cursor; er gaat niets verloren.',
  ],
  TOO_MANY_SUBSCRIPTIONS: [
    'De socket heeft al {limit} operaties open.',
    'Beëindig er eerst een, of open nog een socket.',
  ],
  OPERATION_TIMEOUT: ['De operatie duurde langer dan {ms} ms en is gestopt.', 'Vraag minder in één keer.'],
  SECRET_UNREADABLE: [
    'Het bewaarde geheim van {where} kan niet gelezen worden: {what}.',
    'Start de hub met de geheime sleutel waarmee het bewaard is; er is niets overschreven.',
  ],
  MASTER_KEY_INVALID: [
    'De geheime sleutel is niet bruikbaar: {what}.',
    'Geef 32 bytes als 64 hexadecimale tekens of in base64.',
  ],
  API_KEY_MALFORMED: [
    'De opgegeven API-sleutel heeft niet de vorm van een sleutel, of kan worden geraden.',
    'Schrijf kpl_, 4 tot 16 letters of cijfers, een liggend streepje en 32 tot 64 willekeurige letters, cijfers, - of _; of laat hem weg, dan wordt een sterke sleutel gemaakt en één keer getoond.',
  ],
  LOG_PARTITIONS_CHANGED: [
    'Topic {topic} is met {stored} partities gemaakt, maar er zijn er {wanted} ingesteld.',
    'Zet het aantal terug: met een ander aantal houden wijzigingen van een record hun volgorde niet.',
  ],
  POSITION_LOST: [
    'Een ander proces heeft {consumer} op {topic}/{partition} overgenomen; deze batch is opgegeven.',
    'U hoeft niets te doen: het andere proces gaat verder vanaf dezelfde positie.',
  ],
  WRITE_RACED: [
    'Een andere transactie heeft dezelfde records eerst gewijzigd: {what}.',
    'U hoeft niets te doen: over de batch wordt opnieuw beslist met wat de records nu bevatten.',
  ],
  ACCOUNT_CHANGED: [
    '{system} antwoordt als een andere administratie dan voordien: {account}.',
    'Controleer het adres en de aanmeldgegevens. Aanvaard de nieuwe administratie alleen als het een andere moet zijn.',
  ],
  MAPPING_MISSING: [
    'Er is geen gepubliceerde veldkoppeling voor {record} van {system}.',
    'Publiceer een inkomende veldkoppeling voor dat soort records; hun wijzigingen wachten tot dan.',
  ],
  UNMAPPED_VALUE: [
    'Het record kon niet omgezet worden: {what}.',
    'Voeg de waarde toe aan de waardenlijst, en verstuur het dan opnieuw.',
  ],
  RECORD_INCOMPLETE: [
    'Het record kan niet overgenomen worden: {what}.',
    'Vul het veld in waar het record bijgehouden wordt, of geef de regel een standaardwaarde, en verstuur het dan opnieuw.',
  ],
  RECORD_UNSTORABLE: [
    'Het record kan niet bewaard worden: {what}.',
    'Een waarde past niet in haar veld. Verbeter ze waar het record bijgehouden wordt, en verstuur het dan opnieuw.',
  ],
  AMBIGUOUS_MATCH: [
    'Meer dan één record van de hub heeft de sleutel {key}.',
    'Koppel het record zelf aan het juiste, en verstuur het dan opnieuw.',
  ],
  CAPABILITY_MISSING: [
    'De connector van {system} ondersteunt {what} niet.',
    'Kies een ander doel voor de synchronisatie, of een soort records die de connector kan schrijven.',
  ],
  WRITE_CONTESTED: [
    'Het record is in {system} {times} keer gewijzigd terwijl het geschreven werd.',
    'Zoek uit wat het nog wijzigt, en verstuur het dan opnieuw.',
  ],
  DRIFT_CONTESTED: [
    'Iemand wijzigt {fields} van dit record in {system} telkens weer, hoewel de hub daarover beslist.',
    'Wijzig ze waar ze thuishoren, of laat de veldkoppeling ze bij bijwerken met rust; verstuur het dan opnieuw.',
  ],
  DUPLICATE_IN_TARGET: [
    '{system} heeft één record ({externalId}) voor twee records van de hub.',
    'Geef een van de twee een andere natuurlijke sleutel (SKU, code) of verwijder het, en verstuur het dan opnieuw.',
  ],
  CONFIGURATION_INVALID: [
    'De configuratie kan niet gebruikt worden: {problems}.',
    'De hub gaat verder met de vorige. Verbeter wat genoemd is.',
  ],
} as const satisfies Partial<Translations>;
