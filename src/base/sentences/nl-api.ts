/** The sentences of base/api-error-codes.ts and base/configuration-error-codes.ts in Dutch. */
import type { Translations } from './translations.js';

export const nlApi = {
  IDEMPOTENCY_IN_PROGRESS: [
    'Het eerste verzoek met de idempotentiesleutel {key} wordt nog uitgevoerd.',
    'Stuur hetzelfde verzoek straks opnieuw; dan krijgt u het eerste antwoord.',
  ],
  PERSISTED_DOCUMENT_REQUIRED: [
    'De API-sleutel aanvaardt alleen vertrouwde documenten, en het verzoek bevat de tekst van een operatie.',
    'Stuur documentId in plaats van query, of gebruik een sleutel die niet tot vertrouwde documenten beperkt is.',
  ],
  PERSISTED_DOCUMENT_NOT_FOUND: [
    'Er is geen vertrouwd document {id}.',
    'Voeg het toe aan het manifest dat KOPPEL_TRUSTED_DOCUMENTS noemt, of stuur de tekst van de operatie.',
  ],
  TRUSTED_DOCUMENTS_INVALID: [
    'Het manifest van vertrouwde documenten {file} is niet bruikbaar: {what}.',
    'Het is een JSON-object van "sha256:<64 hexadecimale cijfers>" naar de tekst van de operatie met die hash.',
  ],
  COMPARISON_UNKNOWN: [
    'Er is geen vergelijking {comparison}.',
    'Vraag met reconciliations welke er zijn; bevindingen worden 30 dagen bewaard.',
  ],
  NOTHING_TO_REPAIR: [
    'Geen van deze bevindingen kan de hub in orde brengen.',
    'In orde brengen kan wat DIFFERENT, MISSED of MISSING_IN_TARGET is; over de andere beslissen mensen in de systemen.',
  ],
  EXPORT_FILTER_INVALID: [
    'Zo kan de lijst niet gevraagd worden: {path}.',
    'Stuur filter, search en sort precies zoals de lijst ze zelf aanneemt.',
  ],
  EXPORT_COLUMN_UNKNOWN: [
    'De lijst heeft geen kolom {column} die u mag zien.',
    'Vraag met exportColumns welke er zijn.',
  ],
  EXPORT_TIME_ZONE_UNKNOWN: ['Er is geen tijdzone {zone}.', 'Stuur de IANA-naam, zoals Europe/Amsterdam.'],
  EXPORT_TOO_MANY: ['Er lopen al {limit} exporten van u.', 'Wacht tot er een klaar is, of stop er een.'],
  EXPORT_STORE_FULL: [
    'De bestanden van eerdere exporten zijn samen al {limit} MB, en meer kan niet.',
    'Ze verdwijnen 24 uur nadat ze gemaakt zijn; begin later opnieuw.',
  ],
  EXPORT_TOO_LARGE: [
    'Het bestand zou groter worden dan {limit} MB.',
    'Maak het filter nauwer of kies minder kolommen, en begin opnieuw.',
  ],
  EXPORT_GONE: [
    'Er is geen bestand van die naam voor u.',
    'Bestanden worden 24 uur bewaard, en die mensen kunnen noemen verdwijnen eerder als een klant gewist wordt. Exporteer de lijst opnieuw.',
  ],
  KEYS_THROTTLED: [
    'Van uw adres kwamen te veel verkeerde API-sleutels.',
    'Wacht; elke {seconds} seconden kan er weer een poging. Sleutels die onlangs gewerkt hebben, blijven werken.',
  ],
  ADDRESS_THROTTLED: [
    'Uw adres heeft zijn budget van {limit} punten verbruikt; er zijn er nog {remaining} en dit kost er {cost}.',
    'Wacht; elke seconde komen er {restoreRate} punten bij.',
  ],
  CONFIGURATION_FILE_REFUSED: [
    'Niets van het configuratiebestand is overgenomen, wegens {count} {count|probleem|problemen}: {problems}',
    'Verbeter wat genoemd is, bekijk het plan opnieuw en pas het dan toe.',
  ],
  CONFIGURATION_PLAN_MISSING: [
    'Een configuratiebestand wordt overgenomen als een plan dat iemand gezien heeft, en er is geen plan genoemd.',
    'Vraag eerst het plan (isDryRun: true), en stuur dan zijn planHash.',
  ],
  CONFIGURATION_PLAN_OUTDATED: [
    'Het bestand zou niet doen wat plan {planHash} zegt: het bestand of wat gepubliceerd is, is sindsdien gewijzigd.',
    'Er is niets overgenomen. Bekijk het nieuwe plan, en stuur dan zijn planHash.',
  ],
} as const satisfies Partial<Translations>;
