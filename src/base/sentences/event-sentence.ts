/**
 * One sentence for an entry of the journal. In: what happened to which record, as it was written down. Out: the sentence in a
 * language. Pure. Made when it is asked for, because pages of events are read more often for their states.
 */
import { isMadeForMachines } from '../ids.js';
import type { Language } from '../languages.js';
import { said, type Names } from './say.js';

export interface Happened {
  readonly step: string;
  readonly outcome: string;
  readonly entity: string | null;
  readonly externalId: string | null;
  readonly system: string | null;
  /** Why, in English or in the words of a system. */
  readonly message: string | null;
}

/** French participles agree with what they are said of: `{e}` is where they do. */
type Words = Readonly<Record<string, readonly [en: string, nl: string, fr: string]>>;

const steps: Words = {
  captured: [
    'seen while a write to it was under way; decided when its outcome is known',
    'gezien terwijl ernaar geschreven werd; er wordt beslist zodra de afloop bekend is',
    'vu{e} pendant une écriture ; décidé{e} quand son issue sera connue',
  ],
  applied: ['taken over', 'overgenomen', 'repris{e}'],
  excluded: ['left out by a rule', 'door een regel weggelaten', 'écarté{e} par une règle'],
  echo: [
    "recognised as the hub's own write",
    'herkend als eigen schrijfopdracht van de hub',
    'reconnu{e} comme une écriture du hub',
  ],
  drift: ['found changed in the target', 'gewijzigd gevonden in het doelsysteem', 'trouvé{e} modifié{e} dans la cible'],
  conflict: ['changed on both sides', 'aan beide kanten gewijzigd', 'modifié{e} des deux côtés'],
  parked: [
    'put aside until somebody looks',
    'apart gezet tot iemand kijkt',
    'mis{e} de côté jusqu’à ce que quelqu’un regarde',
  ],
  resolved: ['no longer a problem', 'geen probleem meer', 'plus un problème'],
  planned: ['planned for writing', 'ingepland om te schrijven', 'prévu{e} pour l’écriture'],
  intent: ['about to be written', 'staat op het punt geschreven te worden', 'sur le point d’être écrit{e}'],
  written: ['written', 'geschreven', 'écrit{e}'],
  failed: ['could not be written', 'kon niet geschreven worden', 'n’a pas pu être écrit{e}'],
  in_doubt: [
    'sent, but the answer was lost',
    'verstuurd, maar het antwoord is verloren',
    'envoyé{e}, mais la réponse est perdue',
  ],
  released: ['no longer waiting', 'wacht niet meer', 'n’attend plus'],
  repaired: ['repaired', 'hersteld', 'réparé{e}'],
  linked: ['linked by somebody', 'door iemand gekoppeld', 'lié{e} par quelqu’un'],
  unlinked: ['unlinked by somebody', 'door iemand losgekoppeld', 'délié{e} par quelqu’un'],
  merged: ['merged with another customer', 'met een andere klant samengevoegd', 'fusionné{e} avec un autre client'],
  unmerged: ['taken apart from another customer', 'van een andere klant losgehaald', 'séparé{e} d’un autre client'],
  replayed: ['tried again', 'opnieuw verstuurd', 'renvoyé{e}'],
  undone: ['put back by somebody', 'door iemand teruggezet', 'rétabli{e} par quelqu’un'],
};

