/**
 * Stock as target: how much of an article each branch should hold. Only branches that hold something else are set, by
 * the absolute call, and what they hold afterwards is read back. The amount set is the physical one (free and reserved).
 */
import Big from 'big.js';
import type { Document } from '../../base/document.js';
import type { HeldRecord, WriteOutcome } from '../system.js';
import type { Api } from './api.js';
import { derive } from './derive.js';
import { branchShape, recordsOf, stockShape } from './records.js';
import type { Settings } from './settings.js';
import { refused, type ChangingCall, type EntityTarget } from './target-entity.js';

export function makeStockTarget(api: Api, settings: Settings): EntityTarget {
  const branches = async (signal: AbortSignal): Promise<readonly number[]> =>
    settings.branches ??
    recordsOf(await api.read('getBranches', {}, signal), branchShape).map(({ record }) => Number(record.externalId));

  const held = async (article: string, numbers: readonly number[], signal: AbortSignal): Promise<HeldRecord | null> => {
    const levels: Document[] = [];
    for (const branchNumber of numbers) {
      const answer = await api.read('getStock', { request: { branchNumber, articleNumbers: [article] } }, signal);
      for (const { record } of recordsOf(answer, stockShape, { branchNumber })) {
        if (record.problem !== undefined) throw record.problem;
        const { amountPhysical } = derive('stock', record.document);
        levels.push({ branchNumber: String(branchNumber), amount: amountPhysical ?? null });
      }
    }
    if (levels.length === 0) return null;
    return { externalId: article, key: article, document: { articleNumber: article, levels } };
  };

  return {
    async write(request, call, signal) {
      const article = request.externalId ?? String(request.document['articleNumber'] ?? '');
      const levels = levelsOf(request.document);
      const problem = problemOf(article, levels);
      if (problem !== undefined) return problem;
      const numbers = levels.map(({ branch }) => branch);
      const before = await held(article, numbers, signal);
      for (const { branch, amount } of levels) {
        const now = levelsOf(before?.document ?? {}).find((level) => level.branch === branch);
        if (now !== undefined && new Big(now.amount).eq(amount)) continue;
        const outcome = await setOne(call, article, branch, amount, request.opKey);
        if (outcome !== undefined) return outcome;
      }
      const after = await held(article, numbers, signal);
      return after === null ? { type: 'gone' } : { type: 'written', created: before === null, held: after };
    },

    async find({ externalId, document }, signal) {
      const article = externalId ?? String(document['articleNumber'] ?? '');
      if (!/^\d+$/.test(article)) return null;
      const numbers = levelsOf(document).map(({ branch }) => branch);
      return held(article, numbers.length > 0 ? numbers : await branches(signal), signal);
    },
  };
}

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
  switch (answer['result']) {
    case 'SET-STOCK-RESULT-OK':
      return undefined;
    case 'SET-STOCK-RESULT-ARTICLE-NOT-FOUND':
      return { type: 'refused', error: refused(`article ${article} does not exist`, 'articleNumber') };
    case 'SET-STOCK-RESULT-BRANCH-NOT-FOUND':
      return { type: 'refused', error: refused(`branch ${branch} does not exist`, 'levels') };
    case 'SET-STOCK-RESULT-NO-STOCK-ARTICLE':
      return { type: 'refused', error: refused(`article ${article} keeps no stock`, 'articleNumber') };
    default:
      return { type: 'refused', error: refused(String(answer['result'])) };
  }
}

function levelsOf(document: Document): readonly { readonly branch: number; readonly amount: string }[] {
  const levels = document['levels'];
  if (!Array.isArray(levels)) return [];
  return (levels as readonly Document[]).map((level) => ({
    branch: Number(level['branchNumber']),
    amount: String(level['amount'] ?? ''),
  }));
}

/** Found before anything is sent, so that not half of a document is written. */
function problemOf(article: string, levels: ReturnType<typeof levelsOf>): WriteOutcome | undefined {
  if (!/^\d{1,18}$/.test(article)) {
    return { type: 'refused', error: refused(`"${article}" is not an article number: digits only`, 'articleNumber') };
  }
  const bad = levels.find(
    ({ branch, amount }) => !Number.isInteger(branch) || !/^-?\d{1,12}(?:\.\d{1,3})?$/.test(amount),
  );
  if (bad === undefined) return undefined;
  return { type: 'refused', error: refused(`"${bad.amount}" cannot be the stock of a branch`, 'levels') };
}
