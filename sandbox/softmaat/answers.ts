/**
 * How the pretended Softmaat answers: JSON records with an ETag, and problems as RFC 9457 says. In: what is to be said.
 * Out: a response without the rate-limit headers, which every answer is given in one place (system.ts).
 */
import type { Json } from '../../src/base/document.js';
import type { SandboxResponse } from '../engine/sandbox-system.js';

export type Row = { readonly [field: string]: Json };

/** One thing that is wrong with a request body. */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** Ends the handling of a request; nothing of it is applied. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly more: { readonly errors?: readonly FieldProblem[]; readonly existingId?: string } = {},
  ) {
    super(detail);
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  422: 'Validation failed',
  429: 'Too many requests',
  500: 'Internal error',
};

export function problem(
  status: number,
  detail: string,
  instance?: string,
  more: { readonly errors?: readonly FieldProblem[]; readonly existingId?: string } = {},
): SandboxResponse {
  const title = titles[status] ?? 'Error';
  const body = {
    type: `https://softmaat.example/problems/${title.toLowerCase().replaceAll(' ', '-')}`,
    title,
    status,
    detail,
    ...(instance === undefined ? {} : { instance }),
    ...more,
  };
  return { status, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(body) };
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** One record with its ETag. */
export function recordAnswer(row: Row, status = 200): SandboxResponse {
  return json(row, status, { etag: `"${textOf(row['version'])}"` });
}

/** Refuses with 422 when there is anything to say. */
export function refuseWhenWrong(problems: readonly FieldProblem[]): void {
  if (problems.length === 0) return;
  const text = problems.map((one) => `${one.pointer}: ${one.message}`).join('; ');
  throw new Refusal(422, text, { errors: problems });
}

/** The text of a value that is text or a number; empty for everything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
