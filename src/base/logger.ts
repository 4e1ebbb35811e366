/** Structured logs: one JSON object a line. Messages are fixed sentences, variables are fields, secrets are removed by name. */
import { pino } from 'pino';

export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  error(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  debug(fields: LogFields, message: string): void;
  child(fields: LogFields): Logger;
}

const secretNames = ['authorization', 'password', 'secret', 'token', 'apiKey', 'cookie', 'ident'];

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'silent';

export function makeLogger(level: LogLevel, service: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[removed]' },
  });
}

export const silentLogger: Logger = makeLogger('silent', 'koppel');
