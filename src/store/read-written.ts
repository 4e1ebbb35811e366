/**
 * Reads records as the text of what is asked of them. In: what is asked, and a statement without its select list. Out: what was
 * read, or null when it has to be read by columns: nobody said how a field is written, or a record has something that cannot be.
 */
import pg from 'pg';
import { WrittenRecord, type Selection, type ToWrite } from '../schema/selection.js';
import { recordText } from './written-records.js';
import { unwritable } from './written-values.js';

export interface WrittenRow {
  readonly written: string;
}

/** What is known of a selection. */
interface Known {
  /** By who asks and by values of variables. */
  readonly texts: Map<string, string | null>;
  /** How often it is still read by columns, because a record could not be written. */
  rests: number;
}

const known = new WeakMap<Selection, Known>();
const mostTexts = 16;
/** At most one read in so many is made twice. */
const restsFor = 50;

function knownOf(selection: Selection): Known {
  const found = known.get(selection) ?? { texts: new Map<string, string | null>(), rests: 0 };
  known.set(selection, found);
  return found;
}

function selectOf({ texts }: Known, { selection, values }: ToWrite, seesPersonal: boolean): string | null {
  const key = JSON.stringify([seesPersonal, ...selection.variables.map((name) => values[name] ?? null)]);
  const found = texts.get(key);
  if (found !== undefined) return found;
  if (texts.size >= mostTexts) return null;
  const made = recordText(selection, { values, seesPersonal });
  const select = made === null ? null : `${made} as written`;
  texts.set(key, select);
  return select;
}

/** Values that are not what their column says they are, such as a price that is not a number. */
const isAboutData = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code?.startsWith('22') === true;

const isWritten = ({ written }: { readonly written: string | null }): boolean =>
  written !== null && !written.includes(unwritable);

/** `read` is given the select list; `rowsOf` says what it has found. */
export async function readWritten<T>(
  toWrite: ToWrite | undefined,
  seesPersonal: boolean,
  read: (select: string) => Promise<T>,
  rowsOf: (found: T) => readonly WrittenRow[],
): Promise<T | null> {
  if (toWrite === undefined) return null;
  const about = knownOf(toWrite.selection);
  if (about.rests > 0) {
    about.rests--;
    return null;
  }
  const select = selectOf(about, toWrite, seesPersonal);
  if (select === null) return null;
  try {
    const found = await read(select);
    if (rowsOf(found).every(isWritten)) return found;
  } catch (error) {
    if (!isAboutData(error)) throw error;
  }
  about.rests = restsFor;
  return null;
}

/** One record; undefined when it has to be read by columns. What is given stands for the record that it is written from. */
export async function recordWritten<T>(
  toWrite: ToWrite | undefined,
  seesPersonal: boolean,
  find: (select: string) => Promise<readonly WrittenRow[]>,
): Promise<T | null | undefined> {
  const found = await readWritten(toWrite, seesPersonal, find, (rows) => rows);
  if (found === null || toWrite === undefined) return undefined;
  return found[0] === undefined ? null : (new WrittenRecord(toWrite.selection, found[0].written) as T);
}
