import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../base/clock.js';
import type { Document, Json } from '../../base/document.js';
import type { WriteOutcome } from '../system.js';
import type { Api } from './api.js';
import { parseSettings } from './settings.js';
import { makeStockTarget } from './stock-target.js';

const settings = parseSettings({ url: 'http://127.0.0.1:1/', ident: 'i', secret: 's' });
const { signal } = new AbortController();
const article = '10';

/** A till with one article in one branch; a set can be applied with its answer lost. */
function makeTill(physical: number, ahead = 0) {
  let now = Date.parse('2026-11-25T10:00:00.000Z');
  const tillTime = (): string => new Date(now + ahead).toISOString();
  let stockId = 100;
  const state = { physical, changedAt: new Date(now + ahead - 86_400_000).toISOString(), history: [] as Document[], sets: 0, reads: [] as string[] };
  const change = (by: number, type: string): void => {
    state.physical += by;
    state.changedAt = tillTime();
    const row = { stockId: String(++stockId), timestamp: state.changedAt, branchNumber: 1, articleNumber: article, amountChanged: String(by * 10), decimalPlaces: 1 };
    if (by !== 0) state.history.push({ ...row, type: `STOCK-HISTORY-TYPE-${type}` });
  };
  const clock: Clock = { now: () => new Date(now), monotonic: () => now, sleep: async () => undefined };
  const api = {
    read: async (operation: string) => {
      state.reads.push(operation);
      const row: Document = { branchNumber: 1, articleNumber: article, stockId: String(stockId), amountFree: String(state.physical - 2), amountReserved: '2', amountIncoming: '0', changeTimestamp: state.changedAt, isDayStockArticle: false };
      return { body: { articleStocks: [row] }, problems: [] };
    },
    ask: async (operation: string, body: Document) => {
      state.reads.push(operation);
      if (operation === 'getApiVersion') return { serviceDateTime: tillTime() };
      const { fromFinancialDateTime } = body['request'] as Document;
      const from = typeof fromFinancialDateTime === 'string' ? fromFinancialDateTime : '';
      const rows = state.history.filter((row) => String(row['timestamp']) >= from);
      return { articleStockHistory: [...rows].reverse() as Json };
    },
  } as unknown as Api;
  const connect = (): ((amount: string, how?: { loses?: boolean; doubtedSince?: Date }) => Promise<WriteOutcome | 'lost'>) => {
    const target = makeStockTarget(api, settings, clock);
    return async (amount, { loses = false, ...doubt } = {}) => {
      const document = { articleNumber: article, levels: [{ branchNumber: '1', amount }] };
      const request = { opKey: 'o', externalId: article, document, changed: ['levels'], held: null, ...doubt };
      const call = async (_: string, sent: Document): Promise<Document> => {
        state.sets++;
        change(Number(sent['amount']) / 10 ** Number(sent['decimalPlaces']) - state.physical, 'API');
        if (loses) throw new Error('lost');
        return { result: 'SET-STOCK-RESULT-OK', stockId: String(stockId) };
      };
      return target.write(request, call, signal).catch(() => 'lost' as const);
    };
  };
  return { state, connect, now: () => new Date(now), sell: (count: number) => change(-count, 'SALES'), count: (difference: number) => change(difference, 'CORRECTION'), pass: (ms: number) => void (now += ms) };
} // prettier-ignore

