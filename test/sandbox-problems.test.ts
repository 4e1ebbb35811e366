/** What the sample data of the sandboxes has that no hub can carry over as it is: only on request, and the same at each start. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivedId } from '../src/base/ids.js';
import { startMpluskassaSandbox } from '../sandbox/mpluskassa/start.js';
import { startSoftmaatSandbox } from '../sandbox/softmaat/start.js';

const start = { mpluskassa: startMpluskassaSandbox, softmaat: startSoftmaatSandbox };
const folder = mkdtempSync(join(tmpdir(), 'koppel-sandbox-problems-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Order {
  readonly reference: string;
  readonly lines?: readonly { readonly sku: string; readonly taxCode: string }[];
  readonly relationNumber?: string;
}

async function records<T>(
  kind: keyof typeof start,
  type: string,
  { data, withProblems }: { readonly data: string; readonly withProblems?: boolean },
): Promise<T[]> {
  const options = { port: 0, dataDir: join(folder, data), seed: 1, products: 20 };
  const sandbox = await start[kind]({ ...options, ...(withProblems === undefined ? {} : { withProblems }) });
  try {
    const text = await (await fetch(`${sandbox.url}/__sandbox/records?type=${type}`)).text();
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
  } finally {
    await sandbox.close();
  }
}

const soldAs = (orders: readonly Order[]): readonly string[] =>
  orders.map(({ reference, lines = [] }) => `${reference}: ${lines[0]?.sku} ${lines[0]?.taxCode}`).sort();

describe('sample data with problems', () => {
  it('has sales to countries whose VAT no list names, and an article whose code is not a number', async () => {
    const sold = ['Web 20001: 10007 LU17', 'Web 20002: 10007 LU17', 'Web 20003: 10007 LU17', 'Web 20004: 10024 NLEXP', 'Web 20005: GIFTBOX-THEE NL9']; // prettier-ignore
    expect(soldAs(await records<Order>('softmaat', 'orders', { data: 'shop', withProblems: true }))).toEqual(sold);
    // The folder remembers it, as it does the seed.
    expect(soldAs(await records<Order>('softmaat', 'orders', { data: 'shop' }))).toEqual(sold);
    expect(await records('softmaat', 'orders', { data: 'plain shop' })).toEqual([]);
  });

  it('has goods of which all but one are in the till under the same code', async () => {
    const inShop = await records<{ sku: string }>('softmaat', 'products', { data: 'shop', withProblems: true });
    const inTill = await records<{ articleNumber: string; description: string }>('mpluskassa', 'articles', { data: 'till', withProblems: true }); // prettier-ignore
    const known = new Set(inTill.map(({ articleNumber }) => articleNumber));
    expect(inShop.map(({ sku }) => sku).filter((sku) => !known.has(sku))).toEqual(['GIFTBOX-THEE']);
  });

  it('has customers with the mark of one record of the till each, and another telephone number there', async () => {
    const relations = await records<{ relationNumber: string; telephone?: string }>('mpluskassa', 'relations', { data: 'till', withProblems: true }); // prettier-ignore
    const debtors = await records<{ externalReference: string | null; phone: string | null }>('softmaat', 'debtors', { data: 'shop', withProblems: true }); // prettier-ignore
    const marked = debtors.filter(({ externalReference }) => externalReference !== null);
    expect(marked).toHaveLength(2);
    for (const { externalReference, phone } of marked) {
      const same = relations.filter((each) => derivedId('customer', 'mpluskassa', each.relationNumber) === externalReference); // prettier-ignore
      expect(same).toHaveLength(1);
      expect(same[0]!.telephone).toMatch(/^0/);
      expect(same[0]!.telephone).not.toBe(phone);
    }
  });

  it('has an order of a customer whom the shop has blocked', async () => {
    const orders = await records<Order>('mpluskassa', 'orders', { data: 'till', withProblems: true });
    const { relationNumber } = orders.find(({ reference }) => reference === 'Telefonisch besteld')!;
    const relations = await records<{ relationNumber: string; email?: string }>('mpluskassa', 'relations', { data: 'till', withProblems: true }); // prettier-ignore
    const { email } = relations.find((each) => each.relationNumber === relationNumber)!;
    const debtors = await records<{ email: string | null; blocked: boolean }>('softmaat', 'debtors', { data: 'shop', withProblems: true }); // prettier-ignore
    expect(debtors.filter((each) => each.email === email)).toMatchObject([{ blocked: true }]);
    const plain = await records<Order>('mpluskassa', 'orders', { data: 'plain till' });
    expect(plain.map(({ reference }) => reference)).not.toContain('Telefonisch besteld');
  });
});
