/** What a record that the target gave is measured by afterwards. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { planRow, type PlanInput } from './plan.js';

const none: ReadonlySet<string> = new Set();
const document = { name: 'Sofie', telephone: 'of the shop' };

/** A customer of the till, whom the till is asked to hold as `document`. */
function plan(wanted: Document | null, contested: ReadonlySet<string>): ReturnType<typeof planRow> {
  const input: PlanInput = {
    row: {
      entity: 'customer', canonicalId: 'cus_1', flow: 'customers', state: 'pending', reasonCode: null, externalId: '7', wanted,
      held: null, drifted: [], revision: 0, attempt: 0, epoch: 1n, traceId: null, matchKey: null, sent: null, doubtedForMs: null,
    },
    system: 'Till',
    mapped: { type: 'mapped', document, unmapped: [], trace: [] } as unknown as PlanInput['mapped'],
    isDeleted: false,
    isFromTarget: true,
    notOurs: { ofTarget: new Set(['name', ...contested]), contested, unstated: none },
    movedBack: none,
    reference: { entity: 'customer', canonicalId: 'cus_1', externalId: '7', key: null },
    referenceOf: () => undefined,
    fields: [],
    createOnly: none,
    settings: { createMissing: true, updateExisting: true },
    hasUniqueKey: false,
  }; // prettier-ignore
  return planRow(input);
}

describe('a record that the target gave', () => {
  it('is adopted as it is, but for what is contested: the target says something else of that', () => {
    expect(plan(null, new Set(['telephone']))).toMatchObject({ type: 'in_sync', wanted: { name: 'Sofie' } });
    expect(plan(null, new Set(['telephone']))).not.toHaveProperty('wanted.telephone');
  });

  it('is told once people have decided for what the hub holds already', () => {
    expect(plan({ name: 'Sofie' }, none)).toMatchObject({ type: 'write', changed: ['telephone'] });
  });
});
