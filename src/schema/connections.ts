/** The connection types of the graph. */
import { Category } from './category.js';
import { Customer } from './customer.js';
import { FlowRun } from './flow.js';
import { SalesOrder } from './order.js';
import { OrderLine } from './order-parts.js';
import { connectionOf } from './page.js';
import { Product } from './product.js';
import { ProductVariant } from './product-variant.js';
import { StockLevel } from './stock-level.js';
import { StockLocation } from './stock-location.js';
import { ValueMapEntry } from './value-map.js';
import { DeadLetter, DeadLetterGroup, SyncEvent } from './sync-event.js';
import { ExternalReference } from './sync-status.js';

export const ProductConnection = connectionOf('Product', () => Product);
export const ProductVariantConnection = connectionOf('ProductVariant', () => ProductVariant);
export const CategoryConnection = connectionOf('Category', () => Category);
export const StockLevelConnection = connectionOf('StockLevel', () => StockLevel);
export const StockLocationConnection = connectionOf('StockLocation', () => StockLocation);
export const CustomerConnection = connectionOf('Customer', () => Customer);
export const OrderConnection = connectionOf('Order', () => SalesOrder);
export const OrderLineConnection = connectionOf('OrderLine', () => OrderLine);
export const ValueMapEntryConnection = connectionOf('ValueMapEntry', () => ValueMapEntry);
export const FlowRunConnection = connectionOf('FlowRun', () => FlowRun);
export const ExternalReferenceConnection = connectionOf('ExternalReference', () => ExternalReference);
export const SyncEventConnection = connectionOf('SyncEvent', () => SyncEvent);
export const DeadLetterConnection = connectionOf('DeadLetter', () => DeadLetter);
export const DeadLetterGroupConnection = connectionOf('DeadLetterGroup', () => DeadLetterGroup);
