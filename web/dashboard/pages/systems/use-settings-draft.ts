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

/** What was sent, as it is stored now, with what was typed since it was sent. */
function carriedOver(sent: SettingsDraft, now: SettingsDraft, stored: SettingsDraft): SettingsDraft {
  const typed = Object.entries(now.values).filter(([name, value]) => value !== sent.values[name]);
  const name = now.name === sent.name ? stored.name : now.name;
  return { name, values: { ...stored.values, ...Object.fromEntries(typed) } };
}

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
  /** What was taken by the hub, until the system arrives in which it stands. */
  const [sent, setSent] = useState<SettingsDraft | null>(null);
  const isDirty = !isSame(draft, sent ?? draftOf(base));
  const isNews = !isSaving && system?.version !== base?.version;
  // Pausing counts as a change of the system too; it takes nothing away from what is being entered.
  const isStoredAnew =
    sent === null && !isSame([draftOf(system), system?.secretsSetAt], [draftOf(base), base?.secretsSetAt]);
  const isOvertaken = isNews && isDirty && isStoredAnew && !isSame(draftOf(system), draft);
  const reset = (): void => {
    setBase(system);
    setDraft(draftOf(system));
    setSent(null);
    setRound(round + 1);
  };
  if (isNews && !isOvertaken) {
    setBase(system);
    setSent(null);
    if (sent !== null) setDraft(carriedOver(sent, draft, draftOf(system)));
    else if (!isDirty) setDraft(draftOf(system));
  }
  const change = (part: Partial<SettingsDraft>): void => setDraft((now) => ({ ...now, ...part }));
  return { draft, change, base, isOvertaken, reset, round, saved: setSent };
}
