/** What the file of each canonical table offers to rows.ts: its two statements and how its rows read as fields. */
import type { Document } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Provenance } from '../canonical/record.js';
import type { Row } from './database.js';
import { joinLines, joinParts, makeLine, textRows, type Columns } from './text-rows.js';

export interface RowWrite {
  readonly id: string;
  /** Version that the row must have now; 0 = must not exist. */
  readonly expected: number;
  readonly version: number;
  readonly contentHash: string;
  readonly provenance: Provenance;
  readonly fields: Document;
}

/** How rows are sent: the piece of SQL that reads them from $1, and what puts them there. */
export interface WrittenRows {
  readonly from: string;
  encode(rows: readonly RowWrite[]): string;
}

/** The two statements of an entity. Both are written out in its file. */
export interface CanonicalTable {
  readonly entity: CanonicalEntity;
  /** $1: ids. Columns of fields carry the fields' names. */
  readonly select: string;
  /** How rows are sent to `write`. */
  readonly written: WrittenRows;
  /**
   * $1: rows as `written` puts them. Inserts what is expected not to exist, updates what still has the expected version at the
   * moment of writing, returns how many rows that were.
   */
  readonly write: string;
  /** Fields of a selected row. */
  fields(row: Row): Document;
}

const ownColumns = {
  id: 'text',
  expected: 'integer',
  version: 'integer',
  contentHash: 'text',
  provenance: 'jsonb',
} as const;

/** Rows to be written: what every record has, then its fields. */
export function writtenRows(fields: Columns): WrittenRows {
  const [ownLine, fieldsLine] = [makeLine(ownColumns), makeLine(fields)];
  return {
    from: textRows(1, { ...ownColumns, ...fields }),
    encode: (rows) => joinLines(rows.map((row) => joinParts(ownLine(row), fieldsLine(row.fields)))),
  };
}
