/** Pieces of time and what happened in them, as the bars and their table take them. Pure. */
import type { OverviewCountsFragment } from '../../graph/graphql.ts';

export interface Bucket {
  readonly from: string;
  readonly to: string;
  readonly counts: OverviewCountsFragment;
}

/** From the foot of a bar to its top. */
export const kinds = ['created', 'updated', 'unchanged', 'failed'] as const;

export const moved = (counts: OverviewCountsFragment): number => kinds.reduce((sum, kind) => sum + counts[kind], 0);

/** The address of what happened from the beginning of one piece to the end of another, in either order. */
export function between(one: Bucket, other: Bucket): { readonly from: string; readonly to: string } {
  const [first, last] = one.from <= other.from ? [one, other] : [other, one];
  return { from: first.from, to: last.to };
}

export interface Piece {
  readonly kind: (typeof kinds)[number];
  readonly y: number;
  readonly height: number;
}

/** The pieces of a bar, `tallest` being the sum that fills the height. What is there at all is seen: two pixels at least. */
export function piecesOf(counts: OverviewCountsFragment, tallest: number, height: number): readonly Piece[] {
  let y = height;
  return kinds.flatMap((kind) => {
    if (counts[kind] === 0) return [];
    const piece = Math.max((counts[kind] / tallest) * (height - 2 * kinds.length), 2);
    y -= piece;
    return [{ kind, y, height: piece }];
  });
}
