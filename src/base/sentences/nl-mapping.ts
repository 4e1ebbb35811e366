/** The sentences of base/mapping-error-codes.ts and base/sales-error-codes.ts in Dutch. */
import type { Translations } from './translations.js';

export const nlMapping = {
  FIELD_OWNER_INVALID: [
    'De eigenaars kunnen niet ingesteld worden: {problems}',
    'Neem velden uit de lijst van eigenaars, en sleutels van gekoppelde systemen.',
  ],
  FIELD_CONFLICT_UNKNOWN: ['Er is geen conflict {id}.', 'Neem een id uit de lijst van conflicten.'],
  FIELD_CONFLICT_OVER: ['Conflict {id} is al afgelopen.', 'Lees het opnieuw om te zien hoe het afgelopen is.'],
  CLAIM_UNKNOWN: [
    '{system} zegt niets in conflict {id}; wel {accepted}.',
    'Neem een van de systemen die wel iets zeggen, of geef een waarde.',
  ],
  FIELD_VALUE_INVALID: [
    '{field} kan deze waarde niet bevatten: {what}.',
    'Geef een waarde zoals de systemen ze tonen.',
  ],
  MAPPING_UNKNOWN: ['Er is geen veldkoppeling {id}.', 'Neem een id of een sleutel uit de lijst van veldkoppelingen.'],
  MAPPING_EXISTS: [
    'Er is al een veldkoppeling {key}, of die was er.',
    'Kies een andere sleutel: wat een verwijderde veldkoppeling gedaan heeft, wordt nog altijd door haar verklaard.',
  ],
  MAPPING_SHIPPED: [
    'Veldkoppeling {key} hoort bij haar soort systeem en blijft.',
    'Laat de systemen een veldkoppeling gebruiken die u zelf gemaakt hebt.',
  ],
  MAPPING_IN_USE: [
    'Veldkoppeling {key} wordt gebruikt door {systems} voor {flows}.',
    'Laat ze eerst een andere veldkoppeling gebruiken.',
  ],
  MAPPING_CHOSEN: [
    'Veldkoppeling {key} is gekozen voor {systems}.',
    'Laat ze eerst een andere veldkoppeling gebruiken.',
  ],
  MAPPING_OF_OTHER_KIND: [
    'Veldkoppeling {key} is niet voor {system}: ze hoort bij een ander soort systeem.',
    'Neem een veldkoppeling van het soort van dit systeem.',
  ],
  MAPPING_KIND_UNKNOWN: [
    'Systemen van het soort {connector} hebben niet precies één veldkoppeling voor {kind}; er is: {known}.',
    'Neem een daarvan; zijn er verschillende records van een soort, noem dan het record.',
  ],
  VALUE_LIST_UNKNOWN: ['Er is geen waardenlijst {id}.', 'Neem een id of een sleutel uit de lijst van waardenlijsten.'],
  VERSION_UNKNOWN: ['{key} heeft geen versie {version}.', 'Neem een nummer van zijn versies.'],
  EDIT_OUTDATED: [
    '{key} staat op revisie {found}, niet meer op {expected}: iemand anders heeft het gewijzigd.',
    'Lees het opnieuw, en herhaal uw wijziging als u die nog wilt.',
  ],
  NOTHING_TO_PUBLISH: ['{key} heeft geen wijzigingen die nog niet gepubliceerd zijn.', 'Wijzig eerst het concept.'],
  MAPPING_INVALID: [
    'Veldkoppeling {key} kan niet gebruikt worden: {problems}.',
    'Verbeter de genoemde regels; het concept is bewaard.',
  ],
  VALUE_LIST_INVALID: [
    'Waardenlijst {key} kan niet gebruikt worden: {problems}.',
    'Verbeter de genoemde regels; het concept is bewaard.',
  ],
  VALUE_LIST_EXISTS: ['Er is al een waardenlijst {key}.', 'Kies een andere sleutel, of wijzig de lijst die er is.'],
  VALUE_LIST_IN_USE: ['Waardenlijst {key} wordt gebruikt door {mappings}.', 'Haal ze eerst uit deze veldkoppelingen.'],
  IMPACT_INBOUND: [
    'Wat de inkomende veldkoppeling {key} met alle records zou doen, is niet bekend: hun originelen worden niet bewaard.',
    'Probeer ze op records van problemen, of publiceer ze en lees het systeem opnieuw.',
  ],
  MAPPING_TEST_FAILED: [
    'Van de tests van {key} geven er een ander resultaat: {names}.',
    'Bekijk de tests, verbeter de regels of de tests, of publiceer toch met overrideFailedTests.',
  ],
  MAPPING_TEST_UNKNOWN: [
    'Er is geen test {id} van een veldkoppeling.',
    'Neem een id uit de tests van de veldkoppeling.',
  ],
  PLAN_OUTDATED: ['De analyse geldt niet meer: {what}.', 'Analyseer opnieuw, en publiceer wat dat toont.'],
  JOB_UNKNOWN: [
    'Er is geen taak {id} die beëindigd kan worden.',
    'Neem een id uit de lijst van taken; een taak die afgelopen is, kan niet geannuleerd worden.',
  ],
  DUPLICATE_IN_SYSTEM: [
    'Twee records van {system} dragen het merk van één record van de hub: {first} en {second}.',
    'Behoud een van beide in {system} en verwijder het andere of zijn merk; verstuur het dan opnieuw.',
  ],
  MARK_UNKNOWN: [
    'Een record van {system} draagt het merk van een record dat de hub (nog) niet kent: {mark}.',
    'Het wordt vanzelf overgenomen zodra de hub dat record gelezen heeft. Heeft een andere hub het merk gezet, verstuur het dan opnieuw als een eigen record (modus AS_OWN).',
  ],
  TOTALS_DIFFER: [
    'De totalen van de bestelling zouden in {system} niet overeenkomen: {what}.',
    'Vergelijk de berekening met de bestelling; sta in de synchronisatie een afrondingsregel toe of verbeter de bestelling, en verstuur ze dan opnieuw.',
  ],
  CURRENCY_DIFFERS: [
    'De bedragen van {record} zijn in {currency}, en die van {system} alleen in {accepted}: er is daar niets van geschreven.',
    'Geef de bedragen in {accepted} op waar het record wordt bijgehouden, of houd het buiten de synchronisatie. Is de administratie van {system} in een andere munt dan {accepted}, verbeter dan de instelling "currency" ervan. Verstuur het daarna opnieuw.',
  ],
  SENT_WITHOUT_LINE: [
    '{system} heeft {what} van de bestelling verzonden, en in het systeem waar de bestelling vandaan komt, heeft ze er geen regel voor. Beide blijven zoals ze zijn.',
    'Zet de regel terug in de bestelling waar ze eruit gehaald werd, of draai in {system} terug wat verzonden werd; verstuur ze dan opnieuw. Wat er verder aan de bestelling veranderd is, komt nog aan; wat {system} daarvan weigert, zegt het in eigen woorden.',
  ],
  PAYMENT_BOOKED_OTHERWISE: [
    'Wat {system} van de betalingen van de bestelling heeft geboekt, is niet wat ze nu zeggen: {what}. Een geboekte betaling wordt er niet gewijzigd.',
    'Zet de betaling waar ze werd gewijzigd terug zoals ze geboekt is en geef de correctie op als een eigen betaling, een negatieve voor geld dat teruggaat: die wordt wel verstuurd. Of verbeter het in {system}. Verstuur het daarna opnieuw.',
  ],
  SKU_NOT_NUMERIC: [
    '{system} aanvaardt alleen nummers, en {skus} kan er geen zijn.',
    'Geef het product een SKU van cijfers, of laat de synchronisatie artikelnummers toekennen; verstuur het dan opnieuw.',
  ],
  ARTICLE_NUMBER_TAKEN: [
    'De hub heeft artikelnummer {skus} van {system} aan een andere variant gegeven.',
    'Geef het product een SKU die daar geen ander artikel als nummer heeft, of laat de synchronisatie artikelnummers toekennen; verstuur het dan opnieuw.',
  ],
  CANCELLED_COUNTED: [
    'Van de bestelling is geannuleerd: {what}; en het vermelde totaal telt dat nog mee. {system} krijgt er niets van te horen, want daar zou het voor verkocht doorgaan.',
    'Verbeter het totaal van de bestelling waar ze geplaatst is, of haal daar uit de regels wat geannuleerd is; verstuur ze dan opnieuw.',
  ],
  ADDRESS_INCOMPLETE: [
    'Het bezorgadres van de bestelling heeft een straat en geen plaats, en {system} neemt er geen zonder.',
    'Vul de plaats in het adres van de bestelling in waar ze geplaatst is; daarna gaat ze vanzelf verder.',
  ],
  SHIPPING_COSTS_UNFIT: [
    'De verzendkosten van de bestelling passen niet in {system}: daar is er één bedrag voor dat niet negatief is, met één btw-tarief, en deze worden teruggegeven of hebben verschillende tarieven.',
    'Voer de bestelling met de hand in {system} in, of wijzig de verzendkosten waar ze geplaatst is; verstuur ze dan opnieuw.',
  ],
  SHIPPING_ARTICLE_MISSING: [
    'De bestelling heeft verzendkosten, en de synchronisatie zegt niet welk artikel van {system} daarvoor staat.',
    'Noem het in de instellingen van de synchronisatie (order.shippingArticle), en verstuur ze dan opnieuw.',
  ],
} as const satisfies Partial<Translations>;
