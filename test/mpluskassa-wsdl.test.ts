import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Document, Json } from '../src/base/document.js';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  operations,
  type OperationName,
} from '../src/systems/mpluskassa/soap/codec.js';
import type { FieldKind, ObjectType } from '../src/systems/mpluskassa/soap/schema.js';
import { loadWsdl, validateMessage, wsdlPath, type WsdlSchema } from './support/wsdl-schema.js';

const schema = loadWsdl();
if (schema === undefined) {
  process.stderr.write(`\n*** NOT CHECKED: the vendor's WSDL is not at ${wsdlPath}; messages go unvalidated. ***\n\n`);
}

/** A document with every field of the type, twice where it may repeat; or only with what must be there. */
function sample(type: ObjectType, fill: 'all' | 'required', depth = 0): Document {
  const document: Record<string, Json> = {};
  for (const field of type.fields) {
    if (fill === 'required' && field.occurs !== '1') continue;
    // Lines hold lines; three levels are enough to see them.
    if (depth > 6 && field.occurs !== '1') continue;
    const one = (): Json => sampleValue(field.kind, fill, depth);
    document[field.name] = field.occurs === '*' ? [one(), one()] : one();
  }
  return document;
}

function sampleValue(kind: FieldKind, fill: 'all' | 'required', depth: number): Json {
  switch (kind.is) {
    case 'enum':
      return [...kind.values].at(-1)!;
    case 'object':
      return sample(kind.type, fill, depth + 1);
    case 'list':
      return fill === 'all' && depth < 6 ? [sampleValue(kind.item.kind, fill, depth + 1)] : [];
    case 'scalar':
      return scalars[kind.type];
  }
}

const scalars = {
  str: 'a & <b> 🧣',
  base64: 'AAAA',
  int: -1,
  short: 528,
  uint: 7,
  long: '9007199254740993',
  dec: '12.50',
  bool: true,
  date: '2026-11-24',
  dateTime: '2026-11-24T10:00:00.000Z',
  MDate: '2026-02-28',
  MDateTime: '2026-07-01T10:00:00.000Z',
} as const;

const names = Object.keys(operations) as OperationName[];

describe.each(['all', 'required'] as const)('messages with %s fields', (fill) => {
  it('come back from the codec as they were given', () => {
    for (const name of names) {
      const request = sample(operations[name].request, fill);
      // Scales that were left out are added.
      expect(decodeRequest(encodeRequest(name, request)).body).toMatchObject(request as object);
      const response = sample(operations[name].response, fill);
      expect(decodeResponse(name, encodeResponse(name, response))).toMatchObject(response as object);
    }
  });
});

const withWsdl = schema === undefined ? describe.skip : describe;
withWsdl("the vendor's description", () => {
  let wsdl: WsdlSchema;
  beforeAll(() => {
    wsdl = schema!;
  });

  it.each(['all', 'required'] as const)('accepts every request and answer with %s fields', (fill) => {
    const problems = names.flatMap((name) => [
      ...validateMessage(wsdl, encodeRequest(name, sample(operations[name].request, fill))).map((text) => `> ${text}`),
      ...validateMessage(wsdl, encodeResponse(name, sample(operations[name].response, fill))).map(
        (text) => `< ${text}`,
      ),
    ]);
    expect(problems).toEqual([]);
  });

  it('names the elements of requests and answers as the tables do', () => {
    for (const name of names) {
      const { responseElement } = operations[name];
      expect([name, wsdl.operations.get(name)]).toEqual([name, { request: name, response: responseElement }]);
    }
  });

  it('would see a wrong order, a missing element, an unknown one and a wrong value', () => {
    const good = encodeResponse('setStock', { result: 'SET-STOCK-RESULT-OK', stockId: 1 });
    const found = (from: string, to: string): string[] => validateMessage(wsdl, good.replace(from, to));
    expect(found('', '')).toEqual([]);
    expect(found('<ns:stockId>1</ns:stockId>', '<ns:stockId>x</ns:stockId>')).toHaveLength(1);
    expect(found('<ns:stockId>1</ns:stockId>', '<ns:stock/>')).toHaveLength(1);
    expect(found('<ns:result>SET-STOCK-RESULT-OK</ns:result>', '')).toHaveLength(1);
    expect(found('SET-STOCK-RESULT-OK', 'OK')).toHaveLength(1);
    const swapped = good.replace(/(<ns:result>.*<\/ns:result>)(<ns:stockId>.*<\/ns:stockId>)/, '$2$1');
    expect(validateMessage(wsdl, swapped).length).toBeGreaterThan(0);
  });
});
