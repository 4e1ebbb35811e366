/** Records as the caller may see them: whole, or without personal data. */
import type { Document } from '../base/document.js';
import type { Customer } from '../schema/customer.js';
import type { SalesOrder } from '../schema/order.js';
import type { DeadLetter, DeadLetterGroup, SyncEvent } from '../schema/sync-event.js';
import type { ExternalReference } from '../schema/sync-status.js';
import type { EventRow } from './journal-reads.js';
import * as personal from './personal-data.js';
import type { StoredEntity } from './record-fields.js';
import { shownEvent } from './shown-events.js';
import type { ProjectionStatus } from './sync-reads.js';

export interface Shown {
  readonly seesPersonal: boolean;
  readonly customer: (row: Customer) => Customer;
  readonly order: (row: SalesOrder) => SalesOrder;
  /** Fields of a record as the hub holds them. */
  readonly fields: (entity: StoredEntity, fields: Document) => Document;
  readonly problem: <T extends DeadLetter>(row: T) => T;
  readonly group: (row: DeadLetterGroup) => DeadLetterGroup;
  readonly row: (row: EventRow) => EventRow;
  readonly status: <T extends ProjectionStatus>(row: T) => T;
  readonly reference: (row: ExternalReference) => ExternalReference;
  readonly event: (row: EventRow) => SyncEvent;
}

const same = <T>(row: T): T => row;

const whole: Shown = {
  seesPersonal: true,
  customer: same,
  order: same,
  fields: (_, fields) => fields,
  problem: same,
  group: same,
  row: same,
  status: same,
  reference: same,
  event: shownEvent,
};

const impersonal: Shown = {
  seesPersonal: false,
  customer: personal.withoutPerson,
  order: personal.withoutBuyer,
  fields: (entity, fields) =>
    entity === 'order' ? personal.withoutBuyerIn(fields) : entity === 'customer' ? {} : fields,
  problem: personal.withoutQuotes,
  group: personal.withoutTitle,
  row: personal.withoutSentences,
  status: personal.withoutReason,
  reference: personal.withoutKeys,
  event: (row) => shownEvent(personal.withoutSentences(row)),
};

export const shownRecords = (seesPersonal: boolean): Shown => (seesPersonal ? whole : impersonal);
