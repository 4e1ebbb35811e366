/** What "Fix and replay" does with the rows that were entered: saves them, publishes their lists, and follows the records. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/ask.ts';
import { RefusedError, useCommand } from '../../api/hooks.ts';
import { FixDraftDocument, FixPublishDocument, FixSaveDocument, FixTakeBackDocument, ProblemReplayDocument } from '../../graph/graphql.ts'; // prettier-ignore
import {
  groupedByList,
  othersIn,
  stillIn,
  withoutRows,
  type FixedCause,
  type MissingRow,
  type RowsOfList,
} from './fix-rows.ts';
import { codeName } from './naming.ts';
import { watch, type Watched } from './targets.ts';

/** How far a list is. */
interface Standing {
  /** That of its draft, from which the next try goes on. */
  readonly revision: number;
  /** The rows that this form has saved there. */
  readonly saved: RowsOfList['entries'];
  /** The rows that are in use already, by this form; as JSON. */
  readonly published: string | null;
}

const areNoneLeft = (thrown: unknown): boolean =>
  thrown instanceof RefusedError && thrown.refusals.every(({ code }) => code === 'NOT_FOUND');

/**
 * Puts rows in use, list by list. Every try goes on from what the one before has done; after a refusal it goes on from the draft as somebody
 * else has left it, and `others` counts what is published with it.
 */
function useLists(fingerprint: string) {
  const { t } = useTranslation('problems');
  const takeBack = useCommand(FixTakeBackDocument, []);
  const save = useCommand(FixSaveDocument, []);
  const publish = useCommand(FixPublishDocument, []);
  const replay = useCommand(ProblemReplayDocument, []);
  const standings = useRef(new Map<string, Standing>());
  const [others, setOthers] = useState<ReadonlyMap<string, number>>(new Map());
  const standingOf = ({ id, draftRevision }: RowsOfList): Standing =>
    standings.current.get(id) ?? { revision: draftRevision, saved: [], published: null };
  const note = (list: RowsOfList, change: Partial<Standing>): void =>
    void standings.current.set(list.id, { ...standingOf(list), ...change });

  async function putInUse(list: RowsOfList): Promise<void> {
    const { id, entries } = list;
    const print = JSON.stringify(entries);
    const { saved, published } = standingOf(list);
    if (published === print) return;
    const edit = () => ({ id, expectedRevision: standingOf(list).revision });
    const given = withoutRows(saved, entries);
    if (given.length > 0) {
      const { valueMap } = (await takeBack.run({ input: { ...edit(), entries: given } })).valueMapEntriesDelete;
      note(list, { revision: valueMap!.draftRevision, saved: entries });
    }
    const { valueMap } = (await save.run({ input: { ...edit(), entries } })).valueMapEntriesSave;
    note(list, { revision: valueMap!.draftRevision, saved: entries });
    if (valueMap!.hasUnpublishedChanges) {
      const named = entries.map(
        (entry) => `${codeName({ ...entry, value: entry.sourceValue })} → ${entry.targetValue}`,
      );
      const words = t('fixNote', { rows: named.join(', ') });
      const done = await publish.run({ input: { ...edit(), note: words, then: 'REPLAY_DEAD_LETTERS' } });
      note(list, { revision: done.valueMapPublish.valueMap!.draftRevision });
    } else {
      // In use already: by a try whose answer was lost, which has sent the problems again too, or by somebody else.
      await replay.run({ input: { selection: { fingerprint } } }).catch((thrown: unknown) => {
        if (!areNoneLeft(thrown)) throw thrown;
      });
    }
    note(list, { published: print });
  }
  async function lookAgain(list: RowsOfList): Promise<void> {
    const { valueMap } = await ask(FixDraftDocument, { id: list.id });
    if (valueMap == null) return;
    const { draftRevision, draftChanges } = valueMap;
    // What is in use by now is not this form's to take back.
    const saved = stillIn(standingOf(list).saved, draftChanges);
    note(list, { revision: draftRevision, saved });
    setOthers((now) => new Map(now).set(list.id, othersIn(draftChanges, [...saved, ...list.entries])));
  }
  return { putInUse, lookAgain, others };
}

/** Puts all rows in use, and tells what is to be followed then. */
export function useFix({ fingerprint, blockedCount, flow }: FixedCause) {
  const { putInUse, lookAgain, others } = useLists(fingerprint);
  const [watched, setWatched] = useState<Watched | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const meant = useRef<Watched | null>(null);
  async function run(rows: readonly MissingRow[], targets: ReadonlyMap<string, string>): Promise<void> {
    setRunning(true);
    setFailure(null);
    try {
      const isStopped = flow?.state === 'SUSPENDED';
      const behind = { count: isStopped ? blockedCount : 0, flowId: isStopped ? flow.id : null };
      // Those of the first try: some may have gone through when its answer was lost.
      const begun = (meant.current ??= await watch([{ fingerprint }], behind));
      for (const list of groupedByList(rows, targets)) {
        await putInUse(list).catch(async (thrown: unknown) => {
          if (thrown instanceof RefusedError) await lookAgain(list).catch(() => undefined);
          throw thrown;
        });
      }
      setWatched(begun);
    } catch (thrown) {
      setFailure(thrown as Error);
    } finally {
      setRunning(false);
    }
  }
  return { run, isRunning, error: failure, watched, others };
}
