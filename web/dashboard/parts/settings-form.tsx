/** The settings of a connector as fields, drawn from its JSON Schema; used by the pages of systems and by the first steps. */
import { Button, Group, NativeSelect, PasswordInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from './formats.ts';
import type { SettingErrors, SettingField, SettingValues } from './settings-schema.ts';

export function SettingsForm({
  fields,
  values,
  errors,
  secretsSetAt,
  areSecretsNeeded,
  onChange,
}: {
  readonly fields: readonly SettingField[];
  readonly values: SettingValues;
  readonly errors: SettingErrors;
  /** When the secrets were stored; null for a system that is not there yet. */
  readonly secretsSetAt: string | null;
  /** Those that are stored are of no use with what is entered. */
  readonly areSecretsNeeded: boolean;
  onChange(values: SettingValues): void;
}) {
  const set = (name: string, value: string | boolean): void => onChange({ ...values, [name]: value });
  const shown = (field: SettingField) =>
    field.kind === 'secret' ? (
      <SecretField
        key={field.name}
        field={field}
        value={String(values[field.name] ?? '')}
        error={errors[field.name]}
        setAt={secretsSetAt}
        isNeeded={areSecretsNeeded}
        onChange={(value) => set(field.name, value)}
      />
    ) : (
      <OpenField
        key={field.name}
        field={field}
        value={values[field.name] ?? ''}
        error={errors[field.name]}
        onChange={(value) => set(field.name, value)}
      />
    );
  const pages = fields.filter(({ isPage }) => isPage);
  return (
    <Stack gap="md" data-from-hub>
      {fields.filter(({ isPage }) => !isPage).map(shown)}
      {pages.length > 0 && (
        <Pages hasErrors={pages.some(({ name }) => errors[name] !== undefined)}>{pages.map(shown)}</Pages>
      )}
    </Stack>
  );
}

/** Closed until somebody wants them, or one of them is refused. */
function Pages({ hasErrors, children }: { readonly hasErrors: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation('systems');
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen || hasErrors} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('pages')}</summary>
      <Stack gap="md" mt="sm">
        <Text size="sm" className="muted">
          {t('pagesHint')}
        </Text>
        {children}
      </Stack>
    </details>
  );
}

function OpenField({
  field,
  value,
  error,
  onChange,
}: {
  readonly field: SettingField;
  readonly value: string | boolean;
  readonly error: string | undefined;
  onChange(value: string | boolean): void;
}) {
  const { t } = useTranslation('systems');
  const { kind, title, description, isRequired, isPage, standard, choices, least, most } = field;
  const usual = standard === null ? null : t('usual', { value: standard });
  const range = least !== null && most !== null ? t('range', { least, most }) : null;
  // Above the fields for pages it is said once for all of them.
  const about = [isPage ? null : description, kind === 'list' ? t('listHint') : null, range, usual].filter(
    (part) => part !== null,
  );
  const shared = { label: title, description: about.join(' '), error, required: isRequired };
  if (kind === 'boolean') {
    return (
      <Switch
        label={title}
        description={about.join(' ')}
        error={error}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (kind === 'choice') {
    return (
      <NativeSelect
        {...shared}
        data={[...(isRequired ? [] : ['']), ...choices]}
        value={String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      value={String(value)}
      placeholder={standard ?? (isPage ? 'https://…/{id}' : undefined)}
      inputMode={kind === 'number' ? 'numeric' : undefined}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A secret that is stored is never shown: since when it is there, and a way to replace it, unless it is needed again in any case. */
function SecretField({
  field: { title, description, isRequired },
  value,
  error,
  setAt,
  isNeeded,
  onChange,
}: {
  readonly field: SettingField;
  readonly value: string;
  readonly error: string | undefined;
  readonly setAt: string | null;
  readonly isNeeded: boolean;
  onChange(value: string): void;
}) {
  const { t } = useTranslation('systems');
  const { t: common } = useTranslation();
  const [replaced, setReplaced] = useState<string | null>(null);
  // A secret that was stored since is hidden again.
  const isReplaced = setAt !== null && replaced === setAt;
  // What was typed stays in sight until somebody cancels it: it would be sent.
  if (setAt !== null && !isNeeded && !isReplaced && value === '')
    return <StoredSecret title={title} error={error} setAt={setAt} onReplace={() => setReplaced(setAt)} />;
  return (
    <Group align="flex-end" gap="sm" wrap="nowrap">
      <PasswordInput
        label={title}
        description={setAt !== null && isNeeded ? t('secretAgain') : (description ?? undefined)}
        error={error}
        aria-invalid={error !== undefined}
        required={isRequired && (setAt === null || isNeeded)}
        value={value}
        autoComplete="new-password"
        autoFocus={isReplaced}
        style={{ flex: 1 }}
        visibilityToggleButtonProps={{ 'aria-label': t('showSecret') }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {setAt !== null && !isNeeded && (
        <Button
          variant="default"
          onClick={() => {
            onChange('');
            setReplaced(null);
          }}
        >
          {common('cancel')}
        </Button>
      )}
    </Group>
  );
}

function StoredSecret({
  title,
  error,
  setAt,
  onReplace,
}: {
  readonly title: string;
  readonly error: string | undefined;
  readonly setAt: string;
  onReplace(): void;
}) {
  const { t } = useTranslation('systems');
  const formats = useFormats();
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Group gap="sm">
        <Text size="sm" className="muted">
          {t('secretSet', { moment: formats.moment(setAt) })}
        </Text>
        <Button size="xs" variant="default" onClick={onReplace} aria-label={t('replaceWhat', { name: title })}>
          {t('replace')}
        </Button>
      </Group>
      {error !== undefined && (
        <Text size="xs" c="var(--koppel-failed)" role="alert">
          {error}
        </Text>
      )}
    </div>
  );
}
