/**
 * Positions of the stream of stock between text and parts. Two forms:
 * - following the changes: a marker as in marker-stream.ts, with the branches that were read up to it: `512@1,2`, `512+@1,2`;
 * - going through the articles: `{"articles":"<next marker>","since":"<stock marker>","reading":"3","known":"1,2","from":"0"}`.
 *
 * Before branches were kept in it, a position was `512` or `{"articles":"...","since":"..."}`. It still is when people write it
 * so; its branches are those that are read next. Pure.
 */
import type { Position } from '../system.js';
import { parseCursor, writeCursor, type Cursor } from './marker-stream.js';

export interface FollowingChanges extends Cursor {
  /** The branches of which everything below `next` was read; null = not said. */
  readonly branches: readonly number[] | null;
}

export interface GoingThroughArticles {
  /** The next marker of articles to ask for. */
  readonly articles: bigint;
  /** The marker of stock above which the changes are followed afterwards. */
  readonly since: bigint;
  /** The branches whose rows are read; null = not said. */
  readonly reading: readonly number[] | null;
  /** The branches that were read up to `since` before, so that nothing of them is read here. */
  readonly known: readonly number[];
  /** Rows with a marker below this one were read before. */
  readonly from: bigint;
}

const numbers = String.raw`(?:\d{1,10}(?:,\d{1,10})*)?`;
const marker = String.raw`\d{1,19}`;
const changes = new RegExp(`^(${marker}\\+?)@(${numbers})$`);
const articles = new RegExp(
  `^\\{"articles":"(${marker})","since":"(${marker})"(?:,"reading":"(${numbers})","known":"(${numbers})","from":"(${marker})")?\\}$`,
);

const readNumbers = (text: string): readonly number[] => (text === '' ? [] : text.split(',').map(Number));

/** Each number once, rising: by it two positions of the same branches are the same text. */
export const sorted = (branches: readonly number[]): readonly number[] =>
  [...new Set(branches)].sort((one, other) => one - other);

const writeNumbers = (branches: readonly number[]): string => sorted(branches).join(',');

/** Throws UNEXPECTED when it is no position of this stream. */
export function parseStockPosition(position: Position): FollowingChanges | GoingThroughArticles {
  const through = articles.exec(position);
  if (through !== null) {
    const [, next, since, reading, known, from] = through;
    return {
      articles: BigInt(next!),
      since: BigInt(since!),
      reading: reading === undefined ? null : readNumbers(reading),
      known: readNumbers(known ?? ''),
      from: BigInt(from ?? 0),
    };
  }
  const following = changes.exec(position);
  if (following === null) return { ...parseCursor('stock', position), branches: null };
  return { ...parseCursor('stock', following[1]!), branches: readNumbers(following[2]!) };
}

export const writeFollowing = ({ branches, ...cursor }: FollowingChanges): Position =>
  branches === null ? writeCursor(cursor) : `${writeCursor(cursor)}@${writeNumbers(branches)}`;

export const writeThrough = (at: GoingThroughArticles, reading: readonly number[]): Position =>
  JSON.stringify({
    articles: String(at.articles),
    since: String(at.since),
    reading: writeNumbers(reading),
    known: writeNumbers(at.known),
    from: String(at.from),
  });
