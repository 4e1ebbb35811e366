/** Lets a system use this mapping in place of the one that it uses: first what that does to all of its records, then what becomes of those of before. */
import { Alert, Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../../api/hooks.ts';
import { OwnMappingChooseDocument, OwnMappingKindsDocument, type OwnMappingFragment, type OwnMappingKindsQuery } from '../../../graph/graphql.ts'; // prettier-ignore
import type { AfterPublish } from '../../../graph/kinds.ts';
import { Answer, Lines } from '../../../parts/answer.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { told } from '../../../parts/told.ts';
import { Report, Working } from '../side/impact-report.tsx';
import { ThenChoice } from '../side/then-choice.tsx';
import { useImpact } from '../side/use-impact.ts';

interface Props {
  readonly mapping: OwnMappingFragment;
  onClose(): void;
}

export function ChooseMapping({ mapping, onClose }: Props) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const asked = useAsk(OwnMappingKindsDocument, {});
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ownChooseTitle', { name: mapping.name })}
      size="lg"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Answer of={asked} skeleton={<Lines count={4} height={36} />}>
        {({ systems }) => <Form mapping={mapping} systems={candidates(systems, mapping)} onClose={onClose} />}
      </Answer>
    </Modal>
  );
}

/** Systems of its kind that do not use it yet. */
const candidates = (systems: OwnMappingKindsQuery['systems'], mapping: OwnMappingFragment) =>
  systems.filter(
    ({ id, connector }) => connector?.key === mapping.connectorKey && !mapping.systems.some((user) => user.id === id),
  );

function Form({ mapping, systems, onClose }: Props & { readonly systems: ReturnType<typeof candidates> }) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const isInbound = mapping.direction === 'INBOUND';
  const [chosen, setChosen] = useState(systems[0]?.id ?? '');
  const [then, setThen] = useState<AfterPublish>(isInbound ? 'APPLY_TO_NEW' : 'BACKFILL_CHANGED');
  const impact = useImpact(mapping.id, 0, chosen);
  const choose = useCommand(OwnMappingChooseDocument);
  if (systems.length === 0) return <Text size="sm">{t('ownAllUse')}</Text>;
  const name = systems.find(({ id }) => id === chosen)?.name ?? '';
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const planHash = impact.report?.planHash ?? null;
    const { replayedCount, backfilledCount } = (
      await choose.run({ input: { id: mapping.id, systemId: chosen, planHash, then } })
    ).mappingChoose;
    const follows = [replayedCount > 0 ? t('replayed', { count: replayedCount }) : '', backfilledCount > 0 ? t('backfilled', { count: backfilledCount }) : '']; // prettier-ignore
    told([t('ownChosen', { system: name, name: mapping.name }), ...follows].join(' ').trim());
    onClose();
  }
  return (
    <form onSubmit={(event) => void submit(event).catch(() => {})}>
      <Stack gap="md">
        <Text size="sm">{t('ownChooseAbout')}</Text>
        <NativeSelect
          label={t('ownSystem')}
          value={chosen}
          data={systems.map(({ id, name: label }) => ({ value: id, label }))}
          onChange={({ currentTarget: { value } }) => setChosen(value)}
        />
        {isInbound ? <Text size="sm">{t('ownInbound')}</Text> : <Foreseen impact={impact} />}
        <ThenChoice value={then} isInbound={isInbound} onChange={setThen} />
        {choose.error !== null && <Failure error={choose.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            type="submit"
            variant={isInbound || impact.report !== null ? 'filled' : 'light'}
            loading={choose.isRunning}
          >
            {t('ownChooseAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Foreseen({ impact }: { readonly impact: ReturnType<typeof useImpact> }) {
  const { t } = useTranslation('mappings');
  const { job, report, isRunning, error } = impact;
  return (
    <Stack gap="sm" component="section" aria-label={t('impact')}>
      {error !== null && <Failure error={error} />}
      {job !== null && isRunning && <Working job={job} onCancel={impact.cancel} />}
      {job?.status === 'FAILED' && <Alert color="red">{job.error ?? t('impactFailed')}</Alert>}
      {report !== null && job !== null && <Report report={report} job={job} />}
      {report === null && !isRunning && (
        <Alert color="yellow" title={t('notAnalyzed')}>
          <Button size="xs" variant="default" mt={4} onClick={() => void impact.start(0).catch(() => {})}>
            {t('analyze')}
          </Button>
        </Alert>
      )}
    </Stack>
  );
}
