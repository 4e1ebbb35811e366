/**
 * Reads lists for files, page by page. In: what was asked for, and the rights of who asked. Out: pages as text. A page is the answer of the
 * list's own field to the operation that anybody could send, so filter, order, masks and words are those of the pages.
 */
import { execute, type DocumentNode, type GraphQLSchema } from 'graphql';
import { byteOrderMark, csvLine, type CsvStyle } from '../base/csv.js';
import type { Document, Json } from '../base/document.js';
import { endingOf } from '../base/ending.js';
import { KoppelError } from '../base/errors.js';
import type { ExportedPage, ExportOrder, ListReading } from '../base/list-export.js';
import { cellOf, headingOf, momentsIn, type Answered, type ExportColumn } from '../resolvers/export-columns.js';
import { exportDocument, exportPageSize } from '../resolvers/export-document.js';
import { exportLists } from '../resolvers/export-lists.js';
import { servedGraph } from '../resolvers/graph.js';
import { roleFor } from '../schema/access.js';
import type { ExportSubjectName } from '../schema/data-export.js';
import type { Caller } from '../security/caller.js';
import { askedFields } from './asked-fields.js';
import { makeContextParts, type ContextNeeds } from './context-parts.js';
import { makeContext, newRequestId, type ContextDeps } from './request-context.js';

export function makeListReading(needs: ContextNeeds): ListReading {
  const schema = servedGraph();
  const { context } = makeContextParts(needs, { checks: () => Promise.resolve([]) });
  return {
    open(order, actorId) {
      const list = exportLists[order.subject as ExportSubjectName];
      const columns = order.columns.flatMap((key) => list.columns.find((column) => column.key === key) ?? []);
      const lines = order.format === 'CSV' ? spreadsheet(order, columns) : programs(columns);
      const document = exportDocument(schema, list, columns);
      const read = reader(schema, context, document, order, callerOf(order, actorId));
      return {
        head: lines.head,
        async page(after, isCounted): Promise<ExportedPage> {
          const { nodes, pageInfo, totalCount } = await read({ after, isCounted });
          return {
            text: nodes.map((node) => lines.line(node)).join(''),
            rows: nodes.length,
            readTo: pageInfo.endCursor,
            hasMore: pageInfo.hasNextPage,
            total: totalCount?.precision === 'EXACT' ? totalCount.value : null,
          };
        },
      };
    },
  };
}

interface Lines {
  readonly head: string;
  line(record: Answered): string;
}

const separators = { COMMA: ',', SEMICOLON: ';', TAB: '\t' } as const;

function spreadsheet(order: ExportOrder, columns: readonly ExportColumn[]): Lines {
  const { language, timeZone } = order;
  const style: CsvStyle = {
    separator: separators[order.separator],
    decimalMark: order.decimalMark === 'COMMA' ? ',' : '.',
  };
  const cells = { language, moment: momentsIn(timeZone) };
  const headings = columns.map((column) => headingOf(column, language, timeZone));
  return {
    head: `${byteOrderMark}${csvLine(headings, style)}`,
    line: (record) => csvLine(columns.map((column) => cellOf(column, column.read(record), cells)), style), // prettier-ignore
  };
}

const programs = (columns: readonly ExportColumn[]): Lines => ({
  head: '',
  line: (record) =>
    `${JSON.stringify(Object.fromEntries(columns.map((column) => [column.key, column.read(record)])))}\n`,
});

/** Who began the export, with what he might do then. */
const callerOf = ({ scopes, language }: ExportOrder, actorId: string): Caller => ({
  actorId,
  session: null,
  name: '',
  role: roleFor(scopes),
  scopes: new Set(scopes) as Caller['scopes'],
  language,
  trustedDocumentsOnly: false,
});

interface AnsweredPage {
  readonly nodes: readonly Answered[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount?: { readonly value: number; readonly precision: string };
}

const nothing: AnsweredPage = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** Nothing ends a page but its answer: whoever works on the job asks between pages. */
const never = endingOf(new AbortController().signal);

function reader(
  schema: GraphQLSchema,
  deps: ContextDeps,
  document: DocumentNode,
  { asked, below, language }: ExportOrder,
  caller: Caller,
) {
  const fields = askedFields(schema, document);
  return async (page: { readonly after: string | null; readonly isCounted: boolean }): Promise<AnsweredPage> => {
    // Each page has reads of its own, so nothing of the one before is kept.
    const contextValue = makeContext(deps, {
      requestId: newRequestId(),
      caller,
      credential: { kind: 'key', key: '' },
      language,
      ending: never,
      cost: { requested: 0, remaining: 0, restoreRate: 0, limit: 0 },
      address: '',
      userAgent: null,
      asked: fields,
    });
    const variableValues = { first: exportPageSize, ...page, ...asked, ...(below === null ? {} : { id: below }) };
    const { data, errors } = await execute({ schema, document, contextValue, variableValues });
    if (errors !== undefined) throw causeOf(errors[0]!);
    return pageIn(data as Document, below !== null);
  };
}

function pageIn(data: Document, isBelow: boolean): AnsweredPage {
  const at: Json = isBelow ? (Object.values(data)[0] ?? null) : data;
  // The record below which the list lies may be gone.
  return at === null ? nothing : ((at as { readonly page: unknown }).page as AnsweredPage);
}

function causeOf(error: Error & { readonly originalError?: Error | undefined }): Error {
  const { originalError } = error;
  return originalError === undefined ? new KoppelError('UNEXPECTED', { what: error.message }) : originalError;
}
