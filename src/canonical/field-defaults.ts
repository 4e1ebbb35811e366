/** What canonical records hold by themselves, and what they cannot be without. */
import type { Document } from '../base/document.js';
import type { CanonicalEntity } from './entities.js';

/** What fields hold when nobody says anything; the same as the columns' defaults. */
export const fieldDefaults = {
  product: { type: 'SIMPLE', status: 'ACTIVE', isVisibleInWebshop: true, categories: [], attributes: [] },
  variant: { position: 0, barcodes: [], isActive: true, options: [], tracksStock: true },
  category: { position: 0, isActive: true },
  stock_location: { isActive: true },
  stock_level: { reserved: '0', incoming: '0', safetyStock: '0' },
  customer: { kind: 'PERSON', isActive: true, isBlocked: false, addresses: [], contacts: [] },
  order: {
    type: 'ORDER',
    status: 'OPEN',
    paymentStatus: 'UNPAID',
    fulfillmentStatus: 'UNFULFILLED',
    taxMethod: 'INCLUSIVE',
    lines: [],
    deliveries: [],
    taxes: [],
    payments: [],
  },
} as const satisfies Record<CanonicalEntity, Document>;

/** Fields without which there is no record. */
export const requiredFields = {
  product: ['name'],
  variant: ['product', 'sku'],
  category: ['name'],
  stock_location: ['code', 'name'],
  stock_level: ['variant', 'location', 'onHand'],
  customer: [],
  order: ['placedAt', 'currency'],
} as const satisfies Record<CanonicalEntity, readonly string[]>;

/** Whether a record cannot be without the field. */
export const isRequired = (entity: CanonicalEntity, field: string): boolean =>
  (requiredFields[entity] as readonly string[]).includes(field);
