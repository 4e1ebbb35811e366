/**
 * A small, strict XML scanner for this subset: elements, text, CDATA, comments; no document types, no entities but the
 * five predefined and numeric ones, no mixed content. In: the whole text. Out: the root element, or an XmlError.
 * Guarantee: a text that ends before its root is closed is never accepted, wherever it was cut.
 */
import { cutText } from '../../../base/cut-text.js';
const maxDepth = 64;

export class XmlError extends Error {
  constructor(
    /** `incomplete`: the text ends too early. `malformed`: it is something else than this subset of XML. */
    readonly kind: 'incomplete' | 'malformed',
    message: string,
  ) {
    super(message);
    this.name = 'XmlError';
  }
}

export interface XmlElement {
  readonly name: string;
  /** The namespace that the prefix stands for; empty when there is none. */
  readonly namespace: string;
  /** Own text; empty when the element has children. */
  text: string;
  readonly children: XmlElement[];
}

/** Namespaces in force; `outer` is what they were outside of the element that declared them. */
interface Scope {
  readonly prefixes: ReadonlyMap<string, string>;
  readonly depth: number;
  readonly outer: Scope | null;
}

const validName = /^(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)$/;
const attribute = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

/** What is open at one place of the text. */
interface Scanner {
  readonly stack: XmlElement[];
  /** Names of the open elements with their prefixes, as they must stand in the closing tags. */
  readonly openNames: string[];
  readonly knownNames: Map<string, readonly [string, string]>;
  scope: Scope;
  root: XmlElement | undefined;
}

/** Reads one document. Control characters (except tab and line ends) are dropped from texts. */
export function readXml(xml: string): XmlElement {
  // Nothing is scanned of a text that declares a document type.
  if (/<!DOCTYPE/i.test(xml.slice(0, 4096))) throw new XmlError('malformed', 'it declares a document type');
  const scope: Scope = { prefixes: new Map(), depth: 0, outer: null };
  const scanner: Scanner = { stack: [], openNames: [], knownNames: new Map(), scope, root: undefined };
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < xml.length) {
    const open = xml.indexOf('<', at);
    // A text that runs to the end of the document was cut, perhaps inside of an entity.
    if (open === -1 && scanner.stack.length > 0) break;
    if (open !== at) addText(scanner, cleanText(xml.slice(at, open === -1 ? xml.length : open)));
    if (open === -1) break;
    const next = xml.charAt(open + 1);
    if (next === '!' || next === '?') {
      at = skipSpecial(xml, open, scanner);
      continue;
    }
    const close = endOfTag(xml, open);
    if (next === '/') closeElement(scanner, xml.slice(open + 2, close).trimEnd());
    else if (xml.charAt(close - 1) === '/') openElement(scanner, xml.slice(open + 1, close - 1), true);
    else openElement(scanner, xml.slice(open + 1, close), false);
    at = close + 1;
  }
  if (scanner.root === undefined) throw new XmlError('incomplete', 'it has no root element');
  const unclosed = scanner.stack.at(-1);
  if (unclosed !== undefined) throw new XmlError('incomplete', `it ends inside of ${unclosed.name}`);
  return scanner.root;
}

function openElement(scanner: Scanner, tag: string, selfClosed: boolean): void {
  const { stack } = scanner;
  const parent = stack.at(-1);
  if (parent === undefined && scanner.root !== undefined) throw new XmlError('malformed', 'it has two root elements');
  if (stack.length >= maxDepth) throw new XmlError('malformed', `it is nested deeper than ${maxDepth} elements`);
  // Most tags are a name that was seen before, and nothing else.
  const cut = scanner.knownNames.has(tag) ? tag.length : endOfName(tag);
  const qualified = tag.slice(0, cut);
  const [prefix, name] = splitName(qualified, scanner.knownNames);
  const outer = scanner.scope;
  const declared = cut < tag.length ? declaredNamespaces(tag, cut) : undefined;
  if (declared !== undefined) {
    scanner.scope = { prefixes: new Map([...outer.prefixes, ...declared]), depth: stack.length + 1, outer };
  }
  const namespace = scanner.scope.prefixes.get(prefix);
  if (namespace === undefined && prefix !== '') throw new XmlError('malformed', `the prefix ${prefix} is not declared`);
  const element: XmlElement = { name, namespace: namespace ?? '', text: '', children: [] };
  if (parent === undefined) scanner.root = element;
  else {
    if (parent.text !== '' && parent.text.trim() !== '') throw mixed(parent);
    parent.text = '';
    parent.children.push(element);
  }
  if (selfClosed) {
    scanner.scope = outer;
  } else {
    stack.push(element);
    scanner.openNames.push(qualified);
  }
}

function closeElement(scanner: Scanner, qualified: string): void {
  if (scanner.stack.pop() === undefined || scanner.openNames.pop() !== qualified) {
    throw new XmlError('malformed', `</${shorten(qualified)}> closes nothing`);
  }
  if (scanner.scope.outer !== null && scanner.scope.depth > scanner.stack.length) scanner.scope = scanner.scope.outer;
}

