/** A field by its path: typed, or chosen from those that exist, with what they hold in the record that is tried. */
import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FieldOption } from './field-name.tsx';
import type { Offered } from './fields.ts';

export function PathInput({
  label,
  description,
  value,
  offered,
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly offered: readonly Offered[];
  onChange(path: string): void;
}) {
  const { t } = useTranslation('mappings');
  const byPath = new Map(offered.map((each) => [each.path, each]));
  const known = byPath.get(value);
  const hint = known === undefined ? description : [known.label, known.sample === '' ? '' : t('nowHolds', { value: known.sample })].filter((part) => part !== '').join(' · '); // prettier-ignore
  return (
    <Autocomplete
      label={label}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={[...byPath.keys()]}
      limit={200}
      maxDropdownHeight={280}
      value={value}
      onChange={onChange}
      renderOption={({ option: { value: path } }) => (
        <FieldOption
          path={path}
          about={[byPath.get(path)?.label, byPath.get(path)?.sample].filter(Boolean).join(' · ')}
        />
      )}
    />
  );
}
