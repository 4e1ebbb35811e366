/** The dashboard in the browser: words → colours → answers → routes. */
import { MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { AskError } from './api/ask.ts';
import { router } from './app/router.tsx';
import { sessionKey } from './app/session.tsx';
import { theme } from './app/theme.ts';
import { startWords } from './words/language.ts';
import '@mantine/core/styles.layer.css';
import './dashboard.css';

/** When the hub says that the session is over, the session itself is asked again; without one, the pages lead to the sign-in. */
function noticeEnd(error: Error): void {
  if (error instanceof AskError && error.code === 'UNAUTHENTICATED')
    void answers.invalidateQueries({ queryKey: sessionKey });
}

const answers = new QueryClient({
  queryCache: new QueryCache({
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
