/** The sentences of base/platform-error-codes.ts in Dutch. */
import type { Translations } from './translations.js';

export const nlPlatform = {
  EMBEDDED_UNSUPPORTED: [
    'De ingebouwde Postgres kan hier niet draaien: niet voor {what}.',
    'Zet KOPPEL_DATABASE_URL op een eigen Postgres, bijvoorbeeld postgres://user:password@localhost:5432/koppel.',
  ],
  EMBEDDED_BROKEN: [
    'De programma’s van de ingebouwde Postgres kunnen niet uitgevoerd worden: {what}.',
    'Voer npm ci opnieuw uit (met optionele pakketten), of zet KOPPEL_DATABASE_URL op een eigen Postgres.',
  ],
  EMBEDDED_START_FAILED: ['De ingebouwde Postgres is niet gestart: {what}.', 'Zijn eigen woorden staan in {where}.'],
  EMBEDDED_STOP_FAILED: [
    'De ingebouwde Postgres (proces {pid}) is niet gestopt.',
    'De volgende start neemt hem over; er gaat niets verloren.',
  ],
  DATA_FOLDER_UNUSABLE: [
    'De gegevensmap {folder} kan niet gebruikt worden: {what}.',
    'Verhelp dat, of noem een andere map in KOPPEL_DATA_DIR; er is niets verwijderd.',
  ],
  DATA_FOLDER_VERSION: [
    'De gegevens in {folder} zijn geschreven door Postgres {found}; deze uitgave brengt Postgres {expected} mee.',
    'Start de uitgave die ze geschreven heeft en maak een dump met pg_dump van versie {expected}; zet die dan terug in een nieuwe KOPPEL_DATA_DIR.',
  ],
  DATA_FOLDER_IN_USE: [
    'De gegevensmap {folder} is in gebruik door een ander proces (Postgres is proces {pid}).',
    'Stop eerst de andere Koppel, of noem een andere map in KOPPEL_DATA_DIR.',
  ],
  MIGRATION_INVALID: [
    'De migratie {file} is niet bruikbaar: {what}.',
    'Migraties heten <13 cijfers>-<slug>.sql en beginnen met een regel "-- why: …".',
  ],
  MIGRATION_FAILED: [
    'De migratie {name} is mislukt: {what}.',
    'Er is niets van bewaard. Verhelp de oorzaak en start opnieuw; dan wordt ze opnieuw geprobeerd.',
  ],
  DATABASE_NEWER: [
    'De database is verder gemigreerd dan deze uitgave kent: {names}.',
    'Start de nieuwere uitgave, of zet de reservekopie terug die ervoor gemaakt is.',
  ],
  DATABASE_UNREACHABLE: [
    'De database is niet bereikbaar: {what}.',
    'Controleer KOPPEL_DATABASE_URL en of de server verbindingen van hieruit aanvaardt.',
  ],
  DATABASE_UNSUITABLE: [
    'De database kan niet gebruikt worden: {what}.',
    'Maak een UTF8-database op een primaire server van Postgres 15 of later en noem ze in KOPPEL_DATABASE_URL.',
  ],
  CONFIG_INVALID: [
    'De configuratie heeft {count} {count|probleem|problemen}: {problems}',
    'Verbeter elke genoemde variabele; de tabel staat in README.md.',
  ],
  PORT_UNUSABLE: [
    '{what} kan niet luisteren op {host}:{port} ({problem}).',
    'Kies een ander adres of een andere poort met {variable}; poorten onder 1024 vragen soms meer rechten.',
  ],
  SECRET_FILE_OPEN: [
    'Het geheim in {file} kan gelezen worden door andere gebruikers van deze machine.',
    'Als niemand het gelezen heeft, voer dan uit: chmod 600 {file}',
  ],
  HUB_ENDED: [
    '{name} is geëindigd met code {code} en wordt niet opnieuw gestart: {what}',
    'Verhelp dat en start opnieuw.',
  ],
  PORT_IN_USE: [
    'Poort {port} is in gebruik door een ander programma (misschien een andere Koppel); {what} heeft ze nodig.',
    'Stop dat programma, of kies een andere poort met {variable}.',
  ],
  FLOW_UNKNOWN: ['Er is geen synchronisatie {flow}.', 'Gebruik de sleutel of de id van een van de synchronisaties.'],
  CONNECTOR_UNKNOWN: [
    'Er is geen connector {kind}; er zijn {accepted}.',
    'Neem een sleutel uit de lijst van connectoren.',
  ],
  SYSTEM_UNKNOWN: ['Er is geen systeem {system}.', 'Neem er een uit de lijst van systemen.'],
  SYSTEM_EXISTS: ['Er is al een systeem {system}.', 'Kies een andere sleutel, of wijzig het systeem dat er is.'],
  SYSTEM_CHANGED: [
    'Systeem {system} staat op versie {found}, niet meer op {expected}: iemand anders heeft het gewijzigd.',
    'Lees het opnieuw, en herhaal uw wijziging als u die nog wilt.',
  ],
  SYSTEM_STATE: ['Systeem {system} is {state}.', 'Bekijk eerst de toestand.'],
  SYSTEM_IN_USE: [
    'Systeem {system} kan niet verwijderd worden: er zijn nog {uses}.',
    'Pauzeer het liever; wat het met de hub gemeen heeft, zou zijn betekenis verliezen.',
  ],
  SETUP_STEP_SEEN: ['Of stap {step} klaar is, ziet de hub zelf.', 'Doe waar de stap over gaat.'],
  MARKER_INVALID: [
    '{system} kent geen positie {marker}.',
    'Geef er een die syncState.marker getoond heeft, of een rand: BEGINNING, NOW of HERE.',
  ],
  FLOW_STARTS_NOW: [
    'Synchronisatie {flow} begint nu: wat er al was wordt niet gelezen, dus is er geen begin om naar terug te gaan.',
    'Zet in de instellingen het begin ervan op alles wat er is, of bij bestellingen op een moment, om over te nemen wat er al was: de bron wordt dan vanzelf opnieuw gelezen. Lees anders verder vanaf nu (NOW), vanaf waar ze staat (HERE) of vanaf een positie.',
  ],
  FLOW_EXISTS: [
    'Er is al een synchronisatie {flow}.',
    'Kies een andere sleutel, of wijzig de synchronisatie die er is.',
  ],
  FLOW_CHANGED: [
    'Synchronisatie {flow} staat niet meer op versie {version}: iemand anders heeft ze gewijzigd.',
    'Lees het opnieuw, en herhaal uw wijziging als u die nog wilt.',
  ],
  STOCK_COUNTED_TWICE: [
    'Synchronisatie {flow} is niet ingeschakeld: aan {system} wordt verteld hoeveel er in {places} is, dus kan het dat niet ook voor anderen tellen.',
    'Elk paar locaties heeft één eigenaar. Koppel elk paar in maar één richting (waardenlijsten {lists}), of schakel de synchronisatie van de andere richting uit.',
  ],
  FLOW_STATE: ['Synchronisatie {flow} is {state}; dat kan nu niet.', 'Bekijk eerst de toestand.'],
  RESTORE_CHECK_UNSETTLED: [
    'Wat na het terugzetten overgenomen is, komt niet tot rust: {system} is niet te bereiken, of blijft veranderen.',
    'Kijk of het antwoordt; de synchronisatie wordt gauw opnieuw vergeleken en schrijft tot dan niets.',
  ],
  COMPARISON_LOST: [
    'De database is opnieuw gestart terwijl systemen vergeleken werden; wat tot dan gelezen was, is verloren.',
    'Vergelijk ze opnieuw. Gebeurt het weer, kijk dan waarom de database gestopt is.',
  ],
  RESTORE_CHECK_OVER: [
    'Er wacht geen synchronisatie op een controle na het terugzetten.',
    'Er valt niets meer te doen.',
  ],
  PAUSE_OVER: [
    'De pauze zou eindigen op {until}; dat is al voorbij.',
    'Geef een moment dat nog komt, of geen: dan hervat iemand de synchronisatie.',
  ],
} as const satisfies Partial<Translations>;
