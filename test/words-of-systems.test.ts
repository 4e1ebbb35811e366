/** The systems' own words: the default mappings read where an order stands from them, and people read them in words. */
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Field } from '../src/base/document.js';
import { labels } from '../src/base/sentences/labels.js';
import { inboundCatalogue, outboundCatalogue } from '../src/canonical/entities.js';
import { wordsIn } from '../src/canonical/words.js';
import { compileMapping } from '../src/mapping/compile.js';
import type { Connector } from '../src/systems/system.js';
import { mpluskassa } from '../src/systems/mpluskassa/index.js';
import { writeFollowing, writeThrough } from '../src/systems/mpluskassa/stock-position.js';
import { softmaat } from '../src/systems/softmaat/index.js';
import { moveOn, beginning, placeText } from '../src/systems/softmaat/position.js';

const connectors: Readonly<Record<string, Connector>> = { mpluskassa, softmaat };

function madeFrom(kind: string, record: string) {
  const connector = connectors[kind]!;
  const isMeant = (each: { readonly record: string }): boolean => each.record === record;
  const definition = connector.defaultMappings.find((each) => each.direction === 'inbound' && isMeant(each))!;
  const source = connector.catalogue.find(isMeant)!;
  const target = inboundCatalogue.find((each) => each.record === 'order')!;
  const result = compileMapping(definition, { source, target, valueLists: connector.defaultValueLists });
  if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.mapping.dependsOn;
}

it.each([
  [
    'mpluskassa', 'order',
    { cancelState: 'ORDER-CANCEL-STATE-NONE', completeState: 'ORDER-COMPLETE-STATE-OPEN', deliveryState: 'ORDER-DELIVERY-STATE-PARTIAL' },
    { status: 'ORDER-CANCEL-STATE-NONE, ORDER-COMPLETE-STATE-OPEN', fulfillmentStatus: 'ORDER-DELIVERY-STATE-PARTIAL' },
  ],
  ['mpluskassa', 'invoice', { state: 'INVOICE-STATE-PAID' }, { status: 'INVOICE-STATE-PAID' }],
  ['softmaat', 'order', { status: 'shipped', paymentStatus: 'open' }, { status: 'shipped', paymentStatus: 'open', fulfillmentStatus: 'shipped' }],
] as const)('%s %s', (kind, record, document, words) => {
  expect(wordsIn(document, madeFrom(kind, record))).toEqual(words);
}); // prettier-ignore

const everyField = (fields: readonly Field[]): readonly Field[] =>
  fields.flatMap((field) => [field, ...everyField(field.fields ?? [])]);

describe.each(Object.values(connectors))('the codes of $kind', ({ catalogue, codeLists, codeWords }) => {
  const fields = everyField(catalogue.flatMap((record) => record.fields));

  it('are called by words in every language, each the value of some field', () => {
    const words = Object.entries(codeWords!.fixed);
    expect(words.length).toBeGreaterThan(10);
    expect(words.filter(([, word]) => labels[word] === undefined)).toEqual([]);
    const values = new Set(fields.flatMap(({ values: each }) => each ?? []));
    expect(words.filter(([code]) => !values.has(code))).toEqual([]);
  });

  it('of fields that people can name have all a word', () => {
    const named = fields.filter(
      ({ label, values, computed }) => label !== undefined && values !== undefined && computed !== true,
    );
    expect(named.length).toBeGreaterThan(2);
    const without = named.flatMap(({ name, values }) => values!.filter((value) => codeWords!.fixed[value] === undefined).map((value) => `${name}: ${value}`)); // prettier-ignore
    expect(without).toEqual([]);
  });

  it('that the system lists are those of fields and lists that there are', () => {
    const names = new Set(fields.map(({ name }) => name));
    expect(Object.keys(codeWords!.listed).filter((name) => !names.has(name))).toEqual([]);
    const ofTheHub = new Set(everyField(outboundCatalogue.flatMap((record) => record.fields)).map(({ name }) => name));
    expect(Object.keys(codeWords!.held).filter((name) => !ofTheHub.has(name))).toEqual([]);
    const lists = [...Object.values(codeWords!.listed), ...Object.values(codeWords!.held)];
    expect(lists.filter((list) => codeLists![list] === undefined)).toEqual([]);
  });
});

describe('up to where a system was read', () => {
  interface Positions {
    readMarker(marker: string): object;
  }
  const read = async (marker: string): Promise<object> =>
    ((await import(resolve('web/dashboard/pages/position/read-marker.ts'))) as Positions).readMarker(marker);

  it('is the last change by its moment, as the connector of the shop writes it', async () => {
    expect(await read(placeText(beginning))).toEqual({ kind: 'begun' });
    const change = { key: 'deb-7', updatedAt: '2026-11-27T15:44:43.120Z' };
    const after = { kind: 'change', at: change.updatedAt, record: 'deb-7' };
    const now = BigInt(Date.parse(change.updatedAt)) * 1_000n;
    for (const more of [true, false])
      expect(await read(placeText(moveOn(beginning, { records: [change], more, cursor: null, now })))).toEqual(after);
  });

  it('is the next number of a counter, or a place in the first reading, of the till', async () => {
    expect(await read('512')).toEqual({ kind: 'counter', number: '512', isMore: false });
    expect(await read('512+')).toEqual({ kind: 'counter', number: '512', isMore: true });
    expect(await read('{"articles":"1001","since":"40"}')).toEqual({ kind: 'first', place: '1001' });
    const branches = [1, 2];
    for (const more of [true, false]) {
      const following = writeFollowing({ next: 512n, more, branches });
      expect(await read(following)).toEqual({ kind: 'counter', number: '512', isMore: more });
    }
    const through = writeThrough({ articles: 1001n, since: 40n, reading: null, known: [], from: 0n }, branches);
    expect(await read(through)).toEqual({ kind: 'first', place: '1001' });
  });

  it('is only known to the hub when it is written otherwise', async () => {
    for (const marker of ['{"x":1}', '["a"]', 'null', '{', 'abc'])
      expect(await read(marker)).toEqual({ kind: 'other' });
  });
});
