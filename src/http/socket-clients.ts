/** The clients that are connected over WebSocket: what they may have open, and when the hub ends the connection. */
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Language } from '../base/languages.js';
import type { Logger } from '../base/logger.js';
import type { Caller, Credential } from '../security/caller.js';
import type { Keyring } from '../security/keyring.js';
import type { Sessions } from '../security/sessions.js';

export interface SocketLimits {
  /** Bytes of one message of a client. */
  readonly payload: number;
  readonly operations: number;
  readonly socketsPerKey: number;
  readonly initMs: number;
  readonly pingMs: number;
  /** How often it is looked whether keys are still valid and clients still read. */
  readonly recheckMs: number;
  /** Bytes that may wait for a client. */
  readonly buffered: number;
  /** How long a client may take nothing of what waits for it. */
  readonly stuckMs: number;
}

export const socketLimits: SocketLimits = {
  payload: 65_536,
  operations: 20,
  socketsPerKey: 5,
  initMs: 3_000,
  pingMs: 20_000,
  recheckMs: 2_000,
  buffered: 1_048_576,
  stuckMs: 10_000,
};

/** Close code of the WebSocket protocol after which clients come back by themselves. */
export const tryAgainLater = 1013;

export interface SocketClient {
  readonly credential: Credential;
  readonly caller: Caller;
  readonly address: string;
  /** In which it is spoken to. */
  readonly language: Language;
  readonly socket: WebSocket;
  readonly operations: Map<string, AbortController>;
  /** Operations whose cost has been told, with their first result. */
  readonly told: WeakSet<AbortController>;
  /** Bytes that waited for it when it was last looked, and for how many looks they have been the same. */
  readonly waiting: { bytes: number; looks: number };
}

export const newClient = (
  about: Pick<SocketClient, 'credential' | 'caller' | 'address' | 'language' | 'socket'>,
): SocketClient => ({
  ...about,
  operations: new Map(),
  told: new WeakSet(),
  waiting: { bytes: 0, looks: 0 },
});

/** Ends what a client has open, and its place is free. */
export function forget(clients: Set<SocketClient>, client: SocketClient): void {
  clients.delete(client);
  for (const operation of client.operations.values()) operation.abort();
}

/** No client whose socket has closed, or is closing, holds a place for ever, however its end was missed. */
export function forgetClosed(clients: Set<SocketClient>): void {
  for (const client of clients) if (client.socket.readyState !== client.socket.OPEN) forget(clients, client);
}

/** Closes the sockets of keys and sessions that have ended: one statement for each, however many sockets there are. */
export async function closeEnded(
  clients: ReadonlySet<SocketClient>,
  deps: { readonly keyring: Keyring; readonly sessions: Sessions; readonly logger: Logger },
): Promise<void> {
  if (clients.size === 0) return;
  try {
    const callers = [...clients].map(({ caller }) => caller);
    const keys = callers.filter(({ session }) => session === null).map(({ actorId }) => actorId);
    const endedKeys = keys.length === 0 ? new Set<string>() : await deps.keyring.ended([...new Set(keys)]);
    const endedSessions = await deps.sessions.ended(callers);
    for (const { caller, socket } of clients) {
      const { session, actorId } = caller;
      const hasEnded = session === null ? endedKeys.has(actorId) : endedSessions.has(session);
      if (hasEnded) socket.close(CloseCode.Forbidden, 'Forbidden');
    }
  } catch (error) {
    deps.logger.debug({ err: String(error) }, 'keys and sessions could not be checked again');
  }
}

/** A client that does not take what is sent is closed, so that nothing piles up for it; it comes back by its cursor. */
export function closeLagging(clients: ReadonlySet<SocketClient>, limits: SocketLimits, logger: Logger): void {
  for (const { socket, waiting, caller, operations } of clients) {
    const bytes = socket.bufferedAmount;
    waiting.looks = bytes > 0 && bytes === waiting.bytes ? waiting.looks + 1 : 0;
    waiting.bytes = bytes;
    if (bytes <= limits.buffered && waiting.looks * limits.recheckMs < limits.stuckMs) continue;
    logger.info({ actor: caller.actorId, bytes }, 'a client that does not take what is sent was closed');
    for (const operation of operations.values()) operation.abort();
    socket.close(tryAgainLater, 'SUBSCRIPTION_LAGGED');
  }
}
