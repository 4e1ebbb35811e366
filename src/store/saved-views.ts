/** Filters of lists that people have named (tables `saved_view`, `saved_view_default`). What others do not share is seen by nobody else. */
import { KoppelError } from '../base/errors.js';
import type { SavedViewListName } from '../schema/saved-view.js';
import type { Database, Query, Tx } from './database.js';
import { selected } from './sql.js';

export interface SavedViewRow {
  readonly id: string;
  readonly ownerId: string;
  readonly list: SavedViewListName;
  readonly name: string;
  readonly query: string;
  readonly isShared: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** For the person who asks. */
  readonly isDefault: boolean;
}

const columns = `v.id, v.owner_id as "ownerId", v.list, v.name, v.query, v.is_shared as "isShared", v.created_at as "createdAt",
  v.updated_at as "updatedAt", exists (select from saved_view_default d where d.view_id = v.id and d.user_id = $1) as "isDefault"`;

/** What a person has named and what others share, the person's own first, by name. */
export const savedViewReads = ({ query }: { readonly query: Query }) => ({
  savedViews: (userId: string): Promise<SavedViewRow[]> =>
    selected(
      query,
      `select ${columns} from saved_view v where v.owner_id = $1 or v.is_shared
       order by v.owner_id = $1 desc, lower(v.name), v.id`,
      [userId],
    ),
});

/** What somebody says of a view; what is undefined stays. */
export interface SavedViewChange {
  readonly name?: string | undefined;
  readonly query?: string | undefined;
  readonly isShared?: boolean | undefined;
}

export interface NewSavedView extends Required<SavedViewChange> {
  readonly id: string;
  readonly ownerId: string;
  readonly list: SavedViewListName;
}

const sameName = 'saved_view_name';

/** One of two that are saved at once is told that the name is taken, as the one that comes later is. */
async function named<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if ((thrown as { readonly constraint?: unknown }).constraint !== sameName) throw thrown;
    throw new KoppelError('VIEW_NAME_TAKEN', { name: name ?? '' });
  }
}

/** What people may do with views; who may do it is decided by the caller. */
export const savedViewCare = (database: Database) => ({
  createView: (view: NewSavedView): Promise<void> =>
    named(view.name, async () => {
      await database.query(
        'insert into saved_view (id, owner_id, list, name, query, is_shared) values ($1, $2, $3, $4, $5, $6)',
        [view.id, view.ownerId, view.list, view.name, view.query, view.isShared],
      );
    }),
  /** A view that is shared no more is nobody else's default any more. */
  updateView: (id: string, { name, query, isShared }: SavedViewChange): Promise<void> =>
    named(name, () =>
      database.tx(async (tx) => {
        await tx.query(
          `update saved_view set name = coalesce($2, name), query = coalesce($3, query), is_shared = coalesce($4, is_shared),
             updated_at = now() where id = $1`,
          [id, name ?? null, query ?? null, isShared ?? null],
        );
        if (isShared === false) await endForeignDefaults(tx, id);
      }),
    ),
  deleteView: async (id: string): Promise<void> => {
    await database.query('delete from saved_view where id = $1', [id]);
  },
  /** With which view a list begins for a person; null: with everything. */
  setDefaultView: async (userId: string, list: SavedViewListName, viewId: string | null): Promise<void> => {
    if (viewId === null) {
      await database.query('delete from saved_view_default where user_id = $1 and list = $2', [userId, list]);
      return;
    }
    await database.query(
      `insert into saved_view_default (user_id, list, view_id) values ($1, $2, $3)
       on conflict (user_id, list) do update set view_id = excluded.view_id`,
      [userId, list, viewId],
    );
  },
});

const endForeignDefaults = (tx: Tx, id: string): Promise<unknown> =>
  tx.query(
    `delete from saved_view_default d using saved_view v where d.view_id = v.id and v.id = $1 and d.user_id <> v.owner_id`,
    [id],
  );

export type SavedViewCare = ReturnType<typeof savedViewCare>;
