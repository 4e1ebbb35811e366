/** A sentence of the hub with nothing of a record in it, for whoever may not see personal data and for what is kept for good. */
import { errorCodes } from '../base/error-codes.js';
import { readAlike, valuesOf } from '../base/sentences/say.js';
import { filled, namesIn } from '../base/sentences/template.js';

/** What a shop has set up itself, and so no personal data. */
const shown: ReadonlySet<string> = new Set(['system', 'flow', 'list']);

/** In: a code, and the sentence that was said with it. Out: the sentence without its values; undefined when the code is none of an error. */
export function errorWithoutValues(code: string, message: string): string | undefined {
  const known = Object.entries(errorCodes).find(([each]) => each === code)?.[1].message;
  return known === undefined ? undefined : without(known, valuesOf(code, message));
}

/** Why a record stands at a system as it does; null for what is no sentence of the hub. */
export function reasonWithoutValues(row: {
  readonly reason: string | null;
  readonly reasonCode: string | null;
}): string | null {
  const { reason, reasonCode } = row;
  if (reason === null) return null;
  const ofError = errorWithoutValues(reasonCode ?? '', reason);
  if (ofError !== undefined) return ofError;
  const read = readAlike([reason]);
  return read === undefined ? null : without(read.template, read.values[0] ?? {});
}

function without(template: string, values: ReturnType<typeof valuesOf>): string {
  const kept = Object.fromEntries(
    namesIn(template).map((name) => [name, shown.has(name) ? (values[name] ?? '…') : '…']),
  );
  return filled('en', template, kept).replace(/…\.$/, '…');
}
