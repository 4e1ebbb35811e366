/** Making a flow: from where, to where, which kind of record, how often. Name and key are proposed from them; it does nothing until it is enabled. */
import { Alert, Anchor, Button, Group, Modal, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError, useAsk, useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { FlowsCreateDocument, FlowsNewDocument, type FlowsNewQuery } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Failure } from '../../parts/failure.tsx';
import { told } from '../../parts/told.ts';
import { entities, keyOfFlow, type Entity } from '../setup/flow-choice.ts';
import { useFlowName } from '../setup/flow-name.ts';
import { RhythmFields } from './setting-fields.tsx';
import type { Unit } from './settings-draft.ts';

export function CreateFlow() {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const mayWrite = useMay('WRITE_FLOWS');
  const [isOpen, setOpen] = useState(false);
  const asked = useAsk(FlowsNewDocument, {}, { isOff: !isOpen });
  if (!mayWrite) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('create')}</Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('createTitle')}
        size="lg"
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <Answer of={asked} skeleton={<Lines count={5} height={36} />}>
          {(known) =>
            known.systems.length < 2 ? <TooFewSystems /> : <Form known={known} onCancel={() => setOpen(false)} />
          }
        </Answer>
      </Modal>
    </>
  );
}

function TooFewSystems() {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  return (
    <Stack align="flex-start" gap="sm">
      <Text size="sm">{t('needsTwo')}</Text>
      <Button component={Link} to="/systems" variant="default">
        {common('pageSystems')}
      </Button>
    </Stack>
  );
}

/** What was chosen, and what follows from it as long as nobody has typed something else. */
function useNewFlow({ systems, flows }: FlowsNewQuery) {
  const flowName = useFlowName();
  const [ids, setIds] = useState({ source: systems[0]!.id, target: systems[1]!.id });
  const [entity, setEntity] = useState<Entity>('PRODUCT');
  const [typed, setTyped] = useState<{ readonly name?: string; readonly key?: string }>({});
  const [rhythm, setRhythm] = useState<{ readonly every: string; readonly unit: Unit }>({ every: '5', unit: 'S' });
  const source = systems.find(({ id }) => id === ids.source) ?? systems[0]!;
  const target = systems.find(({ id }) => id === ids.target) ?? systems[1]!;
  const taken = flows.map(({ key }) => key);
  const key = keyOfFlow(entity, target.key);
  const free = [key, ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${key}-${n}`)].find((each) => !taken.includes(each));
  return {
    ...{ source, target, entity, setEntity, rhythm },
    name: typed.name ?? flowName(entity, source, target),
    key: typed.key ?? free ?? key,
    /** One that does the same already. */
    twin: flows.find((flow) => flow.entityType === entity && flow.source.id === source.id && flow.target.id === target.id), // prettier-ignore
    type: (change: { readonly name?: string; readonly key?: string }) => setTyped((now) => ({ ...now, ...change })),
    changeRhythm: (change: Partial<typeof rhythm>) => setRhythm((now) => ({ ...now, ...change })),
    // The system that is chosen on one side gives way on the other.
    from: (id: string) => setIds((now) => ({ source: id, target: id === now.target ? now.source : now.target })),
    to: (id: string) => setIds((now) => ({ target: id, source: id === now.source ? now.target : now.source })),
  };
}

function Form({ known, onCancel }: { readonly known: FlowsNewQuery; onCancel(): void }) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const flow = useNewFlow(known);
  const create = useCommand(FlowsCreateDocument);
  const refusals = create.error instanceof RefusedError ? create.error.refusals : [];
  const errorOf = (name: string): string | undefined => refusals.find(({ field }) => field?.includes(name))?.message;
  const isShown =
    refusals.length > 0 && refusals.every(({ field }) => field?.some((name) => shownFields.includes(name)));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { key, name, entity, source, target, rhythm } = flow;
    const between = { sourceSystemId: source.id, targetSystemId: target.id };
    const every = `PT${rhythm.every.trim()}${rhythm.unit}`;
    try {
      const { flowCreate } = await create.run({ input: { key, name, entityType: entity, every, ...between } });
      if (flowCreate.flow == null) return;
      told(t('createdFlow', { name }));
      await navigate({ to: `/flows/${flowCreate.flow.id}` });
    } catch {
      // Shown at the fields, or below them.
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <WayFields known={known} flow={flow} errorOf={errorOf} />
        <TextInput
          label={common('name')}
          required
          withAsterisk={false}
          value={flow.name}
          error={errorOf('name')}
          onChange={({ currentTarget: { value } }) => flow.type({ name: value })}
        />
        <RhythmFields {...flow.rhythm} error={errorOf('every')} onChange={flow.changeRhythm} />
        <TextInput
          label={t('key')}
          description={t('keyHint')}
          required
          withAsterisk={false}
          value={flow.key}
          error={errorOf('key')}
          onChange={({ currentTarget: { value } }) => flow.type({ key: value })}
        />
        {create.error !== null && !isShown && <Failure error={create.error} />}
        <Text size="sm" className="muted">
          {t('createHint')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={create.isRunning}>
            {t('createAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Refusals about these stand beside them. */
const shownFields: readonly string[] = ['sourceSystemId', 'targetSystemId', 'entityType', 'name', 'every', 'key'];

function WayFields({
  known: { systems },
  flow,
  errorOf,
}: {
  readonly known: FlowsNewQuery;
  readonly flow: ReturnType<typeof useNewFlow>;
  errorOf(name: string): string | undefined;
}) {
  const { t } = useTranslation('flows');
  const { t: kinds } = useTranslation('kinds');
  const choices = systems.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <NativeSelect
          data-autofocus
          label={t('from')}
          value={flow.source.id}
          error={errorOf('sourceSystemId')}
          data={choices}
          onChange={({ currentTarget: { value } }) => flow.from(value)}
        />
        <NativeSelect
          label={t('to')}
          value={flow.target.id}
          error={errorOf('targetSystemId')}
          data={choices}
          onChange={({ currentTarget: { value } }) => flow.to(value)}
        />
      </SimpleGrid>
      <NativeSelect
        label={t('kindOfRecord')}
        value={flow.entity}
        error={errorOf('entityType')}
        data={entities.map((value) => ({ value, label: kinds(`entities.${value}`) }))}
        onChange={({ currentTarget: { value } }) => flow.setEntity(value as Entity)}
      />
      {flow.twin !== undefined && (
        <Alert color="yellow">
          {t('twin')}{' '}
          <Anchor component={Link} to={`/flows/${flow.twin.id}`} size="sm" c="inherit" underline="always">
            {flow.twin.name}
          </Anchor>
        </Alert>
      )}
    </>
  );
}
