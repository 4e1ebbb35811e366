/** How a restore shows in where the database is. */
import { describe, expect, it } from '@jest/globals';
import { causeOf } from './restored.js';

describe('a database', () => {
  const noted = { server: '1', database: '10', relation: '100', timeline: '00000001', files: '1764000000.1' };

  it('that is where it was is not restored', () => {
    expect(causeOf(noted, noted)).toBeNull();
  });

  it.each([
    ['another table after a dump was read', { relation: '101' }, 'DATABASE_COPIED'],
    ['another number on the server', { database: '11' }, 'DATABASE_COPIED'],
    ['another server', { server: '2', database: '11' }, 'SERVER_CHANGED'],
    ['another timeline', { timeline: '00000002' }, 'SERVER_RECOVERED'],
    ['files that were copied back', { files: '1764000001.2' }, 'FILES_COPIED'],
  ] as const)('with %s is', (_, change, cause) => {
    expect(causeOf(noted, { ...noted, ...change })).toBe(cause);
  });

  it('whose server does not tell is judged by the rest', () => {
    expect(causeOf(noted, { ...noted, server: null, timeline: null, files: null })).toBeNull();
    expect(causeOf({ ...noted, server: null }, noted)).toBeNull();
  });
});
