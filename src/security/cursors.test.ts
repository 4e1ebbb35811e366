import { describe, expect, it } from '@jest/globals';
import { makeCursors } from './cursors.js';

const cursors = makeCursors(Buffer.alloc(32, 1));

describe('cursors', () => {
  it('give back the key for the list they came from', () => {
    expect(cursors.decode('products.name', cursors.encode('products.name', ['É"\n', 'prd_1']))).toEqual([
      'É"\n',
      'prd_1',
    ]);
  });

  it('are refused by another list, by another installation and when they were changed', () => {
    const cursor = cursors.encode('products.name', ['a']);
    expect(() => cursors.decode('products.id', cursor)).toThrow('it comes from products.name');
    expect(() => makeCursors(Buffer.alloc(32, 2)).decode('products.name', cursor)).toThrow('it was changed');
    const bytes = Buffer.from(cursor, 'base64url');
    bytes[14]! ^= 1;
    expect(() => cursors.decode('products.name', bytes.toString('base64url'))).toThrow('it was changed');
  });

  it.each(['', 'x', '10', "' OR 1=1", 'a'.repeat(5000), '\0'])('are refused when they are %j', (cursor) => {
    expect(() => cursors.decode('products.name', cursor)).toThrow('does not belong to this list');
  });
});
