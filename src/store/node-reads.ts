/** Records of every kind by their id, whose beginning says of which kind they are; and single events. */
import { typeOfId } from '../schema/syncable.js';
import type { Loaders } from './loaders.js';
import { shownEvent } from './shown-events.js';

/** Reads of other parts by which nodes are found. */
export interface NodeReads {
  readonly partOfOrder: NodeRead;
  readonly system: NodeRead;
  readonly flow: NodeRead;
  readonly apiKey: NodeRead;
  readonly user: NodeRead;
  readonly auditEntry: NodeRead;
  readonly fieldConflict: NodeRead;
  readonly alert: NodeRead;
  readonly alertRule: NodeRead;
  readonly alertChannel: NodeRead;
  readonly reconciliation: NodeRead;
  readonly reconciliationItem: NodeRead;
}
export type NodeRead = (id: string) => Promise<object | null>;

export function nodeReads(load: Loaders, whole: NodeReads) {
  const event = async (id: string) => {
    const row = await load.event.load(id);
    return row === null ? null : shownEvent(row);
  };
  const nodes: Readonly<Record<string, NodeRead>> = {
    Product: (id) => load.product.load(id),
    ProductVariant: (id) => load.variant.load(id),
    Category: (id) => load.category.load(id),
    StockLocation: (id) => load.location.load(id),
    StockLevel: (id) => load.level.load(id),
    Customer: (id) => load.customer.load(id),
    Order: (id) => load.order.load(id),
    OrderLine: (id) => whole.partOfOrder(id),
    Payment: (id) => whole.partOfOrder(id),
    System: (id) => whole.system(id),
    Flow: (id) => whole.flow(id),
    FlowRun: (id) => load.run.load(id),
    SyncEvent: event,
    DeadLetter: (id) => load.problem.load(id),
    ApiKey: (id) => whole.apiKey(id),
    User: (id) => whole.user(id),
    AuditEntry: (id) => whole.auditEntry(id),
    ExternalReference: (id) => load.reference.load(id),
    FieldConflict: (id) => whole.fieldConflict(id),
    Alert: (id) => whole.alert(id),
    AlertRule: (id) => whole.alertRule(id),
    AlertChannel: (id) => whole.alertChannel(id),
    Reconciliation: (id) => whole.reconciliation(id),
    ReconciliationItem: (id) => whole.reconciliationItem(id),
  };
  return {
    event,
    node: async (id: string): Promise<object | null> => (await nodes[typeOfId(id) ?? '']?.(id)) ?? null,
  };
}
