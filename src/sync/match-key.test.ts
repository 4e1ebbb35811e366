import { describe, expect, it } from '@jest/globals';
import type { TargetRecord } from '../systems/system.js';
import { toFlowSettings } from './flow-settings.js';
import { agrees, matchFields, matchKeyOf } from './match-key.js';

const record: TargetRecord = {
  entity: 'customer',
  record: 'customer',
  batch: 1,
  uniqueKey: false,
  mark: 'mark',
  matchBy: ['email', 'zip'],
};
const settings = toFlowSettings({});

describe('what a record may be matched by', () => {
  it('is nothing unless all of its fields are filled', () => {
    expect(matchFields(record, settings, { email: 'a@x.nl', zip: '1' })).toEqual(['email', 'zip']);
    expect(matchFields(record, settings, { email: 'a@x.nl', zip: ' ' })).toEqual([]);
    expect(matchFields(record, settings, { email: 'a@x.nl' })).toEqual([]);
  });

  it('is nothing when the flow does not match customers', () => {
    const none = toFlowSettings({ order: { matchCustomersBy: 'none' } });
    expect(matchFields(record, none, { email: 'a@x.nl', zip: '1' })).toEqual([]);
  });

  it('gives one key for what people take for the same, and none without fields', () => {
    const key = (email: string): string | null => matchKeyOf(record, ['email'], { email });
    expect(key(' A@x.nl')).toBe(key('a@X.NL'));
    expect(key('a@x.nl')).not.toBe(key('b@x.nl'));
    expect(matchKeyOf(record, [], { email: 'a@x.nl' })).toBeNull();
  });

  it('agrees only when the values are whole', () => {
    expect(agrees(record, ['email'], { email: 'a@x.nl' }, { email: 'A@x.nl ' })).toBe(true);
    expect(agrees(record, ['email'], { email: 'a@x.nl' }, { email: 'ba@x.nl' })).toBe(false);
    expect(agrees(record, ['email'], { email: 'a@x.nl' }, {})).toBe(false);
  });

  it('keeps companies and persons apart, whatever they share', () => {
    const kinds: TargetRecord = { ...record, kindOf: ({ kind }) => String(kind) };
    const [person, company] = [
      { email: 'a@x.nl', kind: 'person' },
      { email: 'a@x.nl', kind: 'company' },
    ] as const;
    expect(agrees(kinds, ['email'], person, { ...person })).toBe(true);
    expect(agrees(kinds, ['email'], company, person)).toBe(false);
    expect(matchKeyOf(kinds, ['email'], company)).not.toBe(matchKeyOf(kinds, ['email'], person));
  });
});
