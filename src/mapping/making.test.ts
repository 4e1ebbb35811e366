import { describe, expect, it } from '@jest/globals';
import { makingOf, mayStandIn, rulesOfField } from './making.js';
import type { Rule } from './mapping.js';

const rules: readonly Rule[] = [
  { kind: 'copy', target: 'name', source: 'title' },
  { kind: 'constant', target: 'name', value: 'off', isEnabled: false },
  { kind: 'constant', target: 'brand', value: 'House' },
  { kind: 'copy', target: 'code', source: 'code', default: 'none' },
  { kind: 'copy', target: 'status', source: 'state', default: 'ACTIVE', defaultWhen: 'forced' },
  { kind: 'condition', target: 'type', rows: [], otherwise: { constant: 'SIMPLE' } },
  { kind: 'list', target: 'variants', source: 'items', rules: [{ kind: 'expression', target: 'sku', expression: 'item.id' }, { kind: 'copy', target: 'name', source: 'name' }] },
]; // prettier-ignore
const product = { entity: 'product', rules } as const;
const never = (): boolean => false;
const making = (field: string, stoodIn: (target: string) => boolean = never) => makingOf(rulesOfField(product, 'product', field), stoodIn); // prettier-ignore

describe('how a field was made', () => {
  it('is said, a default, or worked out, by the rules that take part', () => {
    expect(making('name')).toBe('said');
    expect(making('brand')).toBe('default');
    expect(making('status')).toBe('default');
    expect(making('type')).toBe('computed');
    expect(making('description')).toBeNull();
  });

  it('is a default of a rule when that stood in for the record', () => {
    expect(mayStandIn(rulesOfField(product, 'product', 'code'))).toBe(true);
    expect(mayStandIn(rulesOfField(product, 'product', 'status'))).toBe(false);
    expect(making('code')).toBe('said');
    expect(making('code', (target) => target === 'code')).toBe('default');
  });

  it('of variants that come inside their product is found there', () => {
    expect(rulesOfField(product, 'variant', 'sku')).toEqual([expect.objectContaining({ at: 'rules.6.rules.0' })]);
    expect(rulesOfField(product, 'variant', 'name')).toEqual([expect.objectContaining({ at: 'rules.6.rules.1' })]);
    expect(rulesOfField(product, 'category', 'name')).toEqual([]);
  });

  it('of objects is found by the parts that rules make', () => {
    const parts: readonly Rule[] = [{ kind: 'copy', target: 'customerSnapshot.name', source: 'name' }];
    expect(rulesOfField({ entity: 'order', rules: parts }, 'order', 'customerSnapshot')).toHaveLength(1);
  });
});
