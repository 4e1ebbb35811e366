/**
 * That something ends before it is done, and why. What an AbortSignal says, for places that every request passes: a signal
 * costs more to make than much of the rest, and nearly none ever ends.
 */
export interface Ending {
  /** Why; undefined while it goes on. */
  readonly reason: Error | undefined;
  /** Calls the listener once when it ends. Returns the way to take it away again. */
  whenEnded(listener: () => void): () => void;
  /** The same as a signal. */
  signal(): AbortSignal;
}

class SignalEnding implements Ending {
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get reason(): Error | undefined {
    return this.#signal.aborted ? (this.#signal.reason as Error) : undefined;
  }

  whenEnded(listener: () => void): () => void {
    this.#signal.addEventListener('abort', listener, { once: true });
    return () => this.#signal.removeEventListener('abort', listener);
  }

  signal(): AbortSignal {
    return this.#signal;
  }
}

/** What a signal says. */
export const endingOf = (signal: AbortSignal): Ending => new SignalEnding(signal);
