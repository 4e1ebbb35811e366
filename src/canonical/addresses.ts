/**
 * Address lines of the Netherlands, Belgium, France and their neighbours: street, house number and addition out of the line
 * that people wrote, and a line out of parts. The line is the truth: it is never changed, and parts are filled in only where
 * none were stated and the reading is not a guess; a line out of parts is made only where the hub knows none
 * (merge-addresses.ts). Pure; doing it twice changes nothing.
 */
import type { Document } from '../base/document.js';
import { countryCodeOf } from './countries.js';

export interface AddressParts {
  readonly street: string;
  readonly houseNumber: string;
  /** `HS`, `II`, `B 03`, `bis`; a box with its word: `bus 3`. */
  readonly addition: string | null;
  /** The box number alone, where a word says that it is one. */
  readonly box: string | null;
  /** `low`: the number may as well belong to the name of the street. */
  readonly confidence: 'high' | 'medium' | 'low';
}

/** Where the house number is written before the street. */
const numberFirst = new Set(['FR', 'LU', 'MC', 'GB', 'IE', 'US', 'CA']);

const houseNumber = /^(\d{1,5})(?:\s*[-/]\s*)?([a-z]{0,4}\d{0,4}|\d{1,4}[a-z]{0,3})$/i;
/** `1e`, `2de`, `3ème`, `1st`: names of streets, not numbers of houses. */
const ordinal = /^\d+(?:e|er|ère|re|de|ste|th|st|nd|rd|è|ème|eme|ième|ieme|ª|º)$/i;
const year = /^(?:1[5-9]|20)\d\d(?!\d)/;
const month = new RegExp(
  `^(?:${[
    ...['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus'],
    ...['september', 'oktober', 'november', 'december'],
    ...['janvier', 'février', 'fevrier', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'aout'],
    ...['septembre', 'octobre', 'novembre', 'décembre', 'decembre'],
    ...[
      'january',
      'february',
      'march',
      'may',
      'june',
      'july',
      'august',
      'october',
      'januar',
      'februar',
      'märz',
      'dezember',
    ],
  ].join('|')})$`,
  'i',
);
const boxWord = /^(?:bus|bte|boite|boîte|box|b\.|bte\.)$/i;
/** What may stand after a house number; anything else is a word of the street. */
const additionWord = new RegExp(
  `^(?:${[
    ...['[a-z]{1,2}', '[a-z]?\\d{1,4}[a-z]{0,2}', '[ivx]{1,4}', 'bis', 'ter', 'quater', 'quinquies'],
    ...[
      'hs',
      'huis',
      'hoog',
      '\\d{1,2}-?hoog',
      'boven',
      'beneden',
      'achter',
      'voor',
      'links',
      'rechts',
      'rood',
      'zwart',
    ],
    ...[
      'bus',
      'bte\\.?',
      'bo[iî]te',
      'box',
      'b\\.',
      'unit',
      'app\\.?',
      'apt\\.?',
      'appt\\.?',
      'kamer',
      'kmr',
      'verd\\.?',
    ],
    ...['[-/]', '[-/][a-z0-9]{1,4}'],
  ].join('|')})$`,
  'i',
);
const shortWord = /^(?:de|la|le|du|en|et|au|te|of|op|in)$/i;

/** What is longer is no line of an address, and reading it would take long. */
const longestLine = 200;

/** Null when there is no house number in the line, or it is too long. `country` (ISO) says which side of the street it is looked for first. */
export function parseAddressLine(line: string, country?: string | null): AddressParts | null {
  if (line.length > longestLine) return null;
  const text = line.normalize('NFC').replace(/\s+/g, ' ').trim();
  const isFirst = country !== undefined && country !== null && numberFirst.has(country.toUpperCase());
  return isFirst
    ? (readFront(text, 'high') ?? readBack(text, 'medium'))
    : (readBack(text, 'high') ?? readFront(text, country === 'NL' ? 'low' : 'medium'));
}

