/** What can be done with a record: take it in again and compare it with the systems, copy its address. */
import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconLink, IconRefresh } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { RecordResyncDocument } from '../../graph/graphql.ts';
import { told, toldFailure } from '../../parts/told.ts';

/** `ids`: the record with its parts. */
export function RecordActions({ ids, children }: { readonly ids: readonly string[]; readonly children?: ReactNode }) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const mayResync = useMay('REPLAY');
  const { copied, copy } = useClipboard({ timeout: 1_000 });
  return (
    <>
      {children}
      <Button
        variant="default"
        size="sm"
        leftSection={copied ? <IconCheck size={16} aria-hidden="true" /> : <IconLink size={16} aria-hidden="true" />}
        // The address of this moment: with another tab it is another one.
        onClick={() => copy(location.href)}
      >
        {copied ? common('copied') : t('copyLink')}
      </Button>
      {mayResync && <Resync ids={ids} />}
    </>
  );
}

function Resync({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation('records');
  const resync = useCommand(RecordResyncDocument, []);
  const navigate = useNavigate();
  async function start(): Promise<void> {
    try {
      const { entityResync } = await resync.run({ input: { entityIds: [...ids] } });
      told(t('resyncStarted'));
      // One record is done in a moment, and its page shows it; of many one wants to see how far they are.
      if (ids.length > 20 && entityResync.job != null) await navigate({ to: `/jobs/${entityResync.job.id}` });
    } catch (thrown) {
      toldFailure(thrown as Error);
    }
  }
  return (
    <Button
      size="sm"
      leftSection={<IconRefresh size={16} aria-hidden="true" />}
      loading={resync.isRunning}
      title={t('resyncHint')}
      onClick={() => void start()}
    >
      {t('resync')}
    </Button>
  );
}
