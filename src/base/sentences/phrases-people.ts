/** What people are told about accounts, records that are sent again, links, and the processes: English → Dutch, French. */
import type { Phrases } from './translations.js';

export const peoplePhrases = {
  'administrator (first start)': ['beheerder (eerste start)', 'administrateur (premier démarrage)'],
  'Give it a name.': ['Geef haar een naam.', 'Donnez-lui un nom.'],
  'A name has at most {limit} characters.': [
    'Een naam heeft hoogstens {limit} tekens.',
    'Un nom a au plus {limit} caractères.',
  ],
  'Say which filter is meant.': ['Zeg welk filter bedoeld is.', 'Dites quel filtre est visé.'],
  'A filter has at most {limit} characters.': [
    'Een filter heeft hoogstens {limit} tekens.',
    'Un filtre a au plus {limit} caractères.',
  ],
  'Say of which list.': ['Zeg van welke lijst.', 'Dites de quelle liste.'],
  'Only people who have signed in have views.': [
    'Alleen mensen die zich hebben aangemeld, hebben weergaven.',
    'Seules les personnes connectées ont des vues.',
  ],
  'There is no view {id}.': ['Er is geen weergave {id}.', 'Il n’y a pas de vue {id}.'],
  'The view is somebody else’s; save one of your own.': [
    'De weergave is van iemand anders; bewaar er zelf een.',
    'La vue est à quelqu’un d’autre ; enregistrez la vôtre.',
  ],
  'Nobody has more than {limit} views; delete one first.': [
    'Niemand heeft meer dan {limit} weergaven; verwijder er eerst een.',
    'Personne n’a plus de {limit} vues ; supprimez-en une d’abord.',
  ],
  'it has more than {limit} characters': ['langer dan {limit} tekens', 'plus de {limit} caractères'],
  'it is not the address of one person': [
    'dit is niet het adres van één persoon',
    'ce n’est pas l’adresse d’une personne',
  ],
  'the hub speaks nl, fr and en': ['de hub spreekt nl, fr en en', 'le hub parle nl, fr et en'],
  'it is not asked for': ['er wordt niet om gevraagd', 'il n’est pas demandé'],
  'it has ended, or its role has changed': [
    'beëindigd, of de rol ervan is gewijzigd',
    'elle est terminée, ou son rôle a changé',
  ],
  'A key has no password. Sign in to change yours.': [
    'Een sleutel heeft geen wachtwoord. Meld u aan om het uwe te wijzigen.',
    'Une clé n’a pas de mot de passe. Connectez-vous pour changer le vôtre.',
  ],
  'A new user needs {field}.': [
    'Een nieuwe gebruiker heeft {field} nodig.',
    'Un nouvel utilisateur a besoin de {field}.',
  ],
  'Say from which version the change was made.': [
    'Geef aan van welke versie de wijziging uitging.',
    'Indiquez de quelle version la modification est partie.',
  ],
  'There is no user {id}.': ['Er is geen gebruiker {id}.', 'Il n’y a pas d’utilisateur {id}.'],
  '{name} may not deal with problems; choose one of assignees.': [
    '{name} mag geen problemen behandelen; kies iemand uit assignees.',
    '{name} ne peut pas traiter de problèmes ; choisissez une personne de assignees.',
  ],
  'A note has at most {limit} characters.': [
    'Een notitie heeft hoogstens {limit} tekens.',
    'Une note a au plus {limit} caractères.',
  ],
  'A problem has at most {limit} tags.': [
    'Een probleem heeft hoogstens {limit} labels.',
    'Un problème a au plus {limit} étiquettes.',
  ],
  'A tag has 1 to {limit} characters.': [
    'Een label heeft 1 tot {limit} tekens.',
    'Une étiquette a de 1 à {limit} caractères.',
  ],
  'Give the id that the system itself uses.': [
    'Geef het nummer dat het systeem zelf gebruikt.',
    'Indiquez l’identifiant que le système utilise lui-même.',
  ],
  'An id has at most {limit} characters.': [
    'Een nummer heeft hoogstens {limit} tekens.',
    'Un identifiant a au plus {limit} caractères.',
  ],
  'There is no identity {id}.': ['Er is geen verwijzing {id}.', 'Il n’y a pas de référence {id}.'],
  'Somebody has unlinked it here; it rests until it is linked or sent again.': [
    'Iemand heeft het hier losgekoppeld; het rust tot het gekoppeld of opnieuw verstuurd wordt.',
    'Quelqu’un l’a délié ici ; il attend d’être lié ou renvoyé.',
  ],
  'Name at least one record.': ['Noem minstens één record.', 'Nommez au moins un enregistrement.'],
  'Name at least one system, or leave it out for all.': [
    'Noem minstens één systeem, of laat het weg voor alle.',
    'Nommez au moins un système, ou omettez-le pour tous.',
  ],
  'Name at most {limit} systems.': ['Noem hoogstens {limit} systemen.', 'Nommez au plus {limit} systèmes.'],
  'Name at most {limit} records.': ['Noem hoogstens {limit} records.', 'Nommez au plus {limit} enregistrements.'],
  'There is no event {id}.': ['Er is geen gebeurtenis {id}.', 'Il n’y a pas d’événement {id}.'],
  'The hub has no record of this event; when it is an open problem, try that again.': [
    'De hub heeft geen record bij deze gebeurtenis; verstuur het open probleem opnieuw als het er een is.',
    'Le hub n’a pas d’enregistrement de cet événement ; si c’est un problème ouvert, renvoyez celui-ci.',
  ],
  'Say true for all, or name what is meant.': [
    'Zeg true voor alles, of noem wat bedoeld is.',
    'Dites true pour tout, ou nommez ce qui est visé.',
  ],
  'No record is meant that the source of the flow knows.': [
    'Er is geen record bedoeld dat de bron van de synchronisatie kent.',
    'Aucun enregistrement visé n’est connu de la source du flux.',
  ],
  'The flow is not enabled: nothing would be sent.': [
    'De synchronisatie is niet ingeschakeld: er zou niets verstuurd worden.',
    'Le flux n’est pas activé : rien ne serait envoyé.',
  ],
  '{system} is paused: nothing is sent until it is resumed.': [
    '{system} is gepauzeerd: er wordt niets verstuurd tot het hervat wordt.',
    '{system} est en pause : rien n’est envoyé jusqu’à sa reprise.',
  ],
  'The flow does not make records that the target lacks.': [
    'De synchronisatie maakt geen records die in het doelsysteem ontbreken.',
    'Le flux ne crée pas les enregistrements qui manquent dans la cible.',
  ],
  'The flow does not change records that the target has.': [
    'De synchronisatie wijzigt geen records die het doelsysteem heeft.',
    'Le flux ne modifie pas les enregistrements que la cible possède.',
  ],
  'The flow starts now, and its system does not tell whether this was there before.': [
    'De synchronisatie begint nu, en het systeem zegt niet of dit er al eerder was.',
    'Le flux commence maintenant, et le système ne dit pas si ceci existait déjà.',
  ],
  'The flow starts now: orders of before are not sent.': [
    'De synchronisatie begint nu: bestellingen van daarvoor worden niet verstuurd.',
    'Le flux commence maintenant : les commandes d’avant ne sont pas envoyées.',
  ],
  'Type {flow} to confirm: {problems} open problems would be put aside, {records} records would stay in the target as they are.':
    [
      'Typ {flow} om te bevestigen: {problems} open problemen zouden terzijde gelegd worden, {records} records zouden in het doelsysteem blijven zoals ze zijn.',
      'Tapez {flow} pour confirmer : {problems} problèmes ouverts seraient mis de côté, {records} enregistrements resteraient tels quels dans la cible.',
    ],
  'The draft has no rule {at}.': ['Het concept heeft geen regel {at}.', 'Le brouillon n’a pas de règle {at}.'],
  'there is no flow {id}': ['er is geen synchronisatie {id}', 'il n’y a pas de flux {id}'],
  'there is no run {id}': ['er is geen uitvoering {id}', 'il n’y a pas d’exécution {id}'],
  'there is no system {id}': ['er is geen systeem {id}', 'il n’y a pas de système {id}'],
  'there is no mapping {id}': ['er is geen veldkoppeling {id}', 'il n’y a pas de correspondance {id}'],
  'there is no record {id}': ['er is geen record {id}', 'il n’y a pas d’enregistrement {id}'],
  'run {id} is not of flow {flow}': [
    'uitvoering {id} hoort niet bij synchronisatie {flow}',
    'l’exécution {id} n’est pas du flux {flow}',
  ],
  'it was changed': ['hij is gewijzigd', 'il a été modifié'],
  'it comes from another release': ['hij komt uit een andere versie', 'il vient d’une autre version'],
  'it comes from {of}, this is {list}': ['hij komt uit {of}, dit is {list}', 'il vient de {of}, ceci est {list}'],
  'it has another form': ['de vorm is een andere', 'la forme est différente'],
  'it was stored with the secret key {id}': [
    'bewaard met de geheime sleutel {id}',
    'enregistré avec la clé secrète {id}',
  ],
  'it was changed, or belongs to another row': [
    'gewijzigd, of het hoort bij een andere rij',
    'modifié, ou appartenant à une autre ligne',
  ],
  'is as it should be': ['is zoals het hoort', 'est comme il se doit'],
  'these have not run: {names}': ['deze zijn niet uitgevoerd: {names}', 'celles-ci n’ont pas été exécutées : {names}'],
  '{worker} has not come round for {seconds} s': [
    '{worker} is {seconds} s niet rondgekomen',
    '{worker} n’a pas fait de tour depuis {seconds} s',
  ],
  'the connection was closed': ['de verbinding is gesloten', 'la connexion a été fermée'],
  '{what} took over {ms} ms': ['{what} duurde langer dan {ms} ms', '{what} a pris plus de {ms} ms'],
  'a look at how far topics go': ['kijken hoe ver topics gaan', 'regarder jusqu’où vont les topics'],
  'a look at topics': ['kijken naar topics', 'regarder les topics'],
  'a look for the leaders of topics': ['zoeken naar de leiders van topics', 'chercher les leaders des topics'],
  'a look for topics': ['zoeken naar topics', 'chercher les topics'],
  'a read of {topic}': ['lezen van {topic}', 'lire {topic}'],
  'a write to {topic}': ['schrijven naar {topic}', 'écrire dans {topic}'],
  '{topic} has no leader': ['{topic} heeft geen leider', '{topic} n’a pas de leader'],
  '{topic}, partition {partition}, has no leader': [
    '{topic}, partitie {partition}, heeft geen leider',
    '{topic}, partition {partition}, n’a pas de leader',
  ],
  'an answer without {topic}': ['een antwoord zonder {topic}', 'une réponse sans {topic}'],
  '{topic} is not there yet': ['{topic} is er nog niet', '{topic} n’existe pas encore'],
  'the topics have no leader': ['de topics hebben geen leider', 'les topics n’ont pas de leader'],
  'records named {name}': ['records met de naam {name}', 'des enregistrements nommés {name}'],
} as const satisfies Phrases;
