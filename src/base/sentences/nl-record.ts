/** The sentences of base/record-error-codes.ts in Dutch. */
import type { Translations } from './translations.js';

export const nlRecord = {
  REFERENCE_ABSENT: [
    '{system} heeft geen {entity} {externalId}.',
    'Geef de id die het systeem zelf gebruikt, geen nummer of code waaronder mensen het record kennen.',
  ],
  REFERENCE_TAKEN: [
    '{externalId} van {system} is al een ander record van de hub: {what}.',
    'Ontkoppel dat eerst als het verkeerd is, of ga na welk van de twee records van de hub bedoeld is.',
  ],
  REFERENCE_KEPT: [
    'Het record is {known} in {system}, dus kan het niet ook {externalId} zijn.',
    'Ontkoppel {known} eerst als dat verkeerd is.',
  ],
  REFERENCE_UNKNOWN: [
    'Geen record van de hub is gekoppeld met {externalId} van {system}.',
    'Lees het record opnieuw; misschien heeft iemand het ontkoppeld.',
  ],
  REFERENCE_UNSUITABLE: [
    '{system} heeft geen records van de soort {entity} die gekoppeld kunnen worden.',
    'Koppel een record van een soort die zijn connector leest of schrijft.',
  ],
  UNDO_PLAN_OUTDATED: [
    'Dit ongedaan maken zou niet doen wat getoond werd: er is sindsdien iets gewijzigd.',
    'Er is niets teruggezet. Bekijk het nieuwe plan, en maak het dan ongedaan.',
  ],
  UNDO_NOTHING: ['Niets hiervan kan teruggezet worden.', 'Het plan zegt per veld waarom.'],
  RECORD_BEING_WRITTEN: [
    'De hub schrijft dit nu naar {system}, of weet nog niet of een schrijfopdracht is aangekomen.',
    'Probeer het opnieuw als dat voorbij is; de toestand van het record zegt het.',
  ],
  FLOW_BEING_WRITTEN: [
    'Schrijfopdrachten van {count} {count|record|records} van synchronisatie {flow} zijn nog onderweg.',
    'Probeer het opnieuw als hun afloop bekend is.',
  ],
  HOLD_OVER: [
    'De run houdt niets meer tegen.',
    'Bekijk de run opnieuw; iemand heeft die vrijgegeven of laten vervallen, of de bron heeft de wijziging teruggenomen.',
  ],
  CUSTOMER_UNKNOWN: ['Er is geen klant {id}.', 'De query customers geeft ze allemaal.'],
  ERASURE_NOT_CONFIRMED: [
    'Wat ter bevestiging is getypt, is niet {wanted}.',
    'Typ het nummer van de klant, of de naam, precies zoals het er staat; er is niets gewijzigd.',
  ],
  ERASURE_PLAN_OUTDATED: [
    'De klant, de bestellingen of wat de systemen ervan bevatten, zijn gewijzigd sinds het plan is gemaakt.',
    'Bekijk het nieuwe plan en bevestig dat; er is niets gewijzigd.',
  ],
  ERASURE_WRITE_UNDER_WAY: [
    'Schrijfopdrachten van records van deze klant naar {systems} zijn nog onderweg; daarom is er niets verwijderd.',
    'Start het wissen opnieuw als ze voorbij zijn. Tot die tijd neemt de hub niets nieuws over de klant over.',
  ],
} as const satisfies Partial<Translations>;
