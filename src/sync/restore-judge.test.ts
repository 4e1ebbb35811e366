/** What is explained after a restore, and about what a person is asked. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { unexplained, type Judged } from './restore-judge.js';

const write = (document: Document, changed: readonly string[]): Judged['plan'] => ({ type: 'write', document, changed, owned: changed, look: 'never', repairs: [] }); // prettier-ignore
const judged = (of: Partial<Omit<Judged, 'row'>> & { row?: Partial<Judged['row']> } = {}): Judged => ({
  plan: write({ name: 'of the source' }, ['name']),
  isThere: true,
  isMarked: false,
  areStrangers: false,
  ...of,
  row: { entity: 'product', held: { name: 'before' }, wanted: { name: 'before' }, drifted: [], ...of.row },
});

describe('after a restore', () => {
  it('what the source has changed meanwhile is written where the target holds what it held before', () => {
    expect(unexplained(judged())).toBeNull();
  });

  it('a person is asked where the target holds something else than before and than the source says', () => {
    const row = { held: { name: 'of somebody' }, drifted: ['name'] };
    expect(unexplained(judged({ row }))).toEqual([
      { path: 'name', item: null, before: 'of somebody', after: 'of the source' },
    ]);
  });

  it('what the target has made of what the source says, trimmed or rounded, is nobody’s word', () => {
    const plan = write({ name: ' Of the  source ', price: '9.0909' }, ['name', 'price']);
    const row = { held: { name: 'Of the source', price: '9.09' }, drifted: ['name', 'price'] };
    expect(unexplained(judged({ plan, row }))).toBeNull();
    expect(unexplained(judged({ plan, row: { ...row, held: { name: '', price: '9.09' } } }))).toHaveLength(1);
  });

  it('a field that somebody has changed and that is not written anyway is nobody’s matter', () => {
    expect(unexplained(judged({ row: { held: { name: 'before', text: 'x' }, drifted: ['text'] } }))).toBeNull();
  });

  it('of a record that the hub has forgotten, what it holds is unexplained unless it is empty', () => {
    const plan = write({ name: 'of the source', text: 'new' }, ['name', 'text']);
    const row = { held: { name: 'of T1', text: null }, wanted: null };
    expect(unexplained(judged({ plan, row }))?.map(({ path }) => path)).toEqual(['name']);
  });

  it('stock is told as it is counted now', () => {
    const row = { entity: 'stock', held: { levels: 1 }, drifted: ['levels'] } as const;
    expect(unexplained(judged({ plan: write({ levels: 2 }, ['levels']), row }))).toBeNull();
  });

  it.each([
    ['is made where the target has nothing that nobody knows', { areStrangers: false }, null],
    ['is made where its mark would have been found', { areStrangers: true, isMarked: true }, null],
    ['waits for a person where one of the strangers may be it', { areStrangers: true }, [{ path: 'name', item: null, before: null, after: 'of the source' }]],
  ] as const)('a record that the target lacks %s', (_, of, expected) => {
    expect(unexplained(judged({ ...of, isThere: false, row: { held: null, wanted: null } }))).toEqual(expected);
  }); // prettier-ignore

  it('what waits, is a problem or agrees is as ever', () => {
    expect(unexplained(judged({ plan: { type: 'in_sync', wanted: {}, held: {} } }))).toBeNull();
    const error = new KoppelError('UNEXPECTED', { what: 'x' });
    expect(unexplained(judged({ plan: { type: 'parked', error, problems: [] } }))).toBeNull();
  });
});
