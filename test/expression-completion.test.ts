/** What the editor of the dashboard offers in expressions is what the language has. */
import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { functions } from '../src/mapping/expression/language.js';

it('offers every function of the language of expressions and no other', () => {
  const source = readFileSync('web/dashboard/pages/mappings/expression/functions.ts', 'utf8');
  const [, list = ''] = /signatures: readonly string\[\] = \[(.*?)\n\];/s.exec(source) ?? [];
  const offered = [...list.matchAll(/'([^']+)'/g)].map(([, signature]) => signature);
  // The documentation and the editor say it by its short name.
  const known = functions.map(({ signature }) => signature.replaceAll('google.protobuf.Timestamp', 'timestamp'));
  expect(offered).toEqual(known);
});
