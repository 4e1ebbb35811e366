import { describe, expect, it } from '@jest/globals';
import type { ConnectedSystem, Flow } from './configuration.js';
import { toFlowSettings } from './flow-settings.js';
import { prepareDocument } from './prepare-document.js';

const figures = { reserved: '2', incoming: '0', safetyStock: '0' };

/** What the shop is told of levels as `<origin> <location> <on hand>`; `told`: places that a flow fills. */
function toldShop(levels: readonly string[], told: readonly string[]) {
  const parts = levels.map((level) => level.split(' '));
  return prepareDocument({
    entity: 'stock',
    source: {
      id: 'v1',
      isDeleted: false,
      document: { levels: parts.map(([, locationCode = '', onHand = '']) => ({ locationCode, onHand, ...figures })) },
      originOf: (path) => parts[Number(path.split('.')[1])]?.[0],
    },
    flow: { settings: toFlowSettings({}) } as unknown as Flow,
    system: { key: 'shop', connector: {} } as ConnectedSystem,
    counts: (system, location) => !told.includes(`${system} ${location}`),
    isCustomerUnusable: false,
    isThere: true,
    situation: undefined,
    takesOrders: false,
    readsPast: true,
  });
}

describe('the stock that a target is told', () => {
  it('is what others count: not its own, and not what they were told themselves', () => {
    const levels = ['till 1 10', 'till 3 8', 'shop FR 12'];
    expect(toldShop(levels, ['till 3', 'shop MAIN'])).toMatchObject({
      document: { levels: [{ locationCode: '1', quantity: '8' }] },
    });
    expect(toldShop(levels, [])).toMatchObject({
      document: { levels: [{ locationCode: '1' }, { locationCode: '3' }] },
    });
    expect(toldShop(levels, ['till 1', 'till 3'])).toMatchObject({ type: 'excluded' });
  });
});
