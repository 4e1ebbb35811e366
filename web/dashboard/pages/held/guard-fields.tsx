/** From when on a flow's changes are held back, among its settings. */
import { Fieldset, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Fields } from '../flows/setting-fields.tsx';
import { factorPattern } from '../flows/settings-draft.ts';

const numbers = ['maxRecords', 'maxPercent', 'maxPriceFactor'] as const;

export function GuardFields({ draft: { guard }, change, errorOf, target }: Fields) {
  const { t } = useTranslation('held');
  return (
    <Fieldset legend={t('guard')}>
      <Stack gap="sm">
        <Switch
          label={t('isOn', { target })}
          description={t('isOnHint')}
          checked={guard.isOn}
          onChange={({ currentTarget: { checked } }) => change({ guard: { ...guard, isOn: checked } })}
        />
        {guard.isOn && (
          <>
            <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" style={{ alignItems: 'end' }}>
              {numbers.map((name) => (
                <TextInput
                  key={name}
                  label={t(name)}
                  inputMode={name === 'maxPriceFactor' ? 'decimal' : 'numeric'}
                  pattern={name === 'maxPriceFactor' ? factorPattern : '[0-9]+'}
                  required
                  withAsterisk={false}
                  value={guard[name]}
                  error={errorOf('guard', name)}
                  onChange={({ currentTarget: { value } }) => change({ guard: { ...guard, [name]: value } })}
                />
              ))}
            </SimpleGrid>
            <Text size="xs" className="muted">
              {t('within')}
            </Text>
          </>
        )}
      </Stack>
    </Fieldset>
  );
}
