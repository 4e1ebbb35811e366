import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document } from '../base/document.js';
import { fromChangeMessage, toChangeMessage, traceparent, type ExpectedChange } from './change-message.js';
import type { Change } from './envelope.js';

const expected: ExpectedChange = { system: 'till', record: 'product', streams: ['products'] };
const change: Change = {
  system: 'till',
  stream: 'products',
  record: 'product',
  externalId: '7',
  version: '99999999999999999999',
  hash: 'abc',
  seenAt: '2026-03-01T10:00:00.123Z',
  document: { name: 'Shirt', price: '10.00', none: null },
};
const back = (value: string) => fromChangeMessage(Buffer.from(value), expected);
const altered = (edit: (message: Record<string, Record<string, unknown>>) => void) => {
  const message = JSON.parse(toChangeMessage(change)) as Record<string, Record<string, unknown>>;
  edit(message);
  return back(JSON.stringify(message));
};

describe('a change as a message', () => {
  it('comes back as it was, with everything that JSON can hold', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.bigInt({ min: 0n, max: 10n ** 29n }),
        fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }),
        fc.option(fc.record({ code: fc.string(), message: fc.string() }, { noNullPrototype: true })),
        (document, version, seenAt, problem) => {
          const one: Change = {
            ...change,
            document: JSON.parse(JSON.stringify(document)) as Document,
            version: String(version),
            seenAt: seenAt.toISOString(),
            ...(problem === null ? {} : { problem }),
          };
          expect(back(toChangeMessage(one))).toEqual(one);
        },
      ),
    );
  });

  it.each<[string, (message: Record<string, Record<string, unknown>>) => void]>([
    ['another schema', (m) => (m['source']!['version'] = '2')],
    ['another system', (m) => (m['source']!['name'] = 'shop')],
    ['another kind of record', (m) => (m['source']!['record'] = 'order')],
    ['a stream that there is not', (m) => (m['source']!['stream'] = 'x')],
    ['no id', (m) => (m['source']!['id'] = '')],
    ['an id that no database takes', (m) => (m['source']!['id'] = 'a\0b')],
    ['an id of half a character', (m) => (m['source']!['id'] = 'a\ud800')],
    ['a problem that no database takes', (m) => (m['source']!['problem'] = { code: 'X', message: '\0' })],
    ['a number as id', (m) => (m['source']!['id'] = 7)],
    ['a revision that is no number', (m) => (m['source']!['revision'] = '1e3')],
    ['no hash', (m) => delete m['source']!['hash']],
    ['a time that there is not', (m) => (m['source']!['ts_ms'] = 1e300)],
    ['a problem without a code', (m) => (m['source']!['problem'] = { message: 'x' })],
    ['no record', (m) => delete m['after']],
    ['a list as record', (m) => (m['after'] = [] as never)],
    ['no source', (m) => delete m['source']],
  ])('with %s is foreign', (_, edit) => {
    expect(altered(edit)).toEqual({ foreign: expect.any(String) as unknown });
  });

  it.each([
    ['nothing', null],
    ['no JSON', Buffer.from('{')],
    ['no text', Buffer.from([0xff, 0xfe])],
    ['a list', Buffer.from('[]')],
    ['null', Buffer.from('null')],
  ])('that holds %s is foreign', (_, value) => {
    expect(fromChangeMessage(value, expected)).toEqual({ foreign: expect.any(String) as unknown });
  });
});

describe('the trace of a message', () => {
  it('is in the form of W3C and the same for the same trace', () => {
    expect(traceparent('trc_1')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traceparent('trc_1')).toBe(traceparent('trc_1'));
    expect(traceparent('trc_1')).not.toBe(traceparent('trc_2'));
  });
});
