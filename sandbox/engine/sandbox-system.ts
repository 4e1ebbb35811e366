/**
 * What a pretended system gives the engine. The engine owns sockets, faults, durability and the admin routes; a system
 * owns its protocol and its rules. Everything here is synchronous: a request is applied completely or not at all, and
 * two requests never interleave.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from './store.js';

export { SandboxUsageError } from './usage-error.js';

export interface SandboxRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface SandboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A kind of record as the admin routes show it. */
export interface AdminType {
  readonly type: string;
  /** The record as a test sees it; by default the stored one. Undefined leaves the record out. */
  readonly show?: (record: object, key: string) => object | undefined;
  /** The stored table; by default the one named like the type. */
  readonly table?: string;
  /** Top-level fields that the hash leaves out: stamps, markers, versions. */
  readonly volatile: readonly string[];
}

export interface MutateOrder {
  readonly kind: string;
  readonly count: number;
  readonly seed: number;
  /** Only these edits; what there is depends on the kind. */
  readonly edits?: readonly string[];
  /** `own`: only records that were made here, not those that a client brought. */
  readonly of?: 'own' | 'any';
}

export interface MutateResult {
  /** Keys of the records that differ now, by type, each once. */
  readonly changed: Readonly<Record<string, readonly string[]>>;
}

export type FailureStatus = 401 | 413 | 429 | 500;

export interface SandboxSystem {
  readonly name: string;
  readonly store: Store;
  /** The name that fault rules match; `METHOD /path` always matches as well. */
  operation(request: SandboxRequest): string;
  /** Applies the request and answers. What it throws is a bug and becomes `failure(500)`. */
  handle(request: SandboxRequest): SandboxResponse;
  /** The system's own way of saying that a request failed. */
  failure(status: FailureStatus, text: string): SandboxResponse;
  readonly types: readonly AdminType[];
  readonly mutateKinds: readonly string[];
  mutate(order: MutateOrder): MutateResult;
  /** Further names for `POST /__sandbox/faults` that change how the system behaves until faults are cleared. */
  readonly switches?: Readonly<Record<string, (body: Readonly<Record<string, unknown>>) => void>>;
  /** Turns all switches off. */
  clearSwitches?(): void;
  /** Whatever still runs beside requests (deliveries, timers). */
  close?(): Promise<void>;
}
