/** Edits of one list: they go to its draft one after the other, each with the revision that the one before has made. */
import { createContext, use, useEffect, useRef, useState } from 'react';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import {
  ValueListEntriesDeleteDocument,
  ValueListEntriesSaveDocument,
  ValueListPageDocument,
  ValueListsDocument,
  ValueListUpdateDocument,
  type ValueListPageQuery,
  type ValueMapUpdateInput,
} from '../../graph/graphql.ts';
import { useCodeChoices, type Choices } from '../../parts/code-choices.tsx';
import { useRefusal } from './refusal.ts';
import { entriesIn, type Entry } from './table-text.ts';

export type List = NonNullable<ValueListPageQuery['valueMap']>;

type Changed = { readonly valueMap?: { readonly draftRevision: number } | null };
type Policy = Omit<ValueMapUpdateInput, 'id' | 'expectedRevision'>;
/** What is against a change; null when it is made. */
type Refused = Promise<Error | null>;

export interface Editing {
  readonly list: List;
  readonly mayEdit: boolean;
  readonly choices: Choices;
  /** A change is on its way, whichever; the next ones wait for their turn. */
  readonly isRunning: boolean;
  /** Of a row that was to be removed; what is against the others is said where they are typed. */
  readonly error: Error | null;
  /** Adds and changes rows of the draft. */
  save(entries: readonly Entry[]): Refused;
  remove(entries: readonly Pick<Entry, 'sourceValue' | 'secondKey'>[]): Refused;
  /** What becomes of codes without a row. */
  decide(policy: Policy): Refused;
  /** Whether only changes of this page lie between two revisions of the draft. */
  isOwn(from: number, to: number): boolean;
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
  const update = useCommand(ValueListUpdateDocument, touched);
  const { inTurn, isOwn } = useTurns(list);
  const removal = useRefusal();
  return {
    list,
    mayEdit: useMay('WRITE_MAPPINGS'),
    choices: useCodeChoices(list.id, entriesIn(list.csv).entries.map(({ targetValue }) => targetValue)), // prettier-ignore
    isRunning: save.isRunning || remove.isRunning || update.isRunning,
    error: removal.error,
    save: (entries) => inTurn(async (edit) => (await save.run({ input: { ...edit, entries } })).valueMapEntriesSave),
    async remove(entries) {
      removal.tell(null);
      const refusal = await inTurn(
        async (edit) => (await remove.run({ input: { ...edit, entries } })).valueMapEntriesDelete,
      );
      if (refusal !== null) removal.tell(refusal);
      return refusal;
    },
    decide: (policy) => inTurn(async (edit) => (await update.run({ input: { ...edit, ...policy } })).valueMapUpdate),
    isOwn,
  };
}

/** Makes one change after the other: a second one with the revision of the first would be refused, as if somebody else had made that. */
function useTurns({ id, draftRevision }: List) {
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const revision = useRef(draftRevision);
  const [own, setOwn] = useState({ from: 0, to: 0 });
  const learn = (known: number | undefined): void => void (revision.current = Math.max(revision.current, known ?? 0));
  useEffect(() => learn(draftRevision), [draftRevision]);
  const inTurn = (
    change: (edit: { readonly id: string; readonly expectedRevision: number }) => Promise<Changed>,
  ): Refused => {
    const turn = last.current.then(async () => {
      try {
        const expectedRevision = revision.current;
        const to = (await change({ id, expectedRevision })).valueMap?.draftRevision;
        learn(to);
        if (to !== undefined)
          setOwn((was) => ({ from: was.to === expectedRevision ? was.from : expectedRevision, to }));
        return null;
      } catch (thrown) {
        return thrown as Error;
      }
    });
    last.current = turn;
    return turn;
  };
  const isOwn = (from: number, to: number): boolean => from === to || (from >= own.from && to <= own.to);
  return { inTurn, isOwn };
}
