/** A client that has subscribed to what the hub does, and remembers when it has heard of each write. */
import { signedInSocket, subscribeMessage } from '../test/support/graph-socket.js';
import { testApiKey } from '../test/support/processes.js';

export interface Seen {
  /** When it has heard of what was written at that moment. */
  at(traceId: string, written: number): number | undefined;
  close(): void;
}

interface Heard {
  readonly occurredAt: number;
  readonly at: number;
}

const subscription = 'subscription { syncEventRecorded { event { traceId occurredAt } } }';

export async function openSeen(url: string): Promise<Seen> {
  const client = await signedInSocket(url, testApiKey);
  const heard = new Map<string, Heard[]>();
  client.socket.on('message', (data) => {
    const at = Date.now();
    client.got.length = 0;
    const message = JSON.parse(String(data)) as { type: string; payload?: { data?: { syncEventRecorded: { event: { traceId: string; occurredAt: string } } } } }; // prettier-ignore
    if (message.type === 'ping') client.send({ type: 'pong' });
    const event = message.payload?.data?.syncEventRecorded.event;
    if (event === undefined) return;
    const list = heard.get(event.traceId) ?? [];
    heard.set(event.traceId, [...list, { occurredAt: Date.parse(event.occurredAt), at }]);
  });
  client.send(subscribeMessage('1', subscription));
  return {
    // Of its steps the one that happened then; times of the API are in whole milliseconds.
    at: (traceId, written) => heard.get(traceId)?.find(({ occurredAt }) => Math.abs(occurredAt - written) < 1.5)?.at,
    close: () => client.socket.terminate(),
  };
}
