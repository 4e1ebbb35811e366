/** What the file of each canonical table offers to rows.ts: its two statements and how its rows read as fields. */
import type { Document } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Row } from './database.js';

/** The two statements of an entity. Both are written out in its file. */
export interface CanonicalTable {
  readonly entity: CanonicalEntity;
  /** $1: ids. Columns of fields carry the fields' names. */
  readonly select: string;
  /**
   * $1: JSON rows of `RowWrite`. Inserts what is expected not to exist, updates what still has the expected version at the
   * moment of writing, returns how many rows that were.
   */
  readonly write: string;
  /** Fields of a selected row. */
  fields(row: Row): Document;
}
