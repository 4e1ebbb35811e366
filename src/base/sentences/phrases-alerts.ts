/** What people are told about alerts, their rules and channels: English → Dutch, French. */
import type { Phrases } from './translations.js';

export const alertPhrases: Phrases = {
  'The moment is in the future, and at most 30 days from now.': [
    'Het moment ligt in de toekomst, hoogstens 30 dagen van nu.',
    'Le moment est dans le futur, au plus dans 30 jours.',
  ],
  'it is from {least} to {most} minutes': ['van {least} tot {most} minuten', 'de {least} à {most} minutes'],
  'it is from {least} to {most}': ['van {least} tot {most}', 'de {least} à {most}'],
  'this kind needs one': ['deze soort heeft er een nodig', 'ce genre en a besoin'],
  'it is missing': ['ontbreekt', 'absent'],
  'it is not an address': ['dit is geen adres', 'ce n’est pas une adresse'],
  'it must start with https:// outside of this machine': [
    'buiten deze machine moet het met https:// beginnen',
    'hors de cette machine, il doit commencer par https://',
  ],
  'it must hold neither credentials nor a fragment; messages can be signed with a secret': [
    'er mogen geen aanmeldgegevens en geen fragment in staan; berichten kunnen met een geheim ondertekend worden',
    'il ne doit contenir ni identifiants ni fragment ; les messages peuvent être signés avec un secret',
  ],
  'it has 8 to 200 letters, digits and signs, without spaces': [
    'het heeft 8 tot 200 letters, cijfers en tekens, zonder spaties',
    'il a de 8 à 200 lettres, chiffres et signes, sans espaces',
  ],
  'No mail server is set up.': ['Er is geen mailserver ingesteld.', 'Aucun serveur de messagerie n’est configuré.'],
  'Set KOPPEL_SMTP_URL and KOPPEL_MAIL_FROM, and start the hub again.': [
    'Stel KOPPEL_SMTP_URL en KOPPEL_MAIL_FROM in en start de hub opnieuw.',
    'Définissez KOPPEL_SMTP_URL et KOPPEL_MAIL_FROM, puis redémarrez le hub.',
  ],
  'The mail server answered: {answer}': [
    'De mailserver antwoordde: {answer}',
    'Le serveur de messagerie a répondu : {answer}',
  ],
  'The mail server could not be used: {answer}': [
    'De mailserver kon niet gebruikt worden: {answer}',
    'Le serveur de messagerie n’a pas pu être utilisé : {answer}',
  ],
  'The webhook could not be reached: {answer}': [
    'De webhook was niet bereikbaar: {answer}',
    'Le webhook n’a pas pu être joint : {answer}',
  ],
  'The webhook answered with status {status}.': [
    'De webhook antwoordde met status {status}.',
    'Le webhook a répondu avec le statut {status}.',
  ],
  'The webhook answered with more than is read.': [
    'De webhook antwoordde met meer dan er gelezen wordt.',
    'Le webhook a répondu par plus que ce qui est lu.',
  ],
  'Look at the flow: its problems, and whether its target answers slowly.': [
    'Bekijk de synchronisatie: haar problemen, en of het doelsysteem traag antwoordt.',
    'Regardez le flux : ses problèmes, et si la cible répond lentement.',
  ],
  'Look at the causes of its problems; the largest one is usually a missing row or a rule.': [
    'Bekijk de oorzaken van de problemen; de grootste is meestal een ontbrekende rij of een regel.',
    'Regardez les causes des problèmes ; la plus grande est souvent une ligne manquante ou une règle.',
  ],
  'Look at the causes, mend the largest one, and send its records again.': [
    'Bekijk de oorzaken, verhelp de grootste en verstuur de records ervan opnieuw.',
    'Regardez les causes, corrigez la plus grande et renvoyez ses enregistrements.',
  ],
  'Check whether the source has changes at this time; if it has, look at the flow.': [
    'Controleer of de bron rond deze tijd wijzigingen heeft; zo ja, bekijk dan de synchronisatie.',
    'Vérifiez si la source a des changements à cette heure ; si oui, regardez le flux.',
  ],
  'Check whether the system is up and its address is right; the hub goes on trying, and nothing is lost.': [
    'Controleer of het systeem werkt en het adres klopt; de hub blijft proberen en er gaat niets verloren.',
    'Vérifiez si le système fonctionne et si son adresse est juste ; le hub continue d’essayer et rien ne se perd.',
  ],
  'Mend the cause, then resume the flow; where only reading was stopped, say on its page from where to read on.': [
    'Verhelp de oorzaak en hervat daarna de synchronisatie; is alleen het lezen gestopt, zeg dan op haar pagina vanaf waar verder gelezen wordt.',
    'Corrigez la cause, puis reprenez le flux ; si seule la lecture est arrêtée, indiquez sur sa page d’où lire la suite.',
  ],
  'Look at what is held, then send it all the same or drop it.': [
    'Bekijk wat vastgehouden wordt en verstuur het toch of laat het vervallen.',
    'Regardez ce qui est retenu, puis envoyez-le quand même ou abandonnez-le.',
  ],
  'Look at what differs, repair what can be repaired, and compare again.': [
    'Bekijk wat verschilt, herstel wat hersteld kan worden en vergelijk opnieuw.',
    'Regardez ce qui diffère, réparez ce qui peut l’être et rapprochez à nouveau.',
  ],
  'Add the missing rows to the value lists and publish them.': [
    'Voeg de ontbrekende rijen toe aan de waardenlijsten en publiceer ze.',
    'Ajoutez les lignes manquantes aux tables de correspondance et publiez-les.',
  ],
  'this kind is about the whole hub': ['deze soort gaat over de hele hub', 'ce genre concerne tout le hub'],
  'Delay: {flow}': ['Achterstand: {flow}', 'Retard : {flow}'],
  'Changes that wait to be delivered: {records}, the oldest for {lasting}. The rule tells from {allowed} on.': [
    'Wijzigingen die op bezorging wachten: {records}, de oudste al {lasting}. De regel meldt vanaf {allowed}.',
    'Changements en attente de livraison : {records}, le plus ancien depuis {lasting}. La règle avertit à partir de {allowed}.',
  ],
  'Nothing comes through: {flow}': ['Er komt niets door: {flow}', 'Rien ne passe : {flow}'],
  'No run of the flow has succeeded for {lasting}.': [
    'Al {lasting} is geen uitvoering van de synchronisatie gelukt.',
    'Aucune exécution du flux n’a réussi depuis {lasting}.',
  ],
  '{system} cannot be read completely': [
    '{system} kan niet helemaal gelezen worden',
    '{system} ne peut être lu en entier',
  ],
  'It answers, but reading these streams fails, the longest for {lasting}: {streams}. Nothing is lost; the hub goes on trying.':
    [
      'Het antwoordt, maar het lezen van deze stromen mislukt, het langst al {lasting}: {streams}. Er gaat niets verloren; de hub blijft proberen.',
      'Il répond, mais la lecture de ces flots échoue, le plus longtemps depuis {lasting} : {streams}. Rien ne se perd ; le hub continue d’essayer.',
    ],
  'Many failures: {flow}': ['Veel mislukt: {flow}', 'Beaucoup d’échecs : {flow}'],
  'Of {records} records, {times} became problems within {lasting}: {percent} %.': [
    'Van {records} records werden er {times} binnen {lasting} een probleem: {percent} %.',
    'Sur {records} enregistrements, {times} sont devenus des problèmes en {lasting} : {percent} %.',
  ],
  'Stopped by the hub: {flow}': ['Door de hub gestopt: {flow}', 'Arrêté par le hub : {flow}'],
  'Held back: {flow}': ['Vastgehouden: {flow}', 'Retenu : {flow}'],
  '{count} {count|record|records} would lose something, and {count|waits|wait} until somebody decides. Everything else goes on.':
    [
      '{count} {count|record|records} {count|zou|zouden} iets verliezen en {count|wacht|wachten} tot iemand beslist. Al het andere gaat door.',
      '{count} {count|enregistrement perdrait|enregistrements perdraient|d’enregistrements perdraient} quelque chose et {count|attend|attendent} que quelqu’un décide. Tout le reste continue.',
    ],
  'The systems do not agree: {flow}': [
    'De systemen stemmen niet overeen: {flow}',
    'Les systèmes ne concordent pas : {flow}',
  ],
  'Of {records} records that were compared, {count} {count|is|are} not the same, and nothing explains it.': [
    'Van {records} vergeleken records {count|is|zijn} er {count} niet gelijk, en niets verklaart het.',
    'Sur {records} enregistrements rapprochés, {count} {count|n’est pas identique|ne sont pas identiques}, et rien ne l’explique.',
  ],
  'The comparison failed: {flow}': ['De vergelijking is mislukt: {flow}', 'Le rapprochement a échoué : {flow}'],
  'It came to no end, so nobody knows whether both systems agree.': [
    'Ze is niet tot het einde gekomen; niemand weet dus of beide systemen overeenstemmen.',
    'Il n’est pas allé jusqu’au bout ; personne ne sait donc si les deux systèmes concordent.',
  ],
  '{system} cannot be reached': ['{system} is onbereikbaar', '{system} est injoignable'],
  'It has not answered for {lasting}. Nothing is lost; the hub goes on trying.': [
    'Het antwoordt al {lasting} niet. Er gaat niets verloren; de hub blijft proberen.',
    'Il ne répond plus depuis {lasting}. Rien n’est perdu ; le hub continue d’essayer.',
  ],
  '{system} refuses the credentials': ['{system} weigert de aanmeldgegevens', '{system} refuse les identifiants'],
  'The hub makes no calls to it until somebody enters valid ones.': [
    'De hub roept het niet meer aan tot iemand geldige invoert.',
    'Le hub ne l’appelle plus jusqu’à ce que quelqu’un en saisisse de valables.',
  ],
  '{count} open {count|problem|problems}': [
    '{count} open {count|probleem|problemen}',
    '{count} {count|problème ouvert|problèmes ouverts|de problèmes ouverts}',
  ],
  'So many records wait for a person; the rule tells from {most} on.': [
    'Zoveel records wachten op iemand; de regel meldt vanaf {most}.',
    'Autant d’enregistrements attendent quelqu’un ; la règle avertit à partir de {most}.',
  ],
  '{count} {count|code|codes} without a row in a value list': [
    '{count} {count|code|codes} zonder rij in een waardenlijst',
    '{count} {count|code|codes|de codes} sans ligne dans une table de correspondance',
  ],
  'Records with these codes wait until the value lists have rows for them.': [
    'Records met deze codes wachten tot de waardenlijsten er rijen voor hebben.',
    'Les enregistrements avec ces codes attendent que les tables de correspondance aient des lignes pour eux.',
  ],
};
