/** The configuration as one file: out, and back in as a plan that is shown first and then applied exactly. */
import { Alert, Button, Checkbox, Code, FileButton, Group, List, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../api/hooks.ts';
import {
  SettingsConfigurationDocument,
  SettingsConfigurationImportDocument,
  type SettingsConfigurationImportMutation,
} from '../../graph/graphql.ts';
import { Answer } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { told } from '../../parts/told.ts';
import { PlanTable } from './plan-table.tsx';

type Plan = SettingsConfigurationImportMutation['configImport']['plan'];

export function Configuration() {
  return (
    <Stack gap="xl">
      <Download />
      <TakeOver />
    </Stack>
  );
}

function Download() {
  const { t } = useTranslation('settings');
  const [isShown, setShown] = useState(false);
  const file = useAsk(SettingsConfigurationDocument, {});
  return (
    <Stack gap="sm">
      <Title order={2}>{t('tabConfiguration')}</Title>
      <Text size="sm">{t('fileAbout')}</Text>
      <Answer of={file}>
        {({ configExport }) => (
          <>
            <Group>
              <Button onClick={() => download('koppel.yaml', configExport)}>{t('fileDownload')}</Button>
              <Button variant="default" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
                {t('fileShow')}
              </Button>
            </Group>
            {isShown && (
              <Code block mah={480} style={{ overflow: 'auto' }} tabIndex={0}>
                {configExport}
              </Code>
            )}
          </>
        )}
      </Answer>
    </Stack>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

function TakeOver() {
  const { t } = useTranslation('settings');
  const [document, setDocument] = useState('');
  const [prune, setPrune] = useState(false);
  const [plan, setPlan] = useState<Plan | null>(null);
  const { run, isRunning, error } = useCommand(SettingsConfigurationImportDocument, []);
  const apply = useCommand(SettingsConfigurationImportDocument);

  const change = (text: string): void => {
    setDocument(text);
    setPlan(null);
  };
  const look = async (): Promise<void> => {
    const answer = await run({ input: { document, prune, isDryRun: true } }).catch(() => null);
    setPlan(answer?.configImport.plan ?? null);
  };
  const take = async (planHash: string): Promise<void> => {
    const answer = await apply.run({ input: { document, prune, isDryRun: false, planHash } }).catch(() => null);
    if (answer?.configImport.plan.isApplied !== true) return;
    told(t('fileApplied'));
    change('');
  };

  return (
    <Stack gap="sm">
      <Title order={2}>{t('fileTake')}</Title>
      <Textarea
        label={t('filePaste')}
        value={document}
        onChange={(event) => change(event.currentTarget.value)}
        autosize
        minRows={6}
        maxRows={18}
        styles={{ input: { fontFamily: 'monospace' } }}
        spellCheck={false}
      />
      <Group>
        <FileButton accept=".yaml,.yml,text/yaml" onChange={(file) => void file?.text().then(change)}>
          {(props) => (
            <Button variant="default" {...props}>
              {t('fileChoose')}
            </Button>
          )}
        </FileButton>
        <Checkbox
          label={t('filePrune')}
          checked={prune}
          onChange={(event) => {
            setPrune(event.currentTarget.checked);
            setPlan(null);
          }}
        />
        <Button disabled={document.trim() === ''} loading={isRunning} onClick={() => void look()}>
          {t('filePlan')}
        </Button>
      </Group>
      {error !== null && <Failure error={error} />}
      {plan !== null && <ShownPlan plan={plan} />}
      {plan !== null && plan.planHash != null && plan.changes.length > 0 && (
        <Group>
          <Button loading={apply.isRunning} onClick={() => void take(plan.planHash ?? '')}>
            {t('fileApply', { count: plan.changes.length })}
          </Button>
        </Group>
      )}
      {apply.error !== null && <Failure error={apply.error} />}
    </Stack>
  );
}

/** Where in the file; what comes before that is of the request. */
const placeIn = (field: readonly string[] | null | undefined): string =>
  (field ?? []).slice((field ?? []).indexOf('document') + 1).join('.');

function ShownPlan({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('settings');
  if (plan.errors.length > 0) {
    return (
      <Alert color="red" role="alert" title={t('fileErrors')}>
        <List size="sm">
          {plan.errors.map(({ message, field }, i) => (
            <List.Item key={i}>
              {placeIn(field)} {message}
            </List.Item>
          ))}
        </List>
      </Alert>
    );
  }
  return (
    <Stack gap="xs" role="status">
      {plan.changes.length === 0 ? <Text>{t('fileSame')}</Text> : <PlanTable changes={plan.changes} />}
      {plan.keptCount > 0 && <Text size="sm">{t('fileKept', { count: plan.keptCount })}</Text>}
    </Stack>
  );
}
