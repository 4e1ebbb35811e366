/** Which field a rule makes, by its place. */
import { expect, it } from '@jest/globals';
import type { Rule } from '../mapping/mapping.js';
import { targetAt } from './rule-target.js';

const copy = (target: string): Rule => ({ kind: 'copy', source: 'x', target });
const rules: readonly Rule[] = [
  copy('reference'),
  { kind: 'list', source: 'lines', target: 'lineList', rules: [copy('sku'), copy('data.vatCode')] },
];

it.each([
  ['rules.0', 'reference'],
  ['rules.0.rows.2', 'reference'],
  ['rules.1', 'lineList'],
  ['rules.1.rules.1', 'lineList.*.data.vatCode'],
  ['rules.1.rules.1.otherwise', 'lineList.*.data.vatCode'],
  ['rules.7', undefined],
  ['rules', undefined],
  ['includeWhen', undefined],
])('%s makes %s', (at, target) => {
  expect(targetAt({ rules }, at)).toBe(target);
});

it('a rule that somebody has made by hand may be anything', () => {
  expect(targetAt({ rules: [null] as unknown as Rule[] }, 'rules.0')).toBeUndefined();
});
