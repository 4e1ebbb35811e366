/** What is asked for when a list is taken away. In: the input and who sent it. Out: the order that the job keeps, or a refusal that names the field. */
import type { GraphQLSchema } from 'graphql';
import { isObject, type Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { Language } from '../base/languages.js';
import type { ExportOrder } from '../base/list-export.js';
import { exportWords, saidWord } from '../base/sentences/export-words.js';
import type { DataExportInput, ExportSubjectName } from '../schema/data-export.js';
import type { ScopeName } from '../schema/access.js';
import type { Caller } from '../security/caller.js';
import { mayAsk } from './document-access.js';
import type { ExportColumn } from './export-columns.js';
import { checkAsked, exportAccess, type AskedList } from './export-document.js';
import { exportLists, type ExportList } from './export-lists.js';

/** The columns of a list that the caller may see; none when that is not one of his lists. */
export function columnsFor(schema: GraphQLSchema, subject: ExportSubjectName, caller: Caller): readonly ExportColumn[] {
  const list = exportLists[subject];
  return list.columns.filter((column) => mayAsk(exportAccess(schema, list, [column]), caller));
}

/** Throws a KoppelError whose path is the place in the input. */
export function orderOf(
  schema: GraphQLSchema,
  input: DataExportInput,
  { caller, language }: { readonly caller: Caller; readonly language: Language },
): ExportOrder {
  const { entityType, format, timeZone, reconciliationId, name } = input;
  const list = exportLists[entityType];
  const seen = columnsFor(schema, entityType, caller);
  if (seen.length === 0) refuseList(schema, list, caller);
  const columns = chosenOf(seen, input.columns ?? null);
  const asked = askedOf(list, input);
  checkAsked(schema, list, asked);
  checkZone(timeZone ?? 'UTC');
  const isEnglish = language === 'en';
  return {
    subject: entityType,
    format,
    separator: input.separator ?? (isEnglish ? 'COMMA' : 'SEMICOLON'),
    decimalMark: input.decimalMark ?? (isEnglish ? 'POINT' : 'COMMA'),
    timeZone: timeZone ?? 'UTC',
    language,
    columns: columns.map(({ key }) => key),
    asked: steadilySorted(list, asked.values),
    below: list.below === undefined ? null : (reconciliationId ?? null),
    scopes: [...caller.scopes],
    needed: neededOf(schema, list, columns, caller),
    name: name?.trim() || null,
  };
}

/** Every list has ids, which need nothing but the list. */
function refuseList(schema: GraphQLSchema, list: ExportList, caller: Caller): never {
  const ids = list.columns.filter(({ key }) => key === 'id');
  const lacking = exportAccess(schema, list, ids).find((field) => !mayAsk([field], caller));
  const values = { what: lacking?.name ?? list.root, needed: (lacking?.needed ?? []).join(' or ') };
  throw new KoppelError('FORBIDDEN', values, { path: 'entityType' });
}

function chosenOf(seen: readonly ExportColumn[], keys: readonly string[] | null): readonly ExportColumn[] {
  if (keys === null || keys.length === 0) return seen.filter(({ isUsual }) => isUsual);
  return [...new Set(keys)].map((key, i) => {
    const found = seen.find((column) => column.key === key);
    if (found === undefined) throw new KoppelError('EXPORT_COLUMN_UNKNOWN', { column: key.slice(0, 60) }, { path: `columns.${i}` }); // prettier-ignore
    return found;
  });
}

function askedOf({ takes }: ExportList, { filter, search, sort }: DataExportInput): AskedList {
  const given = Object.entries({ search: search ?? null, sort: sort ?? null }).filter(([, value]) => value !== null);
  const others = Object.fromEntries(given) as Document;
  if (filter == null) return { values: others, places: {} };
  if (takes.includes('filter')) return { values: { filter, ...others }, places: {} };
  const places = Object.fromEntries(Object.keys(filter).map((key) => [key, ['filter', key]]));
  return { values: { ...filter, ...others }, places };
}

/**
 * A page is read behind the last record of the one before: in an order of something that changes, a record that changes meanwhile would jump to where
 * the reading has been, and be missing in the file.
 */
function steadilySorted({ steady }: ExportList, { sort = null, ...others }: Document): Document {
  if (steady === undefined) return others;
  const isSteady = isObject(sort) && steady.fields.includes(String(sort['field']));
  const taken = isSteady ? sort : steady.otherwise;
  return taken === null ? others : { ...others, sort: taken };
}

function checkZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new KoppelError('EXPORT_TIME_ZONE_UNKNOWN', { zone: timeZone.slice(0, 60) }, { path: 'timeZone' });
  }
}

/** Lists that say nothing of people. */
const impersonal: readonly ExportList[] = [exportLists.PRODUCT, exportLists.STOCK_LEVEL];

/** What of the caller's rights the file shows something of. */
function neededOf(
  schema: GraphQLSchema,
  list: ExportList,
  columns: readonly ExportColumn[],
  { scopes }: Caller,
): readonly ScopeName[] {
  const used = exportAccess(schema, list, columns).flatMap(({ needed = [] }) => needed.find((scope) => scopes.has(scope)) ?? []); // prettier-ignore
  const isUnmasked = !impersonal.includes(list) && scopes.has('READ_CUSTOMERS');
  const personal: readonly ScopeName[] = isUnmasked ? ['READ_CUSTOMERS'] : [];
  return [...new Set([...used, ...personal])];
}

/** Name under which a browser saves the file. */
export function fileNameOf({ subject, format, language, timeZone }: ExportOrder, at: Date): string {
  const moment = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
  const list = saidWord(language, exportWords.file, subject);
  return `koppel-${list}-${moment.replace(' ', '-').replace(':', '')}.${format === 'CSV' ? 'csv' : 'jsonl'}`;
}

export const contentTypeOf = ({ format }: Pick<ExportOrder, 'format'>): string =>
  format === 'CSV' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8';
