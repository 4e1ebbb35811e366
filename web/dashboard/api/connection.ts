/** Whether news of the hub arrives: one socket for all subscriptions of a tab, and how it stands with it. */
import { createClient, type Client } from 'graphql-ws';
import { useSyncExternalStore } from 'react';
import { presentLanguage } from './ask.ts';

export interface Connection {
  readonly state: 'idle' | 'live' | 'reconnecting' | 'offline';
  /** Milliseconds since 1970 at which the socket was last known to be open; null when it never was. */
  readonly lastLiveAt: number | null;
}

/** So long a lost connection counts as one that comes back. */
const patienceMs = 15_000;

let connection: Connection = { state: 'idle', lastLiveAt: null };
const watchers = new Set<() => void>();
let giveUp: ReturnType<typeof setTimeout> | undefined;

function become(state: Connection['state']): void {
  const wasLive = connection.state === 'live' || state === 'live';
  connection = { state, lastLiveAt: wasLive ? performance.timeOrigin + performance.now() : connection.lastLiveAt };
  for (const tell of watchers) tell();
}

let client: Client | undefined;
/** The socket, opened with the first subscription. Subscriptions begin anew by themselves (live.ts), so the client need not. */
export const socket = (): Client =>
  (client ??= createClient({
    url: new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
    retryAttempts: 0,
    lazyCloseTimeout: 5_000,
    keepAlive: 10_000,
    // Asked again at each opening, so that it is the language of the page at that time.
    connectionParams: () => ({ 'Accept-Language': presentLanguage() }),
    on: {
      connected: () => {
        clearTimeout(giveUp);
        giveUp = undefined;
        become('live');
      },
      closed: (event) => {
        // 1000: nobody subscribes to anything any more.
        if ((event as CloseEvent).code === 1000) return become('idle');
        become(connection.state === 'offline' ? 'offline' : 'reconnecting');
        giveUp ??= setTimeout(() => become('offline'), patienceMs);
      },
    },
  }));

/** Opens it anew: subscriptions go on behind what has arrived, in the language of now. */
export const renewSocket = (): void => client?.terminate();

const watch = (tell: () => void): (() => void) => {
  watchers.add(tell);
  return () => void watchers.delete(tell);
};

/** Calls back when news arrives: now, or once the socket is open. Returns what gives that up. */
export function onceLive(done: () => void): () => void {
  const leave = watch(() => {
    if (connection.state !== 'live') return;
    leave();
    done();
  });
  if (connection.state === 'live') {
    leave();
    done();
  }
  return leave;
}

export const useConnection = (): Connection => useSyncExternalStore(watch, () => connection);
