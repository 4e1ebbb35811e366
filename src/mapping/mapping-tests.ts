/** Tests of mappings: a record, and what should come of it. Pure. */
import { contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import type { CompiledMapping } from './mapping.js';

export interface TestedRecord {
  readonly operation: 'create' | 'update';
  readonly input: Document;
}

/** What comes of a record, in a form that can be kept and compared. */
export function outcomeOf(mapping: CompiledMapping, { operation, input }: TestedRecord): Json {
  const mapped = mapping.run(input, operation);
  switch (mapped.type) {
    case 'mapped':
      return mapped.document;
    case 'excluded':
      return { excluded: mapped.reason };
    case 'failed':
      return { failed: mapped.problems.map(({ code, path }) => `${code} ${path}`) };
  }
}

export interface TestResult {
  readonly isPassed: boolean;
  readonly actual: Json;
}

export function runTest(mapping: CompiledMapping, test: TestedRecord & { readonly expected: Json }): TestResult {
  const actual = outcomeOf(mapping, test);
  return { actual, isPassed: contentHash(actual) === contentHash(test.expected) };
}
