/** What the graph reads of stock, for one request: levels and the places where they are. */
import type { PageArgs } from '../schema/page.js';
import type { ToWrite } from '../schema/selection.js';
import type { StockLevel } from '../schema/stock-level.js';
import type { StockLocation } from '../schema/stock-location.js';
import { connectionBelow, listConnection, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import type { makeLoaders } from './loaders.js';
import * as stock from './stock-reads.js';

const same = <T>(row: T): T => row;

export function stockReads(
  { query, cursors }: { query: Query; cursors: CursorCodec },
  below: ReturnType<typeof makeLoaders>['below'],
) {
  return {
    stockLevels: (asked: stock.StockLevelQuery, page: PageArgs, toWrite?: ToWrite) =>
      listConnection(query, cursors, stock.levelList(asked), page, {
        name: 'stockLevels',
        shown: same<StockLevel>,
        toWrite,
      }),
    stockLocations: (page: PageArgs) =>
      listConnection(query, cursors, stock.locationList, page, { name: 'stockLocations', shown: same<StockLocation> }),
    levelsOf: (parent: string, page: PageArgs) =>
      connectionBelow(below, cursors, stock.levelsOfVariant, page, {
        name: 'variantLevels',
        shown: same<StockLevel>,
        parent,
        made: null,
      }),
    levelsAt: (parent: string, asked: stock.StockLevelQuery, page: PageArgs) =>
      connectionBelow(below, cursors, stock.levelsOfLocation(asked), page, {
        name: 'locationLevels',
        shown: same<StockLevel>,
        parent,
        made: asked,
      }),
  };
}
