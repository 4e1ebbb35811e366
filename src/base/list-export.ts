/** What a list that is taken away is asked for by, and what whoever reads it gives. Shared by those who begin, read, write and hand out its file. */
import type { Document } from './document.js';
import type { Language } from './languages.js';

/** What was asked for, as the job keeps it. */
export interface ExportOrder {
  readonly subject: string;
  readonly format: 'CSV' | 'JSONL';
  readonly separator: 'COMMA' | 'SEMICOLON' | 'TAB';
  readonly decimalMark: 'COMMA' | 'POINT';
  readonly timeZone: string;
  readonly language: Language;
  readonly columns: readonly string[];
  /** Arguments of the list. */
  readonly asked: Document;
  /** The record below which the list lies. */
  readonly below: string | null;
  /** What who began it may do; the list is read as that person sees it. */
  readonly scopes: readonly string[];
  /** Those of them that the file shows something of. */
  readonly needed: readonly string[];
  readonly name: string | null;
}

/** A page as it stands in the file. */
export interface ExportedPage {
  readonly text: string;
  readonly rows: number;
  /** Cursor of its last record; null when it has none. */
  readonly readTo: string | null;
  readonly hasMore: boolean;
  /** How many records there are in all; null when that is not known, or was not asked. */
  readonly total: number | null;
}

/** Reads lists as somebody sees them. */
export interface ListReading {
  open(
    order: ExportOrder,
    actorId: string,
  ): {
    /** What stands above the first record. */
    readonly head: string;
    page(after: string | null, isCounted: boolean): Promise<ExportedPage>;
  };
}
