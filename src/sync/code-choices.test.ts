/** Codes of systems for value lists: asked once for many who want them, kept for a while, and never in anybody's way. */
import { beforeEach, expect, it } from '@jest/globals';
import { KoppelError } from '../base/errors.js';
import type { SystemCode } from '../systems/code-words.js';
import { makeCodeChoices } from './code-choices.js';
import type { ConnectedSystem } from './configuration.js';

const code = (value: string): SystemCode => ({ value, name: `Name of ${value}`, country: null });
const unreachable = (): KoppelError => new KoppelError('SYSTEM_UNREACHABLE', { system: 'Till', operation: 'x', what: 'no' }); // prettier-ignore

let asked: string[];
let answer: () => Promise<readonly SystemCode[]>;
let now: number;
beforeEach(() => {
  asked = [];
  answer = () => Promise.resolve([code('1'), code('2')]);
  now = 0;
});

const connected = (change: Partial<ConnectedSystem> = {}): ConnectedSystem => {
  const codes = (list: string): Promise<readonly SystemCode[]> => {
    asked.push(list);
    return answer();
  };
  const connector = { codeLists: { 'till-vat': 'vat' } };
  return { key: 'till', name: 'Till', connector, system: { codes }, isPaused: false, ...change } as unknown as ConnectedSystem; // prettier-ignore
};
const choicesOver = (...systems: readonly ConnectedSystem[]) =>
  makeCodeChoices({
    configuration: { current: () => ({ systems: new Map(systems.map((each) => [each.key, each])) }) as never },
    clock: { now: () => new Date(now), monotonic: () => now },
  });

it('a list that no system lists has none, and nothing is asked', async () => {
  expect(await choicesOver(connected()).of('revenue')).toEqual([]);
  expect(asked).toEqual([]);
});

it('many who ask at once wait for one answer, which is kept for ten minutes', async () => {
  const choices = choicesOver(connected());
  const answers = await Promise.all([choices.of('till-vat'), choices.of('till-vat'), choices.of('till-vat')]);
  expect(answers[2]).toEqual([
    { systemKey: 'till', codes: [code('1'), code('2')], readAt: new Date(0), problem: null },
  ]);
  now = 599_999;
  await choices.of('till-vat');
  expect(asked).toEqual(['vat']);
  now = 600_000;
  answer = () => Promise.resolve([code('3')]);
  expect((await choices.of('till-vat'))[0]).toMatchObject({ codes: [code('3')], readAt: new Date(now) });
  expect(asked).toEqual(['vat', 'vat']);
});

it('a failure is told and asked again soon; what was known of before stays', async () => {
  const choices = choicesOver(connected());
  answer = () => Promise.reject(unreachable());
  expect(await choices.of('till-vat')).toMatchObject([{ codes: [], readAt: null, problem: unreachable().message }]);
  now = 29_999;
  await choices.of('till-vat');
  expect(asked).toHaveLength(1);
  now = 30_000;
  answer = () => Promise.resolve([code('1')]);
  expect((await choices.of('till-vat'))[0]).toMatchObject({ codes: [code('1')], problem: null });
  now = 700_000;
  answer = () => Promise.reject(unreachable());
  const [after] = await choices.of('till-vat');
  expect(after).toEqual({ systemKey: 'till', codes: [code('1')], readAt: new Date(30_000), problem: unreachable().message }); // prettier-ignore
});

it('nothing is asked of a system that rests', async () => {
  const [found] = await choicesOver(connected({ isPaused: true })).of('till-vat');
  expect(found).toMatchObject({ codes: [], problem: 'Nothing is read from Till now.' });
  expect(asked).toEqual([]);
});

it('a system that does not answer keeps nobody for longer than five seconds', async () => {
  answer = () => new Promise(() => undefined);
  const [found] = await choicesOver(connected()).of('till-vat');
  expect(found?.problem).toBe('Till did not answer vat within 5,000 ms.');
}, 10_000);

it('of several systems each has its own', async () => {
  const found = await choicesOver(connected(), connected({ key: 'other', name: 'Other' })).of('till-vat');
  expect(found.map(({ systemKey }) => systemKey)).toEqual(['till', 'other']);
  expect(asked).toHaveLength(2);
});
