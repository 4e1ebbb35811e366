/** The operation by which a page of an exported list is read: the list's own field with its own arguments, and what the columns need. */
import {
  coerceInputValue,
  getNamedType,
  isObjectType,
  parse,
  type DocumentNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { Document, Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { fieldsWithAccess, type FieldAccess } from './document-access.js';
import type { ExportColumn } from './export-columns.js';
import type { ExportList } from './export-lists.js';

/** Records of one page; the most that lists give. */
export const exportPageSize = 100;

/** The field that gives the pages. */
function fieldOf(schema: GraphQLSchema, { root, below }: ExportList): GraphQLField<unknown, unknown> {
  const first = schema.getQueryType()!.getFields()[root]!;
  const type = getNamedType(first.type);
  return below !== undefined && isObjectType(type) ? type.getFields()[below]! : first;
}

const argumentType = (schema: GraphQLSchema, list: ExportList, name: string): GraphQLInputType =>
  fieldOf(schema, list).args.find((arg) => arg.name === name)!.type;

/** The operation, of one page of the list with these columns. */
export function exportDocument(
  schema: GraphQLSchema,
  list: ExportList,
  columns: readonly ExportColumn[],
): DocumentNode {
  const { root, below, takes } = list;
  const declared = takes.map((name) => `$${name}: ${String(argumentType(schema, list, name))}`);
  const given = ['first: $first', 'after: $after', ...takes.map((name) => `${name}: $${name}`)];
  const variables = ['$first: Int!', '$after: String', '$isCounted: Boolean!', ...declared];
  const page = `page: ${below ?? root}(${given.join(', ')}) {
    nodes { ${columns.map(({ select }) => select).join(' ')} }
    pageInfo { hasNextPage endCursor }
    totalCount @include(if: $isCounted) { value precision }
  }`;
  return below === undefined
    ? parse(`query Export(${variables.join(', ')}) { ${page} }`)
    : parse(`query Export($id: ID!, ${variables.join(', ')}) { ${root}(id: $id) { ${page} } }`);
}

/** What reading the list with these columns needs. */
export const exportAccess = (
  schema: GraphQLSchema,
  list: ExportList,
  columns: readonly ExportColumn[],
): readonly FieldAccess[] => fieldsWithAccess(schema, exportDocument(schema, list, columns));

/** What is asked of the list, and where each argument stands in the input. */
export interface AskedList {
  readonly values: Document;
  readonly places: Readonly<Record<string, readonly string[]>>;
}

/** Throws EXPORT_FILTER_INVALID with the place in the input as its path, when the list does not take what is asked. */
export function checkAsked(schema: GraphQLSchema, list: ExportList, { values, places }: AskedList): void {
  for (const [name, value] of Object.entries(values)) {
    const place = places[name] ?? [name];
    const refuse = (inner: readonly (string | number)[]): never => {
      const path = [...place, ...inner].join('.');
      throw new KoppelError('EXPORT_FILTER_INVALID', { path }, { path });
    };
    if (!(list.takes as readonly string[]).includes(name)) refuse([]);
    coerceInputValue(plain(value), argumentType(schema, list, name), (path) => refuse(path));
  }
}

/** Objects of literals have no prototype. */
const plain = (value: Json): unknown => JSON.parse(JSON.stringify(value)) as unknown;
