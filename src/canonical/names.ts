/**
 * Names of people: the parts out of the whole (with Dutch, French and German particles) and the whole out of the parts. The
 * full name is the truth and is never changed. Pure; doing it twice changes nothing.
 */
import type { Document } from '../base/document.js';

export interface NameParts {
  readonly firstName: string | null;
  readonly infix: string | null;
  readonly lastName: string;
}

const particles = new Set([
  ...["'s", "'t", "'n", 'aan', 'achter', 'bij', 'boven', 'de', 'den', 'der', 'het', 'in', 'onder', 'op', 'over', 'te'],
  ...['ten', 'ter', 'tot', 'uit', 'uyt', 'van', 'vanden', 'vander', 'ver', 'voor', 'v.d.', 'v.', 'vd', 'v/d'],
  ...[
    'du',
    'des',
    'la',
    'le',
    'les',
    'von',
    'vom',
    'zu',
    'zum',
    'zur',
    'und',
    'af',
    'da',
    'do',
    'dos',
    'del',
    'della',
    'di',
  ],
]);
/** Those with which a name can begin when no first name is given. */
const leading = new Set([
  "'t",
  'aan',
  'de',
  'den',
  'der',
  'du',
  'in',
  'op',
  'te',
  'ten',
  'ter',
  'van',
  'von',
  'v.d.',
  'vd',
]);
/** `d'Alembert`, `l'Hermite`. */
const attached = /^([dl]')(.+)$/i;

const plain = (word: string): string => word.replace(/[’‘`´]/g, "'").toLowerCase();
const isParticle = (word: string | undefined): boolean => word !== undefined && particles.has(plain(word));

/** `Jan van der Berg` → Jan, van der, Berg. `Berg, Jan van der` is read too. */
export function splitName(fullName: string): NameParts {
  const [before = '', after] = fullName.split(',', 2).map((part) => part.trim().replace(/\s+/g, ' '));
  if (after === undefined || after === '' || before === '') return splitWords(wordsOf(fullName.replaceAll(',', ' ')));
  const words = wordsOf(after);
  let end = words.length;
  while (end > 1 && isParticle(words[end - 1])) end--;
  const { infix, lastName } = splitSurname(wordsOf(before));
  const trailing = words.slice(end);
  const all = [...trailing, ...(infix === null ? [] : [infix])].join(' ');
  return { firstName: words.slice(0, end).join(' '), infix: all || null, lastName };
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);

function splitWords(words: readonly string[]): NameParts {
  if (words.length < 2) return { firstName: null, ...splitSurname(words) };
  if (leading.has(plain(words[0] ?? ''))) return { firstName: null, ...splitSurname(words) };
  const at = words.findIndex((word, index) => index > 0 && startsSurname(word, index === words.length - 1));
  const start = at < 0 ? words.length - 1 : at;
  return { firstName: words.slice(0, start).join(' '), ...splitSurname(words.slice(start)) };
}

/** A particle before another word, one that is written together with the name, or the first half of a double name. */
function startsSurname(word: string, isLast: boolean): boolean {
  if (attached.test(plain(word))) return true;
  if (isLast) return false;
  const [, second] = /-([^-]+)$/.exec(word) ?? [];
  return isParticle(word) || isParticle(second) || word.endsWith('-');
}

function splitSurname(words: readonly string[]): { infix: string | null; lastName: string } {
  let end = 0;
  while (end < words.length - 1 && isParticle(words[end])) end++;
  const rest = words.slice(end);
  const match = attached.exec((rest[0] ?? '').replace(/[’‘`´]/g, "'"));
  const particle = match === null ? null : (rest[0] ?? '').slice(0, 2);
  const infix = [...words.slice(0, end), ...(particle === null ? [] : [particle])].join(' ');
  const lastName = (particle === null ? rest : [(rest[0] ?? '').slice(2), ...rest.slice(1)]).join(' ');
  return { infix: infix || null, lastName };
}

/** `d'` stands against the name, every other particle before it. */
export function joinName(parts: {
  readonly firstName?: string | null;
  readonly infix?: string | null;
  readonly lastName?: string | null;
}): string {
  const infix = parts.infix ?? '';
  const isAttached = /(?:^|\s)[dl]'$/i.test(plain(infix));
  const surname = isAttached
    ? `${infix}${parts.lastName ?? ''}`
    : [infix, parts.lastName ?? ''].filter(Boolean).join(' ');
  return [parts.firstName ?? '', surname].filter(Boolean).join(' ');
}

/** Fills in the parts or the whole, whichever is missing. A company's name is not a person's. */
export function completeName(person: Document): Document {
  const full = textIn(person, 'fullName');
  const [firstName, infix, lastName] = ['firstName', 'infix', 'lastName'].map((name) => textIn(person, name));
  const hasParts = [firstName, infix, lastName].some((part) => part !== null);
  if (full === null) return hasParts ? { ...person, fullName: joinName({ firstName, infix, lastName }) } : person;
  if (hasParts || full === textIn(person, 'companyName')) return person;
  if (person['kind'] === 'COMPANY' && textIn(person, 'companyName') === null) return person;
  const parts = splitName(full);
  return {
    ...person,
    ...(parts.firstName === null ? {} : { firstName: parts.firstName }),
    ...(parts.infix === null ? {} : { infix: parts.infix }),
    lastName: parts.lastName,
  };
}

function textIn(document: Document, name: string): string | null {
  const value = document[name];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
