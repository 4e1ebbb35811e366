/** Customers of the till as target: found exactly or not at all. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import { targets } from '../src/systems/mpluskassa/target.js';
import type { HeldRecord } from '../src/systems/system.js';
import { heldIn, openTill, type Till } from './support/till.js';

let till: Till;

beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.close());
beforeEach(async () => {
  await till.reconnect();
  await till.clearFaults();
});

describe('customers as target', () => {
  const customer = (email: string, more: Document = {}): Document => ({
    extRelationId: `cus_${till.next()}`,
    name: 'Customer',
    email,
    ...more,
  });
  const find = (document: Document, by: 'mark' | 'match' = 'match'): Promise<HeldRecord | null> =>
    till.find('customer', document, by);

  it('are found by the whole e-mail address only, without regard to case, and by their mark before anything else', async () => {
    const jan = heldIn(await till.write('customer', customer('jan@kade.nl')));
    const an = heldIn(await till.write('customer', customer('AN@kade.nl')));
    expect(await find({ email: 'an@kade.nl' })).toMatchObject({ externalId: an.externalId });
    expect(await find({ email: 'n@kade.nl' })).toBeNull();
    expect(await find({ email: 'an@kade.nl' }, 'mark')).toBeNull();
    expect(await find({ extRelationId: jan.document['extRelationId']!, email: 'an@kade.nl' })).toMatchObject({
      externalId: jan.externalId,
    });
    expect(await find({ extRelationId: 'cus_', email: '' })).toBeNull();
  });

  it('are never taken for another one by an older release, whose search takes fragments', async () => {
    await till.fault('oldRelease', '*');
    const jan = heldIn(await till.write('customer', customer('jan@gracht.nl')));
    expect(await find({ email: 'JAN@gracht.nl' })).toMatchObject({ externalId: jan.externalId });
    expect(await find({ email: 'an@gracht.nl' })).toBeNull();
    const an = heldIn(await till.write('customer', customer('an@gracht.nl')));
    expect(await find({ email: 'an@gracht.nl' })).toMatchObject({ externalId: an.externalId });
  });

  it('that share an address are told apart by their name, and never taken by chance', async () => {
    const first = heldIn(await till.write('customer', customer('info@plein.nl', { name: 'Bakker Bos' })));
    expect(await find({ email: 'Info@plein.nl', name: 'Slager Smit' })).toMatchObject({ externalId: first.externalId });
    const second = heldIn(await till.write('customer', customer('info@plein.nl', { name: 'Slager Smit' })));
    expect(await find({ email: 'info@plein.nl', name: 'slager smit ' })).toMatchObject({
      externalId: second.externalId,
    });
    expect(await find({ email: 'info@plein.nl', name: 'Bakker Bos' })).toMatchObject({ externalId: first.externalId });
    expect(await find({ email: 'info@plein.nl', name: 'Kaasboer' })).toBeNull();
    expect(await find({ email: 'info@plein.nl' })).toBeNull();
    await till.write('customer', { name: 'Slager Smit', email: 'smit@plein.nl' }, { externalId: second.externalId, held: second }); // prettier-ignore
    expect(await find({ email: 'info@plein.nl', name: 'Kaasboer' })).toMatchObject({ externalId: first.externalId });
  });

  it('are companies when they have a company name, persons when they have none or an empty one', async () => {
    const kindOf = targets.find(({ entity }) => entity === 'customer')?.kindOf;
    const firm = heldIn(await till.write('customer', customer('firm@kade.nl', { companyName: 'Firm' })));
    const person = heldIn(await till.write('customer', customer('person@kade.nl')));
    expect([firm, person].map(({ document }) => kindOf?.(document))).toEqual(['company', 'person']);
    expect(kindOf?.({ companyName: null })).toBe('person');
    expect(kindOf?.({ companyName: ' ' })).toBe('person');
  });

  it('keep what is not said, and lose what is cleared', async () => {
    const held = heldIn(
      await till.write(
        'customer',
        customer('kees@kade.nl', {
          telephone: '09123',
          website: 'https://kees.nl',
          address: 'Kade 1',
          zipcode: '9000',
          city: 'Gent',
          deliveryAddress: 'Kade 2',
          deliveryCity: 'Gent',
        }),
      ),
    );
    const wish = { telephone: null, address: 'Meir 3', zipcode: null, city: 'Antwerpen' };
    const changed = heldIn(await till.write('customer', wish, { externalId: held.externalId, held }));
    expect(changed.document).toMatchObject({
      telephone: '',
      website: 'https://kees.nl',
      address: 'Meir 3',
      zipcode: '',
      city: 'Antwerpen',
      deliveryAddress: 'Kade 2',
      deliveryCity: 'Gent',
    });
  });
});
