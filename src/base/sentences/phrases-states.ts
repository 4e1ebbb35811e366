/** How records stand in a system and what happened to them: the English phrase → Dutch, French. */
import type { Phrases } from './translations.js';

export const statePhrases = {
  'The system holds what it should.': [
    'Het systeem bevat wat het moet bevatten.',
    'Le système contient ce qu’il doit.',
  ],
  'Waits for its turn.': ['Wacht op zijn beurt.', 'Attend son tour.'],
  'Is being written now.': ['Wordt nu geschreven.', 'Est en cours d’écriture.'],
  'The answer to a write was lost; the hub will look whether it arrived before writing again.': [
    'Het antwoord op een schrijfopdracht is verloren gegaan; de hub gaat na of ze is aangekomen voor hij opnieuw schrijft.',
    'La réponse à une écriture s’est perdue ; le hub vérifiera si elle est arrivée avant d’écrire de nouveau.',
  ],
  'Will be tried again.': ['Wordt opnieuw geprobeerd.', 'Sera essayé de nouveau.'],
  'Waits until another record exists in the system.': [
    'Wacht tot een ander record in het systeem bestaat.',
    'Attend qu’un autre enregistrement existe dans le système.',
  ],
  'Could not be written; see the problem.': [
    'Kon niet geschreven worden; zie het probleem.',
    'N’a pas pu être écrit ; voyez le problème.',
  ],
  'A rule keeps it out.': ['Een regel houdt het buiten.', 'Une règle l’exclut.'],
  'A guard holds it back.': ['Een beveiliging houdt het tegen.', 'Une protection le retient.'],
  'The flow is paused.': ['De synchronisatie is gepauzeerd.', 'Le flux est en pause.'],
  'The system itself decides about this record.': [
    'Het systeem beslist zelf over dit record.',
    'Le système décide lui-même de cet enregistrement.',
  ],
  '{system} is where this record comes from.': [
    'Dit record komt uit {system}.',
    'Cet enregistrement vient de {system}.',
  ],
  'No flow brings it to {system}: somebody sets up such a flow, or makes it there.': [
    'Geen synchronisatie brengt het naar {system}: iemand stelt zo’n synchronisatie in, of maakt het daar aan.',
    'Aucun flux ne l’apporte à {system} : quelqu’un met en place un tel flux, ou le crée là-bas.',
  ],
  'The flow {flow} would bring it to {system}, but is not running: somebody starts it.': [
    'Synchronisatie {flow} zou het naar {system} brengen, maar loopt niet: iemand start ze.',
    'Le flux {flow} l’apporterait à {system}, mais ne tourne pas : quelqu’un le démarre.',
  ],
  'The flow {flow} has not brought it to {system} yet.': [
    'Synchronisatie {flow} heeft het nog niet naar {system} gebracht.',
    'Le flux {flow} ne l’a pas encore apporté à {system}.',
  ],
  'It goes to {system} with its first order.': [
    'Het gaat naar {system} met zijn eerste bestelling.',
    'Il va à {system} avec sa première commande.',
  ],
  '{system} has this record; nothing is written to it.': [
    '{system} heeft dit record; er wordt niets naar geschreven.',
    '{system} a cet enregistrement ; rien n’y est écrit.',
  ],
  'The hub has stopped the flow.': ['De hub heeft de synchronisatie stilgelegd.', 'Le hub a arrêté le flux.'],
  'Its pause is over.': ['De pauze is voorbij.', 'Sa pause est terminée.'],
  'Its problems were remedied.': ['De problemen zijn verholpen.', 'Ses problèmes sont réglés.'],
  'Somebody ended the flow.': ['Iemand heeft de synchronisatie beëindigd.', 'Quelqu’un a mis fin au flux.'],
  'Somebody paused the flow.': ['Iemand heeft de synchronisatie gepauzeerd.', 'Quelqu’un a mis le flux en pause.'],
  'Too many records failed in the same way, {count} within a few minutes: {cause}': [
    'Te veel records zijn op dezelfde manier mislukt, {count} binnen enkele minuten: {cause}',
    'Trop d’enregistrements ont échoué de la même façon, {count} en quelques minutes : {cause}',
  ],
  'It waits for {keys}.': ['Het wacht op {keys}.', 'Il attend : {keys}.'],
  'product "{called}"': ['product "{called}"', 'produit "{called}"'],
  'variant "{called}"': ['variant "{called}"', 'variante "{called}"'],
  'category "{called}"': ['categorie "{called}"', 'catégorie "{called}"'],
  'customer "{called}"': ['klant "{called}"', 'client "{called}"'],
  'contact "{called}"': ['contactpersoon "{called}"', 'contact "{called}"'],
  'order "{called}"': ['bestelling "{called}"', 'commande "{called}"'],
  'another record': ['een ander record', 'un autre enregistrement'],
  'one that was linked just now': ['een dat net gekoppeld is', 'un autre, qui vient d’être lié'],
  'one that has no name': ['een zonder naam', 'un autre, qui n’a pas de nom'],
  'No flow brings that to {system}: it goes on when somebody makes it there, or sets up such a flow.': [
    'Geen synchronisatie brengt dat naar {system}: het gaat verder zodra iemand het daar aanmaakt of zo’n synchronisatie instelt.',
    'Aucun flux n’apporte cela à {system} : il continue dès que quelqu’un le crée là-bas ou met en place un tel flux.',
  ],
  'The flow {flow}, which brings that to {system}, is not running: it goes on when somebody starts it.': [
    'Synchronisatie {flow}, die dat naar {system} brengt, loopt niet: het gaat verder zodra iemand ze start.',
    'Le flux {flow}, qui apporte cela à {system}, ne tourne pas : il continue dès que quelqu’un le démarre.',
  ],
  'That is not in {system} for a reason of its own: it goes on when that is solved.': [
    'Dat staat om een eigen reden niet in {system}: het gaat verder zodra die opgelost is.',
    'Cela manque dans {system} pour une raison à part : il continue dès qu’elle est levée.',
  ],
  'It was gone from its source before the target had it.': [
    'Het was uit zijn bron verdwenen voor het doelsysteem het had.',
    'Il avait disparu de sa source avant que la cible ne l’ait.',
  ],
  'It came from the target itself, which is not given it again.': [
    'Het kwam uit het doelsysteem zelf, dat het niet nog eens krijgt.',
    'Il vient de la cible elle-même, à qui il n’est pas redonné.',
  ],
  'The flow does not update records that the target has already.': [
    'De synchronisatie werkt geen records bij die het doelsysteem al heeft.',
    'Le flux ne met pas à jour les enregistrements que la cible a déjà.',
  ],
  'The target lacks it, and the flow does not create records.': [
    'Het doelsysteem heeft het niet, en de synchronisatie maakt geen records aan.',
    'La cible ne l’a pas, et le flux ne crée pas d’enregistrements.',
  ],
  'The record is gone from the target and is made anew.': [
    'Het record is uit het doelsysteem verdwenen en wordt opnieuw aangemaakt.',
    'L’enregistrement a disparu de la cible et est créé de nouveau.',
  ],
  'No other system counts stock of it.': [
    'Geen ander systeem telt er voorraad van.',
    'Aucun autre système n’en compte le stock.',
  ],
  'It is a part of its product there.': [
    'Daar maakt het deel uit van zijn product.',
    'Il y fait partie de son produit.',
  ],
  '{system} takes no records of this kind.': [
    '{system} aanvaardt geen records van deze soort.',
    '{system} n’accepte pas d’enregistrements de ce type.',
  ],
  '{what} of this record is not in use yet.': [
    '{what} van dit record is nog niet in gebruik.',
    '{what} de cet enregistrement n’est pas encore en service.',
  ],
  'The flow': ['De synchronisatie', 'Le flux'],
  'The mapping': ['De veldkoppeling', 'La correspondance'],
  'The customer has no contact.': ['De klant heeft geen contactpersoon.', 'Le client n’a pas de contact.'],
  'The record itself has not been read yet.': [
    'Het record zelf is nog niet gelezen.',
    'L’enregistrement lui-même n’a pas encore été lu.',
  ],
  'The customer was erased; what systems hold of him is no matter of the hub any more.': [
    'De klant is gewist; wat systemen van hem bevatten, gaat de hub niet meer aan.',
    'Le client a été effacé ; ce que les systèmes en contiennent ne concerne plus le hub.',
  ],
  'It was merged into another customer, which is written instead.': [
    'Deze klant is met een andere samengevoegd; die andere wordt geschreven.',
    'Ce client a été fusionné avec un autre ; c’est l’autre qui est écrit.',
  ],
  'The customer was erased from the hub.': ['De klant is uit de hub gewist.', 'Le client a été effacé du hub.'],
  'the customer was merged into another one': [
    'de klant is met een andere samengevoegd',
    'le client a été fusionné avec un autre',
  ],
  'the customer was erased': ['de klant is gewist', 'le client a été effacé'],
  'Its branch has not been read yet.': ['Zijn filiaal is nog niet gelezen.', 'Sa succursale n’a pas encore été lue.'],
  'It is not known whether the last write took effect; the target is asked.': [
    'Het is niet bekend of de laatste schrijfopdracht gelukt is; het wordt aan het doelsysteem gevraagd.',
    'On ne sait pas si la dernière écriture a pris effet ; la cible est interrogée.',
  ],
  'It is not known whether the last write took effect; the target is asked later.': [
    'Het is niet bekend of de laatste schrijfopdracht gelukt is; het wordt later aan het doelsysteem gevraagd.',
    'On ne sait pas si la dernière écriture a pris effet ; la cible sera interrogée plus tard.',
  ],
  'It is not known whether the last write took effect, and the target cannot be asked: {what}': [
    'Het is niet bekend of de laatste schrijfopdracht gelukt is, en het doelsysteem kan niet bevraagd worden: {what}',
    'On ne sait pas si la dernière écriture a pris effet, et la cible ne peut pas être interrogée : {what}',
  ],
  'Another record with the same values is being made in the target; this one is compared with it then.': [
    'Een ander record met dezelfde waarden wordt in het doelsysteem aangemaakt; dit wordt er daarna mee vergeleken.',
    'Un autre enregistrement avec les mêmes valeurs est en cours de création dans la cible ; celui-ci lui sera alors comparé.',
  ],
  '{system} has one record ({externalId}) for this and another record of the hub; the other one writes to it.': [
    '{system} heeft één record ({externalId}) voor dit en een ander record van de hub; het andere schrijft ernaar.',
    '{system} a un seul enregistrement ({externalId}) pour celui-ci et un autre du hub ; c’est l’autre qui y écrit.',
  ],
  'The record does not meet the condition of the mapping.': [
    'Het record voldoet niet aan de voorwaarde van de veldkoppeling.',
    'L’enregistrement ne remplit pas la condition de la correspondance.',
  ],
  'The flow does not take {documents}.': [
    'De synchronisatie neemt geen {documents} over.',
    'Le flux ne reprend pas de {documents}.',
  ],
  // As releases before have written it down.
  'The flow does not take documents of type {documents}.': [
    'De synchronisatie neemt geen {documents} over.',
    'Le flux ne reprend pas de {documents}.',
  ],
  'It was placed before {moment}, from when on the flow takes orders.': [
    'Het is geplaatst voor {moment}; vanaf dan neemt de synchronisatie bestellingen.',
    'Il a été passé avant {moment}, à partir de quand le flux prend les commandes.',
  ],
  'It is older than the start of the flow at {moment}.': [
    'Het is ouder dan de start van de synchronisatie op {moment}.',
    'Il est plus ancien que le début du flux le {moment}.',
  ],
  'No {documents} are taken over from {system}.': [
    'Er worden geen {documents} uit {system} overgenomen.',
    'Les {documents} ne sont pas reprises de {system}.',
  ],
  // As releases before have written it down.
  'Documents of type {documents} are not taken from {system}.': [
    'Er worden geen {documents} uit {system} overgenomen.',
    'Les {documents} ne sont pas reprises de {system}.',
  ],
  'It was placed at {placed}; orders are taken that were placed from {moment} on.': [
    'Het is geplaatst op {placed}; bestellingen worden overgenomen vanaf {moment}.',
    'Il a été passé le {placed} ; les commandes sont reprises à partir du {moment}.',
  ],
  '{system} has its invoice{number} already.': [
    '{system} heeft zijn factuur{number} al.',
    '{system} a déjà sa facture{number}.',
  ],
  'It is the invoice of order{number}, which came from {system} itself.': [
    'Het is de factuur van bestelling{number}, die uit {system} zelf kwam.',
    'C’est la facture de la commande{number}, qui vient de {system} même.',
  ],
  'It is the invoice of order{number}, which {system} has.': [
    'Het is de factuur van bestelling{number}, die {system} heeft.',
    'C’est la facture de la commande{number}, que {system} a.',
  ],
  'It is the invoice of order{number}, and {system} gets the orders themselves.': [
    'Het is de factuur van bestelling{number}, en {system} krijgt de bestellingen zelf.',
    'C’est la facture de la commande{number}, et {system} reçoit les commandes elles-mêmes.',
  ],
  'What went wrong is shown to those who may see names and addresses of customers.': [
    'Wat er misging, is te zien voor wie namen en adressen van klanten mag zien.',
    'Ce qui n’a pas marché est montré à qui peut voir les noms et les adresses des clients.',
  ],
  'The flow {flow} is not running: what is tried again waits until it is.': [
    'Synchronisatie {flow} loopt niet: wat opnieuw verstuurd wordt, wacht tot ze loopt.',
    'Le flux {flow} ne tourne pas : ce qui est renvoyé attend qu’il tourne.',
  ],
  '{records} of the records have reached their target since; trying them again changes nothing.': [
    '{records} van de records hebben hun doel intussen bereikt; ze opnieuw versturen verandert niets.',
    '{records} des enregistrements ont atteint leur cible entre-temps ; les renvoyer ne change rien.',
  ],
  'every {ms} ms': ['elke {ms} ms', 'toutes les {ms} ms'],
  'every {seconds} s': ['elke {seconds} s', 'toutes les {seconds} s'],
  'There is no connector {kind} here.': ['Er is hier geen connector {kind}.', 'Il n’y a pas ici de connecteur {kind}.'],
  'The record is looked at in the target first.': [
    'Het record wordt eerst in het doelsysteem bekeken.',
    'L’enregistrement est d’abord regardé dans la cible.',
  ],
  'This is not an e-mail address.': ['Dit is geen e-mailadres.', 'Ceci n’est pas une adresse e-mail.'],
  'The country was not recognised; its text is in countryText.': [
    'Het land is niet herkend; de tekst staat in countryText.',
    'Le pays n’a pas été reconnu ; son texte est dans countryText.',
  ],
  'Street and house number were not found in the first line.': [
    'Straat en huisnummer zijn niet gevonden in de eerste regel.',
    'La rue et le numéro n’ont pas été trouvés dans la première ligne.',
  ],
} as const satisfies Phrases;
