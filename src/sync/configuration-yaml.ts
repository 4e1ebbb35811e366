/**
 * YAML of configuration files, both ways. Read: a tree whose parts know their lines, or every reason why there is none. Written:
 * the members in the order in which they are given, what is said to be one line on one line. Aliases and tags are refused, and
 * comments are not part of the tree.
 */
import { Document as Yaml, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument, type Node } from 'yaml';
import type { Json } from '../base/document.js';

export interface Part {
  readonly line: number;
  /** What stands there, of a single value: `007` and `"007"` are the same text. Null of lists, maps and nothing. */
  readonly text: string | null;
  readonly value: Json;
  readonly items: readonly Part[] | null;
  readonly members: ReadonlyMap<string, Part> | null;
}

export interface FileProblem {
  readonly line: number | null;
  /** What it is about: `valueLists.softmaat-tax-code`. */
  readonly at: string;
  readonly message: string;
}

export type YamlResult =
  | { readonly type: 'tree'; readonly root: Part }
  | { readonly type: 'refused'; readonly problems: readonly FileProblem[] };

/** Deeper than any configuration. */
const deepest = 60;

export function readYaml(text: string): YamlResult {
  const lines = new LineCounter();
  const problems: FileProblem[] = [];
  const say = (offset: number, message: string): void =>
    void problems.push({ line: lines.linePos(offset).line, at: '', message });
  if (isTooDeep(text)) {
    return { type: 'refused', problems: [{ line: null, at: '', message: 'The file is nested too deeply.' }] };
  }
  const { errors, warnings, contents } = parseDocument(text, {
    version: '1.2',
    prettyErrors: false,
    lineCounter: lines,
    // Compared by the parser, each name with all others; seen below without that.
    uniqueKeys: false,
  });
  for (const { pos, message } of [...errors, ...warnings]) say(pos[0], `${message}.`);
  if (problems.length > 0) return { type: 'refused', problems };
  const root = makePartOf(say, (offset) => lines.linePos(offset).line)(contents, 0);
  return problems.length > 0 ? { type: 'refused', problems } : { type: 'tree', root };
}

/** The parser goes down into what is nested, and a file that is nest within nest would end the process: seen before it is asked. */
function isTooDeep(text: string): boolean {
  // Each level of a block stands at least one column further in.
  if (/^[ ?-]{200}/m.test(text)) return true;
  let depth = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth = Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return false;
}

/** Neither infinite nor with digits that a number of JavaScript would lose. */
function isExact(value: number, text: string): boolean {
  const digits = /^[-+]?0*(\d+)$/.exec(text)?.[1];
  return Number.isFinite(value) && (digits === undefined || digits === String(Math.abs(value)));
}

const offsetOf = (node: unknown, around: number): number => (node as Node | null)?.range?.[0] ?? around;

function makePartOf(say: (offset: number, message: string) => void, lineOf: (offset: number) => number) {
  const partOf = (node: unknown, around: number): Part => {
    const offset = offsetOf(node, around);
    const line = lineOf(offset);
    const nothing = { line, text: null, value: null, items: null, members: null };
    if (isAlias(node)) say(offset, 'References (*) are not read; write the value out.');
    else if (isSeq(node)) {
      const items = node.items.map((item) => partOf(item, offset));
      return { ...nothing, items, value: items.map(({ value }) => value) };
    } else if (isMap(node)) {
      const members = new Map<string, Part>();
      for (const { key, value } of node.items) {
        const name = partOf(key, offset);
        if (name.text === null) say(offset, 'A name is a single value.');
        const part = partOf(value, offsetOf(key, offset));
        if (members.has(name.text ?? '')) say(offsetOf(key, offset), `"${name.text}" stands here twice.`);
        // The line of a member is that of its name: a list begins a line further down.
        members.set(name.text ?? '', { ...part, line: name.line });
      }
      return { ...nothing, members, value: Object.fromEntries([...members].map(([name, { value }]) => [name, value])) };
    } else if (isScalar(node)) {
      const { value } = node;
      if (typeof value === 'string') return { ...nothing, text: value, value };
      if (value === null || value === undefined) return nothing;
      const text = node.source ?? String(value);
      if (typeof value === 'boolean') return { ...nothing, text, value };
      if (typeof value === 'number' && isExact(value, text)) return { ...nothing, text, value };
      say(offset, `${text} cannot be kept as it is; write it in quotes.`);
    }
    return nothing;
  };
  return partOf;
}

/** `isOneLine`: whether a list or map, which stands under this name or in the list of this name, is written on one line. */
export function writeYaml(document: Json, isOneLine: (value: Json, name: string) => boolean): string {
  const yaml = new Yaml(document, { aliasDuplicateObjects: false, version: '1.2' });
  const visit = (node: unknown, value: Json, name: string, isInLine: boolean): void => {
    const isFlow = isInLine || (typeof value === 'object' && value !== null && isOneLine(value, name));
    if (isScalar(node)) {
      if (isInLine && typeof value === 'string' && /[\n\r]/.test(value)) node.type = 'QUOTE_DOUBLE';
    } else if (isSeq(node)) {
      node.flow = isFlow || node.items.length === 0;
      node.items.forEach((item, index) => visit(item, (value as readonly Json[])[index] ?? null, name, isFlow));
    } else if (isMap(node)) {
      node.flow = isFlow || node.items.length === 0;
      for (const pair of node.items) {
        const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
        visit(pair.value, (value as Readonly<Record<string, Json>>)[key] ?? null, key, isFlow);
      }
    }
  };
  visit(yaml.contents, document, '', false);
  return yaml.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER, nullStr: 'null' });
}
