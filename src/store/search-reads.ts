/**
 * Finding over everything. In: a text, and the kinds that the caller may see. Out: a page of hits: what is called exactly so, kind
 * by kind, and after that what the lists of the graph find, kind by kind. Each record comes once.
 */
import type { Connection, PageArgs } from '../schema/page.js';
import { categoryList, productList, variantList } from './catalogue-reads.js';
import { calledCondition } from './conditions.js';
import { logCountCap, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import { connectionOfLanes, fewLane, listLane, type Lane } from './lanes.js';
import type { List } from './pages.js';
import { problemList } from './problem-reads.js';
import { customerSearchColumns } from './sales-conditions.js';
import { customerList, orderList } from './sales-reads.js';
import type { Shown } from './shown-records.js';
import { sql } from './sql.js';

export interface Hit {
  readonly id: string;
}
/** Something that is configured. */
export interface NamedHit extends Hit {
  readonly key: string;
  readonly name?: string;
}

export type RecordKind = 'orders' | 'productVariants' | 'products' | 'customers' | 'categories' | 'deadLetters';
export type SearchKind =
  { readonly records: RecordKind } | { readonly named: string; readonly all: () => Promise<readonly NamedHit[]> };

interface Searched {
  /** Without a text all of them. */
  list(text: string | null): List;
  /** By which a record is called exactly so. */
  readonly names: readonly string[];
  shown(row: never): Hit;
}

const none = { filter: null, sort: null };
const same = (row: Hit): Hit => row;

const searched = (shown: Shown): Readonly<Record<RecordKind, Searched>> => ({
  orders: {
    list: (search) => orderList({ ...none, search }, shown.seesPersonal),
    names: ['o.number', 'o.reference'],
    shown: shown.order,
  },
  productVariants: { list: (search) => variantList(search, null), names: ['v.sku', 'v.gtin', 'v.name'], shown: same },
  products: { list: (search) => productList({ ...none, search }), names: ['p.code', 'p.name'], shown: same },
  customers: {
    list: (search) => customerList({ ...none, search, withMerged: true }),
    names: customerSearchColumns,
    shown: shown.customer,
  },
  categories: { list: (search) => categoryList(search, null), names: ['c.code', 'c.name'], shown: same },
  deadLetters: {
    list: (search) => problemList({ search, filter: { status: ['OPEN'] }, sort: null }, shown.seesPersonal),
    names: ['k.code', 'k.external_id'],
    shown: shown.problem,
  },
});

/** What is called so, and what is found besides. */
interface Lanes {
  readonly called: Lane<Hit>;
  readonly other: Lane<Hit>;
}

function lanesOfRecords(query: Query, kind: RecordKind, of: Searched, text: string): Lanes {
  const isCalled = calledCondition(of.names, text);
  const lane = (name: string, list: List, condition: List['where'][number]) =>
    listLane(query, `${name} ${kind}`, { ...list, where: [...list.where, condition] }, of.shown as (row: Hit) => Hit);
  return {
    called: lane('called', of.list(null), isCalled),
    other: lane('other', of.list(text), sql`(${isCalled}) is not true`),
  };
}

function lanesOfNamed(name: string, read: () => Promise<readonly NamedHit[]>, text: string): Lanes {
  const wanted = text.toLowerCase();
  let all: ReturnType<typeof read> | undefined;
  const those = async (isWanted: (name: string) => boolean, isCalled: boolean): Promise<NamedHit[]> =>
    (await (all ??= read())).filter((each) => {
      const names = [each.key.toLowerCase(), (each.name ?? '').toLowerCase()];
      return names.some(isWanted) && names.includes(wanted) === isCalled;
    });
  return {
    called: fewLane(`called ${name}`, () => those((each) => each === wanted, true)),
    other: fewLane(`other ${name}`, () => those((each) => each.includes(wanted), false)),
  };
}

export function searchReads({
  query,
  cursors,
  shown,
}: {
  readonly query: Query;
  readonly cursors: CursorCodec;
  readonly shown: Shown;
}) {
  const records = searched(shown);
  return {
    search(text: string, kinds: readonly SearchKind[], page: PageArgs): Promise<Connection<Hit>> {
      const lanes = kinds.map((kind) =>
        'records' in kind
          ? lanesOfRecords(query, kind.records, records[kind.records], text)
          : lanesOfNamed(kind.named, kind.all, text),
      );
      const inOrder = [...lanes.map(({ called }) => called), ...lanes.map(({ other }) => other)];
      return connectionOfLanes(cursors, inOrder, page, { name: 'search', cap: logCountCap });
    },
  };
}
