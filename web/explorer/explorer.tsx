/** The page: the form while there is no key, GraphiQL once there is one. */
import { GraphiQL } from 'graphiql';
import { useEffect, useMemo, useState } from 'react';
import { makeFetcher, mayReadSchema, viewerOf } from './api.ts';
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
  const [isOpening, setOpening] = useState(keptKey() !== null);

  useEffect(() => {
    const key = keptKey();
    if (key === null) return;
    viewerOf(key)
      .then((viewer) => setSession({ key, viewer }))
      .catch((error: unknown) => {
        forgetKey();
        setRefused(sentenceOf(error));
      })
      .finally(() => setOpening(false));
  }, []);

  if (isOpening) return null;
  if (session === null) {
    const open = (opened: Session): void => {
      keepKey(opened.key);
      setSession(opened);
    };
    return <KeyForm refused={refused} onOpen={open} />;
  }
  const leave = (): void => {
    forgetKey();
    setRefused(null);
    setSession(null);
  };
  return <Editor key={session.key} session={session} onLeave={leave} />;
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
        <span className="key-shown" title={session.viewer.scopes.join(', ')}>
          {session.viewer.role}
          {isReadable ? null : ', who may not read the schema'}
        </span>
        <button type="button" className="key-change" onClick={onLeave}>
          Change key
        </button>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