describe('stock whose write lost its answer', () => {
  it('is not set a second time over what was sold since, also by a hub that was started anew', async () => {
    const till = makeTill(10);
    const doubtedSince = till.now();
    expect(await till.connect()('15', { loses: true })).toBe('lost');
    till.sell(1);
    till.count(-2);
    till.pass(120_000);
    expect(await till.connect()('15', { doubtedSince })).toMatchObject({
      type: 'written',
      held: { document: { levels: [{ amount: '12' }] } },
    });
    expect(till.state).toMatchObject({ physical: 12, sets: 1 });
  });

  it.each([3_600_000, -3_600_000])('is settled by the clock of the till, which may be %d ms ahead', async (ahead) => {
    const till = makeTill(10, ahead);
    await till.connect()('15');
    till.sell(3);
    till.pass(5_000);
    const doubtedSince = till.now();
    // Not applied: the last that set 15 is the acknowledged write.
    await till.connect()('15', { doubtedSince });
    expect(till.state).toMatchObject({ physical: 15, sets: 2 });
    till.pass(5_000);
    const again = till.now();
    await till.connect()('20', { loses: true });
    till.sell(1);
    await till.connect()('20', { doubtedSince: again });
    expect(till.state).toMatchObject({ physical: 19, sets: 3 });
  });

  it('is set when it had not been applied, whatever was sold', async () => {
    const till = makeTill(10);
    const doubtedSince = till.now();
    till.sell(1);
    await till.connect()('15', { doubtedSince });
    expect(till.state).toMatchObject({ physical: 15, sets: 1 });
  });

  it('is set to another amount than the lost one', async () => {
    const till = makeTill(10);
    const doubtedSince = till.now();
    await till.connect()('15', { loses: true });
    till.sell(1);
    await till.connect()('20.5', { doubtedSince });
    expect(till.state).toMatchObject({ physical: 20.5, sets: 2 });
  });
});

describe('a branch whose number cannot be read', () => {
  const clock: Clock = { now: () => new Date(), monotonic: () => 0, sleep: async () => undefined };
  const asked: string[] = [];
  const call = (operation: string): Promise<Document> => {
    asked.push(operation);
    return Promise.resolve({ result: 'SET-STOCK-RESULT-OK' });
  };
  const targetOf = (listed: readonly Document[]) => {
    asked.length = 0;
    const read = (operation: string) => {
      asked.push(operation);
      const body = operation === 'getBranches' ? { branches: listed as Json } : { articleStocks: [] };
      return Promise.resolve({ body, problems: [] });
    };
    return makeStockTarget({ read } as unknown as Api, settings, clock);
  };

  it.each(['', 'MAIN', '1.5', '-1', '0x10', '1e2', null])(
    'is refused before any call when it is %j',
    async (branchNumber) => {
      const document = {
        articleNumber: article,
        levels: [
          { branchNumber: '1', amount: '2' },
          { branchNumber, amount: '3' },
        ],
      };
      const request = { opKey: 'o', externalId: article, document, changed: ['levels'], held: null };
      const what = `MplusKASSA refused the record: "${branchNumber ?? ''}" is not the number of a branch: digits only.`;
      const refusal = { code: 'RECORD_REFUSED', path: 'levels', message: what };
      expect(await targetOf([]).write(request, call, signal)).toMatchObject({ type: 'refused', error: refusal });
      await expect(targetOf([]).find({ externalId: article, document }, signal)).rejects.toMatchObject(refusal);
      expect(asked).toEqual([]);
    },
  );

  it('ends a search in all branches before their stock is asked for, and so does a list without any', async () => {
    const document = { articleNumber: article };
    const lists: readonly Document[][] = [[{ branchNumber: 1, branchName: 'A' }, { branchName: 'B' }], []];
    for (const listed of lists) {
      const found = targetOf(listed).find({ externalId: article, document }, signal);
      await expect(found).rejects.toMatchObject({ code: 'UNEXPECTED_RESPONSE' });
      expect(asked).toEqual(['getBranches']);
    }
  });
});

describe('stock that is set to an amount it had before', () => {
  it('is set again when nothing is in doubt, by any process, and the history is not asked', async () => {
    const till = makeTill(10);
    await till.connect()('15');
    till.sell(3);
    await till.connect()('15');
    expect(till.state).toMatchObject({ physical: 15, sets: 2 });
    expect(new Set(till.state.reads)).toEqual(new Set(['getStock']));
  });

  it('is set again when the doubt began after the earlier write was acknowledged', async () => {
    const till = makeTill(10);
    await till.connect()('15');
    till.sell(3);
    till.pass(10_000);
    await till.connect()('15', { doubtedSince: till.now() });
    expect(till.state).toMatchObject({ physical: 15, sets: 2 });
  });
});
