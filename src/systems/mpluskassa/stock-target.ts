/**
 * Stock as target: how much of an article each branch should hold. Only branches that hold something else are set, by
 * the absolute call, and what they hold afterwards is read back. The amount set is the physical one (free and reserved).
 *
 * Guarantee: a write whose answer was lost is not repeated over what was sold since. When it is in doubt whether an earlier
 * write took effect, each branch is held against the stock history first: when the amount was set since then, it is left.
 */
import Big from 'big.js';
import type { Clock } from '../../base/clock.js';
import type { Document } from '../../base/document.js';
import type { KoppelError } from '../../base/errors.js';
import type { HeldRecord, WriteOutcome } from '../system.js';
import type { Api } from './api.js';
import { deriveStock } from './derive.js';
import { numbersOf, readBranches } from './branches.js';
import { recordsOf, stockShape } from './records.js';
import type { Settings } from './settings.js';
import { makeStockHistory, type StockRow } from './stock-history.js';
import { refused, type ChangingCall, type EntityTarget } from './target-entity.js';

export function makeStockTarget(api: Api, settings: Settings, clock: Clock): EntityTarget {
  const history = makeStockHistory(api, clock);
  const branches = async (signal: AbortSignal): Promise<readonly number[]> =>
    settings.branches ?? numbersOf(await readBranches(api, signal));

  const rows = async (
    article: string,
    numbers: readonly number[],
    signal: AbortSignal,
  ): Promise<readonly StockRow[]> => {
    const found: StockRow[] = [];
    for (const branch of numbers) {
      const request = { branchNumber: branch, articleNumbers: [article] };
      for (const { record } of recordsOf(await api.read('getStock', { request }, signal), stockShape, {
        branchNumber: branch,
      })) {
        if (record.problem !== undefined) throw record.problem;
        const { amountPhysical, changeTimestamp } = deriveStock(record.document);
        const changedAt = typeof changeTimestamp === 'string' ? changeTimestamp : null;
        found.push({ article, branch, amount: String(amountPhysical ?? ''), changedAt });
      }
    }
    return found;
  };
  const held = async (article: string, numbers: readonly number[], signal: AbortSignal): Promise<HeldRecord | null> =>
    heldOf(article, await rows(article, numbers, signal));

  return {
    async write(request, call, signal) {
      const article = request.externalId ?? String(request.document['articleNumber'] ?? '');
      const levels = levelsOf(request.document);
      const problem = problemOf(article, levels);
      if (problem !== undefined) return { type: 'refused', error: problem };
      const numbers = levels.map(({ branch }) => branch);
      const before = await rows(article, numbers, signal);
      const since = request.doubtedSince === undefined ? null : await history.moment(request.doubtedSince, signal);
      for (const { branch, amount } of levels) {
        const now = before.find((row) => row.branch === branch);
        if (now !== undefined && now.amount !== '' && new Big(now.amount).eq(amount)) continue;
        if (now !== undefined && since !== null && (await history.wasSet(now, amount, since, signal))) continue;
        const set = await setOne(call, article, branch, amount, request.opKey);
        if (set !== undefined) return set;
      }
      const after = await held(article, numbers, signal);
      return after === null ? { type: 'gone' } : { type: 'written', created: before.length === 0, held: after };
    },

    async find({ externalId, document }, signal) {
      const article = externalId ?? String(document['articleNumber'] ?? '');
      if (!/^\d+$/.test(article)) return null;
      const levels = levelsOf(document);
      const problem = branchProblemOf(levels);
      if (problem !== undefined) throw problem;
      const numbers = levels.map(({ branch }) => branch);
      return held(article, numbers.length > 0 ? numbers : await branches(signal), signal);
    },
  };
}

/** The outcome when it was not set. */
async function setOne(
  call: ChangingCall,
  article: string,
  branch: number,
  amount: string,
  opKey: string,
): Promise<WriteOutcome | undefined> {
  const number = new Big(amount);
  const decimalPlaces = Math.max(0, number.c.length - 1 - number.e);
  const answer = await call('setStock', {
    branchNumber: branch,
    articleNumber: article,
    amount: number.times(new Big(10).pow(decimalPlaces)).toFixed(0),
    decimalPlaces,
    reference: opKey,
  });
  const refuse = (what: string, path: string): WriteOutcome => ({ type: 'refused', error: refused(what, path) });
  switch (answer['result']) {
    case 'SET-STOCK-RESULT-OK':
      return undefined;
    case 'SET-STOCK-RESULT-ARTICLE-NOT-FOUND':
      return refuse(`article ${article} does not exist`, 'articleNumber');
    case 'SET-STOCK-RESULT-BRANCH-NOT-FOUND':
      return refuse(`branch ${branch} does not exist`, 'levels');
    case 'SET-STOCK-RESULT-NO-STOCK-ARTICLE':
      return refuse(`article ${article} keeps no stock`, 'articleNumber');
    default:
      return refuse(String(answer['result']), 'levels');
  }
}

function heldOf(article: string, rows: readonly StockRow[]): HeldRecord | null {
  if (rows.length === 0) return null;
  const levels = rows.map(({ branch, amount }) => ({
    branchNumber: String(branch),
    amount: amount === '' ? null : amount,
  }));
  return { externalId: article, key: article, document: { articleNumber: article, levels } };
}

interface Level {
  /** NaN when what is named is no number of a branch. */
  readonly branch: number;
  readonly named: string;
  readonly amount: string;
}

function levelsOf(document: Document): readonly Level[] {
  const levels = document['levels'];
  if (!Array.isArray(levels)) return [];
  return (levels as readonly Document[]).map((level) => {
    const named = String(level['branchNumber'] ?? '');
    const branch = /^\d{1,9}$/.test(named) ? Number(named) : Number.NaN;
    return { branch, named, amount: String(level['amount'] ?? '') };
  });
}

/** Found before anything is sent, so that not half of a document is written. */
function problemOf(article: string, levels: readonly Level[]): KoppelError | undefined {
  if (!/^\d{1,18}$/.test(article)) {
    return refused(`"${article}" is not an article number: digits only`, 'articleNumber');
  }
  const bad = levels.find(({ amount }) => !/^-?\d{1,12}(?:\.\d{1,3})?$/.test(amount));
  if (bad !== undefined) return refused(`"${bad.amount}" cannot be the stock of a branch`, 'levels');
  return branchProblemOf(levels);
}

function branchProblemOf(levels: readonly Level[]): KoppelError | undefined {
  const bad = levels.find(({ branch }) => Number.isNaN(branch));
  return bad === undefined ? undefined : refused(`"${bad.named}" is not the number of a branch: digits only`, 'levels');
}
