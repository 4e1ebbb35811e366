/** What the conformance suite has to know of Softmaat's warehouses: master data that is read as a whole. */
import { masterData } from '../../sandbox/softmaat/master-data.js';
import type { Holding, StreamFeatures } from './system-features.js';

export const warehouses: StreamFeatures = {
  name: 'warehouses',
  held: async () =>
    new Map(
      masterData['warehouses']!.map((row): [string, Holding] => [
        String(row['code']),
        { version: null, facts: String(row['name']) },
      ]),
    ),
  facts: (document) => document['name']!,
  edits: { waived: 'warehouses of the sandbox never change' },
  together: { waived: 'warehouses are compared as one list' },
  limit: { waived: 'warehouses are a handful and come as one list' },
  restored: { waived: 'warehouses have no time of change: the whole list is compared each time' },
  spoil: { waived: 'a record with a problem would make the list differ, and with it the position' },
};
