/** Records as the caller may see them: whole, or without personal data. */
import type { Customer } from '../schema/customer.js';
import type { SalesOrder } from '../schema/order.js';
import type { DeadLetter, DeadLetterGroup, SyncEvent } from '../schema/sync-event.js';
import type { EventRow } from './journal-reads.js';
import { withoutBuyer, withoutPerson, withoutQuotes, withoutSentences, withoutTitle } from './personal-data.js';
import { shownEvent } from './shown-events.js';

export interface Shown {
  readonly seesPersonal: boolean;
  readonly customer: (row: Customer) => Customer;
  readonly order: (row: SalesOrder) => SalesOrder;
  readonly problem: <T extends DeadLetter>(row: T) => T;
  readonly group: (row: DeadLetterGroup) => DeadLetterGroup;
  readonly row: (row: EventRow) => EventRow;
  readonly event: (row: EventRow) => SyncEvent;
}

const same = <T>(row: T): T => row;

export const shownRecords = (seesPersonal: boolean): Shown =>
  seesPersonal
    ? { seesPersonal, customer: same, order: same, problem: same, group: same, row: same, event: shownEvent }
    : {
        seesPersonal,
        customer: withoutPerson,
        order: withoutBuyer,
        problem: withoutQuotes,
        group: withoutTitle,
        row: withoutSentences,
        event: (row) => shownEvent(withoutSentences(row)),
      };
