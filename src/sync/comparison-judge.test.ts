/** How records of two systems are judged, and what two readings make of each other. */
import { describe, expect, it } from '@jest/globals';
import { KoppelError } from '../base/errors.js';
import type { Finding } from '../store/comparisons.js';
import { byPlan, byState, confirmed, findingKey, findingOf, makeTally, ofUnshown } from './comparison-judge.js';
import type { Evaluated } from './project-evaluate.js';

const evaluated = (plan: object, held: object | null = null): Evaluated =>
  ({ row: { held, entity: 'product', canonicalId: 'prd_1' }, plan }) as unknown as Evaluated;
const finding = (state: Finding['state'], id: string, path = 'name'): Finding => ({
  ...{ state, system: 'shop', entity: 'product', externalId: `x-${id}`, canonicalId: id },
  ...{ changes: [{ path, before: 1, after: 2 }], reason: null, reasonCode: null },
});
describe('a record of a comparison', () => {
  const standing = (state: string) => byState({ state: state as never, reason: 'why', reasonCode: 'CODE' });

  it('is on its way while the hub has work with it, known when the hub says why, and looked at otherwise', () => {
    for (const state of ['pending', 'writing', 'in_doubt', 'retrying']) expect(standing(state)?.as).toBe('IN_FLIGHT');
    for (const state of ['waiting_for', 'parked', 'held', 'paused'])
      expect(standing(state)).toEqual({ as: 'KNOWN', changes: [], reason: 'why', reasonCode: 'CODE' });
    expect(standing('excluded')).toEqual({ as: 'leftOut' });
    for (const state of ['in_sync', 'owned_by_target']) expect(standing(state)).toBeUndefined();
  });

  it('differs in exactly what would be written, with what the target holds of it', () => {
    const write = { type: 'write', document: { name: 'New', price: '2', sku: '1' }, changed: ['name', 'price'] };
    expect(byPlan(evaluated(write, { name: 'Old', sku: '1' }))).toMatchObject({
      as: 'DIFFERENT',
      changes: [
        { path: 'name', before: 'Old', after: 'New' },
        { path: 'price', before: null, after: '2' },
      ],
    });
    expect(byPlan(evaluated({ type: 'in_sync' }))).toEqual({ as: 'equal' });
    expect(byPlan(evaluated({ type: 'excluded', reason: 'a rule' }))).toEqual({ as: 'leftOut' });
    expect(byPlan(evaluated({ type: 'verify' }))).toMatchObject({ as: 'IN_FLIGHT' });
    const error = new KoppelError('FLOW_UNKNOWN', { flow: 'a' });
    expect(byPlan(evaluated({ type: 'parked', error }))).toMatchObject({ as: 'KNOWN', reasonCode: 'FLOW_UNKNOWN' });
  });

  it('is missing only when the hub knows it by an id there', () => {
    const of = { system: 'shop', entity: 'product', canonicalId: 'prd_1', externalId: 'x' } as const;
    expect(findingOf(ofUnshown(true), of)).toMatchObject({ ...of, state: 'MISSING_IN_TARGET' });
    expect(findingOf(ofUnshown(false), of)).toBeNull();
  });
});

describe('two readings', () => {
  it('tell what stands in both as it stood; what has moved between them is on its way', () => {
    const [before, other] = [finding('DIFFERENT', 'a'), finding('DIFFERENT', 'a', 'price')];
    expect(confirmed(before, finding('DIFFERENT', 'a'))).toEqual(finding('DIFFERENT', 'a'));
    const moved = [confirmed(before, other), confirmed(undefined, other), confirmed(before, finding('MISSED', 'a'))];
    for (const each of moved) expect(each).toMatchObject({ canonicalId: 'a', state: 'IN_FLIGHT', changes: [] });
    expect(confirmed(undefined, finding('KNOWN', 'e'))).toEqual(finding('KNOWN', 'e'));
  });

  it('tell no news as what was there before: what the first one found has arrived, and more came since', () => {
    const stock = (before: string, after: string): Finding => ({
      ...finding('MISSED', 's'),
      changes: [{ path: 'onHand', before, after }],
    });
    expect(confirmed(stock('10', '9'), stock('9', '8'))).toMatchObject({ state: 'IN_FLIGHT', changes: [] });
    expect(confirmed(stock('10', '9'), stock('10', '8'))).toEqual(stock('10', '8'));
  });

  it('are counted by how records stand, with those of which nothing has to be said', () => {
    const tally = makeTally({ equal: 7, leftOut: 2 });
    tally.add([finding('DIFFERENT', 'a'), finding('IN_FLIGHT', 'b')]);
    tally.add([finding('IN_FLIGHT', 'c'), finding('KNOWN', 'd')]);
    expect(tally.counts()).toEqual({ DIFFERENT: 1, IN_FLIGHT: 2, KNOWN: 1, equal: 7, leftOut: 2, compared: 11 });
  });

  it('tell records without an id of the hub apart by what their system calls them', () => {
    const [one, other] = ['1', '2'].map((id) => findingKey({ ...finding('ONLY_IN_TARGET', id), canonicalId: null }));
    expect(one).not.toBe(other);
  });
});
