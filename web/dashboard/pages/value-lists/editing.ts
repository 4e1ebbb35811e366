/** Edits of one list: each goes to its draft, with the revision that was read. */
import { createContext, use } from 'react';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import {
  ValueListEntriesDeleteDocument,
  ValueListEntriesSaveDocument,
  ValueListPageDocument,
  ValueListsDocument,
  type ValueListPageQuery,
} from '../../graph/graphql.ts';
import { useCodeChoices, type Choices } from '../../parts/code-choices.tsx';
import { entriesIn, type Entry } from './table-text.ts';

export type List = NonNullable<ValueListPageQuery['valueMap']>;

export interface Editing {
  readonly list: List;
  readonly mayEdit: boolean;
  readonly choices: Choices;
  readonly isRunning: boolean;
  readonly error: Error | null;
  /** Adds and changes rows of the draft; false when it was refused, which `error` says. */
  save(entries: readonly Entry[]): Promise<boolean>;
  remove(entries: readonly Pick<Entry, 'sourceValue' | 'secondKey'>[]): Promise<boolean>;
}

const EditingContext = createContext<Editing | null>(null);
export const EditingProvider = EditingContext.Provider;

export function useEditing(): Editing {
  const editing = use(EditingContext);
  if (editing === null) throw new Error('Only parts of a list are edited.');
  return editing;
}

/** The choices for rows with this second code, as an input names them. */
export const choicesFor = (second: string | null | undefined): string =>
  `choices-of-list-${encodeURIComponent(second ?? '')}`;

export const touched = [ValueListPageDocument, ValueListsDocument];

export function useListEdits(list: List): Editing {
  const save = useCommand(ValueListEntriesSaveDocument, touched);
  const remove = useCommand(ValueListEntriesDeleteDocument, touched);
  const edit = { id: list.id, expectedRevision: list.draftRevision };
  const worked = (done: Promise<unknown>): Promise<boolean> => done.then(() => true, () => false); // prettier-ignore
  return {
    list,
    mayEdit: useMay('WRITE_MAPPINGS'),
    choices: useCodeChoices(list.id, entriesIn(list.csv).entries.map(({ targetValue }) => targetValue)), // prettier-ignore
    isRunning: save.isRunning || remove.isRunning,
    error: save.error ?? remove.error,
    save: (entries) => worked(save.run({ input: { ...edit, entries } })),
    remove: (entries) => worked(remove.run({ input: { ...edit, entries } })),
  };
}
