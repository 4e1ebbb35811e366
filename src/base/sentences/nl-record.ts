/** The sentences of base/record-error-codes.ts in Dutch. */
import type { Translations } from './translations.js';

export const nlRecord = {
  RECORD_WENT_BACK: [
    '{system} toont dit record met een oudere versie dan de hub daar al overgenomen of geschreven heeft: het is teruggezet, of een klok is teruggedraaid.',
    'Ga daar na of het zo bedoeld is. Een herstel neemt over wat er nu staat waar records vandaan komen, en schrijft het record opnieuw waar de hub schrijft.',
  ],
  WRITE_UNCONFIRMED: [
    '{system} heeft bij het schrijven nooit gezegd wat er met dit record gebeurd is, en {times} keer bleek het ongewijzigd.',
    'Zoek in {system} wat het met dit record niet kan uitvoeren, en verbeter het daar of waar het record vandaan komt; verstuur het dan opnieuw.',
  ],
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
  MOMENT_NOT_KEPT: ['Wat {id} vóór {since} bevatte, wordt niet meer bewaard.', 'Vraag een later moment.'],
  MOMENT_TOO_FAR: [
    'Sinds dat moment is {id} meer dan {count} keer gewijzigd.',
    'Vraag een later moment; de geschiedenis van het record toont elke wijziging.',
  ],
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
  ERASURE_MERGED: [
    'Voor deze klant staat een andere in de plaats; samen zijn ze één persoon.',
    'Wis die andere klant: wat ermee samengevoegd is, gaat mee. Zijn het toch twee personen, haal ze dan eerst uit elkaar.',
  ],
  MERGE_WITH_ITSELF: ['Een klant wordt niet met zichzelf samengevoegd.', 'Kies een andere klant naast deze.'],
  MERGE_ERASED: [
    'Een van de klanten is gewist of wordt gewist: daaraan wordt niets meer samengevoegd of uit elkaar gehaald.',
    'Kies klanten die niet gewist zijn.',
  ],
  MERGE_INTO_MERGED: [
    'De klant die zou overblijven, is zelf met een andere samengevoegd.',
    'Laat die andere overblijven, of haal die twee eerst uit elkaar.',
  ],
  MERGE_ALREADY: [
    'De klant is al met een andere samengevoegd.',
    'Haal die twee eerst uit elkaar, of voeg samen met de klant die ervoor in de plaats staat.',
  ],
  MERGE_STANDS_FOR_OTHERS: [
    'Met deze klant zijn andere klanten samengevoegd.',
    'Laat deze klant overblijven, of haal die andere eerst los.',
  ],
  MERGE_GONE: [
    'De klant die zou overblijven, is uit alle systemen verdwenen.',
    'Laat een klant overblijven die een systeem nog heeft.',
  ],
  MERGE_KINDS_DIFFER: [
    'Een bedrijf en een persoon zijn niet één klant.',
    'Heeft een van beide de verkeerde soort, wijzig dat dan in het systeem waar de klant vandaan komt.',
  ],
  MERGE_DEFAULT_CUSTOMER: [
    'Een van de klanten is de standaarddebiteur van een synchronisatie: bestellingen van niemand in het bijzonder zouden die van iemand worden.',
    'Voeg samen met een andere klant, of noem in de instellingen van de synchronisatie een andere standaarddebiteur.',
  ],
  MERGE_PLAN_OUTDATED: [
    'Samenvoegen zou iets anders doen dan getoond is: de klanten zijn intussen gewijzigd.',
    'Er is niets samengevoegd. Bekijk het nieuwe plan en voeg dan samen.',
  ],
  MERGE_UNKNOWN: [
    'Voor deze klant staat geen andere in de plaats: er is niets uit elkaar te halen.',
    'Open de klant opnieuw; misschien is die al uit elkaar gehaald.',
  ],
} as const satisfies Partial<Translations>;
