/**
 * What stands in a panel while its answer is on the way, when it fails, and when it is there. The skeleton comes after 150 ms, so that fast
 * answers do not flicker; after four seconds a sentence says what is being waited for. What was there before stays while it is asked again, and
 * when that fails, with a line above it that says so.
 */
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { createContext, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskError } from '../api/ask.ts';
import { Failure } from './failure.tsx';
import { useFormats } from './formats.ts';

/** An answer, whether it is there or not. */
export interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: AskError | null;
  /** When `data` was answered, in milliseconds since 1970. */
  readonly dataUpdatedAt: number;
  /** Whether `data` is of the question before, with other filters or another place in the list. */
  readonly isPlaceholderData?: boolean;
  refetch(): unknown;
}

/** Whether what is shown answers the question before; that there is nothing must not be concluded from it. */
export const OldAnswer = createContext(false);

export function Answer<Data>({
  of: asked,
  skeleton = <Lines />,
  children,
}: {
  readonly of: Asked<Data>;
  readonly skeleton?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}) {
  if (asked.data !== undefined)
    return (
      <>
        {asked.error !== null && <Stale since={asked.dataUpdatedAt} onRetry={() => void asked.refetch()} />}
        <OldAnswer value={asked.isPlaceholderData ?? false}>{children(asked.data)}</OldAnswer>
      </>
    );
  if (asked.error !== null) return <Failure error={asked.error} onRetry={() => void asked.refetch()} />;
  return <Waiting>{skeleton}</Waiting>;
}

/** Above what is shown: since when it is not known whether that still holds. */
function Stale({ since, onRetry }: { readonly since: number; onRetry(): void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Group role="status" gap="xs" mb="xs">
      <Text size="sm">{t('staleSince', { moment: formats.moment(since) })}</Text>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t('tryAgain')}
      </Button>
    </Group>
  );
}

const flickerMs = 150;
const slowMs = 4_000;

export function Waiting({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const [stage, setStage] = useState<'quiet' | 'shown' | 'slow'>('quiet');
  useEffect(() => {
    const timers = [setTimeout(() => setStage('shown'), flickerMs), setTimeout(() => setStage('slow'), slowMs)];
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <div aria-busy="true" role="status">
      <span style={{ visibility: stage === 'quiet' ? 'hidden' : 'visible' }}>{children}</span>
      <Text size="sm" className="muted">
        {stage === 'slow' ? t('stillLoading') : ' '}
      </Text>
    </div>
  );
}

/** Rows of a table or list that is not there yet. */
export function Lines({ count = 6, height = 18 }: { readonly count?: number; readonly height?: number }) {
  return (
    <Stack gap="sm" py="xs">
      {Array.from({ length: count }, (_, i) => (
        <Skeleton key={i} height={height} width={`${95 - ((i * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
