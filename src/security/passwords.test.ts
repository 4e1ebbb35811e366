import { describe, expect, it } from '@jest/globals';
import type { KoppelError } from '../base/errors.js';
import { requireGoodPassword } from './passwords.js';

const codeOf = (password: string): string => {
  try {
    requireGoodPassword(password, 'Jan.Jansen@Winkel.example');
    return 'good';
  } catch (error) {
    return (error as KoppelError).code;
  }
};

describe('a password', () => {
  it.each([
    ['elf tekens!', 'PASSWORD_TOO_SHORT'],
    ['𝒳'.repeat(3), 'PASSWORD_TOO_SHORT'],
    ['', 'PASSWORD_TOO_SHORT'],
    ['correct paard 9'.repeat(18), 'PASSWORD_TOO_LONG'],
    ['password1234', 'PASSWORD_COMMON'],
    ['P@ssw0rd2026!', 'PASSWORD_COMMON'],
    ['passwordpassword', 'PASSWORD_COMMON'],
    ['wachtwoord123', 'PASSWORD_COMMON'],
    ['MotDePasse2025', 'PASSWORD_COMMON'],
    ['mot de passe 1', 'PASSWORD_COMMON'],
    ['Welkom01Welkom01', 'PASSWORD_COMMON'],
    ['123456789012', 'PASSWORD_COMMON'],
    ['987654321098', 'PASSWORD_COMMON'],
    ['qwertyuiop12', 'PASSWORD_COMMON'],
    ['azertyuiopqs', 'PASSWORD_COMMON'],
    ['1qaz2wsx3edc', 'PASSWORD_COMMON'],
    ['aaaaaaaaaaaaaa', 'PASSWORD_COMMON'],
    ['abcabcabcabcab', 'PASSWORD_COMMON'],
    ['mpluskassa2026', 'PASSWORD_COMMON'],
    ['ＰＡＳＳＷＯＲＤ１２３４', 'PASSWORD_COMMON'],
    ['jan.jansen@winkel.example', 'PASSWORD_IS_EMAIL'],
    [' JAN.JANSEN@WINKEL.EXAMPLE ', 'PASSWORD_IS_EMAIL'],
    ['five green bicycles', 'good'],
    ['twaalf tekens', 'good'],
    ['ünïcödé zïnnén', 'good'],
    ['vx7RkP2mQ9sT', 'good'],
    ['a lot of cheese on the admin table', 'good'],
    ['x1 '.repeat(10) + 'y', 'good'],
    ['é'.repeat(2) + 'twaalf woorden '.repeat(16), 'good'],
  ])('%j is %s', (password, code) => {
    expect(codeOf(password)).toBe(code);
  });

  it('may not be the first part of the address either', () => {
    expect(() => requireGoodPassword('jan.jansen.winkel', 'Jan.Jansen.Winkel@x.example')).toThrow('its first part');
  });
});
