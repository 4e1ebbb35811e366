/** Fields of the settings of a flow, by what they are about. */
import { Anchor, Fieldset, Group, NativeSelect, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useListedCodes } from '../records/listed-codes.ts';
import { units, type Draft, type Unit } from './settings-draft.ts';

export interface Fields {
  readonly draft: Draft;
  change(changes: Partial<Draft>): void;
  /** What the hub has against the field at this path. */
  errorOf(...path: readonly string[]): string | undefined;
  readonly target: string;
}

export function GeneralFields(fields: Fields) {
  const { draft, change, errorOf, target } = fields;
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  return (
    <Fieldset legend={t('general')}>
      <Stack gap="sm">
        <TextInput
          label={common('name')}
          required
          withAsterisk={false}
          value={draft.name}
          error={errorOf('name')}
          onChange={({ currentTarget: { value } }) => change({ name: value })}
        />
        <RhythmFields every={draft.every} unit={draft.unit} error={errorOf('every')} onChange={change} />
        <Switch
          label={t('createMissing', { target })}
          checked={draft.createMissing}
          onChange={({ currentTarget: { checked } }) => change({ createMissing: checked })}
        />
        <Switch
          label={t('updateExisting', { target })}
          checked={draft.updateExisting}
          onChange={({ currentTarget: { checked } }) => change({ updateExisting: checked })}
        />
        <ShopFields {...fields} />
      </Stack>
    </Fieldset>
  );
}

/** How often the source is looked at. */
export function RhythmFields({
  every,
  unit,
  error,
  onChange,
}: {
  readonly every: string;
  readonly unit: Unit;
  readonly error: string | undefined;
  onChange(change: { readonly every?: string; readonly unit?: Unit }): void;
}) {
  const { t } = useTranslation('flows');
  return (
    <Group gap="xs" align="flex-start">
      <TextInput
        label={t('lookEvery')}
        inputMode="numeric"
        pattern="[0-9]+"
        required
        withAsterisk={false}
        w={230}
        value={every}
        error={error}
        onChange={({ currentTarget: { value } }) => onChange({ every: value })}
      />
      <NativeSelect
        label={t('unit')}
        value={unit}
        onChange={({ currentTarget: { value } }) => onChange({ unit: value as Unit })}
        data={units.map((value) => ({ value, label: t(`unitOf.${value}`) }))}
      />
    </Group>
  );
}

function ShopFields({ draft, change, errorOf }: Fields) {
  const { t } = useTranslation('flows');
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <TextInput
          label={t('batchSize')}
          inputMode="numeric"
          pattern="[0-9]+"
          value={draft.batchSize}
          error={errorOf('batchSize')}
          onChange={({ currentTarget: { value } }) => change({ batchSize: value })}
        />
        <TextInput
          label={t('country')}
          maxLength={2}
          value={draft.country}
          error={errorOf('country')}
          onChange={({ currentTarget: { value } }) => change({ country: value.toUpperCase() })}
        />
        <TextInput
          label={t('currency')}
          maxLength={3}
          value={draft.currency}
          error={errorOf('currency')}
          onChange={({ currentTarget: { value } }) => change({ currency: value.toUpperCase() })}
        />
      </SimpleGrid>
      <TextInput
        label={t('ownedFields')}
        description={
          <>
            {t('ownedFieldsHint')}{' '}
            <Anchor component={Link} to="/conflicts?status=owners" size="xs">
              {t('ownedFieldsAll')}
            </Anchor>
          </>
        }
        value={draft.ownedFields}
        error={errorOf('ownedFields')}
        onChange={({ currentTarget: { value } }) => change({ ownedFields: value })}
      />
    </>
  );
}

export function ProductFields({ draft, change, errorOf, target }: Fields) {
  const { t } = useTranslation('flows');
  return (
    <Fieldset legend={t('articleNumbers')}>
      <Stack gap="sm">
        <NativeSelect
          label={t('numberMode', { target })}
          value={draft.numberMode}
          onChange={({ currentTarget: { value } }) => change({ numberMode: value as Draft['numberMode'] })}
          data={(['DIGITS_ONLY', 'ALLOCATE'] as const).map((value) => ({ value, label: t(`numberModeOf.${value}`) }))}
        />
        {draft.numberMode === 'ALLOCATE' && (
          <TextInput
            label={t('numberFrom')}
            inputMode="numeric"
            value={draft.numberFrom}
            error={errorOf('articleNumbers')}
            onChange={({ currentTarget: { value } }) => change({ numberFrom: value })}
          />
        )}
      </Stack>
    </Fieldset>
  );
}

