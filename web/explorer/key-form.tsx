/** The form that asks for an API key. In: what to do with one. Out: the form, with the hub's sentence when it refuses the key. */
import { useState, type FormEvent } from 'react';
import { Refusal, viewerOf, type Viewer } from './api.ts';

export interface Session {
  /** Null: the person who has signed in. */
  readonly key: string | null;
  readonly viewer: Viewer;
}

export function KeyForm({ refused, onOpen }: { refused: string | null; onOpen: (session: Session) => void }) {
  const [said, setSaid] = useState(refused);
  const [isAsking, setAsking] = useState(false);

  async function ask(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key') ?? '').trim();
    if (key === '') return setSaid('Enter a key.');
    setAsking(true);
    try {
      onOpen({ key, viewer: await viewerOf(key) });
    } catch (error) {
      setSaid(sentenceOf(error));
      setAsking(false);
    }
  }

  return (
    <main className="key-page">
      <form className="key-form" onSubmit={(event) => void ask(event)}>
        <h1>Koppel API explorer</h1>
        <label htmlFor="key">API key</label>
        <div className="key-row">
          <input id="key" name="key" type="password" autoComplete="off" autoFocus spellCheck={false} />
          <button type="submit" disabled={isAsking}>
            Open
          </button>
        </div>
        {said === null ? null : (
          <p role="alert" className="key-refused">
            {said}
          </p>
        )}
        <p>
          The first key is printed by <code>npm start</code> and kept in <code>.koppel/api-key</code>. This page keeps
          it until the tab is closed and sends it to this hub only. Who has{' '}
          <a href="/account?back=/explorer">signed in</a> needs none.
        </p>
      </form>
    </main>
  );
}

/** What to tell the person when a key could not be tried. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Refusal ? error.message : 'The hub does not answer. Look whether it is running and try again.';
