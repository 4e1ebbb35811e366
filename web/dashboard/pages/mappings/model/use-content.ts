/**
 * What is being edited: what was loaded, what has been changed since, and the revision that a save expects. What somebody else saves meanwhile
 * is taken over as long as nothing was changed here; after that it waits for the person to decide.
 */
import { useEffect, useMemo, useState } from 'react';
import type { MappingDraftedFragment } from '../../../graph/graphql.ts';
import { contentOf, printOf, type Content, type EditedRule } from './rules.ts';

export interface Editing {
  readonly content: Content;
  /** As the draft of the hub was when it was read. */
  readonly base: Content;
  readonly revision: number;
  readonly isChanged: boolean;
  /** The draft that somebody else has saved over the one that was read. */
  readonly newer: MappingDraftedFragment | null;
  changeRules(change: (rules: readonly EditedRule[]) => readonly EditedRule[]): void;
  changeContent(change: Partial<Content>): void;
  /** Goes on from this draft and drops what was changed here. */
  take(draft: MappingDraftedFragment): void;
  /** The hub has this draft, made from what was `sent`; what was typed meanwhile stays. */
  saved(draft: MappingDraftedFragment, sent: Content): void;
  /** Keeps what was changed here; the next save replaces the draft of the other one. */
  keepMine(): void;
  undo(): void;
}

interface State {
  readonly content: Content;
  readonly base: Content;
  readonly revision: number;
}

const stateOf = ({ draft, draftRevision }: MappingDraftedFragment): State => {
  const content = contentOf(draft);
  return { content, base: content, revision: draftRevision };
};

export function useContent(loaded: MappingDraftedFragment): Editing {
  const [state, setState] = useState<State>(() => stateOf(loaded));
  const { content, base, revision } = state;
  const isChanged = useMemo(() => printOf(content) !== printOf(base), [content, base]);
  const isNewer = loaded.draftRevision > revision;
  useEffect(() => {
    if (isNewer && !isChanged) setState(stateOf(loaded));
  }, [isNewer, isChanged, loaded]);
  return {
    content,
    base,
    revision,
    isChanged,
    newer: isNewer && isChanged ? loaded : null,
    changeRules: (change) =>
      setState((now) => ({ ...now, content: { ...now.content, rules: change(now.content.rules) } })),
    changeContent: (change) => setState((now) => ({ ...now, content: { ...now.content, ...change } })),
    take: (draft) => setState(stateOf(draft)),
    saved: ({ draftRevision }, sent) => setState((now) => ({ ...now, base: sent, revision: draftRevision })),
    keepMine: () => setState((now) => ({ ...now, base: contentOf(loaded.draft), revision: loaded.draftRevision })),
    undo: () => setState((now) => ({ ...now, content: now.base })),
  };
}