const calculations = [
  'AVAILABLE',
  'ON_HAND',
  'ON_HAND_MINUS_RESERVED_MINUS_SAFETY',
  'AVAILABLE_PLUS_INCOMING',
] as const;

export function StockFields({ draft, change }: Fields) {
  const { t } = useTranslation('flows');
  return (
    <Fieldset legend={t('stock')}>
      <NativeSelect
        label={t('stockCalculation')}
        value={draft.stockCalculation}
        onChange={({ currentTarget: { value } }) => change({ stockCalculation: value as Draft['stockCalculation'] })}
        data={calculations.map((value) => ({ value, label: t(`calculation.${value}`) }))}
      />
    </Fieldset>
  );
}

const orderTexts = [
  'employee',
  'branch',
  'entryBranch',
  'workplace',
  'orderCategory',
  'shippingArticle',
  'roundingArticle',
  'defaultCustomer',
] as const;
const types = ['ORDER', 'INVOICE', 'CREDIT_NOTE'] as const;

export function OrderFields({ draft, change, errorOf, target }: Fields) {
  const { t } = useTranslation('flows');
  const listed = useListedCodes();
  const { order } = draft;
  const set = (changes: Partial<Draft['order']>): void => change({ order: { ...order, ...changes } });
  const choice = <K extends 'documentType' | 'useDefaultCustomer' | 'matchCustomersBy'>(
    key: K,
    label: string,
    values: readonly Draft['order'][K][],
  ) => (
    <NativeSelect
      label={label}
      value={order[key]}
      error={errorOf(key)}
      onChange={({ currentTarget: { value } }) => set({ [key]: value })}
      data={values.map((value) => ({ value, label: t(`orderValue.${value}`) }))}
    />
  );
  return (
    <Fieldset legend={t('orders')}>
      <Stack gap="sm">
        <Fieldset legend={t('order.types')} variant="unstyled">
          <Group gap="md" mt={4}>
            {types.map((type) => (
              <Switch
                key={type}
                label={t(`orderValue.${type}`)}
                checked={order.types.includes(type)}
                onChange={({ currentTarget: { checked } }) =>
                  set({ types: types.filter((each) => (each === type ? checked : order.types.includes(each))) })
                }
              />
            ))}
          </Group>
        </Fieldset>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {choice('documentType', t('order.documentType', { target }), ['ORDER', 'INVOICE'])}
          {choice('matchCustomersBy', t('order.matchCustomersBy'), ['EMAIL', 'NONE'])}
          {choice('useDefaultCustomer', t('order.useDefaultCustomer'), ['WHEN_MISSING', 'ALWAYS'])}
          {orderTexts.map((key) => (
            <TextInput
              key={key}
              label={t(`order.${key}`, { target })}
              value={order[key] ?? ''}
              error={errorOf('order', key)}
              description={listed(key, order[key] ?? '')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              onChange={({ currentTarget: { value } }) => set({ [key]: value === '' ? null : value })}
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Fieldset>
  );
}

export function StartFields({ draft, change, errorOf, isOrder }: Fields & { readonly isOrder: boolean }) {
  const { t } = useTranslation('flows');
  const starts =
    isOrder || draft.start === 'DATE' ? (['BEGINNING', 'NOW', 'DATE'] as const) : (['BEGINNING', 'NOW'] as const);
  return (
    <Fieldset legend={t('start')}>
      <Stack gap="sm">
        <NativeSelect
          label={t('startWith')}
          description={t('startHint')}
          value={draft.start}
          onChange={({ currentTarget: { value } }) => change({ start: value as Draft['start'] })}
          data={starts.map((value) => ({ value, label: t(`startOf.${value}`) }))}
        />
        {draft.start === 'DATE' && (
          <TextInput
            type="datetime-local"
            required
            withAsterisk={false}
            label={t('startFrom')}
            value={draft.startFrom}
            error={errorOf('startFrom')}
            onChange={({ currentTarget: { value } }) => change({ startFrom: value })}
          />
        )}
        {isOrder && (
          <TextInput
            type="datetime-local"
            label={t('liveFrom')}
            description={t('liveFromHint')}
            value={draft.liveFrom}
            error={errorOf('liveFrom')}
            onChange={({ currentTarget: { value } }) => change({ liveFrom: value })}
          />
        )}
      </Stack>
    </Fieldset>
  );
}
