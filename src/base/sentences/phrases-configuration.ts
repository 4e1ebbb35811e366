/** What is said of comparisons and alerts in a configuration file, and of what a file lacks: English → Dutch, French. */
import type { Phrases } from './translations.js';

export const configurationPhrases: Phrases = {
  '"{at}" is a whole number.': ['"{at}" is een geheel getal.', '"{at}" est un nombre entier.'],
  'There is no flow {keys} here.': ['Er is hier geen synchronisatie {keys}.', 'Il n’y a pas ici de flux {keys}.'],
  'There is no system {keys} here.': ['Er is hier geen systeem {keys}.', 'Il n’y a pas ici de système {keys}.'],
  'There is no channel {keys} here.': ['Er is hier geen kanaal {keys}.', 'Il n’y a pas ici de canal {keys}.'],
  'It is not in the file, but it is used by {keys}.': [
    'Het staat niet in het bestand, maar wordt gebruikt door {keys}.',
    'Il n’est pas dans le fichier, mais il est utilisé par {keys}.',
  ],
  'A new flow needs {keys}.': ['Een nieuwe synchronisatie heeft {keys} nodig.', 'Un nouveau flux demande {keys}.'],
  'A new value list needs {keys}.': [
    'Een nieuwe waardenlijst heeft {keys} nodig.',
    'Une nouvelle table de correspondance demande {keys}.',
  ],
  'A new rule of alerts needs {keys}.': [
    'Een nieuwe meldingsregel heeft {keys} nodig.',
    'Une nouvelle règle d’alerte demande {keys}.',
  ],
  'A name has 1 to 100 characters.': ['Een naam heeft 1 tot 100 tekens.', 'Un nom a de 1 à 100 caractères.'],
  'A flow is compared every 1 to 720 hours, or only when somebody asks.': [
    'Een synchronisatie wordt om de 1 tot 720 uur vergeleken, of alleen als iemand erom vraagt.',
    'Un flux est rapproché toutes les 1 à 720 heures, ou seulement quand quelqu’un le demande.',
  ],
  'A channel has one of email and webhook, always the same.': [
    'Een kanaal heeft email of webhook, en altijd hetzelfde.',
    'Un canal a email ou webhook, toujours le même.',
  ],
  'Where a webhook leads is secret: a file holds only the host, and changes nothing of it.': [
    'Waarheen een webhook leidt is geheim: een bestand bevat alleen de host en verandert er niets aan.',
    'L’adresse d’un webhook est secrète : un fichier n’en contient que l’hôte et n’y change rien.',
  ],
  'There is no channel {key} here, and where a webhook leads is secret. Make one of this name first; then import again.':
    [
      'Er is hier geen kanaal {key}, en waarheen een webhook leidt is geheim. Maak er eerst een met deze naam; importeer dan opnieuw.',
      'Il n’y a pas ici de canal {key}, et l’adresse d’un webhook est secrète. Créez-en d’abord un de ce nom ; puis importez de nouveau.',
    ],
  'Its messages are to be signed, and it has no secret here. Enter one on the page of alerts; then import again.': [
    'De berichten moeten ondertekend worden, en het heeft hier geen geheim. Vul er een in op de pagina met meldingen; importeer dan opnieuw.',
    'Ses messages doivent être signés, et il n’a pas de secret ici. Saisissez-en un sur la page des alertes ; puis importez de nouveau.',
  ],
  'Its messages are signed, and a file does not take the secret away. Take it away on the page of alerts; then import again.':
    [
      'De berichten worden ondertekend, en een bestand neemt het geheim niet weg. Neem het weg op de pagina met meldingen; importeer dan opnieuw.',
      'Ses messages sont signés, et un fichier ne retire pas le secret. Retirez-le sur la page des alertes ; puis importez de nouveau.',
    ],
};
