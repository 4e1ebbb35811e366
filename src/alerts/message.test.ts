import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mailText, webhookBody, type AlertMessage } from './message.js';
import { signatureOf } from './webhook.js';

const message: AlertMessage = {
  id: 'ntf_1',
  reason: 'STARTED',
  alert: {
    ...{ id: 'alr_1', rule: 'Shop gone', kind: 'SYSTEM_UNREACHABLE', severity: 'CRITICAL' },
    title: 'Softmaat cannot be reached',
    description: 'It has not answered for 5 min. Nothing is lost; the hub goes on trying.',
    ...{ startedAt: new Date('2026-03-01T12:00:00Z'), resolvedAt: null, path: '/systems/sys_1', flow: null },
    system: { id: 'sys_1', key: 'softmaat', name: 'Softmaat' },
  },
};

describe('an e-mail', () => {
  it('says what, since when, what to do, and where', () => {
    const { subject, text } = mailText(message, { language: 'en', publicUrl: 'https://hub.example.com' });
    expect(subject).toBe('[Koppel] Softmaat cannot be reached');
    expect(text).toContain('It has not answered for 5 min.');
    expect(text).toMatch(/^Since: March 1, 2026 at /m);
    expect(text).toContain('Rule: Shop gone (critical)');
    expect(text).toMatch(/^What to do: Check whether the system is up/m);
    expect(text).toContain('Look at it: https://hub.example.com/systems/sys_1\n');
  });

  it('speaks Dutch and French, and knows only the path without a public address', () => {
    expect(mailText(message, { language: 'nl', publicUrl: undefined }).subject).toBe(
      '[Koppel] Softmaat is onbereikbaar',
    );
    expect(mailText(message, { language: 'nl', publicUrl: undefined }).text).toContain('Bekijken: /systems/sys_1\n');
    expect(mailText(message, { language: 'fr', publicUrl: undefined }).text).toMatch(
      /^Que faire\u00a0: Vérifiez si le système fonctionne/m,
    );
  });

  it('calls fields and value lists as the pages do', () => {
    const description =
      'Too many records failed in the same way, 21 within a few minutes: lines.*.taxCode: The record could not be mapped: …';
    const stopped = { ...message, alert: { ...message.alert!, kind: 'FLOW_SUSPENDED', description } } as const;
    const names = { field: (path: string) => (path === 'lines.*.taxCode' ? 'VAT code of lines' : undefined), list: () => undefined }; // prettier-ignore
    const reader = { language: 'en', publicUrl: undefined, names } as const;
    expect(mailText(stopped, reader).text).toContain('within a few minutes: VAT code of lines: The record');
    const at = new Date();
    expect(webhookBody(stopped, { ...reader, at })).toMatchObject({ alert: { description: expect.not.stringContaining('lines.*') } }); // prettier-ignore
  });

  it('about the end says since when it is over, and no advice', () => {
    const over = { ...message, reason: 'RESOLVED', alert: { ...message.alert!, resolvedAt: new Date('2026-03-01T13:00:00Z') } } as const; // prettier-ignore
    const { subject, text } = mailText(over, { language: 'en', publicUrl: undefined });
    expect(subject).toBe('[Koppel] Over: Softmaat cannot be reached');
    expect(text).toMatch(/^Over since: March 1, 2026 at /m);
    expect(text).not.toMatch(/What to do|has not answered/);
  });

  it('has a subject of one line, whatever people have called their things', () => {
    const odd = { ...message, alert: { ...message.alert!, title: 'Delay: a\r\nBcc: x@example.com' } };
    expect(mailText(odd, { language: 'en', publicUrl: undefined }).subject).toBe(
      '[Koppel] Delay: a Bcc: x@example.com',
    );
  });
});

describe('a webhook', () => {
  it('is posted what programs need', () => {
    const at = new Date('2026-03-01T12:00:05Z');
    expect(webhookBody(message, { language: 'en', publicUrl: 'https://hub.example.com', at })).toEqual({
      ...{ id: 'ntf_1', reason: 'STARTED', at: '2026-03-01T12:00:05.000Z' },
      alert: {
        ...{ id: 'alr_1', rule: 'Shop gone', kind: 'SYSTEM_UNREACHABLE', severity: 'CRITICAL' },
        title: 'Softmaat cannot be reached',
        description: 'It has not answered for 5 min. Nothing is lost; the hub goes on trying.',
        ...{ startedAt: '2026-03-01T12:00:00.000Z', resolvedAt: null, flow: null },
        ...{ path: '/systems/sys_1', url: 'https://hub.example.com/systems/sys_1' },
        system: { id: 'sys_1', key: 'softmaat', name: 'Softmaat' },
      },
    });
  });

  it('is signed over the second and the body', () => {
    const hash = createHmac('sha256', 'key').update('1772366405.{}').digest('hex');
    expect(signatureOf('key', '{}', new Date('2026-03-01T12:00:05.900Z'))).toBe(`t=1772366405,v1=${hash}`);
  });
});
