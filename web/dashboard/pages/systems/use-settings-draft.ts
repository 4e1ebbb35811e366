/**
 * What is being entered of a system. In: the system as the hub has it now, null for one that is new. Out: name and settings as they stand in the
 * form. Guarantee: what was typed stays, whatever becomes of the system meanwhile; when somebody else has changed what is stored, it is said.
 */
import { useState } from 'react';
import { startOf, type SettingField, type SettingValues } from '../../parts/settings-schema.ts';

/** What is stored of a system that is changed. */
export interface StoredSystem {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secretsSetAt: string | null;
}

export interface SettingsDraft {
  readonly name: string;
  readonly values: SettingValues;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** `isSaving`: what is stored by that is not news. */
export function useSettingsDraft(
  {
    system,
    fields,
    newName,
  }: { readonly system: StoredSystem | null; readonly fields: readonly SettingField[]; readonly newName: string },
  isSaving: boolean,
) {
  const draftOf = (of: StoredSystem | null): SettingsDraft => ({
    name: of?.name ?? newName,
    values: startOf(fields, of?.settings ?? null),
  });
  /** What the person has seen, below what was typed. */
  const [base, setBase] = useState(system);
  const [draft, setDraft] = useState(() => draftOf(system));
  /** Another number stands for fields that begin anew: secrets are hidden again. */
  const [round, setRound] = useState(0);
  const [isSaved, setSaved] = useState(false);
  const isDirty = !isSaved && !isSame(draft, draftOf(base));
  const isNews = !isSaving && system?.version !== base?.version;
  // Pausing counts as a change of the system too; it takes nothing away from what is being entered.
  const isStoredAnew = !isSame([draftOf(system), system?.secretsSetAt], [draftOf(base), base?.secretsSetAt]);
  const isOvertaken = isNews && isDirty && isStoredAnew && !isSame(draftOf(system), draft);
  const reset = (): void => {
    setBase(system);
    setDraft(draftOf(system));
    setSaved(false);
    setRound(round + 1);
  };
  if (isNews && !isOvertaken) {
    if (isSaved) reset();
    else {
      setBase(system);
      if (!isDirty) setDraft(draftOf(system));
    }
  }
  const change = (part: Partial<SettingsDraft>): void => {
    setSaved(false);
    setDraft((now) => ({ ...now, ...part }));
  };
  return { draft, change, base, isOvertaken, reset, round, saved: () => setSaved(true) };
}
