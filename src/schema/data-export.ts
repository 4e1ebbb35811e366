/** Taking away what a list shows, as a file: what is asked for, which columns there are, and the file. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Document } from '../base/document.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Job } from './job.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { DateTime, JsonObject } from './scalars.js';

export const ExportSubject = enumeration('ExportSubject', 'A list that can be taken away.', [
  'PRODUCT',
  'CUSTOMER',
  'ORDER',
  'STOCK_LEVEL',
  'SYNC_EVENT',
  'DEAD_LETTER',
  'AUDIT_ENTRY',
  'RECONCILIATION_ITEM',
], { RECONCILIATION_ITEM: 'What a comparison has found.' }); // prettier-ignore
export type ExportSubjectName = ValueOf<typeof ExportSubject>;

export const ExportFormat = enumeration('ExportFormat', 'What kind of file it is.', ['CSV', 'JSONL'], {
  CSV: 'For spreadsheets: headings and states in words, moments in the time zone of the person.',
  JSONL: 'For programs: one JSON object a line, by keys of columns, with values as the graph has them.',
});
export type ExportFormatName = ValueOf<typeof ExportFormat>;

export const ExportSeparator = enumeration('ExportSeparator', 'What separates the cells of a CSV file.', [
  'COMMA',
  'SEMICOLON',
  'TAB',
]);
export type ExportSeparatorName = ValueOf<typeof ExportSeparator>;

export const ExportDecimalMark = enumeration('ExportDecimalMark', 'What stands before the decimals of numbers.', [
  'COMMA',
  'POINT',
]);
export type ExportDecimalMarkName = ValueOf<typeof ExportDecimalMark>;

@InputType({ description: 'What of a list is taken away. Filter, search and sort are those of the list itself.' })
export class DataExportInput {
  @Field(() => ExportSubject, { description: 'Which list.' })
  entityType!: ExportSubjectName;

  @Field(() => ExportFormat)
  format!: ExportFormatName;

  @Field(() => JsonObject, {
    nullable: true,
    description:
      'As the list takes it, for RECONCILIATION_ITEM `{ "states": […] }`. Spans of time that end now are those of the moment at which a page is read.',
  })
  filter?: Document | null;

  @Field(() => String, { nullable: true, description: 'Free text, where the list takes it.' })
  search?: string | null;

  @Field(() => JsonObject, {
    nullable: true,
    description:
      'As the list takes it: `{ "field": …, "direction": … }`. Taken when it is CREATED_AT, PLACED_AT or FIRST_FAILED_AT; anything else may change while the file is written, and then the records stand in the order in which they came into being.',
  })
  sort?: Document | null;

  @Field(() => ID, { nullable: true, description: 'The comparison, for RECONCILIATION_ITEM.' })
  reconciliationId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Keys of columns (exportColumns), in their order; the usual ones that may be seen when left out.',
  })
  columns?: string[] | null;

  @Field(() => ExportSeparator, { nullable: true, description: 'Of CSV; by the language of the request when left out.' }) // prettier-ignore
  separator?: ExportSeparatorName | null;

  @Field(() => ExportDecimalMark, { nullable: true, description: 'Of CSV; by the language of the request when left out.' }) // prettier-ignore
  decimalMark?: ExportDecimalMarkName | null;

  @Field(() => String, { nullable: true, description: 'Of moments in CSV, by its IANA name; UTC when left out.' })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for; the name of the job.' })
  name?: string | null;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Result of dataExport.', simpleResolvers: true })
export class DataExportPayload extends Payload {
  @Field(() => Job, { nullable: true })
  job!: Job | null;
}

@ObjectType({ description: 'A column that an export can have.', simpleResolvers: true })
export class ExportColumn {
  @Field(() => String, { description: 'Names it in `columns` and in JSON lines.' })
  key!: string;

  @Field(() => String, { description: 'As it stands above the column.' })
  heading!: string;

  @Field(() => Boolean, { description: 'Taken when no columns are named.' })
  isUsual!: boolean;
}

@ObjectType({ description: 'A file that an export has written.', simpleResolvers: true })
export class ExportFile {
  @Field(() => String, { description: 'Path at the address of the API; GET it with the same key or session.' })
  url!: string;

  @Field(() => String, { description: 'Under which it is saved.' })
  fileName!: string;

  @Field(() => String, { description: 'Its media type.' })
  contentType!: string;

  @Field(() => Int, { description: 'Records in it.' })
  rowCount!: number;

  @Field(() => Int, { description: 'Its size.' })
  byteCount!: number;

  @Field(() => DateTime, { description: 'Until then it can be downloaded.' })
  expiresAt!: Date;
}
