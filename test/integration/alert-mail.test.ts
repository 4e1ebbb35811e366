/** E-mail over a real mail server that wants to know who sends, offers a certificate that nobody vouches for, or is not there. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeMail } from '../../src/alerts/mail.js';
import { openMailServer, type MailServer } from '../support/mail-server.js';
import { freePort } from '../../scripts/free-ports.js';

const login = { user: 'koppel@example.com', password: 'p@ss:w/rd' };
let server: MailServer;
beforeAll(async () => {
  server = await openMailServer({ login });
});
afterAll(() => server.close());

const from = 'Koppel <koppel@example.com>';
const message = { id: 'ntf_1', subject: 'Écart', text: 'Één regel\n' };
const address = (password: string): string => {
  const url = new URL(server.settings.url);
  return `smtp://${encodeURIComponent(login.user)}:${encodeURIComponent(password)}@${url.host}`;
};

describe('mail', () => {
  it('is sent with user and password of the address, and arrives as it was written', async () => {
    expect(await makeMail({ url: address(login.password), from }).send('desk@example.com', message)).toBeNull();
    const [letter] = server.letters.splice(0);
    expect(letter).toMatchObject({ from: 'koppel@example.com', to: ['desk@example.com'] });
    expect(letter!.text).toMatch(/^subject: Écart$/im);
    expect(letter!.text).toContain('Één regel\n');
    expect(letter!.text).toMatch(/^auto-submitted: auto-generated$/im);
    expect(letter!.text).toMatch(/^message-id: <ntf_1@koppel>$/im);
  });

  it('that the server does not take says why, without the password', async () => {
    const answer = await makeMail({ url: address('wrong'), from }).send('desk@example.com', message);
    expect(answer).toMatch(/^The mail server answered: 535 /);
    expect(answer).not.toContain('wrong');
    expect(server.letters).toEqual([]);
  });

  it('without a server says that it could not be used', async () => {
    const url = `smtp://127.0.0.1:${await freePort()}`;
    const answer = await makeMail({ url, from }).send('desk@example.com', message);
    expect(answer).toMatch(/^The mail server could not be used: .*ECONNREFUSED/);
  });
});
