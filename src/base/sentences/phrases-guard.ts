/** What the write guard says of runs and records that it holds: English → Dutch, French. */
import type { Phrases } from './translations.js';

export const guardPhrases: Phrases = {
  'Held back with many others: it would be switched off. It waits until somebody releases or drops the held run.': [
    'Met veel andere vastgehouden: het zou uitgeschakeld worden. Het wacht tot iemand de vastgehouden run vrijgeeft of laat vervallen.',
    'Retenu avec beaucoup d’autres : il serait désactivé. Il attend que quelqu’un libère ou abandonne le passage retenu.',
  ],
  'Held back with many others: its stock would go to zero. It waits until somebody releases or drops the held run.': [
    'Met veel andere vastgehouden: de voorraad zou op nul komen. Het wacht tot iemand de vastgehouden run vrijgeeft of laat vervallen.',
    'Retenu avec beaucoup d’autres : son stock passerait à zéro. Il attend que quelqu’un libère ou abandonne le passage retenu.',
  ],
  'Held back with many others: its price would jump. It waits until somebody releases or drops the held run.': [
    'Met veel andere vastgehouden: de prijs zou verspringen. Het wacht tot iemand de vastgehouden run vrijgeeft of laat vervallen.',
    'Retenu avec beaucoup d’autres : son prix ferait un saut. Il attend que quelqu’un libère ou abandonne le passage retenu.',
  ],
  'Held back with many others: filled fields would be emptied. It waits until somebody releases or drops the held run.':
    [
      'Met veel andere vastgehouden: ingevulde velden zouden leeg worden. Het wacht tot iemand de vastgehouden run vrijgeeft of laat vervallen.',
      'Retenu avec beaucoup d’autres : des champs remplis seraient vidés. Il attend que quelqu’un libère ou abandonne le passage retenu.',
    ],
  'Somebody dropped the held write: the record stays as it is there until it changes again.': [
    'Iemand liet de vastgehouden wijziging vervallen: het record blijft daar zoals het is tot het weer verandert.',
    'Quelqu’un a abandonné le changement retenu : l’enregistrement y reste tel quel jusqu’à ce qu’il change de nouveau.',
  ],
  'More than {records} records, and more than {percent} % of what the flow was changing within five minutes, would have lost something: their stock, their price, a filled field or their being in use.':
    [
      'Meer dan {records} records, en meer dan {percent} % van wat de synchronisatie binnen vijf minuten wijzigde, zouden iets verliezen: hun voorraad, hun prijs, een ingevuld veld of dat ze in gebruik zijn.',
      'Plus de {records} enregistrements, et plus de {percent} % de ce que le flux changeait en cinq minutes, auraient perdu quelque chose : leur stock, leur prix, un champ rempli ou leur mise en service.',
    ],
  'There is no run {id}.': ['Er is geen run {id}.', 'Il n’y a pas de passage {id}.'],
  'A reason has at most {most} characters.': [
    'Een reden heeft hoogstens {most} tekens.',
    'Une raison a au plus {most} caractères.',
  ],
  'Give a number from {least} to {most}.': [
    'Geef een getal van {least} tot {most}.',
    'Donnez un nombre de {least} à {most}.',
  ],
  'Give a number from {least} to {most}, with two decimals at most.': [
    'Geef een getal van {least} tot {most}, met hoogstens twee decimalen.',
    'Donnez un nombre de {least} à {most}, avec deux décimales au plus.',
  ],
};
