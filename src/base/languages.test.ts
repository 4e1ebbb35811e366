/** Which language a client wants. */
import { describe, expect, it } from '@jest/globals';
import { languageOf } from './languages.js';

describe('languageOf', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['nl', 'nl'],
    ['fr-BE', 'fr'],
    ['NL-nl', 'nl'],
    ['en;q=0.5, fr;q=0.9', 'fr'],
    ['de, fr;q=0.3, nl;q=0.8', 'nl'],
    ['fr;q=0, nl;q=0.1', 'nl'],
    ['nl, fr', 'nl'],
    ['de-DE,de;q=0.9', 'en'],
    ['de, *;q=0.1', 'en'],
    ['*', 'en'],
    ['fr;q=2, nl;q=0.5', 'nl'],
    ['nlx, frisian', 'en'],
    [';;;q=,,,', 'en'],
  ])('takes of %j what is wanted most and spoken: %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
