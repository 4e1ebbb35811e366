/** What people call a mapping: what it carries, and from or to which system. In: the mapping. Out: the name in a language. Pure. */
import type { Language } from '../languages.js';

export interface NamedMapping {
  readonly direction: string;
  /** Kind of record of the system. */
  readonly record: string;
  /** Kind of record of the hub. */
  readonly entity: string;
  /** Name of the system. */
  readonly system: string;
}

type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

const carried: Words = {
  product: { en: 'Products', nl: 'Producten', fr: 'Produits' },
  variant: { en: 'Variants', nl: 'Varianten', fr: 'Variantes' },
  category: { en: 'Categories', nl: 'Categorieën', fr: 'Catégories' },
  customer: { en: 'Customers', nl: 'Klanten', fr: 'Clients' },
  contact: { en: 'Contacts', nl: 'Contactpersonen', fr: 'Contacts' },
  order: { en: 'Orders', nl: 'Bestellingen', fr: 'Commandes' },
  invoice: { en: 'Invoices', nl: 'Facturen', fr: 'Factures' },
  stock: { en: 'Stock', nl: 'Voorraad', fr: 'Stock' },
  stock_level: { en: 'Stock', nl: 'Voorraad', fr: 'Stock' },
  stock_location: { en: 'Stock locations', nl: 'Voorraadlocaties', fr: 'Emplacements de stock' },
};

const ways: Words = {
  inbound: { en: 'from', nl: 'van', fr: 'de' },
  outbound: { en: 'to', nl: 'naar', fr: 'vers' },
};

const wordOf = (words: Words, word: string, language: Language): string => words[word]?.[language] ?? word;

export function mappingName(language: Language, { direction, record, entity, system }: NamedMapping): string {
  // Systems with documents of a kind of their own have a mapping for each.
  const what = record === 'invoice' ? record : entity;
  return `${wordOf(carried, what, language)} ${wordOf(ways, direction, language)} ${system}`;
}
