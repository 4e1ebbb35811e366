/**
 * Texts in expressions. Places and lengths count characters (code points), as `size()` does, so that none is cut in half;
 * cutting to a length leaves signs whole that are put together of several (accents, flags, families). Pure.
 */
import { ExpressionFailure } from './failure.js';

const surrogate = /[\ud800-\udfff]/;
/** Characters by which places are counted; the text itself where each is one unit. */
const charactersOf = (text: string): string | readonly string[] => (surrogate.test(text) ? [...text] : text);

export function substring(text: string, start: bigint, end?: bigint): string {
  const characters = charactersOf(text);
  const length = BigInt(characters.length);
  const fail = (which: string): never => {
    throw new ExpressionFailure(`string.substring(start, end): ${which} index out of range`);
  };
  if (start < 0n || start > length) fail('start');
  if (end !== undefined && (end < start || end > length)) fail('end');
  const part = characters.slice(Number(start), end === undefined ? undefined : Number(end));
  return typeof part === 'string' ? part : part.join('');
}

export const indexOf = (text: string, sought: string): bigint => placeOf(text, text.indexOf(sought));
export const lastIndexOf = (text: string, sought: string): bigint => placeOf(text, text.lastIndexOf(sought));

const placeOf = (text: string, at: number): bigint => BigInt(at < 0 ? -1 : charactersOf(text.slice(0, at)).length);

const signs = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most so many characters from the start, and no part of a sign. */
export function truncated(text: string, length: bigint): string {
  if (length < 0n) throw new ExpressionFailure('truncate takes a length of 0 or more');
  if (BigInt(text.length) <= length) return text;
  const most = Number(length);
  const first = text.slice(0, most);
  const end = surrogate.test(first) ? [...text].slice(0, most).join('').length : most;
  if (end === text.length || isPlain(text, end)) return text.slice(0, end);
  // Whether a sign ends before a character depends on that one and on what stands before it.
  return text.slice(0, signs.segment(text.slice(0, end + 2)).containing(end)?.index ?? end);
}

/** Letters before which and after which signs always end; told apart because they are most of what there is, and the rest is slow. */
function isPlain(text: string, at: number): boolean {
  const after = text.charCodeAt(at);
  return text.charCodeAt(at - 1) < 0x300 && after < 0x300 && after !== 0x0a;
}

/** Names of U+00A0 to U+00FF, in order. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const entities: ReadonlyMap<string, string> = new Map([
  ...latin.split(' ').map((name, index) => [name, String.fromCodePoint(0xa0 + index)] as const),
  ...Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
  ...Object.entries({ euro: '€', hellip: '…', ndash: '–', mdash: '—', bull: '•', trade: '™', OElig: 'Œ', oelig: 'œ' }),
  ...Object.entries({ lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„' }),
]);

/** HTML as plain text. A reference that is not known, or to what no text holds, stays as it is written. */
export const withoutTags = (text: string): string =>
  text
    .replace(/<[^<>]{0,1000}>/g, ' ')
    .replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]{2,8}\d{0,2}));/g, referred)
    .replace(/\s+/g, ' ')
    .trim();

function referred(written: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return entities.get(name) ?? written;
  const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const isControl = (code < 0x20 && ![0x09, 0x0a, 0x0d].includes(code)) || (code >= 0x7f && code < 0xa0);
  const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter && !isControl ? String.fromCodePoint(code) : written;
}
