/** Orders of the till as target: what is missing is done, once, whatever became of earlier answers. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import type { HeldRecord, WriteOutcome, WriteRequest } from '../src/systems/system.js';
import { heldIn, openTill, type Till } from './support/till.js';

let till: Till;
let articles: readonly string[];

const order = (more: Document = {}): Document => ({
  extOrderId: `ord_${till.next()}`,
  relationNumber: '1',
  employeeNumber: '999999',
  vatMethod: 'VAT-METHOD-INCLUSIVE',
  entryTimestamp: '2026-10-25T01:30:00.000Z',
  lineList: [
    { tempId: 'a', articleNumber: articles[0]!, data: { quantity: '3', price: '10', discountAmount: '0.5' } },
    { tempId: 'b', articleNumber: articles[1]!, data: { quantity: '0.35', price: '7.99', discountAmount: '0' } },
  ],
  ...more,
});
/** Says the whole document again to the order that is held. */
const again = (held: HeldRecord, document: Document, more: Partial<WriteRequest> = {}): Promise<WriteOutcome> =>
  till.write('order', document, { externalId: held.externalId, held, ...more });

beforeAll(async () => {
  till = await openTill();
  articles = (await till.rows('articles')).map((row) => String(row['articleNumber']));
});
afterAll(() => till.close());
beforeEach(async () => {
  await till.reconnect();
  await till.clearFaults();
});

