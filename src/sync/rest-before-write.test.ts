import { describe, expect, it } from '@jest/globals';
import type { CanonicalEvent } from '../log/envelope.js';
import type { Configuration } from './configuration.js';
import { restBeforeWriteMs } from './rest-before-write.js';

const configuration = (policy: 'manual' | 'lastWriter', pollEveryMs = 5_000): Configuration =>
  ({
    fieldOwners: [{ entity: 'variant', field: 'priceAmount', policy, owner: null }],
    flows: [
      { entity: 'product', isRead: true, pollEveryMs },
      { entity: 'product', isRead: false, pollEveryMs: 60_000 },
      // In what is read once a day no price shows.
      { entity: 'order', isRead: true, pollEveryMs: 86_400_000 },
    ],
  }) as unknown as Configuration; // prettier-ignore

const event = (changes: CanonicalEvent['changes'], more: Partial<CanonicalEvent> = {}): CanonicalEvent => ({
  entity: 'variant',
  id: 'var_1',
  version: 2,
  action: 'updated',
  changes,
  cause: { system: 'till', externalId: '1' },
  ...more,
});
const price = event({ priceAmount: ['1', '2'] });

describe('a change of a field about which people decide', () => {
  it('rests until the other systems have been read again', () => {
    expect(restBeforeWriteMs(configuration('manual'), price)).toBe(15_000);
    // However often the flow polls, the other system may be read once a second only.
    expect(restBeforeWriteMs(configuration('manual', 100), price)).toBe(7_000);
  });

  it('does not rest when it is another field, another policy, a new record, or a person’s own word', () => {
    expect(restBeforeWriteMs(configuration('manual'), event({ name: ['a', 'b'] }))).toBe(0);
    expect(restBeforeWriteMs(configuration('lastWriter'), price)).toBe(0);
    expect(restBeforeWriteMs(configuration('manual'), { ...price, action: 'created' })).toBe(0);
    expect(
      restBeforeWriteMs(configuration('manual'), { ...price, cause: { system: 'hub', externalId: 'cfl_1' } }),
    ).toBe(0);
  });
});
