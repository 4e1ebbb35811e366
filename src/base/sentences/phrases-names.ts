/**
 * What the hub ships as data: names of its value lists and of the flows of the sample, reasons of its mappings for leaving records out. They
 * are stored in English and said in the language of the reader like every phrase, so every page, the palette and the API say them alike and
 * no page has words by key. A list or flow that somebody has named is not among them and stays as it is.
 */
import type { Phrases } from './translations.js';

export const namePhrases = {
  'Categories from {system} to {other}': [
    'Categorieën van {system} naar {other}',
    'Catégories de {system} vers {other}',
  ],
  'Products from {system} to {other}': ['Producten van {system} naar {other}', 'Produits de {system} vers {other}'],
  'Stock from {system} to {other}': ['Voorraad van {system} naar {other}', 'Stock de {system} vers {other}'],
  'Customers from {system} to {other}': ['Klanten van {system} naar {other}', 'Clients de {system} vers {other}'],
  'Orders from {system} to {other}': ['Bestellingen van {system} naar {other}', 'Commandes de {system} vers {other}'],
  'Stock location → branch of MplusKASSA': [
    'Voorraadlocatie → filiaal van MplusKASSA',
    'Emplacement de stock → succursale de MplusKASSA',
  ],
  'Name of a country in MplusKASSA → country (ISO 3166-1)': [
    'Naam van een land in MplusKASSA → land (ISO 3166-1)',
    'Nom d’un pays dans MplusKASSA → pays (ISO 3166-1)',
  ],
  'Country (ISO 3166-1) → name of the country in MplusKASSA': [
    'Land (ISO 3166-1) → naam van het land in MplusKASSA',
    'Pays (ISO 3166-1) → nom du pays dans MplusKASSA',
  ],
  'Delivery method of MplusKASSA → shipping method': [
    'Leverwijze van MplusKASSA → verzendwijze',
    'Mode de livraison de MplusKASSA → mode d’expédition',
  ],
  'Shipping method → delivery method of MplusKASSA': [
    'Verzendwijze → leverwijze van MplusKASSA',
    'Mode d’expédition → mode de livraison de MplusKASSA',
  ],
  'State of delivery of an order in MplusKASSA → fulfilment status': [
    'Leverstatus van een bestelling in MplusKASSA → afhandelingsstatus',
    'État de livraison d’une commande dans MplusKASSA → état d’exécution',
  ],
  'State of an invoice in MplusKASSA → status': [
    'Status van een factuur in MplusKASSA → status',
    'État d’une facture dans MplusKASSA → état',
  ],
  'State of cancellation and of completion of an order in MplusKASSA → status': [
    'Annulerings- en afrondingsstatus van een bestelling in MplusKASSA → status',
    'État d’annulation et d’achèvement d’une commande dans MplusKASSA → état',
  ],
  'Payment method of MplusKASSA → payment method': [
    'Betaalwijze van MplusKASSA → betaalwijze',
    'Mode de paiement de MplusKASSA → mode de paiement',
  ],
  'Payment method → payment method of MplusKASSA': [
    'Betaalwijze → betaalwijze van MplusKASSA',
    'Mode de paiement → mode de paiement de MplusKASSA',
  ],
  'VAT code of MplusKASSA → why it is that VAT': [
    'Btw-code van MplusKASSA → waarom het die btw is',
    'Code TVA de MplusKASSA → raison de cette TVA',
  ],
  'VAT rate (or why there is no VAT) and country → VAT code of MplusKASSA': [
    'Btw-tarief (of waarom er geen btw is) en land → btw-code van MplusKASSA',
    'Taux de TVA (ou raison de son absence) et pays → code TVA de MplusKASSA',
  ],
  'Country as people wrote it → country of Softmaat (ISO 3166-1)': [
    'Land zoals het geschreven is → land van Softmaat (ISO 3166-1)',
    'Pays tel qu’il a été écrit → pays de Softmaat (ISO 3166-1)',
  ],
  'Country of VAT (ISO 3166-1 alpha-3 → alpha-2)': [
    'Land van de btw (ISO 3166-1 alpha-3 → alpha-2)',
    'Pays de la TVA (ISO 3166-1 alpha-3 → alpha-2)',
  ],
  'Country of VAT (ISO 3166-1 alpha-2 → alpha-3)': [
    'Land van de btw (ISO 3166-1 alpha-2 → alpha-3)',
    'Pays de la TVA (ISO 3166-1 alpha-2 → alpha-3)',
  ],
  'Status of Softmaat, and whether lines are shipped → fulfilment status': [
    'Status van Softmaat, en of regels verzonden zijn → afhandelingsstatus',
    'État de Softmaat, et si des lignes sont expédiées → état d’exécution',
  ],
  'Status of Softmaat → status': ['Status van Softmaat → status', 'État de Softmaat → état'],
  'Status and fulfilment status → status of Softmaat': [
    'Status en afhandelingsstatus → status van Softmaat',
    'État et état d’exécution → état de Softmaat',
  ],
  'Payment method of Softmaat → payment method': [
    'Betaalwijze van Softmaat → betaalwijze',
    'Mode de paiement de Softmaat → mode de paiement',
  ],
  'Payment method → payment method of Softmaat': [
    'Betaalwijze → betaalwijze van Softmaat',
    'Mode de paiement → mode de paiement de Softmaat',
  ],
  'Payment status of Softmaat → payment status': [
    'Betaalstatus van Softmaat → betaalstatus',
    'État de paiement de Softmaat → état de paiement',
  ],
  'Payment status → payment status of Softmaat': [
    'Betaalstatus → betaalstatus van Softmaat',
    'État de paiement → état de paiement de Softmaat',
  ],
  'Payment term of Softmaat → days': ['Betaaltermijn van Softmaat → dagen', 'Délai de paiement de Softmaat → jours'],
  'Days → payment term of Softmaat': ['Dagen → betaaltermijn van Softmaat', 'Jours → délai de paiement de Softmaat'],
  'Price list of Softmaat → price list': [
    'Prijslijst van Softmaat → prijslijst',
    'Liste de prix de Softmaat → liste de prix',
  ],
  'Price list → price list of Softmaat': [
    'Prijslijst → prijslijst van Softmaat',
    'Liste de prix → liste de prix de Softmaat',
  ],
  'VAT rate and country → revenue account of Softmaat': [
    'Btw-tarief en land → omzetrekening van Softmaat',
    'Taux de TVA et pays → compte de produits de Softmaat',
  ],
  'Shipping method of Softmaat → shipping method': [
    'Verzendwijze van Softmaat → verzendwijze',
    'Mode d’expédition de Softmaat → mode d’expédition',
  ],
  'Shipping method and country of the shop → shipping method of Softmaat': [
    'Verzendwijze en land van de winkel → verzendwijze van Softmaat',
    'Mode d’expédition et pays du magasin → mode d’expédition de Softmaat',
  ],
  'Tax code of Softmaat → why it is that VAT': [
    'Btw-code van Softmaat → waarom het die btw is',
    'Code TVA de Softmaat → raison de cette TVA',
  ],
  'VAT rate (or why there is no VAT) and country → tax code of Softmaat': [
    'Btw-tarief (of waarom er geen btw is) en land → btw-code van Softmaat',
    'Taux de TVA (ou raison de son absence) et pays → code TVA de Softmaat',
  ],
  'Tax code of Softmaat → country': ['Btw-code van Softmaat → land', 'Code TVA de Softmaat → pays'],
  'Tax code of all lines of an order with prices excl. VAT → how VAT stands to its prices': [
    'Btw-code van alle regels van een bestelling met prijzen excl. btw → hoe btw zich tot de prijzen verhoudt',
    'Code TVA de toutes les lignes d’une commande à prix hors TVA → comment la TVA s’ajoute aux prix',
  ],
  'Tax code of Softmaat → VAT rate': ['Btw-code van Softmaat → btw-tarief', 'Code TVA de Softmaat → taux de TVA'],
  'Stock location → warehouse of Softmaat': [
    'Voorraadlocatie → magazijn van Softmaat',
    'Emplacement de stock → entrepôt de Softmaat',
  ],
  'A simple product is represented by its only variant.': [
    'Een enkelvoudig product wordt door zijn enige variant vertegenwoordigd.',
    'Un produit simple est représenté par sa seule variante.',
  ],
  'Nothing of it is sold yet.': ['Er wordt nog niets van verkocht.', 'Rien n’en est encore vendu.'],
  'The article keeps no stock.': [
    'Van het artikel wordt geen voorraad bijgehouden.',
    'L’article ne tient pas de stock.',
  ],
  'A variant is read as a part of its product.': [
    'Een variant wordt als deel van zijn product gelezen.',
    'Une variante est lue comme partie de son produit.',
  ],
  'Only companies have contacts.': [
    'Alleen bedrijven hebben contactpersonen.',
    'Seules les sociétés ont des contacts.',
  ],
} as const satisfies Phrases;
