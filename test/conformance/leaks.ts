/**
 * Looks for credentials in everything that a connected system gives: pages, outcomes, errors with their causes and
 * stacks, checks, log lines. In: a system. Out: the same system, and what was found so far.
 */
import { inspect } from 'node:util';
import type { Logger } from '../../src/base/logger.js';
import type { System } from '../../src/systems/system.js';

export interface LeakSearch {
  /** How many values were looked through. */
  readonly looked: number;
  /** Where a credential was found. */
  readonly found: readonly string[];
  readonly logger: Logger;
  /** The system with everything that it gives looked through. */
  watch(system: System, secrets: readonly string[]): System;
}

export function makeLeakSearch(): LeakSearch {
  const found: string[] = [];
  const all = new Set<string>();
  let looked = 0;
  const note = (where: string, secret: string, text: string): void => {
    const at = text.indexOf(secret);
    if (found.length < 20) found.push(`${where}: …${text.slice(Math.max(0, at - 200), at + secret.length + 50)}…`);
  };
  const look = (where: string, value: unknown, secrets: Iterable<string>): void => {
    looked++;
    const text = value instanceof Error ? textOfError(value) : textOf(value);
    for (const secret of secrets) if (text.includes(secret)) note(where, secret, text);
  };
  const line =
    (level: string) =>
    (fields: unknown, message: string): void =>
      look(`log ${level}`, [fields, message], all);
  const logger: Logger = {
    error: line('error'),
    warn: line('warn'),
    info: line('info'),
    debug: line('debug'),
    child: () => logger,
  };
  return {
    get looked() {
      return looked;
    },
    found,
    logger,
    watch(system, secrets) {
      const forms = [...new Set(secrets.flatMap(formsOf))];
      for (const form of forms) all.add(form);
      const through = async <T>(where: string, work: () => Promise<T>): Promise<T> => {
        try {
          const value = await work();
          look(where, value, forms);
          return value;
        } catch (error) {
          look(where, error, forms);
          throw error;
        }
      };
      const { source, target } = system;
      return {
        source: {
          read: (...args) => through('read', () => source.read(...args)),
          head: (...args) => through('head', () => source.head(...args)),
          isAfter: (...args) => source.isAfter?.(...args) ?? false,
          scan: (...args) => scanned(source.scan(...args), through),
        },
        target: {
          requestLifeMs: target.requestLifeMs,
          write: (...args) => through('write', () => target.write(...args)),
          find: (...args) => through('find', () => target.find(...args)),
        },
        account: (signal) => through('account', () => system.account(signal)),
        test: (signal) => through('test', () => system.test(signal)),
        discover: (signal) => through('discover', () => system.discover(signal)),
        ...(system.codes === undefined
          ? {}
          : { codes: (list: string, signal: AbortSignal) => through('codes', () => system.codes!(list, signal)) }),
        close: () => system.close(),
      };
    },
  };
}

async function* scanned<T>(
  pages: AsyncIterable<T>,
  through: <R>(where: string, work: () => Promise<R>) => Promise<R>,
): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  for (;;) {
    const next = await through('scan', async () => iterator.next());
    if (next.done === true) return;
    yield next.value;
  }
}

/** A credential as it may travel: plain, in an address, in XML or HTML, in JSON, in base64. */
function formsOf(secret: string): string[] {
  const escaped = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    escaped,
    escaped.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ];
}

const textOf = (value: unknown): string =>
  // Outcomes and records may hold errors, of which JSON shows too little.
  `${JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part instanceof Error ? textOfError(part) : part))}`;

function textOfError(error: Error): string {
  const shown = inspect(error, { depth: 10, showHidden: true, maxStringLength: null, maxArrayLength: null });
  return [shown, JSON.stringify(error), error.message, error.stack].join('\n');
}
