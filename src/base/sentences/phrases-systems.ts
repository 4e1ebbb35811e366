/** What systems say and what is found when they are asked: the English phrase → Dutch, French. */
import type { Phrases } from './translations.js';

export const systemPhrases = {
  'Stream {stream} of {system} has failed since {moment}: {message}': [
    'Stroom {stream} van {system} mislukt sinds {moment}: {message}',
    'Le flot {stream} de {system} échoue depuis {moment} : {message}',
  ],
  'Nothing is read from {system} now.': [
    'Uit {system} wordt nu niets gelezen.',
    'Rien n’est lu de {system} pour l’instant.',
  ],
  'This hub was started without sandboxes.': [
    'Deze hub is zonder sandboxen gestart.',
    'Ce hub a été démarré sans bacs à sable.',
  ],
  'It waits for other records.': ['Het wacht op andere records.', 'Il attend d’autres enregistrements.'],
  'Between 25 and 5000 records of a kind are read.': [
    'Er worden 25 tot 5000 records van een soort gelezen.',
    'On lit de 25 à 5000 enregistrements d’un type.',
  ],
  'Between 1 and 100 records of a flow are shown.': [
    'Er worden 1 tot 100 records van een synchronisatie getoond.',
    'On montre de 1 à 100 enregistrements d’un flux.',
  ],
  'Name at least one flow.': ['Noem minstens één synchronisatie.', 'Nommez au moins un flux.'],
  'a window is between PT1S and P7D': ['een venster is van PT1S tot P7D', 'une fenêtre va de PT1S à P7D'],
  answers: ['antwoordt', 'répond'],
  'the process is shutting down': ['het proces wordt afgesloten', 'le processus est en train de s’arrêter'],
  'no answer within a second': ['geen antwoord binnen een seconde', 'pas de réponse dans la seconde'],
  'the database takes no writes: it is a standby that was not promoted, or set to read-only, as providers do when its disk is full':
    [
      'de database neemt niets aan: het is een reserve die niet is overgenomen, of hij is op alleen-lezen gezet, zoals aanbieders doen wanneer de schijf vol is',
      'la base n’accepte aucune écriture : c’est une réplique qui n’a pas été promue, ou elle est en lecture seule, comme le font les hébergeurs quand le disque est plein',
    ],
  'The address answers as MplusKASSA does.': [
    'Het adres antwoordt zoals MplusKASSA.',
    'L’adresse répond comme MplusKASSA.',
  ],
  'Something answers at the address, but not in the way of MplusKASSA.': [
    'Er antwoordt iets op het adres, maar niet zoals MplusKASSA.',
    'Quelque chose répond à l’adresse, mais pas comme MplusKASSA.',
  ],
  'Check host and port; a proxy or another service may be answering.': [
    'Controleer host en poort; misschien antwoordt een proxy of een andere dienst.',
    'Vérifiez l’hôte et le port ; un proxy ou un autre service répond peut-être.',
  ],
  'The credentials are accepted by release {release}.': [
    'De aanmeldgegevens worden aanvaard door versie {release}.',
    'Les identifiants sont acceptés par la version {release}.',
  ],
  'Changes of products, groups and stock can be followed.': [
    'Wijzigingen van producten, groepen en voorraad kunnen gevolgd worden.',
    'Les modifications des produits, groupes et stocks peuvent être suivies.',
  ],
  'This release does not tell the marker of stock changes.': [
    'Deze versie noemt de positie van voorraadwijzigingen niet.',
    'Cette version ne donne pas le marqueur de synchro des stocks.',
  ],
  'Stock cannot be followed until MplusKASSA is updated; products can.': [
    'Voorraad kan pas gevolgd worden als MplusKASSA bijgewerkt is; producten wel.',
    'Le stock ne peut être suivi avant une mise à jour de MplusKASSA ; les produits, si.',
  ],
  'Products can be read.': ['Producten kunnen gelezen worden.', 'Les produits peuvent être lus.'],
  'There are {count} branches: {names}.': [
    'Er {count|is|zijn} {count} {count|filiaal|filialen}: {names}.',
    'Il y a {count} {count|succursale|succursales|de succursales} : {names}.',
  ],
  'The branches {missing} of the settings do not exist; there are {names}.': [
    'De filialen {missing} van de instellingen bestaan niet; er zijn {names}.',
    'Les succursales {missing} des paramètres n’existent pas ; il y a {names}.',
  ],
  'Correct the list of branches in the settings.': [
    'Verbeter de lijst van filialen in de instellingen.',
    'Corrigez la liste des succursales dans les paramètres.',
  ],
  'there is no /account at this address': [
    'er is geen /account op dit adres',
    'il n’y a pas de /account à cette adresse',
  ],
  'The account speaks version {version} of the API; the hub knows version 1.': [
    'Het account spreekt versie {version} van de API; de hub kent versie 1.',
    'Le compte parle la version {version} de l’API ; le hub connaît la version 1.',
  ],
  'Compare with docs/softmaat-openapi.yaml before relying on it.': [
    'Vergelijk met docs/softmaat-openapi.yaml voor u erop vertrouwt.',
    'Comparez avec docs/softmaat-openapi.yaml avant de vous y fier.',
  ],
  '{name} can be read.': ['{name} kunnen gelezen worden.', '{name} : la lecture est possible.'],
  'The account has no {what}.': ['Het account heeft geen {what}.', 'Le compte n’a pas de {what}.'],
  'tax codes': ['btw-codes', 'codes de TVA'],
  warehouses: ['magazijnen', 'entrepôts'],
  'In card category {category}': ['In kaartcategorie {category}', 'Dans la catégorie de fiche {category}'],
  'Products need tax codes, stock needs warehouses.': [
    'Producten hebben btw-codes nodig, voorraad magazijnen.',
    'Les produits demandent des codes de TVA, le stock des entrepôts.',
  ],
  'the request was called off': ['het verzoek is afgebroken', 'la requête a été abandonnée'],
  "{address} is a link-local address or one of a cloud's metadata, which the hub never asks": [
    '{address} is een link-local-adres of een adres van de metadata van een cloud, waar de hub nooit iets aan vraagt',
    '{address} est une adresse de lien local ou des métadonnées d’un cloud, que le hub n’interroge jamais',
  ],
  'no complete answer within {ms} ms': [
    'geen volledig antwoord binnen {ms} ms',
    'pas de réponse complète dans les {ms} ms',
  ],
  'more than {limit} bytes': ['meer dan {limit} bytes', 'plus de {limit} octets'],
  'it is missing': ['het ontbreekt', 'il manque'],
  'it is there twice': ['het staat er twee keer', 'il y est deux fois'],
  'it has no number': ['het heeft geen nummer', 'il n’a pas de numéro'],
  'it has no marker': ['het heeft geen positie', 'il n’a pas de marqueur de synchro'],
  'it is no JSON object': ['het is geen JSON-object', 'ce n’est pas un objet JSON'],
  'it is no record': ['het is geen record', 'ce n’est pas un enregistrement'],
  'it is no object': ['het is geen object', 'ce n’est pas un objet'],
  '{name} is not what it should be': ['{name} is niet wat het moet zijn', '{name} n’est pas ce qu’il doit être'],
  'there was no time left to send it': [
    'er was geen tijd meer om het te versturen',
    'il ne restait plus de temps pour l’envoyer',
  ],
  'it says that there is more, but the position does not move': [
    'het zegt dat er meer is, maar de positie schuift niet op',
    'il dit qu’il y a une suite, mais la position n’avance pas',
  ],
  'its pages go round in a circle': ['de pagina’s lopen in een kring', 'ses pages tournent en rond'],
  'article {article} does not exist': ['artikel {article} bestaat niet', 'l’article {article} n’existe pas'],
  'branch {branch} does not exist': ['filiaal {branch} bestaat niet', 'la succursale {branch} n’existe pas'],
  'article {article} keeps no stock': [
    'artikel {article} houdt geen voorraad bij',
    'l’article {article} ne tient pas de stock',
  ],
  '"{article}" is not an article number: digits only': [
    '"{article}" is geen artikelnummer: alleen cijfers',
    '"{article}" n’est pas un numéro d’article : uniquement des chiffres',
  ],
  '"{branch}" is not the number of a branch: digits only': [
    '"{branch}" is geen filiaalnummer: alleen cijfers',
    '"{branch}" n’est pas un numéro de succursale : uniquement des chiffres',
  ],
  'it lists no branch': ['het noemt geen enkel filiaal', 'il n’énumère aucune succursale'],
  'the number of a branch cannot be read ({number})': [
    'het nummer van een filiaal kan niet gelezen worden ({number})',
    'le numéro d’une succursale ne peut pas être lu ({number})',
  ],
  'the reading of what was made': ['het lezen van wat gemaakt is', 'la lecture de ce qui a été créé'],
  'it is not there': ['het is er niet', 'ce n’est pas là'],
  '"{amount}" cannot be the stock of a branch': [
    '"{amount}" kan niet de voorraad van een filiaal zijn',
    '"{amount}" ne peut pas être le stock d’une succursale',
  ],
  'the parent group does not exist': ['de bovenliggende groep bestaat niet', 'le groupe parent n’existe pas'],
  'this release can only deliver an order as a whole': [
    'deze versie kan een bestelling alleen in haar geheel leveren',
    'cette version ne peut livrer une commande qu’en entier',
  ],
  'writing an order as an invoice': ['een bestelling als factuur schrijven', 'd’écrire une commande comme facture'],
  'writing {entity}': ['{entity} schrijven', 'd’écrire {entity}'],
  'finding {entity}': ['{entity} zoeken', 'de chercher {entity}'],
  '{value} is no amount in whole cents': [
    '{value} is geen bedrag in hele centen',
    '{value} n’est pas un montant en centimes entiers',
  ],
  '{value} has more than three decimals': [
    '{value} heeft meer dan drie decimalen',
    '{value} a plus de trois décimales',
  ],
  '{value} has more than two decimals': ['{value} heeft meer dan twee decimalen', '{value} a plus de deux décimales'],
  '{value} is no number': ['{value} is geen getal', '{value} n’est pas un nombre'],
  '"{text}" is not a number of digits only': [
    '"{text}" is geen nummer van alleen cijfers',
    '"{text}" n’est pas un numéro fait uniquement de chiffres',
  ],
  'a product needs at least one article': [
    'een product heeft minstens één artikel nodig',
    'un produit demande au moins un article',
  ],
  'two variants have the article number {article}': [
    'twee varianten hebben artikelnummer {article}',
    'deux variantes ont le numéro d’article {article}',
  ],
  'its articles belong to several products there: {owners}': [
    'zijn artikelen horen daar bij meer dan één product: {owners}',
    'ses articles y appartiennent à plusieurs produits : {owners}',
  ],
  'article {article} belongs to product {product} there, and an article cannot be moved to another product': [
    'artikel {article} hoort daar bij product {product}, en een artikel kan niet naar een ander product verhuizen',
    'l’article {article} y appartient au produit {product}, et un article ne peut pas passer à un autre produit',
  ],
  'article group {group} does not take the product': [
    'artikelgroep {group} neemt het product niet aan',
    'le groupe d’articles {group} n’accepte pas le produit',
  ],
  'there is no warehouse {warehouse} for the stock of {sku}': [
    'er is geen magazijn {warehouse} voor de voorraad van {sku}',
    'il n’y a pas d’entrepôt {warehouse} pour le stock de {sku}',
  ],
  'there is no product {sku} whose stock could be set; it may have been deleted there': [
    'er is geen product {sku} waarvan de voorraad gezet kan worden; misschien is het daar verwijderd',
    'il n’y a pas de produit {sku} dont le stock puisse être fixé ; il y a peut-être été supprimé',
  ],
  'it has no last name': ['het heeft geen achternaam', 'il n’a pas de nom de famille'],
  'more than {limit} records agree with the filter': [
    'meer dan {limit} records voldoen aan de filter',
    'plus de {limit} enregistrements répondent au filtre',
  ],
  '{count} orders have the reference {reference}': [
    '{count} bestellingen hebben de referentie {reference}',
    '{count} commandes ont la référence {reference}',
  ],
  '{count} records have the {field} {key}': [
    '{count} records hebben {field} {key}',
    '{count} enregistrements ont {field} {key}',
  ],
  'HTTP {status} without a problem description': [
    'HTTP {status} zonder beschrijving van het probleem',
    'HTTP {status} sans description du problème',
  ],
} as const satisfies Phrases;