const outcomes: Words = {
  absent: ['absent', 'niet gevonden', 'introuvable'],
  capture: ['capture', 'bij het ophalen', 'à la lecture'],
  conflict: ['conflict', 'conflict', 'conflit'],
  contested: ['contested', 'betwist', 'contesté{e}'],
  create: ['create', 'aanmaken', 'création'],
  created: ['created', 'aangemaakt', 'créé{e}'],
  deferred: ['deferred', 'uitgesteld', 'différé{e}'],
  deleted: ['deleted', 'verwijderd', 'supprimé{e}'],
  discarded: ['discarded', 'afgevoerd', 'classé{e}'],
  erased: ['erased', 'gewist', 'effacé{e}'],
  gone: ['gone', 'verdwenen', 'disparu{e}'],
  held: ['held', 'vastgehouden', 'retenu{e}'],
  ingest: ['ingest', 'bij het overnemen', 'à la reprise'],
  kept: ['kept', 'behouden', 'conservé{e}'],
  linked: ['linked', 'gekoppeld', 'lié{e}'],
  matched: ['matched', 'herkend', 'reconnu{e}'],
  project: ['project', 'bij het schrijven', 'à l’écriture'],
  replayed: ['replayed', 'opnieuw verstuurd', 'renvoyé{e}'],
  resolved: ['resolved', 'opgelost', 'résolu{e}'],
  retrying: ['retrying', 'wordt opnieuw geprobeerd', 'nouvel essai prévu'],
  seen: ['seen', 'gezien', 'vu{e}'],
  shared: ['shared', 'gedeeld', 'partagé{e}'],
  stale: ['stale', 'verouderd', 'dépassé{e}'],
  unchanged: ['unchanged', 'ongewijzigd', 'inchangé{e}'],
  unknown: ['unknown', 'afloop onbekend', 'issue inconnue'],
  update: ['update', 'bijwerken', 'mise à jour'],
  updated: ['updated', 'bijgewerkt', 'mis{e} à jour'],
  waiting: ['waiting', 'wacht', 'en attente'],
};

const entities: Words = {
  record: ['record', 'record', 'enregistrement'],
  product: ['product', 'product', 'produit'],
  variant: ['variant', 'variant', 'variante'],
  category: ['category', 'categorie', 'catégorie'],
  customer: ['customer', 'klant', 'client'],
  contact: ['contact', 'contactpersoon', 'contact'],
  order: ['order', 'bestelling', 'commande'],
  stock: ['stock', 'voorraad', 'stock'],
  stock_level: ['stock level', 'voorraad', 'stock'],
  stock_location: ['stock location', 'voorraadlocatie', 'emplacement de stock'],
};

/** What is feminine in French. */
const feminine: ReadonlySet<string | null> = new Set(['variant', 'category', 'order']);

const column: Readonly<Record<Language, 0 | 1 | 2>> = { en: 0, nl: 1, fr: 2 };

const wordOf = (words: Words, word: string, language: Language): string =>
  (Object.hasOwn(words, word) ? words[word]![column[language]] : undefined) ?? word.replaceAll('_', ' ');

/** What a kind of record is called, with a capital. */
export function kindWord(language: Language, entity: string | null): string {
  const word = wordOf(entities, entity ?? 'record', language);
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** What people call that which an event names by keys and paths. */
export interface EventNames extends Names {
  /** The name of a system; its key when it has none. */
  system(key: string): string;
}

/** What happened, as one sentence for people. */
export function eventSentence(language: Language, event: Happened, names?: EventNames): string {
  const { step, outcome, externalId, system, message } = event;
  const which = externalId === null || isMadeForMachines(externalId) ? '' : ` ${externalId}`;
  const where = system === null ? '' : ` (${names?.system(system) ?? system})`;
  const why = message === null ? '' : `${language === 'fr' ? '\u00a0' : ''}: ${said(language, message, names)}`;
  // Taking a change back is taken over like any other one, but nobody calls it so.
  const done = outcome === 'undone' ? outcome : step;
  const agreed = (word: string): string => word.replaceAll('{e}', feminine.has(event.entity) ? 'e' : '');
  const did = agreed(wordOf(steps, done, language));
  // What the step says already is not said twice.
  const isSaid = outcome === done || wordOf(steps, done, 'en').includes(outcome);
  const result = isSaid ? '' : `, ${agreed(wordOf(outcomes, outcome, language))}`;
  return `${kindWord(language, event.entity)}${which} ${did}${result}${where}${why}`;
}
