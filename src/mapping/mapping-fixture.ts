/** Two catalogues and a value list for tests of mappings. */
import type { Document, RecordCatalogue } from '../base/document.js';
import { compileMapping } from './compile.js';
import type { CompiledMapping, MappedRecord, Predicate, Rule, ValueList } from './mapping.js';

export const source: RecordCatalogue = {
  record: 'article',
  fields: [
    { name: 'code', type: 'text' },
    { name: 'title', type: 'text' },
    { name: 'country', type: 'text' },
    { name: 'tax', type: 'integer' },
    { name: 'price', type: 'object', fields: [{ name: 'amount', type: 'decimal' }] },
    { name: 'active', type: 'boolean' },
    { name: 'at', type: 'instant' },
    { name: 'open', type: 'object' },
    { name: 'barcodes', type: 'text', list: true },
    { name: 'facts', type: 'object', list: true, byCode: 'any' },
    { name: 'traits', type: 'object', list: true, byCode: [{ name: 'grade', type: 'text' }] },
    {
      name: 'levels',
      type: 'object',
      list: true,
      fields: [
        { name: 'place', type: 'text' },
        { name: 'quantity', type: 'decimal' },
      ],
    },
  ],
};
export const target: RecordCatalogue = {
  record: 'product',
  fields: [
    { name: 'sku', type: 'text', required: true, maxLength: 5 },
    { name: 'name', type: 'text' },
    { name: 'kind', type: 'text', values: ['simple', 'parent'] },
    {
      name: 'cost',
      type: 'object',
      fields: [
        { name: 'amount', type: 'decimal', required: true },
        { name: 'currency', type: 'text' },
      ],
    },
    { name: 'taxCode', type: 'text' },
    { name: 'position', type: 'integer' },
    { name: 'isActive', type: 'boolean' },
    { name: 'since', type: 'instant' },
    { name: 'extra', type: 'object' },
    { name: 'eans', type: 'text', list: true },
    { name: 'born', type: 'text', onUpdate: false },
    { name: 'available', type: 'decimal', computed: true },
    {
      name: 'rows',
      type: 'object',
      list: true,
      mergeBy: 'warehouse',
      sum: ['onHand'],
      fields: [
        { name: 'warehouse', type: 'text', required: true },
        { name: 'onHand', type: 'decimal' },
        { name: 'sku', type: 'text' },
      ],
    },
  ],
};
export const taxes: ValueList = {
  key: 'tax',
  name: 'Tax',
  kind: 'TAX_CODE',
  whenUnmapped: 'fail',
  entries: [
    { from: '21', to: 'HIGH' },
    { from: '21', secondKey: 'BE', to: 'BE-HIGH' },
    { from: '9', secondKey: 'NL', to: 'LOW' },
  ],
};
export const sku: Rule = { kind: 'copy', source: 'code', target: 'sku' };

export function compile(
  rules: readonly Rule[],
  options: { includeWhen?: Predicate; lists?: readonly ValueList[] } = {},
): CompiledMapping {
  const result = compileMapping(
    {
      key: 'test',
      direction: 'inbound',
      connector: 'some',
      record: 'article',
      entity: 'product',
      rules,
      ...(options.includeWhen === undefined ? {} : { includeWhen: options.includeWhen }),
    },
    { source, target, valueLists: options.lists ?? [taxes] },
  );
  if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.mapping;
}
export const problemsOf = (rules: readonly unknown[]): readonly string[] => {
  const definition = {
    key: 't',
    direction: 'inbound',
    connector: 'c',
    record: 'article',
    entity: 'product',
    rules: rules as Rule[],
  } as const;
  const result = compileMapping(definition, { source, target, valueLists: [taxes] });
  return result.type === 'invalid' ? result.problems.map((problem) => `${problem.code} ${problem.at}`) : [];
};
export const run = (
  rules: readonly Rule[],
  document: Document,
  operation: 'create' | 'update' = 'create',
): MappedRecord => compile([sku, ...rules]).run({ code: 'A1', ...document }, operation);
export const documentOf = (mapped: MappedRecord): Document => {
  if (mapped.type !== 'mapped') throw new Error(JSON.stringify(mapped));
  return mapped.document;
};
export const failureOf = (mapped: MappedRecord): readonly string[] =>
  mapped.type === 'failed' ? mapped.problems.map((problem) => `${problem.code} ${problem.path}`) : [];
