/**
 * Ways to read parts of a configuration file that say what is wrong and go on, so that all problems are found at once. In: a part of the
 * tree, and where it stands. Out: what it says; undefined when it says nothing, or nothing that can be used.
 */
import type { Document } from '../base/document.js';
import type { Part } from './configuration-yaml.js';

type Say = (part: Part, at: string, message: string) => void;
export type Readers = ReturnType<typeof makeReaders>;

/** They tell `say` what is wrong. */
export function makeReaders(say: Say) {
  const named = (part: Part, at: string): ReadonlyMap<string, Part> => {
    if (part.members !== null) return part.members;
    say(part, at, `${at === '' ? 'The file' : `"${at}"`} should hold names with values.`);
    return new Map();
  };
  const text = (part: Part | undefined, at: string): string | undefined => {
    if (part === undefined || part.text !== null) return part?.text ?? undefined;
    say(part, at, `"${at}" should be a text.`);
    return undefined;
  };
  const items = (part: Part | undefined, at: string): readonly Part[] | undefined => {
    if (part === undefined || part.items !== null) return part?.items ?? undefined;
    say(part, at, `"${at}" should be a list.`);
    return undefined;
  };
  return {
    say,
    named,
    text,
    items,
    /** The members of a part, which can have these names and no others. */
    members(part: Part, at: string, names: readonly string[]): (name: string) => Part | undefined {
      const found = named(part, at);
      for (const [name, member] of found) {
        if (!names.includes(name)) say(member, at, `There is no "${name}" here; there are ${names.join(', ')}.`);
      }
      return (name) => found.get(name);
    },
    /** Each of them once, in order: which comes first means nothing. */
    keys(part: Part | undefined, at: string): readonly string[] | undefined {
      const found = items(part, at)?.map((item, index) => text(item, `${at}.${index}`) ?? '');
      return found && [...new Set(found)].filter((key) => key !== '').sort();
    },
    flag(part: Part | undefined, at: string): boolean | undefined {
      if (part === undefined || typeof part.value === 'boolean') return part?.value as boolean | undefined;
      say(part, at, `"${at}" is true or false.`);
      return undefined;
    },
    whole(part: Part | undefined, at: string): number | undefined {
      if (part === undefined || part.value === null) return undefined;
      if (typeof part.value === 'number' && Number.isSafeInteger(part.value)) return part.value;
      say(part, at, `"${at}" is a whole number.`);
      return undefined;
    },
    document(part: Part | undefined, at: string): Document | undefined {
      return part === undefined || part.value === null ? undefined : (named(part, at), part.value as Document);
    },
    oneOf<T extends string>(part: Part | undefined, at: string, words: readonly T[]): T | undefined {
      const said = text(part, at);
      const found = words.find((word) => word === said);
      if (part !== undefined && said !== undefined && found === undefined)
        say(part, at, `"${said}" is not known here; there are ${words.join(', ')}.`);
      return found;
    },
  };
}

/** Without the members that the file does not mention. */
export function said<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}
