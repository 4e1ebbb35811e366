/** Settings of a flow. Only what was changed is sent; when somebody else has changed them meanwhile, nothing is overwritten. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { RefusedError, useAsk, useCommand } from '../../api/hooks.ts';
import { FlowsSettingsDocument, FlowsUpdateDocument } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Overtaken } from '../../parts/overtaken.tsx';
import { told } from '../../parts/told.ts';
import { GuardFields } from '../held/guard-fields.tsx';
import { EndFlow } from './end-flow.tsx';
import { GeneralFields, OrderFields, ProductFields, StartFields, StockFields } from './setting-fields.tsx';
import { changesOf, draftOf, isSame, type Draft, type SetFlow } from './settings-draft.ts';

export function SettingsTab({ flowId }: { readonly flowId: string }) {
  const asked = useAsk(FlowsSettingsDocument, { id: flowId });
  const mayWrite = useMay('WRITE_FLOWS');
  return (
    <Answer of={asked} skeleton={<Lines count={8} height={36} />}>
      {({ flow }) =>
        flow == null ? null : (
          <Stack gap="lg" maw={760}>
            <SettingsForm flow={flow} />
            {mayWrite && <EndFlow flow={flow} />}
          </Stack>
        )
      }
    </Answer>
  );
}

function SettingsForm({ flow }: { readonly flow: SetFlow }) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const mayWrite = useMay('WRITE_FLOWS');
  const { draft, change, base, isDirty, isOvertaken, reset } = useDraft(flow);
  const update = useCommand(FlowsUpdateDocument);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await update.run({ input: { id: flow.id, expectedVersion: base.version, ...changesOf(draftOf(base), draft) } });
      told(common('saved'));
    } catch {
      // Shown above the button.
    }
  };
  const errorOf = (...path: readonly string[]): string | undefined =>
    update.error instanceof RefusedError
      ? update.error.refusals.find(({ field }) => path.every((name) => field?.includes(name)))?.message
      : undefined;
  const fields = { draft, change, errorOf, target: flow.target.name };
  return (
    <form onSubmit={(event) => void save(event)}>
      <fieldset disabled={!mayWrite} style={{ border: 0, padding: 0, margin: 0 }}>
        <Stack gap="lg">
          {!mayWrite && <Text size="sm">{t('readOnly')}</Text>}
          <GeneralFields {...fields} />
          {flow.entityType === 'PRODUCT' && <ProductFields {...fields} />}
          {flow.entityType === 'STOCK_LEVEL' && <StockFields {...fields} />}
          {flow.entityType === 'ORDER' && <OrderFields {...fields} />}
          <GuardFields {...fields} />
          <StartFields {...fields} isOrder={flow.entityType === 'ORDER'} />
          {isOvertaken && <Overtaken onTakeTheirs={reset} />}
          {update.error !== null && <Failure error={update.error} />}
          {mayWrite && (
            <Group>
              <Button type="submit" disabled={!isDirty} loading={update.isRunning}>
                {common('save')}
              </Button>
              {isDirty && (
                <Button variant="default" onClick={reset}>
                  {t('undo')}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}

/** What is being edited, over the settings that the person has seen. */
function useDraft(flow: SetFlow) {
  const [base, setBase] = useState(flow);
  const [draft, setDraft] = useState(() => draftOf(flow));
  const isDirty = !isSame(draft, draftOf(base));
  const isNews = flow.version !== base.version;
  // Pausing counts as a change of the flow too; it takes nothing away from what is being edited.
  const isOvertaken = isNews && isDirty && !isSame(draftOf(flow), draftOf(base)) && !isSame(draftOf(flow), draft);
  const reset = (): void => {
    setBase(flow);
    setDraft(draftOf(flow));
  };
  if (isNews && !isOvertaken) {
    setBase(flow);
    if (!isDirty) setDraft(draftOf(flow));
  }
  const change = (changes: Partial<Draft>): void => setDraft((now) => ({ ...now, ...changes }));
  return { draft, change, base, isDirty, isOvertaken, reset };
}
