import { describe, expect, it } from '@jest/globals';
import type { SetupFacts } from '../store/setup-steps.js';
import { setupStepsOf } from './setup.js';

const nothing: SetupFacts = { accounts: 0, systems: [], flows: [], trial: null, isSomebodyTold: false, said: [] };
const systems = [
  { key: 'kassa', connector: 'till' },
  { key: 'webshop', connector: 'shop' },
];
const flow = { key: 'products', source: 'kassa', target: 'webshop', state: 'DRAFT', updatedAt: '2026-03-01T10:00:00Z' };
const trial = { status: 'SUCCEEDED', flows: ['products'], createdAt: '2026-03-01T10:05:00Z' };

const shown = (facts: Partial<SetupFacts>): string =>
  setupStepsOf({ ...nothing, ...facts }, ['till', 'shop'])
    .map(({ key, status }) => ({ DONE: key.toLowerCase(), CURRENT: `>${key}`, OPEN: '.', SKIPPED: `(${key})` })[status])
    .join(' ');

describe('the first steps', () => {
  it('begin with an account', () => {
    expect(shown({})).toBe('>ACCOUNT . . . . . . . . .');
    expect(shown({ accounts: 1 })).toBe('account >LANGUAGE_AND_TIME . . . . . . . .');
  });

  it('follow what there is: systems of each kind, and flows between the two', () => {
    expect(shown({ accounts: 1, said: ['LANGUAGE_AND_TIME'] })).toBe('account language_and_time >CONNECT_SOURCE . . . . . . .'); // prettier-ignore
    expect(shown({ accounts: 1, systems: systems.slice(1) })).toBe('account language_and_time >CONNECT_SOURCE connect_target . . . . . .'); // prettier-ignore
    const elsewhere = { ...flow, target: 'other' };
    expect(shown({ accounts: 1, systems, flows: [elsewhere] })).toMatch(/connect_target >CHOOSE_FLOWS/);
    expect(shown({ accounts: 1, systems, flows: [flow] })).toMatch(/choose_flows >MATCHING/);
  });

  it('are tried when a trial run was about every draft as it is now', () => {
    const known = { accounts: 1, systems, flows: [flow], trial };
    expect(shown(known)).toMatch(/matching value_maps dry_run >ALERTS \.$/);
    expect(shown({ ...known, trial: { ...trial, status: 'FAILED' } })).toMatch(/>MATCHING/);
    expect(shown({ ...known, flows: [flow, { ...flow, key: 'stock' }] })).toMatch(/>MATCHING/);
    expect(shown({ ...known, flows: [{ ...flow, updatedAt: '2026-03-01T10:06:00Z' }] })).toMatch(/>MATCHING/);
    expect(shown({ ...known, flows: [flow, { ...flow, key: 'stock', state: 'ENABLED' }] })).toMatch(/dry_run >ALERTS/);
  });

  it('leave alerts out when somebody says so, until somebody is told', () => {
    const known = { accounts: 1, systems, flows: [flow], trial, said: ['ALERTS'] };
    expect(shown(known)).toMatch(/\(ALERTS\) >GO_LIVE$/);
    expect(shown({ ...known, isSomebodyTold: true })).toMatch(/ alerts >GO_LIVE$/);
    expect(shown({ ...known, flows: [{ ...flow, state: 'ENABLED' }] })).toMatch(/\(ALERTS\) go_live$/);
  });

  it('take the word of a person for what nothing shows', () => {
    expect(shown({ accounts: 1, systems, flows: [flow], said: ['MATCHING'] })).toMatch(
      /matching >VALUE_MAPS \. \. \.$/,
    );
  });
});
