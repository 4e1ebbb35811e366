/** Texts of the documents that are made from code. Pure, except that the list of tables is read from a migrated database. */
import type { ErrorDefinition } from '../src/base/errors.js';
import { errorCodes } from '../src/base/error-codes.js';
import { buildGraph, graphText } from '../src/resolvers/graph.js';

const classes = {
  data: 'The record is wrong. It is put aside alone; correct it and replay.',
  environment: 'The world is not ready. The hub waits and tries again by itself.',
  auth: 'A system refused us. The hub stops calling it until somebody has looked.',
  bug: 'Should not happen. A few tries, then the record is put aside.',
  usage: 'The caller asked for something that is not possible; nothing was done.',
} as const satisfies Record<ErrorDefinition['class'], string>;

/** docs/errors.md */
export function errorsDocument(): string {
  const all = Object.entries<ErrorDefinition>(errorCodes).sort(([a], [b]) => (a < b ? -1 : 1));
  const sections = Object.entries(classes).map(([name, meaning]) => {
    const rows = all
      .filter(([, definition]) => definition.class === name)
      .map(([code, { message, hint }]) => `### ${code}\n\n> ${message}\n\n${hint}`);
    return [`## ${name}`, meaning, ...rows].join('\n\n');
  });
  return `${['# Errors', 'Every error has a stable code. Words in braces are filled in. Written by `npm run docs` from `src/base/error-codes.ts`.', ...sections].join('\n\n')}\n`;
}

/** docs/schema.graphql */
export const graphDocument = (): string => graphText(buildGraph());
