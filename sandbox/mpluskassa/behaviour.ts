/** What a behaviour is: a call's parameters in, the answer's fields out. It knows neither XML nor HTTP. */
import type { Document } from '../../src/base/document.js';
import type { Shop } from './shop.js';

export interface Call {
  readonly operation: string;
  /** Adds a line to the ledger: this call wrote that record. */
  record(type: string, key: string, extra?: Readonly<Record<string, unknown>>): void;
}

export type Behaviour = (shop: Shop, body: Document, call: Call) => Document;

/** Refuses a call as a whole, with a SOAP fault `Client`. */
export class ClientFault extends Error {
  override readonly name = 'ClientFault';
}
