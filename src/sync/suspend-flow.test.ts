/** What a flow that was stopped says of its cause. */
import { expect, it } from '@jest/globals';
import { said } from '../base/sentences/say.js';
import { causeOf } from './suspend-flow.js';

it('says where and what it is in the sentence of the code, without any value of a record and without what a system answered', () => {
  const message = 'Softmaat refused the record: karel@example.nl is no address.';
  const code = 'RECORD_REFUSED';
  expect(causeOf({ code, path: 'articles.3.number', message }, 21)).toEqual({
    count: 21,
    said: 'articles.*.number: Softmaat refused the record: …',
  });
});

it('says a code of another release as it is', () => {
  expect(causeOf({ code: 'OF_TOMORROW', path: null, message: 'Anna' }, 21)).toEqual({ count: 21, said: 'OF_TOMORROW' });
});

it('is understood in each language, with the field as people call it', () => {
  const of = { code: 'UNMAPPED_VALUE', path: 'lineList.4.data.vatCode', message: '' };
  const { count, said: cause } = causeOf(of, 1234);
  const text = `Too many records failed in the same way, ${count} within a few minutes: ${cause}`;
  const names = { field: (path: string) => (path === 'lineList.*.data.vatCode' ? 'VAT' : undefined), list: () => undefined }; // prettier-ignore
  expect(said('en', text, names)).toBe(
    'Too many records failed in the same way, 1,234 within a few minutes: VAT: The record could not be mapped: …',
  );
  expect(said('nl', text, names)).toMatch(/^Te veel records .*, 1\.234 binnen enkele minuten: VAT: Het record/);
  expect(said('fr', text, names)).toMatch(/^Trop d’enregistrements .* en quelques minutes\u00a0: VAT\u00a0: /);
});
