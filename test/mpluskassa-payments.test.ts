/** Payments that the till has booked for the hub, and what was made of them since. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import type { HeldRecord, WriteOutcome, WriteRequest } from '../src/systems/system.js';
import { heldIn, openTill, type Till } from './support/till.js';

let till: Till;
let articleNumber: string;
beforeAll(async () => {
  till = await openTill();
  articleNumber = String((await till.rows('articles'))[0]!['articleNumber']);
});
afterAll(() => till.close());

const order = (more: Document): Document => ({
  extOrderId: `ord_${till.next()}`,
  relationNumber: '1',
  employeeNumber: '999999',
  vatMethod: 'VAT-METHOD-INCLUSIVE',
  entryTimestamp: '2026-10-25T01:30:00.000Z',
  lineList: [{ tempId: 'a', articleNumber, data: { quantity: '3', price: '10' } }],
  ...more,
});
const again = (held: HeldRecord, document: Document, more: Partial<WriteRequest>): Promise<WriteOutcome> =>
  till.write('order', document, { externalId: held.externalId, held, ...more });

describe('payments that are booked', () => {
  it('are so on the day of each, by the clock of the shop', async () => {
    const payments = [{ key: 'koppel:shop:30', method: 'PIN', amount: '1', paidAt: '2026-03-01T23:30:00.000Z' }];
    const { document } = heldIn(await till.write('order', order({ payments })));
    expect(document['paymentList']).toMatchObject([{ financialDate: '2026-03-02' }]);
  });

  it('are told when they were changed or taken back, and the others are booked', async () => {
    const paid = (number: string, amount: string, method = 'PIN'): Document => ({ key: `koppel:shop:${number}`, method, amount });
    const document = order({ payments: [paid('50', '12.5'), paid('51', '4')] });
    const held = heldIn(await till.write('order', document));
    const says = (payments: readonly Document[] | null): Promise<WriteOutcome> => again(held, { ...document, payments }, { changed: ['payments'] });
    const told = (what: string): object => ({
      type: 'refused',
      error: { code: 'PAYMENT_BOOKED_OTHERWISE', class: 'data', path: 'payments', message: expect.stringContaining(`: ${what}. `) },
    });
    const start = await till.ledgerEnd();
    expect(await says([paid('50', '10'), paid('51', '4.00')])).toMatchObject(told('PIN 12.5 → PIN 10'));
    expect(await says([paid('50', '12.5', 'CASH'), paid('51', '4')])).toMatchObject(told('PIN 12.5 → CASH 12.5'));
    expect(await says([paid('51', '4')])).toMatchObject(told('PIN 12.5 → –'));
    expect(await says(null)).toMatchObject(told('PIN 12.5 → –, PIN 4 → –'));
    expect(await till.calls(start)).toEqual([]);
    const refund = [paid('50', '10'), paid('51', '4'), paid('52', '-2')];
    expect(await says(refund)).toMatchObject({ ...told('PIN 12.5 → PIN 10'), held: { document: { prepaidAmount: '14.50' } } });
    expect(await says([paid('50', '12.50', 'pin'), ...refund.slice(1)])).toMatchObject({ type: 'written' });
    expect(await again(held, { ...document, reference: 'R' }, { changed: ['reference'] })).toMatchObject({ type: 'written' });
    expect(await till.calls(start)).toEqual(['payOrderV2', 'updateOrderV2']);
  }); // prettier-ignore

  it('stay as they are booked when a value list calls their method otherwise', async () => {
    const paid = (method: string): Document => ({ key: 'koppel:shop:60', method, amount: '12.5' });
    const document = order({ payments: [paid('IDEAL')] });
    const held = heldIn(await till.write('order', document));
    const renamed = { ...document, payments: [paid('ONLINE')] };
    const start = await till.ledgerEnd();
    const outcome = await again(held, renamed, { changed: ['payments'], asked: renamed });
    expect(outcome).toMatchObject({ type: 'written', held: { document: { payments: [{ method: 'IDEAL' }] } } });
    expect(await till.calls(start)).toEqual([]);
    const changed = await again(held, renamed, { changed: ['payments'], asked: document });
    expect(changed).toMatchObject({ error: { code: 'PAYMENT_BOOKED_OTHERWISE' } });
  });
});
