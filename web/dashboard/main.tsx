/** The dashboard in the browser: words → colours → answers → routes. */
import { MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { AskError } from './api/ask.ts';
import { router } from './app/router.tsx';
import { sessionKey, type Session } from './app/session.tsx';
import { theme } from './app/theme.ts';
import { startWords } from './words/language.ts';
import '@mantine/core/styles.layer.css';
import './dashboard.css';

/** When the hub says that the session is over, the session itself is asked again; without one, the pages lead to the sign-in. */
function noticeEnd(error: Error): void {
  if (error instanceof AskError && error.code === 'UNAUTHENTICATED')
    void answers.invalidateQueries({ queryKey: sessionKey });
}

let lastId: string | undefined;

/** What was answered to one person is shown to nobody else, wherever the other one has signed in. */
function noticeOther({ user }: Session): void {
  if (user === null) return;
  if (lastId !== undefined && user.id !== lastId)
    answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  lastId = user.id;
}

const answers = new QueryClient({
  queryCache: new QueryCache({
    onSuccess: (data, { queryKey }) => {
      if (queryKey[0] === sessionKey[0]) noticeOther(data as Session);
    },
    onError: (error, { queryKey }) => {
      if (queryKey[0] !== sessionKey[0]) noticeEnd(error);
    },
  }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      // What the hub has refused it refuses again; only a hub that could not be reached is worth another try.
      retry: (tries, error) => error instanceof AskError && error.code === 'NETWORK' && tries < 3,
      staleTime: 5_000,
      refetchOnWindowFocus: false,
    },
  },
});

await startWords();
createRoot(document.querySelector('#dashboard')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={answers}>
        <Suspense>
          <RouterProvider router={router} />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
