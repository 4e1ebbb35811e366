/** What writing one kind of document takes: the shape of its target, and how a refusal is said. */
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { HeldRecord, Sought, WriteOutcome, WriteRequest } from '../system.js';
import { systemName } from './settings.js';
import { SoapFault, type OperationName } from './soap/codec.js';

/** One kind of document. `call` sends a changing call; whatever throws before the first of them was not applied. */
export interface EntityTarget {
  write(request: WriteRequest, call: ChangingCall, signal: AbortSignal): Promise<WriteOutcome>;
  find(sought: Sought, signal: AbortSignal): Promise<HeldRecord | null>;
}
/** `parameter` is the one of the operation that carries the document; null when the document is all its parameters. */
export type ChangingCall = (
  operation: OperationName,
  document: Document,
  parameter?: 'request' | 'order' | 'relation' | 'product' | 'invoice' | null,
) => Promise<Document>;

/** Asks the newer operation, and the older one where this release does not know the newer. What it knows is remembered. */
export type Newer = <T>(operation: OperationName, newer: () => Promise<T>, older: () => Promise<T>) => Promise<T>;

export function makeNewer(): Newer {
  const unknown = new Set<OperationName>();
  return async (operation, newer, older) => {
    if (unknown.has(operation)) return older();
    try {
      return await newer();
    } catch (thrown) {
      if (!isUnknownOperation(thrown)) throw thrown;
      unknown.add(operation);
      return older();
    }
  };
}

/** A refusal of the operation itself: certainly nothing was applied. */
const isUnknownOperation = (thrown: unknown): boolean =>
  thrown instanceof KoppelError &&
  thrown.cause instanceof SoapFault &&
  thrown.cause.code.startsWith('Client') &&
  /not implemented|not recogni[sz]ed|(?:unknown|no such) (?:method|operation)/i.test(thrown.cause.text);

/** The refusal in an error, if it is one: a value that cannot be said, a fault that says the request is wrong. Nothing was applied. */
export function refusalIn(error: KoppelError): KoppelError | undefined {
  if (error.code === 'RECORD_REFUSED') return error;
  if (error.class === 'auth' || !(error.cause instanceof SoapFault)) return undefined;
  return error.cause.code.startsWith('Client') ? refused(error.cause.text) : undefined;
}

/** The system says that the document is wrong. */
export const refused = (what: string, path?: string): KoppelError =>
  new KoppelError(
    'RECORD_REFUSED',
    { system: systemName, what: what.replace(/\.$/, '') },
    path === undefined ? {} : { path },
  );
