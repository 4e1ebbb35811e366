/** What a connection test found: each check a tick, a warning or a failure, with what to do about it. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Shape, type Tone } from './status.tsx';

export interface ShownCheck {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly hint: string | null;
}

const tones: Readonly<Record<string, Tone>> = { PASS: 'ok', WARN: 'retrying', FAIL: 'failed' };

export function CheckList({ checks }: { readonly checks: readonly ShownCheck[] }) {
  const { t } = useTranslation('systems');
  const words: Readonly<Record<string, string>> = { PASS: t('checkPass'), WARN: t('checkWarn'), FAIL: t('checkFail') };
  return (
    <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('checks')}>
      {checks.map(({ name, status, message, hint }) => (
        <li key={`${name} ${message}`}>
          <span className="status" style={{ whiteSpace: 'normal', alignItems: 'baseline' }}>
            <Shape tone={tones[status] ?? 'excluded'} />
            <span>
              <Text span size="sm" fw={600}>
                {words[status] ?? t('checkSkipped')}
              </Text>{' '}
              <Text span size="sm">
                {message}
              </Text>{' '}
              {hint !== null && (
                <Text span size="sm" className="muted">
                  {hint}
                </Text>
              )}
            </span>
          </span>
        </li>
      ))}
    </Stack>
  );
}
