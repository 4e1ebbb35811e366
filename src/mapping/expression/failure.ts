/** Why an expression gave no value for one record, in words for whoever wrote it. */
import type { RecordProblem } from '../mapping.js';

export class ExpressionFailure extends Error {
  constructor(
    message: string,
    /** When a field that it reads has a value that does not fit the field. */
    readonly problem?: RecordProblem,
  ) {
    super(message);
  }
}
