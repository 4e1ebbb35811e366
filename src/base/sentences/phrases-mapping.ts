/** What is wrong with a rule, an expression or a value: the English phrase → Dutch, French. */
import type { Phrases } from './translations.js';

export const mappingPhrases = {
  '{path} is required, but empty': ['{path} is verplicht, maar leeg', '{path} est obligatoire, mais vide'],
  '{path} should be {expected}, but is {value}': [
    '{path} moet {expected} zijn, maar is {value}',
    '{path} devrait être {expected}, mais est {value}',
  ],
  'a list': ['een lijst', 'une liste'],
  'a group of fields': ['een groep velden', 'un groupe de champs'],
  'a decimal number': ['een decimaal getal', 'un nombre décimal'],
  'a whole number': ['een geheel getal', 'un nombre entier'],
  'true or false': ['waar of onwaar (true of false)', 'vrai ou faux (true ou false)'],
  'a moment (ISO 8601)': ['een moment (ISO 8601)', 'un instant (ISO 8601)'],
  '{path} is nested more than {limit} levels deep': [
    '{path} is meer dan {limit} niveaus diep genest',
    '{path} est imbriqué sur plus de {limit} niveaux',
  ],
  '{path} has {found} characters; at most {limit} fit': [
    '{path} heeft {found} tekens; er passen er hoogstens {limit}',
    '{path} a {found} caractères ; {limit} au plus y entrent',
  ],
  '{path} is {value}; allowed are {accepted}': [
    '{path} is {value}; toegelaten zijn {accepted}',
    '{path} est {value} ; sont permis {accepted}',
  ],
  '{path}: the value list "{list}" has no entry for {value} with {second}': [
    '{path}: waardenlijst "{list}" heeft geen regel voor {value} met {second}',
    '{path} : la table de correspondance "{list}" n’a pas de ligne pour {value} avec {second}',
  ],
  '{path}: the value list "{list}" has no entry for {value}': [
    '{path}: waardenlijst "{list}" heeft geen regel voor {value}',
    '{path} : la table de correspondance "{list}" n’a pas de ligne pour {value}',
  ],
  '{path}: the value list "{list}" has no entries for {entries}': [
    '{path}: waardenlijst "{list}" heeft geen regels voor {entries}',
    '{path} : la table de correspondance "{list}" n’a pas de lignes pour {entries}',
  ],
  '{path}: the value list "{list}" has no entries for {entries} and others': [
    '{path}: waardenlijst "{list}" heeft geen regels voor {entries} en andere',
    '{path} : la table de correspondance "{list}" n’a pas de lignes pour {entries} et d’autres',
  ],
  '{path} needs a list, but {source} is none': [
    '{path} heeft een lijst nodig, maar {source} is er geen',
    '{path} demande une liste, mais {source} n’en est pas une',
  ],
  'a variant must have an id': ['een variant moet een id hebben', 'une variante doit avoir un identifiant'],
  '{field} is empty': ['{field} is leeg', '{field} est vide'],
  '{field} must be {what} of at most {limit} characters': [
    '{field} moet {what} van hoogstens {limit} tekens zijn',
    '{field} doit être {what} de {limit} caractères au plus',
  ],
  '{field} must be a decimal number in text with few enough digits to be kept exactly': [
    '{field} moet een decimaal getal als tekst zijn, met weinig genoeg cijfers om exact te bewaren',
    '{field} doit être un nombre décimal en texte, avec assez peu de chiffres pour être conservé exactement',
  ],
  'it cannot be empty': ['het kan niet leeg zijn', 'il ne peut pas être vide'],
  'rules should be a list': ['rules moet een lijst zijn', 'rules devrait être une liste'],
  'a rule has a target and one of the kinds copy, constant, valueList, condition, expression, list': [
    'een regel heeft een doel en een van de soorten copy, constant, valueList, condition, expression, list',
    'une règle a une cible et un des types copy, constant, valueList, condition, expression, list',
  ],
  '"{target}" cannot be written by name': [
    '"{target}" kan niet bij naam geschreven worden',
    '"{target}" ne peut pas être écrit par son nom',
  ],
  '"{target}" cannot be written': ['"{target}" kan niet geschreven worden', '"{target}" ne peut pas être écrit'],
  'a forced default needs a value': [
    'een gedwongen standaardwaarde heeft een waarde nodig',
    'une valeur par défaut forcée demande une valeur',
  ],
  'a condition has rows': ['een voorwaarde heeft rijen', 'une condition a des lignes'],
  'there is no value list "{list}"': [
    'er is geen waardenlijst "{list}"',
    'il n’y a pas de table de correspondance "{list}"',
  ],
  '"{field}" holds fields; a value list gives a code': [
    '"{field}" bevat velden; een waardenlijst geeft een code',
    '"{field}" contient des champs ; une table de correspondance donne un code',
  ],
  'a value is { copy }, { constant }, { translate } or { expression }': [
    'een waarde is { copy }, { constant }, { translate } of { expression }',
    'une valeur est { copy }, { constant }, { translate } ou { expression }',
  ],
  '{ translate } names a source and a list': [
    '{ translate } noemt een bron en een lijst',
    '{ translate } nomme une source et une table',
  ],
  'an expression is a text': ['een expressie is een tekst', 'une expression est un texte'],
  '"{field}" is not a list': ['"{field}" is geen lijst', '"{field}" n’est pas une liste'],
  'the rule names no source': ['de regel noemt geen bron', 'la règle ne nomme pas de source'],
  '"{path}" is {type}, but "{field}" is {other}': [
    '"{path}" is {type}, maar "{field}" is {other}',
    '"{path}" est {type}, mais "{field}" est {other}',
  ],
  '"{path}" is a list, but "{field}" holds one value': [
    '"{path}" is een lijst, maar "{field}" bevat één waarde',
    '"{path}" est une liste, mais "{field}" contient une seule valeur',
  ],
  'the value {value} does not fit: {problem}': [
    'de waarde {value} past niet: {problem}',
    'la valeur {value} ne convient pas : {problem}',
  ],
  'a condition is all, any, not or a comparison, at most {limit} deep': [
    'een voorwaarde is all, any, not of een vergelijking, hoogstens {limit} diep',
    'une condition est all, any, not ou une comparaison, sur {limit} niveaux au plus',
  ],
  'all and any take a list of conditions': [
    'all en any vragen een lijst van voorwaarden',
    'all et any prennent une liste de conditions',
  ],
  '"{word}" is no comparison': ['"{word}" is geen vergelijking', '"{word}" n’est pas une comparaison'],
  '"in" takes a list of values': ['"in" vraagt een lijst van waarden', '"in" prend une liste de valeurs'],
  '"{target}" is written by another rule too': [
    '"{target}" wordt ook door een andere regel geschreven',
    '"{target}" est écrit aussi par une autre règle',
  ],
  '"{target}" must take part in the same operations as the other rules of "{list}", else the list would lose their items':
    [
      '"{target}" moet aan dezelfde bewerkingen deelnemen als de andere regels van "{list}", anders zou de lijst hun items verliezen',
      '"{target}" doit prendre part aux mêmes opérations que les autres règles de "{list}", sinon la liste perdrait leurs éléments',
    ],
  '"{path}" is required, but no rule gives it a value': [
    '"{path}" is verplicht, maar geen regel geeft het een waarde',
    '"{path}" est obligatoire, mais aucune règle ne lui donne de valeur',
  ],
  'there is no record above for "{path}"': [
    'er is geen record boven "{path}"',
    'il n’y a pas d’enregistrement au-dessus pour "{path}"',
  ],
  '"{path}" is a whole record; name one of its fields': [
    '"{path}" is een heel record; noem een van zijn velden',
    '"{path}" est un enregistrement entier ; nommez un de ses champs',
  ],
  '"{field}" in "{path}" is a list; use a list rule': [
    '"{field}" in "{path}" is een lijst; gebruik een lijstregel',
    '"{field}" dans "{path}" est une liste ; utilisez une règle de liste',
  ],
  '"{field}" in "{path}" has no fields inside': [
    '"{field}" in "{path}" heeft geen velden binnenin',
    '"{field}" dans "{path}" ne contient pas de champs',
  ],
  'the field "{path}" does not exist': ['het veld "{path}" bestaat niet', 'le champ "{path}" n’existe pas'],
  'the path is empty': ['het pad is leeg', 'le chemin est vide'],
  'The expression is empty.': ['De expressie is leeg.', 'L’expression est vide.'],
  'An expression has at most {most} characters.': [
    'Een expressie heeft hoogstens {most} tekens.',
    'Une expression a au plus {most} caractères.',
  ],
  'Nothing is known of what it could read here.': [
    'Er is niets bekend van wat ze hier zou kunnen lezen.',
    'On ne sait rien de ce qu’elle pourrait lire ici.',
  ],
  'There is no field "{name}" here.': ['Er is hier geen veld "{name}".', 'Il n’y a pas ici de champ "{name}".'],
  'The expression is nested too deeply.': [
    'De expressie is te diep genest.',
    'L’expression est imbriquée trop profondément.',
  ],
  'There is no function "{name}". Use like, which is safe for every text.': [
    'Er is geen functie "{name}". Gebruik like, dat voor elke tekst veilig is.',
    'Il n’y a pas de fonction "{name}". Utilisez like, qui est sûre pour tout texte.',
  ],
  'There is no function "{name}".': ['Er is geen functie "{name}".', 'Il n’y a pas de fonction "{name}".'],
  'A number has at most {limit} digits.': [
    'Een getal heeft hoogstens {limit} cijfers.',
    'Un nombre a {limit} chiffres au plus.',
  ],
  '"record" is a whole record; name one of its fields.': [
    '"record" is een heel record; noem een van zijn velden.',
    '"record" est un enregistrement entier ; nommez un de ses champs.',
  ],
  '{name} takes a pattern that is written out.': [
    '{name} vraagt een patroon dat voluit geschreven is.',
    '{name} prend un motif écrit en toutes lettres.',
  ],
  'A condition is true or false, but this is {type}.': [
    'Een voorwaarde is waar of onwaar, maar dit is {type}.',
    'Une condition est vraie ou fausse, mais ceci est {type}.',
  ],
  '"{name}" holds one value, but this is a list.': [
    '"{name}" bevat één waarde, maar dit is een lijst.',
    '"{name}" contient une seule valeur, mais ceci est une liste.',
  ],
  '"{name}" is {expected}, but this is {type}.': [
    '"{name}" is {expected}, maar dit is {type}.',
    '"{name}" est {expected}, mais ceci est {type}.',
  ],
  'the expression takes too many steps for one record': [
    'de expressie vraagt te veel stappen voor één record',
    'l’expression demande trop d’étapes pour un enregistrement',
  ],
  'the expression takes more than {limit} steps for one record': [
    'de expressie vraagt meer dan {limit} stappen voor één record',
    'l’expression demande plus de {limit} étapes pour un enregistrement',
  ],
  'a text has more than {limit} characters': [
    'een tekst heeft meer dan {limit} tekens',
    'un texte a plus de {limit} caractères',
  ],
  'a list has more than {limit} items': [
    'een lijst heeft meer dan {limit} items',
    'une liste a plus de {limit} éléments',
  ],
  '"{text}" is no decimal number': ['"{text}" is geen decimaal getal', '"{text}" n’est pas un nombre décimal'],
  'a number has more than {limit} digits; round it before going on': [
    'een getal heeft meer dan {limit} cijfers; rond het af voor u verdergaat',
    'un nombre a plus de {limit} chiffres ; arrondissez-le avant de continuer',
  ],
  'division by zero': ['deling door nul', 'division par zéro'],
  'round takes 0 to 10 places': ['round vraagt 0 tot 10 decimalen', 'round prend de 0 à 10 décimales'],
  'the list has no numbers': ['de lijst heeft geen getallen', 'la liste n’a pas de nombres'],
  'the pattern is not understood: {problem}': [
    'het patroon wordt niet begrepen: {problem}',
    'le motif n’est pas compris : {problem}',
  ],
  'the expression failed': ['de expressie is mislukt', 'l’expression a échoué'],
  'the expression gives something that no field holds': [
    'de expressie geeft iets wat geen veld bevat',
    'l’expression donne quelque chose qu’aucun champ ne contient',
  ],
  'the expression gives no number': ['de expressie geeft geen getal', 'l’expression ne donne pas de nombre'],
  'The CSV cannot be read: {problem}.': [
    'De CSV kan niet gelezen worden: {problem}.',
    'Le CSV ne peut pas être lu : {problem}.',
  ],
  'The first line should name the columns {columns}; secondKey may be left out.': [
    'De eerste regel moet de kolommen {columns} noemen; secondKey mag wegblijven.',
    'La première ligne devrait nommer les colonnes {columns} ; secondKey peut être omis.',
  ],
  'codes without an entry take a default, but there is none': [
    'codes zonder regel krijgen een standaardwaarde, maar die is er niet',
    'les codes sans ligne prennent une valeur par défaut, mais il n’y en a pas',
  ],
  'there are {found} entries; at most {limit} fit': [
    'er zijn {found} regels; er passen er hoogstens {limit}',
    'il y a {found} lignes ; {limit} au plus conviennent',
  ],
  'an entry for "{value}" has no code': [
    'een regel voor "{value}" heeft geen code',
    'une ligne pour "{value}" n’a pas de code',
  ],
  '{entry} has no value': ['{entry} heeft geen waarde', '{entry} n’a pas de valeur'],
  '{entry} is longer than {limit} characters': [
    '{entry} is langer dan {limit} tekens',
    '{entry} dépasse {limit} caractères',
  ],
  '{entry} has two entries': ['{entry} heeft twee regels', '{entry} a deux lignes'],
  'rules, value lists or records have changed since': [
    'regels, waardenlijsten of records zijn sindsdien gewijzigd',
    'des règles, tables de correspondance ou enregistrements ont changé depuis',
  ],
  'An inbound mapping reads records of a system: paste one.': [
    'Een inkomende veldkoppeling leest records van een systeem: plak er een.',
    'Une correspondance entrante lit des enregistrements d’un système : collez-en un.',
  ],
  'No connected system is of the kind {kind}.': [
    'Geen gekoppeld systeem is van de soort {kind}.',
    'Aucun système connecté n’est du type {kind}.',
  ],
  'No flow that is in use carries it to {system}.': [
    'Geen synchronisatie die in gebruik is, brengt het naar {system}.',
    'Aucun flux en service ne le porte vers {system}.',
  ],
  'The rules cannot be used yet, so say what is expected.': [
    'De regels kunnen nog niet gebruikt worden; zeg dus wat verwacht wordt.',
    'Les règles ne peuvent pas encore être utilisées ; dites donc ce qui est attendu.',
  ],
  'The rules cannot be used yet, so paste a record.': [
    'De regels kunnen nog niet gebruikt worden; plak dus een record.',
    'Les règles ne peuvent pas encore être utilisées ; collez donc un enregistrement.',
  ],
  'The mapping does not read this record.': [
    'De veldkoppeling leest dit record niet.',
    'La correspondance ne lit pas cet enregistrement.',
  ],
} as const satisfies Phrases;
