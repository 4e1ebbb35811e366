/** Who is asking, whichever way they proved it: a program or person with an API key, or a person who has signed in. */
import type { Language } from '../base/languages.js';
import type { RoleName, ScopeName } from '../schema/access.js';

export interface Caller {
  /** Id of the key or of the user; the actor of what is done. */
  readonly actorId: string;
  /** The session of a person who has signed in; null for a key. */
  readonly session: string | null;
  readonly name: string;
  readonly role: RoleName;
  readonly scopes: ReadonlySet<ScopeName>;
  /** What a person wants to read; null for a key. */
  readonly language: Language | null;
  /** It may send only documents that were written down before. */
  readonly trustedDocumentsOnly: boolean;
}

/** What a request brings to prove who it is from. */
export type Credential =
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'session'; readonly token: string };
