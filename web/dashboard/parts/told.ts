/** Says in a place of its own that something was done, or what went against it; it goes after a while, later for who is reading. */
import { useSyncExternalStore } from 'react';

export interface Message {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'failed';
}

let messages: readonly Message[] = [];
let lastId = 0;
const watchers = new Set<() => void>();
const watch = (tell: () => void): (() => void) => {
  watchers.add(tell);
  return () => void watchers.delete(tell);
};
const most = 3;

function become(next: readonly Message[]): void {
  messages = next;
  for (const tell of watchers) tell();
}

const say = (text: string, kind: Message['kind']): void =>
  become([...messages, { id: ++lastId, text, kind }].slice(-most));

/** What is said now, the latest last. */
export const useTold = (): readonly Message[] => useSyncExternalStore(watch, () => messages);

export const told = (message: string): void => say(message, 'done');

export const toldFailure = (error: Error): void => say(error.message, 'failed');

export const endTold = (id: number): void => become(messages.filter((message) => message.id !== id));
