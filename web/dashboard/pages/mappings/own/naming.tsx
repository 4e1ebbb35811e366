/** Name and key of a mapping that is to be made: the key follows the name until somebody types another one. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError } from '../../../api/hooks.ts';

export interface Naming {
  readonly name: string;
  readonly key: string;
  type(change: { readonly name?: string; readonly key?: string }): void;
}

/** A key like the name: small letters and digits, everything else a dash. */
const keyLike = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63);

export function useNaming(name: string): Naming {
  const [typed, setTyped] = useState<{ readonly name?: string; readonly key?: string }>({});
  const now = typed.name ?? name;
  return {
    name: now,
    key: typed.key ?? keyLike(now),
    type: (change) => setTyped((before) => ({ ...before, ...change })),
  };
}

/** What was refused about a field; undefined when nothing was. */
export const refusedAt = (error: Error | null, name: string): string | undefined =>
  error instanceof RefusedError ? error.refusals.find(({ field }) => field?.includes(name))?.message : undefined;

/** Whether the refusals stand at these fields already. */
export const standsAtFields = (error: Error | null, names: readonly string[]): boolean =>
  error instanceof RefusedError && error.refusals.every(({ field }) => field?.some((name) => names.includes(name)));

export function NamingFields({ naming, error }: { readonly naming: Naming; readonly error: Error | null }) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  return (
    <>
      <TextInput
        label={common('name')}
        required
        withAsterisk={false}
        data-autofocus
        value={naming.name}
        error={refusedAt(error, 'name')}
        onChange={({ currentTarget: { value } }) => naming.type({ name: value })}
      />
      <TextInput
        label={t('ownKey')}
        description={t('ownKeyHint')}
        required
        withAsterisk={false}
        value={naming.key}
        error={refusedAt(error, 'key')}
        onChange={({ currentTarget: { value } }) => naming.type({ key: value })}
      />
    </>
  );
}
