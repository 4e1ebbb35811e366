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
import { carriedOver, changesOf, draftOf, isSame, type Draft, type SetFlow } from './settings-draft.ts';

export function SettingsTab({ flowId }: { readonly flowId: string }) {
  const asked = useAsk(FlowsSettingsDocument, { id: flowId }, { everyMs: 15_000 });
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
  const update = useCommand(FlowsUpdateDocument);
  const { draft, change, base, isDirty, isOvertaken, reset, saved } = useDraft(flow, update.isRunning);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await update.run({ input: { id: flow.id, expectedVersion: base.version, ...changesOf(draftOf(base), draft) } });
      saved(draft);
      told(common('saved'));
    } catch {
      // Shown above the button; what somebody else has changed has been asked for.
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

/** What is being edited, over the settings that the person has seen. `isSaving`: what is stored by that is not news. */
function useDraft(flow: SetFlow, isSaving: boolean) {
  const [base, setBase] = useState(flow);
  const [draft, setDraft] = useState(() => draftOf(flow));
  /** What was taken by the hub, until the settings arrive in which it stands. */
  const [sent, setSent] = useState<Draft | null>(null);
  const isDirty = !isSame(draft, sent ?? draftOf(base));
  const isNews = !isSaving && flow.version !== base.version;
  // Pausing counts as a change of the flow too; it takes nothing away from what is being edited.
  const isStoredAnew = sent === null && !isSame(draftOf(flow), draftOf(base));
  const isOvertaken = isNews && isDirty && isStoredAnew && !isSame(draftOf(flow), draft);
  const reset = (): void => {
    setBase(flow);
    setDraft(draftOf(flow));
    setSent(null);
  };
  if (isNews && !isOvertaken) {
    setBase(flow);
    setSent(null);
    if (sent !== null) setDraft(carriedOver(sent, draft, draftOf(flow)));
    else if (!isDirty) setDraft(draftOf(flow));
  }
  const change = (changes: Partial<Draft>): void => setDraft((now) => ({ ...now, ...changes }));
  return { draft, change, base, isDirty, isOvertaken, reset, saved: setSent };
}
