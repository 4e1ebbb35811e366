import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import type { Tx } from '../store/database.js';
import { acknowledgeShown } from './acknowledge-shown.js';

describe('what a target says after a write of ours', () => {
  const stored = async (version: bigint | null, known = true): Promise<readonly Document[]> => {
    const written: Document[] = [];
    const store = {
      lockShown: () =>
        Promise.resolve(new Map(known ? [['order:7', { shown: { status: 'OPEN' }, version: 1n }] as const] : [])),
      findReferences: () => Promise.resolve(new Map()),
      storeShown: (_: Tx, __: string, statements: readonly { readonly shown: Document }[]) => {
        written.push(...statements.map(({ shown }) => shown));
        return Promise.resolve();
      },
    };
    const statement = { now: { status: 'DONE' }, before: { status: 'OPEN' } };
    await acknowledgeShown({} as Tx, store, 'shop', [{ entity: 'order', externalId: '7', statement, version }]);
    return written;
  };

  it('is all that is remembered where older documents are known by their version', async () => {
    expect(await stored(2n)).toEqual([{ status: 'DONE' }]);
  });

  it('is remembered with what stood there before where no version tells', async () => {
    expect(await stored(null)).toEqual([{ status: 'DONE', own: { status: 'DONE' }, past: { status: ['OPEN'] } }]);
  });

  it('is not kept of a record without a reference', async () => {
    expect(await stored(2n, false)).toEqual([]);
  });
});
