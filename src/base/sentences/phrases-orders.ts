/** Why the totals of an order do not agree, and names of ways to pay and to ship: the English phrase → Dutch, French. */
import type { Phrases } from './translations.js';

export const orderPhrases = {
  'no prices make them agree': ['geen prijzen doen ze overeenkomen', 'aucun prix ne les fait concorder'],
  'The target would add up {amount} incl. VAT where the source states {amountStated}.': [
    'Het doelsysteem zou op {amount} incl. btw uitkomen, waar de bron {amountStated} vermeldt.',
    'La cible arriverait à {amount} TVA comprise, là où la source indique {amountStated}.',
  ],
  'The target would split {amount} over the VAT rates in another way than the source states.': [
    'Het doelsysteem zou {amount} anders over de btw-tarieven verdelen dan de bron vermeldt.',
    'La cible répartirait {amount} entre les taux de TVA autrement que ne l’indique la source.',
  ],
  'What the source states does not go together: {amount} excl. VAT and {amountTax} VAT are {amountApart} more than {amountIncl} incl. VAT, which no rounding comes to.':
    [
      'Wat de bron vermeldt, klopt niet: {amount} excl. btw en {amountTax} btw zijn {amountApart} meer dan {amountIncl} incl. btw, en dat is geen afronding meer.',
      'Ce que la source indique ne concorde pas : {amount} hors TVA et {amountTax} de TVA font {amountApart} de plus que {amountIncl} TVA comprise, ce qu’aucun arrondi n’atteint.',
    ],
  'What the source states does not go together: {amount} excl. VAT and {amountTax} VAT are {amountApart} less than {amountIncl} incl. VAT, which no rounding comes to.':
    [
      'Wat de bron vermeldt, klopt niet: {amount} excl. btw en {amountTax} btw zijn {amountApart} minder dan {amountIncl} incl. btw, en dat is geen afronding meer.',
      'Ce que la source indique ne concorde pas : {amount} hors TVA et {amountTax} de TVA font {amountApart} de moins que {amountIncl} TVA comprise, ce qu’aucun arrondi n’atteint.',
    ],
  'The order could not be calculated: {problem}.': [
    'De bestelling kon niet berekend worden: {problem}.',
    'La commande n’a pas pu être calculée : {problem}.',
  ],
  'The order is no document.': ['De bestelling is geen document.', 'La commande n’est pas un document.'],
  'The tax method {method} is unknown.': [
    'De btw-methode {method} is onbekend.',
    'La méthode de TVA {method} est inconnue.',
  ],
  'The lines of the order are no list.': [
    'De regels van de bestelling zijn geen lijst.',
    'Les lignes de la commande ne sont pas une liste.',
  ],
  'Line {line}: the quantity {quantity} has more decimals than the {limit} that the target takes.': [
    'Regel {line}: de hoeveelheid {quantity} heeft meer decimalen dan de {limit} die het doelsysteem aanvaardt.',
    'Ligne {line} : la quantité {quantity} a plus de décimales que les {limit} que la cible accepte.',
  ],
  'Line {line}: a VAT rate is not negative.': [
    'Regel {line}: een btw-tarief is niet negatief.',
    'Ligne {line} : un taux de TVA n’est pas négatif.',
  ],
  'Line {line}: {problem}.': ['Regel {line}: {problem}.', 'Ligne {line} : {problem}.'],
  'prices with {limit} decimals cannot say {price}': [
    'prijzen met {limit} decimalen kunnen {price} niet weergeven',
    'des prix à {limit} décimales ne peuvent pas dire {price}',
  ],
  'nothing is sold, and yet there is an amount': [
    'er wordt niets verkocht, en toch is er een bedrag',
    'rien n’est vendu, et pourtant il y a un montant',
  ],
  Cash: ['Contant', 'Espèces'],
  Card: ['Pin', 'Carte'],
  'Credit card': ['Creditcard', 'Carte de crédit'],
  'Bank transfer': ['Overschrijving', 'Virement'],
  'Direct debit': ['Domiciliëring', 'Prélèvement'],
  'Gift card': ['Cadeaubon', 'Carte cadeau'],
  'On account': ['Op rekening', 'En compte'],
  Other: ['Andere', 'Autre'],
  Pickup: ['Afhalen', 'Retrait'],
  Standard: ['Standaard', 'Standard'],
  Express: ['Express', 'Express'],
  'Mailbox parcel': ['Brievenbuspakket', 'Colis boîte aux lettres'],
  Courier: ['Koerier', 'Coursier'],
  'At once': ['Meteen', 'Comptant'],
  '{count} days': ['{count} {count|dag|dagen}', '{count} {count|jour|jours|de jours}'],
  Rounding: ['Afronding', 'Arrondi'],
} as const satisfies Phrases;
