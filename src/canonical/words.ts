/**
 * The words in which a system itself says where an order stands, kept beside the statement that the hub made of them. Pure. In:
 * the record as the system wrote it, and which of its fields each canonical field is made from.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document } from '../base/document.js';
import { valueAt } from '../base/value-at.js';
import { cleanText } from './clean-text.js';

/** By canonical field. */
export type Words = Readonly<Record<string, string>>;

const stages = ['status', 'paymentStatus', 'fulfillmentStatus'] as const;

/** What a connector computes is not in the record, so that only the system's own words are found; it may have none for a stage. */
export function wordsIn(record: Document, madeFrom: ReadonlyMap<string, readonly string[]>): Words {
  const words: Record<string, string> = {};
  for (const stage of stages) {
    const said = (madeFrom.get(stage) ?? []).map((path) => valueAt(record, path));
    const own = said.filter((value) => typeof value === 'string' && value !== '') as string[];
    if (own.length > 0) words[stage] = cleanText([...new Set(own)].join(', '));
  }
  return words;
}

/** Only those of statements that count: an old document still says what the system has said before. */
export function wordsOfLast(words: Words, stated: Document, last: Document | null): Words {
  return Object.fromEntries(
    Object.entries(words).filter(([stage]) => sameJson(stated[stage] ?? null, last?.[stage] ?? null)),
  );
}
