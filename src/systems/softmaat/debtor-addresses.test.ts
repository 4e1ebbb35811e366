import { expect, it } from '@jest/globals';
import type { Document } from '../../base/document.js';
import { addressesToSend } from './debtor-addresses.js';

const at = (role: string, street: string, city: string): Document => ({ role, street, city, line2: null });
const billing = at('billing', 'Laan', 'Delft');
const shipping = at('shipping', 'Dam', 'Gouda');

it.each<[string, Document[], Document[] | undefined, Document[], Document[], boolean]>([
  ['ours alone', [at('billing', 'Laan', 'Breda')], [billing], [billing], [at('billing', 'Laan', 'Breda')], false],
  [
    'another part that people have changed',
    [at('billing', 'Laan', 'Breda')],
    [billing],
    [at('billing', 'Kade', 'Delft')],
    [at('billing', 'Kade', 'Breda')],
    true,
  ],
  [
    'a part that both have changed',
    [at('billing', 'Laan', 'Breda')],
    [billing],
    [at('billing', 'Laan', 'Leiden')],
    [at('billing', 'Laan', 'Breda')],
    false,
  ],
  ['one that people have added', [at('billing', 'Laan', 'Breda')], [billing], [billing, shipping], [at('billing', 'Laan', 'Breda'), shipping], true], // prettier-ignore
  ['one that people have removed', [at('billing', 'Laan', 'Breda'), shipping], [billing, shipping], [billing], [at('billing', 'Laan', 'Breda')], true], // prettier-ignore
  [
    'one that we have removed',
    [billing],
    [billing, shipping],
    [billing, at('shipping', 'Dam', 'Ede')],
    [billing],
    false,
  ],
  ['nothing known', [billing], undefined, [at('billing', 'Kade', 'Ede')], [billing], false],
])('addresses are sent with %s', (_, wanted, known, present, addresses, keepsTheirs) => {
  expect(addressesToSend(wanted, known, present)).toEqual({ addresses, keepsTheirs });
});
