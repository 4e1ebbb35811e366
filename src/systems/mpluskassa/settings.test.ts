/** Which addresses of a till are taken. */
import { describe, expect, it } from '@jest/globals';
import { parseSettings } from './settings.js';

const settings = (url: string) => () => parseSettings({ url, ident: 'i', secret: 's' });

describe('the address of MplusKASSA', () => {
  it.each([
    'https://api.example.nl:33333',
    'http://127.0.0.1:4101',
    'http://localhost:1',
    'http://sandbox-mpluskassa:4101',
  ])('is taken: %s', (url) => {
    expect(settings(url)().url.href).toBe(new URL(url).href);
  });

  it.each([
    'http://api.example.nl',
    'http://sandbox-mpluskassa.example.nl',
    'http://sandbox-softmaat',
    'http://10.0.0.5',
  ])('must be encrypted: %s', (url) => {
    expect(settings(url)).toThrow('url must start with https:// outside of this machine');
  });
});
