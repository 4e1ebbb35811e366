import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { withHeldVariants } from './held-lines.js';
import type { Draft } from './identity.js';

const line = (key: string, sku: string | null, variant: string | null): Document => ({ key, sku, variant });
const order = (...lines: readonly Document[]): Document => ({ number: '7', lines });
const draft = (...lines: readonly Document[]): Draft => ({
  entity: 'order',
  externalId: 'o1',
  fields: order(...lines),
  cleared: [],
});

describe('a line that is held', () => {
  it('keeps its variant, whatever has its SKU now', () => {
    const fields = withHeldVariants(
      draft(line('1', 'A', 'key:A')),
      order(line('1', 'A', 'W')),
      order(line('1', 'A', 'V')),
    );
    expect(fields).toEqual(order(line('1', 'A', 'V')));
  });

  it('keeps it by its key, not by its place', () => {
    const said = draft(line('2', 'A', 'key:A'), line('1', 'A', 'key:A'));
    const fields = order(line('2', 'A', 'W'), line('1', 'A', 'W'));
    const held = order(line('1', 'A', 'V'), line('2', 'A', 'U'));
    expect(withHeldVariants(said, fields, held)).toEqual(order(line('2', 'A', 'U'), line('1', 'A', 'V')));
  });

  it.each([
    ['has another SKU now', line('1', 'B', 'key:B'), line('1', 'B', 'W'), line('1', 'A', 'V')],
    ['is another line', line('2', 'A', 'key:A'), line('2', 'A', 'W'), line('1', 'A', 'V')],
    ['was of no product', line('1', 'A', 'key:A'), line('1', 'A', 'W'), line('1', 'A', null)],
    ['names its product by id', line('1', 'A', '17'), line('1', 'A', 'W'), line('1', 'A', 'V')],
  ])('is of what the system says when it %s', (_, said, resolved, held) => {
    expect(withHeldVariants(draft(said), order(resolved), order(held))).toEqual(order(resolved));
  });
});

describe('nothing is kept', () => {
  it('of an order that is new, or says nothing of its lines', () => {
    const fields = order(line('1', 'A', 'W'));
    expect(withHeldVariants(draft(line('1', 'A', 'key:A')), fields, null)).toBe(fields);
    expect(withHeldVariants(draft(), { number: '7' }, fields)).toEqual({ number: '7' });
  });
});
