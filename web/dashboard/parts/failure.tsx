/** What failed, whether data is safe, what to do, and the name of the request to quote. One panel that fails does not blank the page. */
import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AskError } from '../api/ask.ts';
import { RefusedError } from '../api/hooks.ts';

/** What went wrong, in a line: for where a whole panel would be too much. */
export function useSentence(): (error: Error) => string {
  const { t } = useTranslation();
  return (error) => {
    const { code, hint } = error instanceof AskError ? error : { code: null, hint: null };
    return code === 'NETWORK' ? t('network') : `${error.message} ${hint ?? ''}`.trim();
  };
}

export function Failure({ error, onRetry }: { readonly error: Error; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const isRefused = error instanceof RefusedError;
  const { requestId, code } = error instanceof AskError ? error : { requestId: null, code: null };
  if (code === 'FORBIDDEN') return <NotAllowed />;
  return (
    <Alert color="red" variant="light" role="alert" title={isRefused ? t('refused') : t('failed')}>
      <Stack gap="xs">
        <Text size="sm">{sentence(error)}</Text>
        {!isRefused && (
          <Text size="sm" className="muted">
            {t('failedSafe')}
          </Text>
        )}
        <Group gap="xs">
          {onRetry !== undefined && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t('tryAgain')}
            </Button>
          )}
          {requestId !== null && (
            <CopyButton value={requestId}>
              {({ copied, copy }) => (
                <Button size="xs" variant="subtle" onClick={copy}>
                  {copied ? t('copied') : t('requestId', { id: requestId })}
                </Button>
              )}
            </CopyButton>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** Not a fault: what the role of the person does not allow, and who can change that. */
export function NotAllowed() {
  const { t } = useTranslation();
  return (
    <Alert color="gray" variant="light" role="alert" title={t('notAllowed')}>
      <Text size="sm">{t('notAllowedHint')}</Text>
    </Alert>
  );
}
