/** What a person changes in the settings of a flow, as it is sent. */
import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';

interface Drafts {
  readonly changesOf: (before: object, now: object) => { readonly settings?: { readonly guard?: object } };
  readonly factorPattern: string;
}
const { changesOf, factorPattern } = (await import(resolve('web/dashboard/pages/flows/settings-draft.ts'))) as Drafts;

const draft = (maxPriceFactor: string): object => ({
  name: 'Products',
  order: {},
  guard: { isOn: true, maxRecords: '50', maxPercent: '20', maxPriceFactor },
});

describe('the factor from which on prices are held back', () => {
  it.each(['2', '1.5', '1,5', '12,25'])('may be written as %s', (text) => {
    expect(text).toMatch(new RegExp(`^(?:${factorPattern})$`, 'v'));
    const { settings } = changesOf(draft('3'), draft(` ${text} `));
    expect(settings?.guard).toEqual({ isOn: true, maxRecords: 50, maxPercent: 20, maxPriceFactor: text.replace(',', '.') }); // prettier-ignore
  });

  it.each(['', ',', '1,', '1,5,5', '1.000,5', 'two'])('may not be written as %j', (text) => {
    expect(text).not.toMatch(new RegExp(`^(?:${factorPattern})$`, 'v'));
  });
});
