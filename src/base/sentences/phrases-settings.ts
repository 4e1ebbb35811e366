/** What is wrong with settings, owners of fields and configuration files: the English phrase → Dutch, French. */
import type { Phrases } from './translations.js';

export const settingPhrases = {
  'There is no setting {name}; there are {accepted}.': [
    'Er is geen instelling {name}; er zijn {accepted}.',
    'Il n’y a pas de paramètre {name} ; il y a {accepted}.',
  ],
  '{name} holds settings of its own.': ['{name} bevat eigen instellingen.', '{name} contient ses propres paramètres.'],
  'a text; numbers go in quotes': [
    'een tekst; getallen staan tussen aanhalingstekens',
    'un texte ; les nombres vont entre guillemets',
  ],
  'a whole number from {least} to {most}': [
    'een geheel getal van {least} tot {most}',
    'un nombre entier de {least} à {most}',
  ],
  'a text from "1.1" to "1000", with two decimals at most': [
    'een tekst van "1.1" tot "1000", met hoogstens twee decimalen',
    'un texte de "1.1" à "1000", avec deux décimales au plus',
  ],
  'two capital letters': ['twee hoofdletters', 'deux majuscules'],
  'three capital letters': ['drie hoofdletters', 'trois majuscules'],
  'a list of names of fields': ['een lijst van veldnamen', 'une liste de noms de champs'],
  'a text of 1 to 15 digits that does not begin with 0': [
    'een tekst van 1 tot 15 cijfers die niet met 0 begint',
    'un texte de 1 à 15 chiffres qui ne commence pas par 0',
  ],
  'now, or a moment such as "2026-11-01T00:00:00Z"': [
    'now, of een moment zoals "2026-11-01T00:00:00Z"',
    'now, ou un instant comme "2026-11-01T00:00:00Z"',
  ],
  'a moment such as "2026-11-01T00:00:00Z"': [
    'een moment zoals "2026-11-01T00:00:00Z"',
    'un instant comme "2026-11-01T00:00:00Z"',
  ],
  'articleNumbers.from is needed to allocate numbers.': [
    'articleNumbers.from is nodig om nummers toe te kennen.',
    'articleNumbers.from est nécessaire pour attribuer des numéros.',
  ],
  'There is no field {name} in a flow of this kind; it has {accepted}.': [
    'Er is geen veld {name} in een synchronisatie van deze soort; ze heeft {accepted}.',
    'Il n’y a pas de champ {name} dans un flux de ce type ; il a {accepted}.',
  ],
  '{system} does not take {documents}; it takes {documentsTaken}.': [
    '{system} aanvaardt geen {documents}; wel {documentsTaken}.',
    '{system} n’accepte pas de {documents} ; ce qu’il accepte : {documentsTaken}.',
  ],
  'Give either start: NOW or startFrom, not both.': [
    'Geef start: NOW of startFrom, niet beide.',
    'Donnez soit start: NOW, soit startFrom, pas les deux.',
  ],
  'The first number of the range must be 1 to 15 digits that do not begin with 0.': [
    'Het eerste nummer van de reeks moet 1 tot 15 cijfers hebben en niet met 0 beginnen.',
    'Le premier numéro de la plage doit avoir de 1 à 15 chiffres et ne pas commencer par 0.',
  ],
  'batchSize must be 1 to 1000.': ['batchSize moet van 1 tot 1000 zijn.', 'batchSize doit aller de 1 à 1000.'],
  'country must be two capital letters.': [
    'country moet twee hoofdletters zijn.',
    'country doit être deux majuscules.',
  ],
  'currency must be three capital letters.': [
    'currency moet drie hoofdletters zijn.',
    'currency doit être trois majuscules.',
  ],
  'There is no field {field}.': ['Er is geen veld {field}.', 'Il n’y a pas de champ {field}.'],
  'The owner of {field} cannot be set.': [
    'De eigenaar van {field} kan niet ingesteld worden.',
    'Le propriétaire de {field} ne peut pas être fixé.',
  ],
  '{field} belongs to one system or to several, not to {owner} and others.': [
    '{field} hoort bij één systeem of bij meer dan één, niet bij {owner} en andere.',
    '{field} appartient à un système ou à plusieurs, pas à {owner} et d’autres.',
  ],
  '{name} is named twice.': ['{name} is twee keer genoemd.', '{name} est nommé deux fois.'],
  'paused already': ['al gepauzeerd', 'déjà en pause'],
  enabled: ['ingeschakeld', 'activé'],
  disabled: ['uitgeschakeld', 'désactivé'],
  suspended: ['stilgelegd', 'suspendu'],
  paused: ['gepauzeerd', 'en pause'],
  'not enabled': ['niet ingeschakeld', 'désactivé'],
  'not in use': ['niet in gebruik', 'inutilisé'],
  'not connected': ['niet gekoppeld', 'déconnecté'],
  connected: ['gekoppeld', 'connecté'],
  '{count} flows': ['{count} {count|synchronisatie|synchronisaties}', '{count} flux'],
  '{count} records that it has in common with the hub': [
    '{count} records die het met de hub gemeen heeft',
    '{count} enregistrements qu’il a en commun avec le hub',
  ],
  '{count} fields that are its own': [
    '{count} velden waarvan het de eigenaar is',
    '{count} champs dont il est propriétaire',
  ],
  '1000 or more': ['1000 of meer', '1000 ou plus'],
  'Line {line}: {message}': ['Regel {line}: {message}', 'Ligne {line} : {message}'],
  'line {line}, {message}': ['regel {line}, {message}', 'ligne {line}, {message}'],
  'The first line says the version of the format: koppel: {version}': [
    'De eerste regel noemt de versie van het formaat: koppel: {version}',
    'La première ligne dit la version du format : koppel: {version}',
  ],
  'This hub reads version {version} of the format, not {found}.': [
    'Deze hub leest versie {version} van het formaat, niet {found}.',
    'Ce hub lit la version {version} du format, et non {found}.',
  ],
  '{what} should hold names with values.': [
    '{what} moet namen met waarden bevatten.',
    '{what} devrait contenir des noms avec des valeurs.',
  ],
  'The file': ['Het bestand', 'Le fichier'],
  '"{at}" should be a text.': ['"{at}" moet een tekst zijn.', '"{at}" devrait être un texte.'],
  '"{at}" should be a list.': ['"{at}" moet een lijst zijn.', '"{at}" devrait être une liste.'],
  'A time between two looks is written like PT5S or PT10M, not "{text}".': [
    'De tijd tussen twee keer kijken wordt geschreven als PT5S of PT10M, niet "{text}".',
    'Le temps entre deux regards s’écrit comme PT5S ou PT10M, et non "{text}".',
  ],
  '"{at}" is true or false.': ['"{at}" is true of false.', '"{at}" est true ou false.'],
  '"{at}" names the key of one system: { system: key }.': [
    '"{at}" noemt de sleutel van één systeem: { system: key }.',
    '"{at}" nomme la clé d’un seul système : { system: key }.',
  ],
  'A list has rules for its items.': [
    'Een lijst heeft regels voor haar items.',
    'Une liste a des règles pour ses éléments.',
  ],
  'A row has from and to, both of them texts, and perhaps secondKey.': [
    'Een rij heeft from en to, beide teksten, en eventueel secondKey.',
    'Une ligne a from et to, tous deux des textes, et peut-être secondKey.',
  ],
  'A row needs a code and a value.': [
    'Een rij heeft een code en een waarde nodig.',
    'Une ligne demande un code et une valeur.',
  ],
  'The code of line {line} stands here once more.': [
    'De code van regel {line} staat hier nog eens.',
    'Le code de la ligne {line} se trouve ici une fois de plus.',
  ],
  '"{name}" is {before} and cannot become {after}.': [
    '"{name}" is {before} en kan niet {after} worden.',
    '"{name}" est {before} et ne peut pas devenir {after}.',
  ],
  'A key has small letters, digits and dashes, 1 to 63.': [
    'Een sleutel heeft kleine letters, cijfers en streepjes, 1 tot 63.',
    'Une clé a des minuscules, chiffres et tirets, de 1 à 63.',
  ],
  'There is no system {key} here. Connect it first, with its secrets; then import again.': [
    'Er is hier geen systeem {key}. Koppel het eerst, met zijn geheimen; importeer dan opnieuw.',
    'Il n’y a pas ici de système {key}. Connectez-le d’abord, avec ses secrets ; puis importez de nouveau.',
  ],
  'Its address leads to another host, and a file brings no secrets along. Change the address in the settings of the system, with its secrets; then import again.':
    [
      'Het adres leidt naar een andere host, en een bestand brengt geen geheimen mee. Wijzig het adres in de instellingen van het systeem, met de geheimen erbij; importeer dan opnieuw.',
      'L’adresse mène à un autre hôte, et un fichier n’apporte pas de secrets. Modifiez l’adresse dans les paramètres du système, avec ses secrets ; puis importez de nouveau.',
    ],
  'A system has a name.': ['Een systeem heeft een naam.', 'Un système a un nom.'],
  'Source and target are two systems.': [
    'Bron en doel zijn twee systemen.',
    'La source et la cible sont deux systèmes.',
  ],
  'A flow has a name.': ['Een synchronisatie heeft een naam.', 'Un flux a un nom.'],
  'Somebody is editing it, and the import would end that draft. Publish or discard it first.': [
    'Iemand is het aan het bewerken, en de import zou dat concept beëindigen. Publiceer of verwerp het eerst.',
    'Quelqu’un le modifie, et l’importation mettrait fin à ce brouillon. Publiez-le ou abandonnez-le d’abord.',
  ],
  'There is no mapping {key}. One that people make needs {missing}.': [
    'Er is geen veldkoppeling {key}. Een die u zelf maakt, heeft {missing} nodig.',
    'Il n’y a pas de correspondance {key}. Celle que vous créez demande {missing}.',
  ],
  'There is no mapping of this connector, direction, record and entity that it could replace.': [
    'Er is geen veldkoppeling van deze connector, richting, record en soort die ze zou kunnen vervangen.',
    'Il n’y a pas de correspondance de ce connecteur, ce sens, cette fiche et ce type qu’elle pourrait remplacer.',
  ],
  'It came with its connector, and is called by what it carries.': [
    'Ze hoort bij haar connector en heet naar wat ze overbrengt.',
    'Elle est fournie avec son connecteur et porte le nom de ce qu’elle transporte.',
  ],
  'A mapping has a name.': ['Een veldkoppeling heeft een naam.', 'Une correspondance a un nom.'],
  'There is no mapping {key} that people made.': [
    'Er is geen zelfgemaakte veldkoppeling {key}.',
    'Il n’y a pas de correspondance {key} créée ici.',
  ],
  'The mapping {key} belongs to another kind of system.': [
    'Veldkoppeling {key} hoort bij een ander soort systeem.',
    'La correspondance {key} appartient à un autre type de système.',
  ],
  '{other} and {key} are for the same records; a system uses one of them.': [
    '{other} en {key} zijn voor dezelfde records; een systeem gebruikt er één van.',
    '{other} et {key} sont pour les mêmes fiches ; un système en utilise une.',
  ],
  'The mapping {key} cannot be used: {problem}': [
    'Veldkoppeling {key} kan niet gebruikt worden: {problem}',
    'La correspondance {key} ne peut pas être utilisée : {problem}',
  ],
  'A value list has a name.': ['Een waardenlijst heeft een naam.', 'Une table de correspondance a un nom.'],
  'The file is nested too deeply.': ['Het bestand is te diep genest.', 'Le fichier est imbriqué trop profondément.'],
  'References (*) are not read; write the value out.': [
    'Verwijzingen (*) worden niet gelezen; schrijf de waarde voluit.',
    'Les références (*) ne sont pas lues ; écrivez la valeur en toutes lettres.',
  ],
  'A name is a single value.': ['Een naam is één waarde.', 'Un nom est une valeur unique.'],
  '"{name}" stands here twice.': ['"{name}" staat hier twee keer.', '"{name}" se trouve ici deux fois.'],
  '{text} cannot be kept as it is; write it in quotes.': [
    '{text} kan zo niet bewaard worden; schrijf het tussen aanhalingstekens.',
    '{text} ne peut pas être conservé tel quel ; écrivez-le entre guillemets.',
  ],
  '{name} is not a setting': ['{name} is geen instelling', '{name} n’est pas un paramètre'],
  '{name} is needed again, because the address leads to another host': [
    '{name} is opnieuw nodig, omdat het adres naar een andere host leidt',
    '{name} doit être saisi de nouveau, car l’adresse mène à un autre hôte',
  ],
  '{name} is missing': ['{name} ontbreekt', '{name} manque'],
  '{name} is not usable': ['{name} is niet bruikbaar', '{name} n’est pas utilisable'],
  '{name} is not an address': ['{name} is geen adres', '{name} n’est pas une adresse'],
  '{name} must start with https:// outside of your own network': [
    '{name} moet buiten het eigen netwerk met https:// beginnen',
    '{name} doit commencer par https:// hors de votre propre réseau',
  ],
  '{name} must hold nothing but the host before its path': [
    '{name} mag voor zijn pad alleen de host bevatten',
    '{name} ne doit contenir que l’hôte avant son chemin',
  ],
  '{name} needs at least one of these and no others: {accepted}': [
    '{name} heeft minstens een van deze nodig en geen andere: {accepted}',
    '{name} demande au moins l’un de ceux-ci et aucun autre : {accepted}',
  ],
  'url is not an address': ['url is geen adres', 'url n’est pas une adresse'],
  'url must start with https:// outside of this machine': [
    'url moet buiten deze machine met https:// beginnen',
    'url doit commencer par https:// hors de cette machine',
  ],
  'url must start with https://': ['url moet met https:// beginnen', 'url doit commencer par https://'],
  'url must hold neither credentials nor a query: they go into ident and secret': [
    'url mag geen aanmeldgegevens en geen zoekdeel bevatten; die horen in ident en secret',
    'url ne doit contenir ni identifiants ni paramètres ; ils vont dans ident et secret',
  ],
  'url must hold neither credentials nor a query: the token has its own setting': [
    'url mag geen aanmeldgegevens en geen zoekdeel bevatten; het token heeft een eigen instelling',
    'url ne doit contenir ni identifiants ni paramètres ; le jeton a son propre paramètre',
  ],
  'branches is not a list of branch numbers': [
    'branches is geen lijst van filiaalnummers',
    'branches n’est pas une liste de numéros de succursale',
  ],
  'token holds spaces or is empty': ['token bevat spaties of is leeg', 'token contient des espaces ou est vide'],
  'timeoutMs is not a whole number from 1000 to {most}': [
    'timeoutMs is geen geheel getal van 1000 tot {most}',
    'timeoutMs n’est pas un nombre entier de 1000 à {most}',
  ],
} as const satisfies Phrases;
