/** The GraphQL that documents show is GraphQL that this hub answers. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate, type DocumentNode } from 'graphql';

const schema = buildSchema(readFileSync('docs/schema.graphql', 'utf8'));
const documents = ['README.md', ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? `docs/${name}` : []))];

/** Each operation by itself: a document shows several without names. */
function operationsIn(text: string): readonly DocumentNode[] {
  return [...text.matchAll(/```graphql\n([^]*?)```/g)].flatMap(([, block = '']) =>
    parse(block).definitions.map((definition): DocumentNode => ({ kind: Kind.DOCUMENT, definitions: [definition] })),
  );
}
const shown = documents.flatMap((path) =>
  operationsIn(readFileSync(path, 'utf8')).map((operation, index) => ({ path, number: index + 1, operation })),
);

describe('the GraphQL in documents', () => {
  it('is found', () => {
    expect(new Set(shown.map(({ path }) => path)).size).toBeGreaterThanOrEqual(4);
  });

  it.each(shown)('of $path, number $number, fits the schema', ({ operation }) => {
    expect(validate(schema, operation).map(({ message }) => message)).toEqual([]);
  });
});
