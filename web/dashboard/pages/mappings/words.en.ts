/** Words of the pages `/mappings`, `/mappings/$mappingId`. */
import { own } from './own/words.en.ts';
import { rules } from './rules/words.en.ts';
import { beside } from './side/words.en.ts';

export const mappings = {
  ...rules,
  ...beside,
  ...own,
  about:
    'How fields translate between the systems and the hub. Changes are tried on real records before they are in use.',
  noMappings: 'There are no mappings: no system is connected yet.',
  record: 'Record',
  direction: 'Direction',
  coverage: 'Fields filled',
  coverageIs: 'Rules fill {{part}} of {{whole}} fields',
  newShipped: 'newer shipped rules',
  newShippedTitle: 'The product ships newer rules than these',
  newShippedHint:
    'A release has changed the shipped rules since this mapping was installed; what is in use here stays as it is. “Take the shipped rules”, in the menu above, puts them in place of the draft: what they change stands there before you publish.',
  draftChanges: 'Changes in the draft',
  tests: 'Tests',
  testsIs: '{{passed}} of {{all}} tests pass',
  problems: 'Problems',
  version: 'Version',
  changed: 'Changed',
  theHub: 'hub',
  inbound: 'From {{system}} into the hub',
  outbound: 'From the hub to {{system}}',
  entity: {
    product: 'Products',
    variant: 'Variants',
    category: 'Categories',
    customer: 'Customers',
    contact: 'Contacts',
    order: 'Orders',
    stock: 'Stock',
    stock_level: 'Stock',
    stock_location: 'Stock locations',
  },
  owners: 'Who decides about a field',
} as const;
