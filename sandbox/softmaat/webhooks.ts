/**
 * Webhooks: registered addresses, and deliveries after a transaction: signed, at least once, in no particular order,
 * with nothing in them but what to look at. In: hints. Out: POST requests to loopback or https addresses.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../src/base/clock.js';
import type { Random } from '../engine/random.js';
import { refuseWhenWrong, type FieldProblem, type Row, textOf } from './answers.js';
import { checkBody } from './field-check.js';
import { webhookTable } from './fields.js';
import { resources, type Hint, type Shop } from './shop.js';
import { instantText } from './stamps.js';

const retryAfterMs = [200, 1_000, 5_000];

export function createWebhook(shop: Shop, body: unknown, clock: Clock): Row {
  const { values, problems } = checkBody(webhookTable, body, true);
  refuseWhenWrong([...problems, ...(problems.length > 0 ? [] : addressProblems(values))]);
  const id = shop.newId('webhooks', undefined);
  const createdAt = instantText(BigInt(clock.now().getTime()) * 1_000n);
  const wanted = values['resources'] as readonly string[];
  const row: Row = {
    id,
    url: textOf(values['url']),
    resources: wanted.length === 0 ? [...resources] : wanted,
    createdAt,
    secret: textOf(values['secret'] ?? randomBytes(24).toString('base64url')),
  };
  shop.store.table<Row>('webhooks').put(id, row);
  return row;
}

export function shownWebhook(row: Row): Row {
  const shown: Record<string, Row[string]> = { ...row };
  delete shown['secret'];
  return shown;
}

function addressProblems(values: Row): FieldProblem[] {
  const unknown = (values['resources'] as readonly string[]).findIndex(
    (name) => !(resources as readonly string[]).includes(name),
  );
  if (unknown >= 0)
    return [
      { pointer: `/resources/${unknown}`, code: 'not_allowed', message: `must be one of ${resources.join(', ')}` },
    ];
  const url = URL.canParse(textOf(values['url'])) ? new URL(textOf(values['url'])) : undefined;
  const loopback = url !== undefined && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)) return [];
  return [{ pointer: '/url', code: 'not_allowed', message: 'must be https, or http to a loopback address' }];
}

export interface Deliveries {
  announce(hints: readonly Hint[]): void;
  close(): Promise<void>;
}

export function makeDeliveries(shop: Shop, clock: Clock, random: Random): Deliveries {
  const stop = new AbortController();
  const running = new Set<Promise<void>>();

  const deliver = async (hook: Row, body: string): Promise<void> => {
    for (const wait of [...retryAfterMs, 0]) {
      const t = Math.floor(clock.now().getTime() / 1_000);
      const v1 = createHmac('sha256', textOf(hook['secret'])).update(`${t}.${body}`).digest('hex');
      const delivered = await fetch(textOf(hook['url']), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'softmaat-signature': `t=${t},v1=${v1}` },
        body,
        redirect: 'error',
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(5_000)]),
      }).then((response) => response.ok, () => false); // prettier-ignore
      if (delivered || stop.signal.aborted || wait === 0) return;
      await clock.sleep(wait, stop.signal).catch(() => undefined);
    }
  };

  return {
    announce(hints) {
      const hooks = [...shop.store.table<Row>('webhooks').values()];
      if (hooks.length === 0) return;
      const repeated = hints.flatMap((hint) => (random.chance(0.1) ? [hint, hint] : [hint]));
      for (const hint of random.sample(repeated, repeated.length)) {
        for (const hook of hooks) {
          if (!(hook['resources'] as readonly string[]).includes(hint.resource)) continue;
          const task = deliver(hook, JSON.stringify(hint)).finally(() => running.delete(task));
          running.add(task);
        }
      }
    },
    async close() {
      stop.abort(new Error('closed'));
      await Promise.allSettled(running);
    },
  };
}
