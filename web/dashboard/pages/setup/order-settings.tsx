/** What orders need in a target beside what they say themselves, and from when on they are taken. Settings of the flows of orders. */
import { Fieldset, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingErrors } from '../../parts/settings-schema.ts';

export const orderSettingNames = [
  'employee',
  'branch',
  'entryBranch',
  'workplace',
  'orderCategory',
  'shippingArticle',
  'roundingArticle',
  'defaultCustomer',
] as const;
type Name = (typeof orderSettingNames)[number];

/** Empty texts mean: as the target usually has it. */
export type OrderSettings = Readonly<Record<Name, string>> & { readonly documentType: string };

export function orderSettingsOf(
  settings: (Readonly<Record<Name, string | null>> & { readonly documentType: string }) | undefined,
): OrderSettings {
  const texts = Object.fromEntries(orderSettingNames.map((name) => [name, settings?.[name] ?? '']));
  return { ...(texts as Record<Name, string>), documentType: settings?.documentType ?? 'ORDER' };
}

/** As the hub takes them. */
export const orderInput = ({ documentType, ...texts }: OrderSettings) => ({
  ...Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, value.trim() === '' ? null : value.trim()]),
  ),
  documentType: documentType as 'ORDER' | 'INVOICE',
});

/** Only tills book on branches, by employees. */
const ofTills: ReadonlySet<Name> = new Set(['employee', 'branch', 'entryBranch', 'workplace', 'orderCategory']);

export function OrderSettingsForm({
  target,
  isTill,
  settings,
  errors,
  onChange,
}: {
  readonly target: string;
  readonly isTill: boolean;
  readonly settings: OrderSettings;
  readonly errors: SettingErrors;
  onChange(settings: OrderSettings): void;
}) {
  const { t } = useTranslation('setup');
  const names = orderSettingNames.filter((name) => isTill || !ofTills.has(name));
  return (
    <Fieldset legend={t('ordersTo', { target })}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {isTill && (
          <NativeSelect
            label={t('documentType')}
            value={settings.documentType}
            data={[
              { value: 'ORDER', label: t('asOrder') },
              { value: 'INVOICE', label: t('asInvoice') },
            ]}
            onChange={(event) => onChange({ ...settings, documentType: event.currentTarget.value })}
          />
        )}
        {names.map((name) => (
          <TextInput
            key={name}
            label={t(`order_${name}`)}
            placeholder={name === 'employee' ? '999999' : undefined}
            value={settings[name]}
            error={errors[name]}
            autoComplete="off"
            onChange={(event) => onChange({ ...settings, [name]: event.currentTarget.value })}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}
