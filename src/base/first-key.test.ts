/** Which key a hub may be administered with that people have chosen themselves. */
import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { isFirstKey } from './first-key.js';

describe('the first API key', () => {
  it.each([
    ['base64url', () => randomBytes(32).toString('base64url')],
    ['hexadecimal', () => randomBytes(16).toString('hex')],
  ])('may be chosen at random: %s', (_, make) => {
    for (let i = 0; i < 100; i++) expect(isFirstKey(`kpl_4f9QzT1a_${make()}`)).toBe(true);
  });

  it.each([
    ['a password', 'correct horse'],
    ['a password without spaces', 'hunter2hunter2hunter2hunter2hunter2hunter2'],
    ['a placeholder', 'changeme'],
    ['one without its beginning', randomBytes(32).toString('base64url')],
    ['one that is too short', `kpl_4f9QzT1a_${randomBytes(16).toString('hex').slice(1)}`],
    ['one character', `kpl_4f9QzT1a_${'x'.repeat(43)}`],
    ['a few characters', 'kpl_4f9QzT1a_changemegnahcnagemchanegmhcagnemagnech'],
    ['a word that is repeated', `kpl_4f9QzT1a_${'correct-horse_'.repeat(3)}`],
    ['all digits again and again', `kpl_4f9QzT1a_${'0123456789abcdef'.repeat(2)}`],
  ])('may not be %s', (_, key) => {
    expect(isFirstKey(key)).toBe(false);
  });
});
