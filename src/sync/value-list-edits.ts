/** What people do with value lists: make, edit as a draft, publish, go back, remove. */
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { ValueListBody, ValueListEntry, ValueListKind } from '../mapping/mapping.js';
import { listsOf } from '../mapping/mapping-parts.js';
import { entriesFromCsv, entriesToCsv } from '../mapping/value-list-csv.js';
import {
  entryChanges,
  listProblems,
  tidyKey,
  withEntries,
  withoutEntries,
  type EntryChange,
} from '../mapping/value-list-edit.js';
import { editDraft, lockOne, publishDraft, rollBack, type EditDeps, type Publish, type Rollback } from './edits.js';

export interface ValueListDeps extends EditDeps {
  readonly lists: Pick<typeof import('../store/value-lists.js'), 'createValueList' | 'deleteValueList'>;
}

export interface NewValueList {
  readonly key: string;
  readonly name: string;
  readonly kind: ValueListKind;
  readonly body: ValueListBody;
}

interface Edit {
  readonly id: string;
  readonly expectedRevision: number;
}

export interface ValueListEdits {
  /** Makes a list and publishes it as version 1. Returns its id. */
  create(list: NewValueList, by: string): Promise<string>;
  /** Adds and changes entries of the draft, or replaces all of them. */
  saveEntries(edit: Edit, entries: readonly ValueListEntry[], isReplacement: boolean): Promise<void>;
  /** Returns how many there were. */
  deleteEntries(edit: Edit, entries: readonly Pick<ValueListEntry, 'from' | 'secondKey'>[]): Promise<number>;
  /** What `saveEntries` would make of a list. */
  withEntries: typeof withEntries;
  /** What differs between two states of a list; null = there was none. */
  changes(before: ValueListBody | null, after: ValueListBody): readonly EntryChange[];
  toCsv: typeof entriesToCsv;
  fromCsv: typeof entriesFromCsv;
  /** What becomes of codes without an entry. */
  saveWhenUnmapped(edit: Edit, change: Pick<ValueListBody, 'whenUnmapped' | 'defaultValue'>): Promise<void>;
  discard(edit: Edit): Promise<void>;
  publish(publish: Publish): Promise<number>;
  rollBack(rollback: Rollback): Promise<number>;
  /** Only a list that no mapping uses, neither as it is published nor as it is being edited. */
  delete(id: string): Promise<void>;
}

function refuseInvalid(key: string, body: ValueListBody): void {
  const problems = listProblems(body);
  if (problems.length > 0) throw new KoppelError('VALUE_LIST_INVALID', { key, problems: problems.join('; ') });
}

export function makeValueListEdits(deps: ValueListDeps): ValueListEdits {
  return {
    async create({ key, name, kind, body }, by) {
      refuseInvalid(key, body);
      const id = newId('value_list');
      await deps.database.tx(async (tx) => {
        if (!(await deps.lists.createValueList(tx, { id, key, name, kind, body, by })))
          throw new KoppelError('VALUE_LIST_EXISTS', { key });
        await deps.announceConfiguration(tx);
      });
      await deps.reload();
      return id;
    },
    saveEntries: (edit, entries, isReplacement) =>
      editDraft(deps, 'value_list', edit, (body, { key }) => {
        const changed = withEntries(body, entries, isReplacement);
        refuseInvalid(key, changed);
        return changed;
      }),
    withEntries,
    changes: (before, after) => entryChanges(before ?? { ...after, entries: [] }, after),
    toCsv: entriesToCsv,
    fromCsv: entriesFromCsv,
    async deleteEntries(edit, entries) {
      let count = 0;
      await editDraft(deps, 'value_list', edit, (before) => {
        const { body, removed } = withoutEntries(before, new Set(entries.map(tidyKey)));
        count = removed.length;
        return body;
      });
      return count;
    },
    saveWhenUnmapped: (edit, { whenUnmapped, defaultValue }) =>
      editDraft(deps, 'value_list', edit, ({ entries }, { key }) => {
        const changed = { whenUnmapped, ...(defaultValue === undefined ? {} : { defaultValue }), entries };
        refuseInvalid(key, changed);
        return changed;
      }),
    discard: (edit) => editDraft(deps, 'value_list', edit, () => null),
    publish: (publish) =>
      publishDraft(deps, 'value_list', publish, (_, { key }, draft) => Promise.resolve(refuseInvalid(key, draft))),
    rollBack: (rollback) =>
      rollBack(deps, 'value_list', rollback, (_, { key }, body) => Promise.resolve(refuseInvalid(key, body))),
    async delete(id) {
      await deps.database.tx(async (tx) => {
        const { key } = await lockOne(deps, tx, 'value_list', id);
        const mappings = await deps.versions.listEdited(tx, 'mapping');
        const users = mappings.filter(({ draft, published }) =>
          [draft, published].some((each) => each !== null && listsOf(each).has(key)),
        );
        if (users.length > 0) {
          const names = users.map((each) => each.key).join(', ');
          throw new KoppelError('VALUE_LIST_IN_USE', { key, mappings: names });
        }
        await deps.lists.deleteValueList(tx, key);
        await deps.announceConfiguration(tx);
      });
      await deps.reload();
    },
  };
}