describe('orders as target', () => {
  it('are created with their payments, deliveries and state, and saying it again changes nothing', async () => {
    const document = order({
      payments: [{ key: 'koppel:shop:17', method: 'IDEAL', amount: '12.5' }],
      deliveries: [{ key: 'a', quantity: '2' }],
    });
    const start = await till.ledgerEnd();
    const outcome = await till.write('order', document);
    const held = {
      document: {
        ...{ financialDate: '2026-10-25', totalInclAmount: '32.30', prepaidAmount: '12.50' },
        deliveryState: 'ORDER-DELIVERY-STATE-PARTIAL',
        payments: [{ key: 'koppel:shop:17', method: 'IDEAL', amount: '12.50' }],
        deliveries: [{ key: 'a', quantity: '2' }],
      },
    };
    expect(outcome).toMatchObject({ type: 'written', created: true, held });
    expect(await till.calls(start)).toEqual(['createOrderV3', 'payOrderV2', 'deliverOrderV2']);
    const before = await till.ledgerEnd();
    expect(heldIn(await again(heldIn(outcome), document))).toEqual(heldIn(outcome));
    expect(await till.ledgerEnd()).toBe(before);
  });

  it('are changed only where something is missing: lines keep their ids, the rest is delivered, a payment is added', async () => {
    const document = order({ payments: [{ key: 'koppel:shop:1', method: 'PIN', amount: '5' }] });
    const first = heldIn(await till.write('order', document));
    const [a, b] = first.document['lineList'] as Document[];
    const lineList = [
      { tempId: 'b', articleNumber: articles[1]!, data: { quantity: '1', price: '7.99', discountAmount: '0' } },
      { tempId: 'a', articleNumber: articles[0]!, data: { quantity: '3', price: '9', discountAmount: '0' } },
      { tempId: 'c', articleNumber: articles[2]!, data: { quantity: '-1', price: '2', discountAmount: '0' } },
    ];
    const start = await till.ledgerEnd();
    const changed = heldIn(
      await again(first, {
        ...document,
        lineList,
        payments: [
          { key: 'koppel:shop:1', method: 'PIN', amount: '5' },
          { key: 'koppel:shop:2', method: 'PIN', amount: '-2' },
        ],
      }),
    );
    expect(await till.calls(start)).toEqual(['updateOrderV2', 'payOrderV2']);
    expect(changed.document).toMatchObject({ totalInclAmount: '32.99', prepaidAmount: '3.00' });
    const ids = (changed.document['lineList'] as Document[]).map((line) => line['lineId']);
    expect(ids).toEqual([b!['lineId'], a!['lineId'], expect.any(String)]);
    const delivered = heldIn(
      await again(
        changed,
        { ...document, lineList, deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE' },
        { changed: ['deliveryState'] },
      ),
    );
    expect(delivered.document).toMatchObject({ deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE' });
    expect(delivered.document['deliveries']).toHaveLength(3);
  });

  it('keep their prices where the till has promotions', async () => {
    await till.fault('promotions', '*');
    const document = order();
    const made = heldIn(await till.write('order', document));
    expect(made.document).toMatchObject({ totalInclAmount: '32.30' });
    const data = { quantity: '1', price: '10', discountAmount: '0' };
    const lineList = [{ tempId: 'a', articleNumber: articles[0]!, data }];
    expect(heldIn(await again(made, { ...document, lineList })).document).toMatchObject({ totalInclAmount: '10.00' });
  });

  it('are cancelled once, and never taken up again by saying it twice', async () => {
    const document = order();
    const held = heldIn(await till.write('order', document));
    const wish = { ...document, cancelState: 'ORDER-CANCEL-STATE-COMPLETE' };
    const cancelled = heldIn(await again(held, wish));
    expect(cancelled.document).toMatchObject({ cancelState: 'ORDER-CANCEL-STATE-COMPLETE' });
    expect(heldIn(await again(cancelled, wish))).toEqual(cancelled);
    const payments = [{ key: 'koppel:shop:31', method: 'PIN', amount: '-1' }];
    expect(await again(cancelled, { ...wish, payments })).toMatchObject({
      type: 'refused',
      error: { message: expect.stringContaining('The order is cancelled.') },
    });
  });

  it.each([
    ['payOrderV2', { payments: [{ key: 'koppel:shop:9', method: 'PIN', amount: '4' }] }, { prepaidAmount: '4.00' }],
    ['deliverOrderV2', { deliveries: [{ key: 'a', quantity: '1' }] }, { deliveries: [{ key: 'a', quantity: '1' }] }],
    ['cancelOrder', { cancelState: 'ORDER-CANCEL-STATE-COMPLETE' }, { cancelState: 'ORDER-CANCEL-STATE-COMPLETE' }],
    ['updateOrderV2', { reference: 'once' }, { reference: 'once' }],
  ] as const)(
    '%s whose answer is lost is in doubt, and is not repeated by saying it again',
    async (operation, wish, is) => {
      const document = { ...order(), ...wish } as Document;
      const { externalId } = heldIn(await till.write('order', order({ extOrderId: document['extOrderId']! })));
      const start = await till.ledgerEnd();
      await till.fault('applyThenReset', operation);
      expect(await till.write('order', document, { externalId })).toMatchObject({ type: 'unknown' });
      await till.clearFaults();
      expect(heldIn(await till.write('order', document, { externalId })).document).toMatchObject(is);
      expect(await till.calls(start)).toEqual([operation]);
    },
  );

  it('are in doubt when something fails after the first call, and the next write does only the rest', async () => {
    const document = order({ payments: [{ key: 'koppel:shop:5', method: 'PIN', amount: '4' }] });
    await till.fault('500before', 'payOrderV2');
    expect(await till.write('order', document)).toMatchObject({ type: 'unknown' });
    await till.clearFaults();
    const found = await till.find('order', document, 'mark');
    expect(found?.document).toMatchObject({ payments: [] });
    expect(heldIn(await again(found!, document)).document).toMatchObject({ prepaidAmount: '4.00' });
    expect((await till.rows('orders')).filter((row) => row['extOrderId'] === document['extOrderId'])).toHaveLength(1);
  });

  it('are refused in the till`s own words: at once, and after a first step by the next write', async () => {
    const unknown = order({ payments: [{ key: 'koppel:shop:6', method: 'BEADS', amount: '4' }] });
    expect(await till.write('order', unknown)).toEqual({ type: 'stale' });
    const found = await till.find('order', unknown);
    expect(await again(found!, unknown)).toMatchObject({
      type: 'refused',
      error: { code: 'RECORD_REFUSED', message: expect.stringContaining('Payment method BEADS does not exist.') },
    });
    const delivered = heldIn(await till.write('order', order({ deliveries: [{ key: 'a', quantity: '1' }] })));
    expect(await again(delivered, { cancelState: 'ORDER-CANCEL-STATE-COMPLETE' })).toMatchObject({
      type: 'refused',
      error: { message: expect.stringContaining('Something of the order is delivered.') },
    });
  });

  it('take a payment although their lines are refused, and are refused everything else in one answer', async () => {
    const held = heldIn(await till.write('order', order({ deliveries: [{ key: 'a', quantity: '1' }] })));
    const lineList = (held.document['lineList'] as Document[]).slice(0, 1);
    const payments = [{ key: 'koppel:shop:8', method: 'PIN', amount: '4' }];
    const wish = { lineList, payments, cancelState: 'ORDER-CANCEL-STATE-COMPLETE' };
    const outcome = (await again(held, wish)) as { error: Error; held: HeldRecord };
    expect(outcome.held.document).toMatchObject({ prepaidAmount: '4.00' });
    expect(outcome.error.message).toMatch(
      /Lines cannot be changed after a delivery\. Something of the order is delivered\.$/,
    );
  });

  it('keep a line of which something was delivered when it is taken out, and tell it; put back, it is the same line', async () => {
    const document = order();
    const [a, b] = document['lineList'] as [Document, Document];
    const held = heldIn(await till.write('order', { ...document, deliveries: [{ key: 'b', quantity: '0.2' }] }));
    const payments = [{ key: 'koppel:shop:40', method: 'PIN', amount: '1' }];
    const without = { ...document, lineList: [a], payments, deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE' };
    const outcome = (await again(held, without)) as { error: Error; held: HeldRecord };
    expect(outcome.error).toMatchObject({ code: 'SENT_WITHOUT_LINE', message: expect.stringContaining(`0.2 × ${articles[1]} of the order`) });
    const deliveries = [{ key: 'a', quantity: '3' }, { key: 'b', quantity: '0.2' }];
    expect(outcome.held.document).toMatchObject({ prepaidAmount: '1.00', deliveryState: 'ORDER-DELIVERY-STATE-PARTIAL', deliveries });
    const cancelled = { ...document, lineList: [a], cancelState: 'ORDER-CANCEL-STATE-COMPLETE' };
    expect(await again(held, cancelled)).toMatchObject({ error: { original: expect.stringContaining('Something of the order is delivered') } });
    const start = await till.ledgerEnd();
    const back = { ...document, lineList: [{ ...b, tempId: 'b2' }, a], deliveries: [{ key: 'b2', quantity: '0.35' }] };
    expect(heldIn(await again(held, back)).document['deliveries']).toEqual([deliveries[0], { key: 'b', quantity: '0.35' }]);
    expect(await till.calls(start)).toEqual(['deliverOrderV2']);
  }); // prettier-ignore

  it('take what they can when a part is refused, and tell the refusal with what they hold by then', async () => {
    const document = order({ payments: [{ key: 'koppel:shop:20', method: 'PIN', amount: '1' }] });
    const held = heldIn(await till.write('order', { ...document, deliveries: [{ key: 'a', quantity: '1' }] }));
    const start = await till.ledgerEnd();
    const line = (document['lineList'] as Document[])[0]!;
    const wish = {
      ...document,
      reference: 'moved',
      lineList: [{ ...line, data: { quantity: '9', price: '10', discountAmount: '0' } }],
      payments: [
        { key: 'koppel:shop:20', method: 'PIN', amount: '1' },
        { key: 'koppel:shop:21', method: 'BEADS', amount: '2' },
        { key: 'koppel:shop:22', method: 'PIN', amount: '3' },
      ],
      deliveries: [{ key: 'a', quantity: '2' }],
    };
    const outcome = await again(held, wish);
    expect(outcome).toMatchObject({
      type: 'refused',
      error: { message: expect.stringContaining('Lines cannot be changed after a delivery') },
      held: {
        document: {
          reference: 'moved',
          prepaidAmount: '4.00',
          deliveries: [{ key: 'a', quantity: '2' }],
          lineList: [{ data: { quantity: '3' } }, {}],
        },
      },
    });
    expect(await till.calls(start)).toEqual(['updateOrderV2', 'payOrderV2', 'deliverOrderV2']);
    const before = await till.ledgerEnd();
    const error = { message: expect.stringContaining('Lines') };
    expect(await again(held, wish)).toMatchObject({ type: 'refused', error });
    expect(await till.ledgerEnd()).toBe(before);
  });

  it('are paid, and cancelled, although a value of their lines cannot be said', async () => {
    const document = order();
    const held = heldIn(await till.write('order', document));
    const outcome = await again(held, {
      ...document,
      lineList: [{ tempId: 'a', articleNumber: articles[0]!, data: { quantity: '0.0001', price: '1' } }],
      payments: [{ key: 'koppel:shop:23', method: 'PIN', amount: '1' }],
      cancelState: 'ORDER-CANCEL-STATE-COMPLETE',
    });
    expect(outcome).toMatchObject({
      type: 'refused',
      error: { message: expect.stringContaining('more than three decimals') },
      held: { document: { prepaidAmount: '1.00', cancelState: 'ORDER-CANCEL-STATE-COMPLETE' } },
    });
  });

  it('refuse what cannot be said before anything is sent', async () => {
    const before = await till.ledgerEnd();
    const line = (data: Document): Document =>
      order({ lineList: [{ tempId: 'a', articleNumber: articles[0]!, data }] });
    for (const [document, words] of [
      [line({ quantity: '1', price: '1.234' }), '1.234 is no amount in whole cents'],
      [line({ quantity: '0.0001', price: '1' }), 'more than three decimals'],
      [order({ relationNumber: 'none' }), 'not a number of digits only'],
    ] as const) {
      const outcome = await till.write('order', document);
      expect(outcome).toMatchObject({ type: 'refused', error: { message: expect.stringContaining(words) } });
    }
    expect(await till.write('order', order({ documentType: 'INVOICE' }))).toMatchObject({
      type: 'refused',
      error: { code: 'CAPABILITY_MISSING' },
    });
    expect(await till.ledgerEnd()).toBe(before);
  });

  it('are written to releases that know none of the newer calls', async () => {
    await till.fault('oldRelease', '*');
    const document = order({
      payments: [{ key: 'koppel:shop:7', method: 'PIN', amount: '4' }],
      deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE',
    });
    const start = await till.ledgerEnd();
    const held = heldIn(await till.write('order', document));
    expect(held.document).toMatchObject({ prepaidAmount: '4.00', deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE' });
    expect(await till.calls(start)).toEqual(['createOrder', 'payOrder', 'deliverOrder']);
    expect(await till.write('order', document)).toEqual({ type: 'stale' });
    const partly = heldIn(await till.write('order', order()));
    expect(await again(partly, { ...order(), deliveries: [{ key: 'a', quantity: '1' }] })).toMatchObject({
      type: 'refused',
      error: { message: expect.stringContaining('only deliver an order as a whole') },
    });
  });

  it('exist twice when a release without keys and without unique marks carries out one request twice', async () => {
    await till.fault('noIdempotency', '*');
    await till.fault('applyTwice', 'createOrder');
    const document = order();
    await till.write('order', document);
    expect((await till.rows('orders')).filter((row) => row['extOrderId'] === document['extOrderId'])).toHaveLength(2);
  });

  it('exist once when the same request is carried out twice by a release with keys', async () => {
    await till.fault('applyTwice', 'createOrderV3');
    const document = order();
    const start = await till.ledgerEnd();
    heldIn(await till.write('order', document));
    expect(await till.calls(start)).toEqual(['createOrderV3']);
    expect((await till.rows('orders')).filter((row) => row['extOrderId'] === document['extOrderId'])).toHaveLength(1);
  });
});
