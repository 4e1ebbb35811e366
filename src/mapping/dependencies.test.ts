import { describe, expect, it } from '@jest/globals';
import { dependenciesOf } from './dependencies.js';

describe('the dependencies of target fields', () => {
  it('are the paths of all rules that write into the field', () => {
    const found = dependenciesOf([
      { kind: 'copy', source: 'priceAmount', target: 'price.amount' },
      { kind: 'copy', source: 'priceIncludesTax', target: 'price.taxed' },
      { kind: 'copy', source: 'product.name', target: 'name' },
    ]);
    expect([...found]).toEqual([
      ['price', ['priceAmount', 'priceIncludesTax']],
      ['name', ['product.name']],
    ]);
  });

  it('count conditions, their values and second keys', () => {
    const found = dependenciesOf([
      {
        kind: 'condition',
        target: 'state',
        rows: [
          { when: { all: [{ field: 'status', is: 'eq', value: 'X' }, { not: { field: 'paid', is: 'true' } }] }, then: { copy: 'a' } },
          { when: { any: [{ field: 'b', is: 'filled' }] }, then: { constant: '1' } },
          { when: { field: 'b', is: 'empty' }, then: { translate: { source: 'd', secondKey: 'e', list: 'l' } } },
        ],
        otherwise: { copy: 'c' },
      },
      { kind: 'valueList', target: 'tax', source: 'taxClass', secondKey: 'taxCountry', list: 'l' },
    ]); // prettier-ignore
    expect(found.get('state')).toEqual(['a', 'b', 'c', 'd', 'e', 'paid', 'status']);
    expect(found.get('tax')).toEqual(['taxClass', 'taxCountry']);
  });

  it('reach into lists and out of them again', () => {
    const found = dependenciesOf([
      {
        kind: 'list',
        source: 'lines',
        target: 'rows',
        includeWhen: { field: 'kind', is: 'ne', value: 'SHIPPING' },
        rules: [
          { kind: 'copy', source: 'price', target: 'amount' },
          { kind: 'copy', source: '^.currency', target: 'currency' },
          { kind: 'list', source: 'options', target: 'options', rules: [{ kind: 'copy', source: '.', target: '.' }] },
          { kind: 'copy', source: '^.settings.country', target: 'country' },
        ],
      },
    ]);
    expect(found.get('rows')).toEqual(['currency', 'lines', 'lines.kind', 'lines.options', 'lines.price']);
  });

  it('are what expressions read, however they write it', () => {
    const found = dependenciesOf([
      { kind: 'expression', target: 'a', expression: 'record["note"]' },
      { kind: 'expression', target: 'b', expression: 'cel.bind(r, record, r.note)' },
      {
        kind: 'list',
        source: 'lines',
        target: 'c',
        rules: [{ kind: 'expression', target: '.', expression: 'words([record.?note, item[?"sku"]], " ")' }],
      },
    ]);
    expect([...found.values()]).toEqual([['note'], ['note'], ['lines', 'lines.sku', 'note']]);
  });

  it('are none for constants, settings, ids and forced defaults', () => {
    const found = dependenciesOf([
      { kind: 'constant', value: 'x', target: 'a' },
      { kind: 'copy', source: 'settings.employee', target: 'b' },
      { kind: 'copy', source: 'id', target: 'c' },
      { kind: 'copy', source: 'name', target: 'd', default: 'n', defaultWhen: 'forced' },
    ]);
    expect([...found.values()]).toEqual([[], [], [], []]);
  });
});
