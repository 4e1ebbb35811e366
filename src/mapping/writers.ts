/** How the value of a rule gets into the document that is being made: by a path, or as an item of a list by its code. */
import type { Document, Json } from '../base/document.js';
import type { NamedItem } from './paths.js';

export type MutableDocument = Record<string, Json>;

export interface Writer {
  write(out: MutableDocument, value: Json): void;
  /** Empties the place; gives the path of what is empty now, undefined when something is left there. */
  clear(out: MutableDocument): string | undefined;
}

/** Writes at a path of the catalogue; objects on the way are made when the first of their fields is written. */
export function makeWriter(path: string, isList: boolean): Writer {
  const write = makePathWriter(path);
  return {
    write,
    clear(out) {
      write(out, isList ? [] : null);
      return path;
    },
  };
}

/** Writes the item of a list that has a code; an item that is there already is replaced as a whole. */
export function makeItemWriter({ list, code }: NamedItem): Writer {
  const write = makePathWriter(list);
  const segments = list.split('.');
  const itemsIn = (out: MutableDocument): readonly Json[] => {
    let within: Json | undefined = out;
    for (const segment of segments) within = (within as Document | undefined)?.[segment];
    return Array.isArray(within) ? (within as readonly Json[]) : [];
  };
  const isIt = (item: Json): boolean => (item as Document | null)?.['code'] === code;
  return {
    write(out, value) {
      const items = itemsIn(out);
      const item = { code, value: String(value) };
      const place = items.findIndex(isIt);
      write(out, place < 0 ? [...items, item] : items.map((each, index) => (index === place ? item : each)));
    },
    clear(out) {
      const items = itemsIn(out).filter((item) => !isIt(item));
      write(out, items);
      return items.length === 0 ? list : undefined;
    },
  };
}

function makePathWriter(path: string): (out: MutableDocument, value: Json) => void {
  if (path === '.' || !path.includes('.')) {
    return (out, value) => {
      out[path] = value;
    };
  }
  const segments = path.split('.');
  const last = segments.pop() ?? path;
  return (out, value) => {
    let within = out;
    for (const segment of segments) within = (within[segment] ??= {}) as MutableDocument;
    within[last] = value;
  };
}