/** `Kerkstraat 3HS`, `Rue Haute 12 bte 4`. */
function readBack(text: string, confidence: 'high' | 'medium'): AddressParts | null {
  const words = text.replaceAll(',', ' ').split(' ').filter(Boolean);
  for (let at = 1; at < words.length; at++) {
    const [word = '', ...rest] = words.slice(at);
    const match = houseNumber.exec(word);
    if (match === null || ordinal.test(word) || !rest.every(isAddition)) continue;
    const isYear = year.test(word);
    const before = words[at - 1] ?? '';
    if (boxWord.test(before) || (isYear && month.test(before))) continue;
    // Of two numbers the first one is the house's, unless it is a year: Amperelaan 7 8, Plein 1944 12.
    if (isYear && rest.some((each) => /^\d/.test(each))) continue;
    const [, number = '', attached = ''] = match;
    const addition = [attached, ...rest].filter((each) => each !== '').join(' ');
    return {
      street: words.slice(0, at).join(' '),
      houseNumber: number,
      ...additionOf(addition),
      confidence: isYear && rest.length === 0 ? 'low' : confidence,
    };
  }
  return null;
}

const isAddition = (word: string): boolean => additionWord.test(word) && !shortWord.test(word);

/** `12 bis rue de la Paix`, `13 2e Avenue`. */
function readFront(text: string, confidence: AddressParts['confidence']): AddressParts | null {
  const match = /^(\d{1,5})(?:\s*[-/]\s*(\d{1,4}))?\s*(bis|ter|quater|quinquies|[a-z])?\s*(?:,\s*|\s)(?=\S)(.+)$/i.exec(
    text,
  );
  if (match === null) return null;
  const [, number = '', second, suffix, street = ''] = match;
  const [first = ''] = street.split(' ');
  if (!/\p{L}{2}/u.test(street) || month.test(first)) return null;
  const addition = [second, suffix].filter((each) => each !== undefined).join(' ');
  const box = /^(.+?)[,\s]+((?:bus|bte\.?|bo[iî]te|box)\s*(\w{1,6}))$/i.exec(street);
  if (box === null) return { street, houseNumber: number, addition: addition || null, box: null, confidence };
  const [, name = '', words = '', boxNumber = ''] = box;
  return {
    street: name,
    houseNumber: number,
    addition: [addition, words].filter(Boolean).join(' '),
    box: boxNumber,
    confidence,
  };
}

function additionOf(text: string): { readonly addition: string | null; readonly box: string | null } {
  const addition = text.replace(/^[-/\s]+/, '').replace(/\s[-/]\s/g, ' ');
  const words = addition.split(' ');
  const at = words.findIndex((word) => boxWord.test(word));
  return { addition: addition === '' ? null : addition, box: at < 0 ? null : words.slice(at + 1).join(' ') || null };
}

/** A first line as the country writes it. */
export function joinAddressLine(
  parts: { readonly street: string; readonly houseNumber?: string | null; readonly addition?: string | null },
  country?: string | null,
): string {
  const { street, houseNumber: number, addition } = parts;
  const isFirst = country !== undefined && country !== null && numberFirst.has(country.toUpperCase());
  const order = isFirst ? [number, addition, street] : [street, number, addition];
  return order.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}

/** Fills in what the rest of the address says: parts from the line, the country from its name. */
export function completeAddress(address: Document): Document {
  const completed = withCountry(address);
  const country = textIn(completed, 'country');
  const [line, street] = [textIn(completed, 'line1'), textIn(completed, 'street')];
  const [number, addition] = [textIn(completed, 'houseNumber'), textIn(completed, 'addition')];
  if (line === null || street !== null) return completed;
  // A number that is stated beside the line is not in the line.
  const parts = number === null ? parseAddressLine(line, country) : null;
  if (parts === null || parts.confidence === 'low') return { ...completed, street: line };
  return {
    ...completed,
    street: parts.street,
    houseNumber: parts.houseNumber,
    ...(addition === null && parts.addition !== null ? { addition: parts.addition } : {}),
  };
}

function withCountry(address: Document): Document {
  const [country, said] = [textIn(address, 'country'), textIn(address, 'countryText')];
  if (country !== null && /^[A-Z]{2}$/.test(country)) return address;
  const code = countryCodeOf(country ?? said ?? '');
  if (code === undefined) return address;
  return { ...address, country: code, ...(said === null && country !== null ? { countryText: country } : {}) };
}

/** For comparing only: `1234 ab`, `NL-1234AB` → `1234AB`; `B-1000` → `1000`. Leading zeros stay. */
export function comparablePostalCode(postalCode: string, country?: string | null): string {
  const plain = postalCode.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const code = (country ?? '').toUpperCase();
  if (code === 'NL') return plain.replace(/^NL(?=\d{4})/, '');
  if (['BE', 'FR', 'DE', 'LU'].includes(code)) return plain.replace(/^[A-Z]{1,3}(?=\d+$)/, '');
  return plain;
}

function textIn(document: Document, name: string): string | null {
  const value = document[name];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
