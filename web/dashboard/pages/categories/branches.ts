/** The tree as rows: the top, and below every open category what its children are, asked for when it is opened. */
import { useQueries } from '@tanstack/react-query';
import { ask } from '../../api/ask.ts';
import { keyOf } from '../../api/again.ts';
import { useAsk } from '../../api/hooks.ts';
import { CategoryChildrenDocument, CategoryRootsDocument, type CategoryChildrenQuery, type CategoryRowFragment } from '../../graph/graphql.ts'; // prettier-ignore

export interface TreeRow {
  readonly category: CategoryRowFragment;
  /** 1 at the top. */
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
  readonly parent: string | null;
  readonly isOpen: boolean;
  readonly hasChildren: boolean;
  /** Its children are being asked for. */
  readonly isWaiting: boolean;
  /** There are more children than are shown. */
  readonly isCut: boolean;
}

interface Branch {
  readonly nodes: readonly CategoryRowFragment[];
  readonly isCut: boolean;
}

/** How often the tree is read again: no subscription tells of categories. */
const everyMs = 30_000;

export function useBranches(open: ReadonlySet<string>) {
  const roots = useAsk(CategoryRootsDocument, {}, { everyMs });
  const ids = [...open];
  const branches = useQueries({
    queries: ids.map((id) => ({
      queryKey: keyOf(CategoryChildrenDocument, { id }),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask(CategoryChildrenDocument, { id }, signal),
      refetchInterval: everyMs,
    })),
  });
  const below = new Map(ids.map((id, i) => [id, branchIn(branches[i]?.data)] as const));
  return { roots, rowsOf: (top: readonly CategoryRowFragment[]) => rowsOf(top, open, below) };
}

function branchIn(answer: CategoryChildrenQuery | undefined): Branch | undefined {
  if (answer === undefined) return undefined;
  if (answer.node?.__typename !== 'Category') return { nodes: [], isCut: false };
  const { nodes, pageInfo } = answer.node.children;
  return { nodes, isCut: pageInfo.hasNextPage };
}

function rowsOf(
  top: readonly CategoryRowFragment[],
  open: ReadonlySet<string>,
  below: ReadonlyMap<string, Branch | undefined>,
): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (categories: readonly CategoryRowFragment[], level: number, parent: string | null): void => {
    categories.forEach((category, i) => {
      const hasChildren = category.children.totalCount.value > 0;
      const isOpen = hasChildren && open.has(category.id);
      const branch = isOpen ? below.get(category.id) : undefined;
      rows.push({
        category,
        level,
        place: i + 1,
        siblings: categories.length,
        parent,
        isOpen,
        hasChildren,
        isWaiting: isOpen && branch === undefined,
        isCut: branch?.isCut === true,
      });
      if (branch !== undefined) add(branch.nodes, level + 1, category.id);
    });
  };
  add(top, 1, null);
  return rows;
}
