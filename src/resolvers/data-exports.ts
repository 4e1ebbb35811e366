/** Taking away what a list shows, over the API: its columns, beginning an export, and the file that it has written. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { ExportOrder } from '../base/list-export.js';
import {
  DataExportInput,
  DataExportPayload,
  ExportColumn,
  ExportFile,
  ExportSubject,
  type ExportSubjectName,
} from '../schema/data-export.js';
import { Job } from '../schema/job.js';
import type { UserError } from '../schema/payloads.js';
import type { Context } from './context.js';
import { columnsFor, contentTypeOf, fileNameOf, orderOf } from './export-order.js';
import { exportLists } from './export-lists.js';
import { shownJob } from './jobs.js';
import { refusal, userError } from './user-errors.js';

@Resolver(() => Job)
export class DataExportResolver {
  @Query(() => [ExportColumn], { description: 'The columns of a list that whoever asks may take away.' })
  exportColumns(
    @Arg('entityType', () => ExportSubject) entityType: ExportSubjectName,
    @Ctx() { caller }: Context,
    @Info() { schema }: GraphQLResolveInfo,
  ): readonly ExportColumn[] {
    return columnsFor(schema, entityType, caller);
  }

  @FieldResolver(() => ExportFile, {
    nullable: true,
    description:
      'Of EXPORT: the file, for who began it and administrators. Null before it is finished, once it is kept no more, and when whoever asks may not see all that it shows.',
  })
  async exportFile(
    @Root() { id, createdById, createdAt, exportOrder }: Job,
    @Ctx() { reads, caller }: Context,
  ): Promise<ExportFile | null> {
    const order = exportOrder as unknown as ExportOrder | null;
    const isTheirs = createdById === caller.actorId || caller.scopes.has('ADMIN');
    if (order === null || !isTheirs) return null;
    const file = await reads.exportFile(id);
    if (file === null || !file.scopes.every((scope) => caller.scopes.has(scope as never))) return null;
    const { rowCount, byteCount, expiresAt } = file;
    const named = { fileName: fileNameOf(order, createdAt), contentType: contentTypeOf(order) };
    return { url: `/exports/${id}`, ...named, rowCount, byteCount, expiresAt };
  }

  @Mutation(() => DataExportPayload, {
    description: 'Takes what a list shows away as a file: a job of kind EXPORT, whose exportFile says where it can be downloaded for 24 hours.', // prettier-ignore
  })
  async dataExport(
    @Arg('input', () => DataExportInput) input: DataExportInput,
    @Ctx() context: Context,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<DataExportPayload> {
    try {
      const order = orderOf(schema, input, context);
      const missing = await missingComparison(context, input);
      if (missing !== null) return { job: null, userErrors: [missing] };
      const id = await context.commands.exports.start(order, context.caller.actorId);
      await context.audit('dataExport', id, { job: id, ...notedOf(order) });
      const job = await context.fresh().job(id);
      return { job: job && shownJob(context, job), userErrors: [] };
    } catch (thrown) {
      if (!(thrown instanceof KoppelError)) throw thrown;
      return { job: null, userErrors: [refusal(thrown, thrown.path?.split('.') ?? ['entityType'])] };
    }
  }
}

/** Findings are those of a comparison. */
async function missingComparison(
  { reads }: Context,
  { entityType, reconciliationId: id }: DataExportInput,
): Promise<UserError | null> {
  if (exportLists[entityType].below === undefined) return null;
  if (id == null) return userError('BLANK', 'Name the comparison whose findings are taken away.', ['reconciliationId']);
  if ((await reads.reconciliation(id)) !== null) return null;
  return userError('NOT_FOUND', `There is no comparison ${id.slice(0, 60)}.`, ['reconciliationId']);
}

/** What the audit keeps of an export. */
export function notedOf({ subject, format, asked, below, columns }: ExportOrder): Document {
  return { list: subject, format, columns, ...asked, ...(below === null ? {} : { comparison: below }) };
}
