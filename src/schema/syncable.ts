/** What all canonical records of the graph share. `node(id)` finds the type by the prefix of the id. */
import { ID, Field, InterfaceType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { idPrefixes } from '../base/ids.js';
import { Instant, Key, Structure, Text, Whole } from './vocabulary.js';

/** Prefix of an id → name of the type. Event ids carry the position of their journal entry. */
export const typeOfPrefix: Readonly<Record<string, string>> = {
  [idPrefixes.product]: 'Product',
  [idPrefixes.variant]: 'ProductVariant',
  [idPrefixes.category]: 'Category',
  [idPrefixes.stock_location]: 'StockLocation',
  [idPrefixes.stock_level]: 'StockLevel',
  [idPrefixes.customer]: 'Customer',
  [idPrefixes.order]: 'Order',
  lin: 'OrderLine',
  pay: 'Payment',
  [idPrefixes.system]: 'System',
  [idPrefixes.flow]: 'Flow',
  [idPrefixes.run]: 'FlowRun',
  [idPrefixes.parked]: 'DeadLetter',
  [idPrefixes.api_key]: 'ApiKey',
  [idPrefixes.user]: 'User',
  evt: 'SyncEvent',
  ref: 'ExternalReference',
  [idPrefixes.mapping]: 'Mapping',
  [idPrefixes.value_list]: 'ValueMap',
  [idPrefixes.job]: 'Job',
  [idPrefixes.comparison]: 'Reconciliation',
  [idPrefixes.comparison_item]: 'ReconciliationItem',
  [idPrefixes.field_conflict]: 'FieldConflict',
  [idPrefixes.alert]: 'Alert',
  [idPrefixes.alert_rule]: 'AlertRule',
  [idPrefixes.alert_channel]: 'AlertChannel',
  con: 'Connector',
  aud: 'AuditEntry',
};

export const typeOfId = (id: string): string | undefined => typeOfPrefix[id.slice(0, id.indexOf('_'))];

@InterfaceType({
  description: 'Anything that can be fetched again by its id.',
  resolveType: (value: Node) => typeOfId(value.id),
})
export abstract class Node {
  @Field(() => ID)
  id!: string;
}

@InterfaceType({
  description: 'A canonical record that the hub keeps in step with the connected systems.',
  implements: Node,
  resolveType: (value: Node) => typeOfId(value.id),
})
export abstract class Syncable {
  @Key()
  id!: string;

  @Whole({ description: 'Grows by one with every accepted change.' })
  version!: number;

  @Text({ graph: false })
  contentHash!: string;

  @Structure<{ readonly [field: string]: Json }>()
  provenance!: { readonly [field: string]: Json };

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;

  @Instant({
    nullable: true,
    description: 'Set when every system of record has deleted it; the row stays as a tombstone.',
  })
  deletedAt!: Date | null;
}

/** A stock location is kept like the others but is not written to any target. */
export abstract class Kept {
  @Key()
  id!: string;

  @Whole({ graph: false })
  version!: number;

  @Text({ graph: false })
  contentHash!: string;

  @Structure<{ readonly [field: string]: Json }>()
  provenance!: { readonly [field: string]: Json };

  @Instant({ graph: false })
  createdAt!: Date;

  @Instant({ graph: false })
  updatedAt!: Date;

  @Instant({ graph: false, nullable: true })
  deletedAt!: Date | null;
}
