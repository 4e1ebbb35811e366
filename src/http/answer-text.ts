/**
 * The text of an answer while it is written. In: text, and promises with what writes their value once it is there. Out: the
 * whole text, at once where nothing was waited for. What cannot be written gives up all of it; a promise never fails unseen.
 */
import type { Context } from '../resolvers/context.js';

/** Writes a value that is at hand. Throws what it cannot write. */
export type Write = (out: AnswerText, value: unknown) => void;

/** What all parts of one answer have in common. */
export interface Run {
  readonly context: Context;
  /** Of the variables. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Arguments that depend on variables, by the number of their field; the same for all records. */
  readonly args: Record<string, unknown>[];
}

/** Something that the general execution has to answer: an error, or null where null may not be. */
export class NotWritable extends Error {}

export class AnswerText {
  readonly run: Run;
  text = '';
  #parts: string[] | undefined;
  #waits: Promise<void>[] | undefined;
  #failure: Error | undefined;

  constructor(run: Run) {
    this.run = run;
  }

  /** Leaves a place for what is still to come. */
  wait(coming: PromiseLike<unknown>, write: Write): void {
    const parts = (this.#parts ??= []);
    const at = parts.push(this.text, '') - 1;
    this.text = '';
    const put = async (): Promise<void> => {
      try {
        const inner = new AnswerText(this.run);
        inner.put(await coming, write);
        const whole = inner.end();
        parts[at] = typeof whole === 'string' ? whole : await whole;
      } catch (error) {
        this.#failure ??= error instanceof Error ? error : new NotWritable();
      }
    };
    (this.#waits ??= []).push(put());
  }

  /** Writes a value, or waits for it. */
  put(value: unknown, write: Write): void {
    if (typeof value === 'object' && value !== null) {
      if (typeof (value as PromiseLike<unknown>).then === 'function') {
        this.wait(value as PromiseLike<unknown>, write);
        return;
      }
      if (value instanceof Error) throw value;
    }
    write(this, value);
  }

  /** The whole text. Rejects when a part of it could not be written. */
  end(): string | Promise<string> {
    const [parts, waits] = [this.#parts, this.#waits];
    if (parts === undefined || waits === undefined) return this.text;
    return Promise.all(waits).then(() => {
      if (this.#failure !== undefined) throw this.#failure;
      return parts.join('') + this.text;
    });
  }
}
