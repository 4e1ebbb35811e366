/** All mappings that the connector ships, complete enough that a fresh install works. */
import type { MappingDefinition } from '../../mapping/mapping.js';
import { debtorMappings } from './debtor-mapping.js';
import { inboundMappings } from './inbound-mapping.js';
import { orderMappings } from './order-mapping.js';
import { outboundMappings } from './outbound-mapping.js';

export const defaultMappings: readonly MappingDefinition[] = [
  ...inboundMappings,
  ...outboundMappings,
  ...debtorMappings,
  ...orderMappings,
];
