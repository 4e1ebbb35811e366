/**
 * "Fix and replay": the rows that a value list lacks, tried on one of the problems while they are typed, then saved, published and
 * everything that waited for them sent again, in one dialog.
 */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { FixCauseDocument, type FixCauseQuery } from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { FixForm } from './fix-form.tsx';

export function FixDialog({ fingerprint, onClose }: { readonly fingerprint: string | null; onClose(): void }) {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  return (
    <Modal
      opened={fingerprint !== null}
      onClose={onClose}
      title={t('fixTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
      size="lg"
      centered
    >
      {fingerprint !== null && <FixCause key={fingerprint} fingerprint={fingerprint} onClose={onClose} />}
    </Modal>
  );
}

/** What is being mended stays as it was when the dialog opened: once it is sent, the cause goes. */
function FixCause({ fingerprint, onClose }: { readonly fingerprint: string; onClose(): void }) {
  const { t } = useTranslation('problems');
  const asked = useAsk(FixCauseDocument, { fingerprint, filter: { fingerprint, status: ['OPEN', 'REPLAYING'] } });
  const [opened, setOpened] = useState<FixCauseQuery | undefined>(undefined);
  if (opened === undefined && asked.data !== undefined && !asked.isFetching) setOpened(asked.data);
  return (
    <Answer of={{ ...asked, data: opened }}>
      {({ deadLetterGroups: { nodes }, replayPlan }) =>
        nodes[0] === undefined || nodes[0].missingEntries.length === 0 ? (
          <Nothing kind="well" title={t('fixedAlready')} />
        ) : (
          <FixForm cause={nodes[0]} plan={replayPlan} onClose={onClose} />
        )
      }
    </Answer>
  );
}
