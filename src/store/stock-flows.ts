/** The flows that move stock, kept as they are until the transaction ends. */
import type { FlowState } from './configuration.js';
import type { Tx } from './database.js';

export interface StockFlow {
  readonly key: string;
  readonly source: string;
  readonly target: string;
  readonly state: FlowState;
}

/** All stock flows; two transactions that enable one each come one after the other. */
export async function lockStockFlows(tx: Tx): Promise<readonly StockFlow[]> {
  return tx.query<StockFlow & Record<string, unknown>>(
    `select key, source, target, state from flow where entity = 'stock' order by key for update`,
  );
}
