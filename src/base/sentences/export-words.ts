/** What states and kinds are called in files for spreadsheets, as the pages call them: value of the graph → English, Dutch, French. */
import type { Language } from '../languages.js';
import { auditWords } from './audit-words.js';

export type Words = Readonly<Record<string, readonly [en: string, nl: string, fr: string]>>;

// prettier-ignore
export const exportWords = {
  productStatus: {
    ACTIVE: ['on sale', 'in verkoop', 'en vente'],
    ARCHIVED: ['archived', 'gearchiveerd', 'archivé'],
    DISCONTINUED: ['discontinued', 'uit het assortiment', 'abandonné'],
  },
  productType: {
    SIMPLE: ['simple product', 'enkelvoudig product', 'produit simple'],
    CONFIGURABLE: ['product with variants', 'product met varianten', 'produit avec variantes'],
  },
  customerKind: {
    COMPANY: ['company', 'bedrijf', 'entreprise'],
    PERSON: ['person', 'persoon', 'particulier'],
  },
  orderType: {
    ORDER: ['Order', 'Bestelling', 'Commande'],
    INVOICE: ['Invoice', 'Factuur', 'Facture'],
    CREDIT_NOTE: ['Credit note', 'Creditnota', 'Note de crédit'],
  },
  orderStatus: {
    DRAFT: ['draft', 'concept', 'brouillon'],
    OPEN: ['open', 'open', 'ouverte'],
    ON_HOLD: ['on hold', 'aangehouden', 'en suspens'],
    COMPLETED: ['completed', 'afgerond', 'terminée'],
    PARTIALLY_CANCELLED: ['partly cancelled', 'deels geannuleerd', 'annulée en partie'],
    CANCELLED: ['cancelled', 'geannuleerd', 'annulée'],
  },
  orderPayment: {
    UNPAID: ['not paid', 'niet betaald', 'non payée'],
    AUTHORIZED: ['authorised', 'geautoriseerd', 'autorisée'],
    PARTIALLY_PAID: ['partly paid', 'deels betaald', 'payée en partie'],
    PAID: ['paid', 'betaald', 'payée'],
    OVERPAID: ['overpaid', 'te veel betaald', 'trop payée'],
    PARTIALLY_REFUNDED: ['partly refunded', 'deels terugbetaald', 'remboursée en partie'],
    REFUNDED: ['refunded', 'terugbetaald', 'remboursée'],
    VOIDED: ['voided', 'ongeldig gemaakt', 'paiement annulé'],
  },
  orderFulfillment: {
    NOT_APPLICABLE: ['nothing to deliver', 'niets te leveren', 'rien à livrer'],
    UNFULFILLED: ['not delivered', 'niet geleverd', 'non livrée'],
    PARTIALLY_FULFILLED: ['partly delivered', 'deels geleverd', 'livrée en partie'],
    FULFILLED: ['delivered', 'geleverd', 'livrée'],
    PARTIALLY_RETURNED: ['partly returned', 'deels retour', 'retournée en partie'],
    RETURNED: ['returned', 'retour', 'retournée'],
  },
  sync: {
    IN_SYNC: ['in sync', 'in orde', 'synchronisé'],
    PENDING: ['pending', 'in behandeling', 'en attente'],
    RETRYING: ['retrying', 'opnieuw proberen', 'nouvel essai'],
    FAILED: ['failed', 'mislukt', 'échoué'],
    BLOCKED: ['blocked', 'geblokkeerd', 'bloqué'],
    HELD: ['held', 'vastgehouden', 'retenu'],
    EXCLUDED: ['left out', 'uitgesloten', 'exclu'],
    NOT_LINKED: ['not linked', 'niet gekoppeld', 'non lié'],
  },
  outcome: {
    SUCCEEDED: ['succeeded', 'gelukt', 'réussi'],
    UNCHANGED: ['unchanged', 'ongewijzigd', 'inchangé'],
    RETRYING: ['retrying', 'opnieuw proberen', 'nouvel essai'],
    FAILED: ['failed', 'mislukt', 'échoué'],
    BLOCKED: ['blocked', 'geblokkeerd', 'bloqué'],
    EXCLUDED: ['left out', 'uitgesloten', 'exclu'],
    DISCARDED: ['put aside', 'terzijde gelegd', 'mis de côté'],
  },
  /** The pages have them from there, too. */
  audit: auditWords,
  action: {
    CREATE: ['create', 'aanmaken', 'création'],
    UPDATE: ['update', 'wijzigen', 'modification'],
    DELETE: ['delete', 'verwijderen', 'suppression'],
    LINK: ['link', 'koppelen', 'liaison'],
    NONE: ['nothing', 'niets', 'rien'],
  },
  entity: {
    PRODUCT: ['product', 'product', 'produit'],
    PRODUCT_VARIANT: ['variant', 'variant', 'variante'],
    CATEGORY: ['category', 'categorie', 'catégorie'],
    CUSTOMER: ['customer', 'klant', 'client'],
    CONTACT: ['contact', 'contactpersoon', 'contact'],
    ORDER: ['order', 'bestelling', 'commande'],
    STOCK_LEVEL: ['stock', 'voorraad', 'stock'],
  },
  problem: {
    OPEN: ['open', 'open', 'ouvert'],
    REPLAYING: ['being sent again', 'wordt opnieuw verstuurd', 'renvoi en cours'],
    RESOLVED: ['resolved', 'opgelost', 'résolu'],
    DISCARDED: ['put aside', 'terzijde gelegd', 'mis de côté'],
  },
  class: {
    CONFLICT: ['conflict', 'conflict', 'conflit'],
    CREDENTIALS: ['credentials', 'aanmelding', 'accès'],
    DUPLICATE: ['duplicate', 'dubbel', 'doublon'],
    INTERNAL: ['internal', 'intern', 'interne'],
    MISSING: ['missing', 'ontbreekt', 'manquant'],
    PARSE: ['unreadable', 'onleesbaar', 'illisible'],
    PERMISSION: ['permission', 'rechten', 'droits'],
    RATE_LIMIT: ['too many calls', 'te veel aanroepen', 'trop d’appels'],
    REFERENCE: ['reference', 'verwijzing', 'référence'],
    TIMEOUT: ['no answer in time', 'geen antwoord op tijd', 'pas de réponse à temps'],
    TOO_LARGE: ['too large', 'te groot', 'trop grand'],
    UNMAPPED: ['unmapped value', 'waarde zonder rij', 'valeur sans correspondance'],
    UNREACHABLE: ['unreachable', 'onbereikbaar', 'injoignable'],
    VALUE: ['value', 'waarde', 'valeur'],
  },
  finding: {
    DIFFERENT: ['different', 'verschillend', 'différent'],
    MISSED: ['not taken in', 'niet overgenomen', 'non repris'],
    MISSING_IN_TARGET: ['missing in the target', 'ontbreekt in het doelsysteem', 'absent de la cible'],
    MISSING_IN_SOURCE: ['gone from the source', 'weg uit de bron', 'disparu de la source'],
    ONLY_IN_TARGET: ['only in the target', 'alleen in het doelsysteem', 'seulement dans la cible'],
    DUPLICATE: ['there twice', 'dubbel aanwezig', 'en double'],
    KNOWN: ['explained', 'verklaard', 'expliqué'],
    IN_FLIGHT: ['on the way', 'onderweg', 'en route'],
  },
  flag: {
    true: ['yes', 'ja', 'oui'],
    false: ['no', 'nee', 'non'],
  },
  /** What a list is called in the name of its file: letters that every disk takes. */
  file: {
    PRODUCT: ['products', 'producten', 'produits'],
    CUSTOMER: ['customers', 'klanten', 'clients'],
    ORDER: ['orders', 'bestellingen', 'commandes'],
    STOCK_LEVEL: ['stock', 'voorraad', 'stock'],
    SYNC_EVENT: ['activity', 'activiteit', 'activite'],
    DEAD_LETTER: ['problems', 'problemen', 'problemes'],
    AUDIT_ENTRY: ['audit', 'audit', 'audit'],
    RECONCILIATION_ITEM: ['differences', 'verschillen', 'differences'],
  },
} as const satisfies Readonly<Record<string, Words>>;

const place: Readonly<Record<Language, 0 | 1 | 2>> = { en: 0, nl: 1, fr: 2 };

/** The word for a value; the value itself when nobody has said what it is called. */
export const saidWord = (language: Language, words: Words, value: string): string =>
  (Object.hasOwn(words, value) ? words[value] : undefined)?.[place[language]] ?? value;
