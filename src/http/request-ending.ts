/** The end of a request before it is answered: it took too long, or nobody waits for it any more. */
import type { ServerResponse } from 'node:http';
import type { Ending } from '../base/ending.js';
import { KoppelError } from '../base/errors.js';

export class RequestEnding implements Ending {
  reason: Error | undefined;
  /** Rejects with the reason. */
  readonly ended: Promise<never>;
  readonly #response: ServerResponse;
  readonly #timer: NodeJS.Timeout;
  readonly #end: () => void;
  #fail: (reason: Error) => void = () => undefined;
  #listeners: Set<() => void> | undefined;
  #controller: AbortController | undefined;

  constructor(response: ServerResponse, timeoutMs: number) {
    this.#response = response;
    this.ended = new Promise<never>((_, reject) => (this.#fail = reject));
    this.ended.catch(() => undefined);
    this.#end = () => this.#ends(new KoppelError('OPERATION_TIMEOUT', { ms: timeoutMs }));
    this.#timer = setTimeout(this.#end, timeoutMs);
    response.once('close', this.#end);
  }

  #ends(reason: Error): void {
    this.reason ??= reason;
    this.#controller?.abort(this.reason);
    for (const listener of this.#listeners ?? []) listener();
    this.#listeners = undefined;
    this.#fail(this.reason);
  }

  whenEnded(listener: () => void): () => void {
    (this.#listeners ??= new Set()).add(listener);
    return () => void this.#listeners?.delete(listener);
  }

  signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.reason !== undefined) this.#controller.abort(this.reason);
    return this.#controller.signal;
  }

  /** The request has been answered. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#response.off('close', this.#end);
  }
}
