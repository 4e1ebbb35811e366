/** The page: GraphiQL for who has signed in or has entered a key; the form for a key otherwise. */
import { GraphiQL } from 'graphiql';
import { useEffect, useMemo, useState } from 'react';
import { hasSession, makeFetcher, mayReadSchema, viewerOf } from './api.ts';
import { KeyForm, sentenceOf, type Session } from './key-form.tsx';
import { forgetKey, keepKey, keptKey } from './session-key.ts';

const advice = `# Ctrl-Enter runs it,
# Ctrl-Space completes.
# All there is to ask:
# the icon at the top left.

`;
const firstQuery = `query Products {
  products(first: 3) {
    totalCount {
      value
    }
    nodes {
      name
      defaultVariant {
        sku
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

export function Explorer() {
  const [session, setSession] = useState<Session | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isOpening, setOpening] = useState(true);

  useEffect(() => {
    const key = keptKey();
    const known = async (): Promise<Session | null> =>
      key !== null || (await hasSession()) ? { key, viewer: await viewerOf(key) } : null;
    known()
      .then(setSession)
      .catch((error: unknown) => {
        forgetKey();
        setRefused(sentenceOf(error));
      })
      .finally(() => setOpening(false));
  }, []);

  if (isOpening) return null;
  if (session === null) {
    const open = (opened: Session): void => {
      if (opened.key !== null) keepKey(opened.key);
      setSession(opened);
    };
    return <KeyForm refused={refused} onOpen={open} />;
  }
  const leave = (): void => {
    forgetKey();
    setRefused(null);
    setSession(null);
  };
  return <Editor key={session.key ?? 'session'} session={session} onLeave={leave} />;
}

function Editor({ session, onLeave }: { session: Session; onLeave: () => void }) {
  const fetcher = useMemo(() => makeFetcher(session.key), [session.key]);
  const isReadable = mayReadSchema(session.viewer);
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultQuery={isReadable ? `${advice}${firstQuery}` : firstQuery}
      // null means that no schema is asked for; undefined, that GraphiQL asks for it.
      {...(isReadable ? {} : { schema: null })}
      // Headers may hold a key, and what GraphiQL keeps stays in the browser.
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>
        <a className="key-change" href="/">
          Dashboard
        </a>
        <span className="key-shown" title={session.viewer.scopes.join(', ')}>
          {session.viewer.role}
          {isReadable ? null : ', who may not read the schema'}
        </span>
        <button type="button" className="key-change" onClick={onLeave}>
          {session.key === null ? 'Use a key' : 'Change key'}
        </button>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
