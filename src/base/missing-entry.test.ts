import { expect, it } from '@jest/globals';
import { missingEntriesIn, missingEntryPhrase } from './missing-entry.js';

const say = (list: string, value: unknown, second?: string): string =>
  missingEntryPhrase(list, JSON.stringify(value), second === undefined ? undefined : JSON.stringify(second));

it.each([
  ['21', 'BE'],
  ['21', undefined],
  ['5.5', 'FR'],
  ['a "quoted" code; with "BE"', 'x; y'],
  ['back\\slash', undefined],
])('reads %j with %j back from its sentence', (value, second) => {
  const message = `The record could not be mapped: lines.0.vatCode: ${say('vat', value, second)}.`;
  expect(missingEntriesIn(message)).toEqual([{ list: 'vat', value, secondKey: second ?? null }]);
});

it('reads codes that are no texts', () => {
  expect(missingEntriesIn(`lines.0.x: ${say('vat', 21)}; y: ${say('vat', 5.5, 'FR')}`)).toEqual([
    { list: 'vat', value: '21', secondKey: null },
    { list: 'vat', value: '5.5', secondKey: 'FR' },
  ]);
});

it('names a row once that several lines lack, and others of other lists too', () => {
  const what = [say('vat', '21', 'BE'), say('vat', '21', 'BE'), say('payment', 'GIRO')];
  expect(missingEntriesIn(what.map((each, i) => `lines.${i}.x: ${each}`).join('; '))).toEqual([
    { list: 'vat', value: '21', secondKey: 'BE' },
    { list: 'payment', value: 'GIRO', secondKey: null },
  ]);
});

it('leaves out a code of which the sentence has only the beginning, and sentences about something else', () => {
  expect(missingEntriesIn(`x: ${say('vat', `${'a'.repeat(57)}…`)}; name has 50 characters; at most 40 fit`)).toEqual(
    [],
  );
});