function addText(scanner: Scanner, text: string): void {
  const parent = scanner.stack.at(-1);
  if (parent !== undefined && parent.children.length === 0) parent.text += text;
  else if (text.trim() === '') return;
  else if (parent === undefined) throw new XmlError('malformed', 'it has text outside of its root element');
  else throw mixed(parent);
}

const mixed = (element: XmlElement): XmlError => new XmlError('malformed', `${element.name} mixes text and elements`);

/** Position of the `>` that ends the tag; quoted attribute values may hold one. */
function endOfTag(xml: string, open: number): number {
  const close = xml.indexOf('>', open + 1);
  if (close === -1) throw new XmlError('incomplete', 'it ends inside of a tag');
  // Only tags with quoted values need the careful way.
  let quote = open + 1;
  while (quote < close && !isQuote(xml.charCodeAt(quote))) quote += 1;
  if (quote === close) return close;
  let inside = '';
  for (let i = quote; i < xml.length; i++) {
    const char = xml.charAt(i);
    if (inside !== '') {
      if (char === inside) inside = '';
    } else if (char === '"' || char === "'") inside = char;
    else if (char === '>') return i;
  }
  throw new XmlError('incomplete', 'it ends inside of a tag');
}

const isQuote = (code: number): boolean => code === 34 || code === 39;

function endOfName(tag: string): number {
  const cut = tag.search(/[\s/>=]/);
  return cut === -1 ? tag.length : cut;
}

/** Passes over a comment, a processing instruction or CDATA; anything else that starts so is refused. */
function skipSpecial(xml: string, open: number, scanner: Scanner): number {
  const [start, end] = xml.startsWith('<!--', open)
    ? ['<!--', '-->']
    : xml.startsWith('<![CDATA[', open)
      ? ['<![CDATA[', ']]>']
      : xml.startsWith('<?', open)
        ? ['<?', '?>']
        : ['', ''];
  if (start === '') {
    const rest = xml.slice(open, open + 9);
    if ('<![CDATA['.startsWith(rest) || '<!--'.startsWith(rest))
      throw new XmlError('incomplete', 'it ends inside of a tag');
    throw new XmlError('malformed', 'it holds a declaration');
  }
  const close = xml.indexOf(end, open + start.length);
  if (close === -1) throw new XmlError('incomplete', 'it ends inside of a comment or a section');
  if (start === '<![CDATA[') addText(scanner, dropControls(xml.slice(open + start.length, close)));
  return close + end.length;
}

function splitName(name: string, known: Map<string, readonly [string, string]>): readonly [string, string] {
  let parts = known.get(name);
  if (parts === undefined) {
    const match = validName.exec(name);
    if (match === null) throw new XmlError('malformed', `<${shorten(name)}> is not an element`);
    if (match[2] === '__proto__') throw new XmlError('malformed', 'it has an element named __proto__');
    parts = [match[1] ?? '', match[2]!];
    known.set(name, parts);
  }
  return parts;
}

/** The namespaces that a tag declares; undefined when none. Other attributes are ignored, but must be well-formed. */
function declaredNamespaces(tag: string, from: number): Map<string, string> | undefined {
  let declared: Map<string, string> | undefined;
  attribute.lastIndex = from;
  let end = from;
  for (let match = attribute.exec(tag); match !== null; match = attribute.exec(tag)) {
    end = attribute.lastIndex;
    const name = match[1]!;
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    (declared ??= new Map()).set(name === 'xmlns' ? '' : name.slice(6), match[2] ?? match[3] ?? '');
  }
  if (tag.slice(end).trim() !== '') throw new XmlError('malformed', `<${shorten(tag)}> is not a tag`);
  return declared;
}

function cleanText(raw: string): string {
  let text = raw;
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  if (text.includes('&'))
    text = text.replace(/&(?:([^;&\s]{1,10});)?/g, (whole, entity?: string) => expand(whole, entity));
  return dropControls(text);
}

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function expand(whole: string, entity: string | undefined): string {
  if (entity !== undefined && Object.hasOwn(predefined, entity)) return predefined[entity]!;
  const numeric = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(entity ?? '');
  if (numeric === null) throw new XmlError('malformed', `it holds the unknown entity ${shorten(whole)}`);
  const point = numeric[1] !== undefined ? parseInt(numeric[1], 16) : parseInt(numeric[2]!, 10);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    throw new XmlError('malformed', `${shorten(whole)} is not a character`);
  }
  return String.fromCodePoint(point);
}

// eslint-disable-next-line no-control-regex -- these are exactly the characters that XML does not allow
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Drops the control characters that XML does not allow; tab and line ends stay. */
export function dropControls(text: string): string {
  return text.replace(forbidden, '');
}

const shorten = (text: string): string => dropControls(cutText(text, 60));
