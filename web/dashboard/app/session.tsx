/** Who has signed in, and what that person may do. In: GET /session and the viewer of the graph. Out: hooks. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useEffectEvent, useRef } from 'react';
import { ask, send, type AskError } from '../api/ask.ts';
import { ViewerDocument } from '../graph/graphql.ts';
import type { Scope, UserRole } from '../graph/kinds.ts';

export interface SignedInUser {
  readonly id: string;
  readonly name: string;
  readonly role: UserRole;
  readonly language: string;
}

export interface Session {
  readonly user: SignedInUser | null;
  readonly needsFirstAccount: boolean;
  readonly scopes: readonly Scope[];
}

/** Names the session among the answers. */
export const sessionKey = ['session'];

/** How it stands; asked again when the window is looked at again. */
export const useSessionAnswer = () =>
  useQuery<Session, AskError>({
    queryKey: sessionKey,
    queryFn: async () => {
      const found = await send<Omit<Session, 'scopes'>>('GET', '/session');
      const scopes = found.user === null ? [] : (await ask(ViewerDocument, {})).viewer.scopes;
      return { ...found, scopes };
    },
    staleTime: 60_000,
    refetchOnWindowFocus: true,
  });

/** For pages of those who have signed in. */
export const SessionContext = createContext<Session | null>(null);

export function useUser(): SignedInUser {
  const user = use(SessionContext)?.user;
  if (user == null) throw new Error('Only pages behind the sign-in ask for the user.');
  return user;
}

/** Whether the person has the right; actions that need one that is missing are absent. */
export const useMay = (scope: Scope): boolean => use(SessionContext)?.scopes.includes(scope) === true;

/** Called when somebody has signed in over the page, for what is asked outside the kept answers and was refused meanwhile. */
export function useSignedInAgain(onAgain: () => void): void {
  const session = use(SessionContext);
  const known = useRef(session);
  const again = useEffectEvent(onAgain);
  useEffect(() => {
    if (known.current !== session) again();
    known.current = session;
  }, [session]);
}

/** Tells the other tabs of this browser that somebody has signed out on purpose. */
export const signedOut = new BroadcastChannel('koppel-signed-out');

/** After signing in, out, or when the hub says that the session is over: everything is asked anew. */
export function useRestart(): () => Promise<void> {
  const answers = useQueryClient();
  return async () => {
    answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    await answers.invalidateQueries({ queryKey: sessionKey });
  };
}
