/** What is taken away: a list as its page asks for it now. */
import type { DataExportInput } from '../../graph/graphql.ts';

/** A list as it is asked for now. */
export interface ListToExport {
  readonly entityType: DataExportInput['entityType'];
  readonly filter?: object;
  readonly search?: string | null;
  readonly sort?: object | null;
  readonly reconciliationId?: string;
}

export interface ExportProps {
  readonly list: ListToExport;
  /** What the page calls the list; the job is called so too. */
  readonly title: string;
  /** How many records the list has, where it knows. */
  readonly count?: { readonly value: number; readonly precision: string } | undefined;
}
