import { describe, expect, it } from '@jest/globals';
import { makeOwnership } from './ownership.js';
import { hasOrigin, ruleOf, type LastWord } from './provenance.js';
import type { CanonicalRecord } from './record.js';

const ownership = makeOwnership(() => true);
const customer: CanonicalRecord = {
  entity: 'customer',
  id: 'cus_1',
  version: 2,
  isDeleted: false,
  fields: { phone: '1', isActive: true, contacts: [{}], note: 'n', addresses: [] },
  provenance: { '*': 'till', isActive: null, contacts: 'hub', note: 'hub' },
};
const word = (more: Partial<LastWord> = {}): LastWord => ({
  isByHand: false,
  isCreation: false,
  making: 'said',
  ...more,
});
const rule = (field: string, last: LastWord | null = word()) => ruleOf(customer, field, ownership, last);

describe('the rule of a value', () => {
  it('is told by who stated it and how it was made', () => {
    expect(rule('phone')).toBe('LAST_WRITER');
    expect(rule('number')).toBe('SYSTEM_OF_RECORD');
    expect(rule('phone', word({ making: 'default' }))).toBe('DEFAULT');
    expect(rule('phone', word({ making: 'computed' }))).toBe('COMPUTED');
    expect(rule('isActive')).toBe('DEFAULT');
    expect(rule('contacts')).toBe('COMPUTED');
    expect(rule('contacts', word({ isByHand: true }))).toBe('MANUAL');
    const owned = makeOwnership(
      () => true,
      () => new Set(['till']),
    );
    expect(ruleOf(customer, 'phone', owned, word())).toBe('SYSTEM_OF_RECORD');
  });

  it('follows from the record alone where the change is not kept: only people put there what is not worked out', () => {
    expect(rule('phone', null)).toBe('LAST_WRITER');
    expect(rule('note', null)).toBe('MANUAL');
    expect(rule('contacts', null)).toBe('COMPUTED');
  });
});

describe('a field that is empty', () => {
  it('has an origin when it was emptied, not when it has always been so', () => {
    expect(hasOrigin(customer, 'mobile', null)).toBe(false);
    expect(hasOrigin(customer, 'addresses', word({ isCreation: true }))).toBe(false);
    expect(hasOrigin(customer, 'mobile', word())).toBe(true);
  });
});
