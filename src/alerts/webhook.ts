/**
 * Posts messages to addresses that people have set. In: where to, with which secret, what. Out: nothing when the other side has taken it,
 * else the status as a sentence. The text of an answer is told to nobody: whoever sets an address may not be meant to read what stands
 * there. Redirects are not followed: they would lead to addresses that nobody has checked.
 */
import { createHmac } from 'node:crypto';
import { HttpFailure, type HttpClient } from '../base/http-client.js';

export interface Post {
  readonly url: URL;
  readonly secret: string | null;
  /** JSON. */
  readonly body: string;
  /** Of the message; the same when it is sent again. */
  readonly id: string;
  readonly at: Date;
}

export interface Webhook {
  /** Null: it was taken. Never throws. */
  send(post: Post): Promise<string | null>;
}

const longestMs = 10_000;
const mostBytes = 65_536;

/** `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>" in hexadecimal>`: an old message cannot pass for a new one. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

export function makeWebhook(client: HttpClient, version: string): Webhook {
  return {
    async send({ url, secret, body, id, at }) {
      try {
        const { status } = await client.send({
          method: 'POST',
          url,
          headers: {
            'content-type': 'application/json',
            'user-agent': `Koppel/${version}`,
            'koppel-message-id': id,
            ...(secret === null ? {} : { 'koppel-signature': signatureOf(secret, body, at) }),
          },
          body,
          timeoutMs: longestMs,
          maxBytes: mostBytes,
        });
        return status >= 200 && status < 300 ? null : `The webhook answered with status ${status}.`;
      } catch (thrown) {
        if (!(thrown instanceof HttpFailure)) throw thrown;
        // Whether it was taken stands in its first line.
        if (thrown.kind === 'tooLarge') return 'The webhook answered with more than is read.';
        return `The webhook could not be reached: ${thrown.message}`;
      }
    },
  };
}
