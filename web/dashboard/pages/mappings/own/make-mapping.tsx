/** Making a mapping beside the shipped ones: for which system and records, with the proposed rules or without any. Nothing uses it until it is chosen. */
import { Button, Group, Modal, NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useCommand } from '../../../api/hooks.ts';
import { useMay } from '../../../app/session.tsx';
import { OwnMappingCreateDocument, OwnMappingKindsDocument, type OwnMappingKindsQuery } from '../../../graph/graphql.ts'; // prettier-ignore
import { Answer, Lines } from '../../../parts/answer.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { told } from '../../../parts/told.ts';
import { NamingFields, refusedAt, standsAtFields, useNaming } from './naming.tsx';

export function MakeMapping() {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const asked = useAsk(OwnMappingKindsDocument, {}, { isOff: !isOpen });
  if (!useMay('WRITE_MAPPINGS')) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('ownMake')}</Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('ownMakeTitle')}
        size="lg"
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <Answer of={asked} skeleton={<Lines count={5} height={36} />}>
          {(known) =>
            known.systems.length === 0 ? (
              <Text size="sm">{t('noMappings')}</Text>
            ) : (
              <Form known={known} onCancel={() => setOpen(false)} />
            )
          }
        </Answer>
      </Modal>
    </>
  );
}

type System = OwnMappingKindsQuery['systems'][number];
type Kind = OwnMappingKindsQuery['mappings'][number];

/** Of which records there are mappings for a system: those that come with its kind. */
const kindsFor = ({ mappings }: OwnMappingKindsQuery, system: System): readonly Kind[] =>
  mappings.filter(({ isShipped, connectorKey }) => isShipped && connectorKey === system.connector?.key);

function useNewMapping(known: OwnMappingKindsQuery) {
  const { t } = useTranslation('mappings');
  const [systemId, setSystem] = useState(known.systems[0]!.id);
  const [kindId, setKind] = useState('');
  const [fromTemplate, setFromTemplate] = useState(true);
  const system = known.systems.find(({ id }) => id === systemId) ?? known.systems[0]!;
  const kinds = kindsFor(known, system);
  const kind = kinds.find(({ id }) => id === kindId) ?? kinds[0];
  const naming = useNaming(kind === undefined ? '' : t('ownNameLike', { name: kind.name }));
  return { system, setSystem, kinds, kind, setKind, fromTemplate, setFromTemplate, naming };
}

/** Refusals about these stand beside them. */
const shownFields = ['systemId', 'entity', 'name', 'key'];

function Form({ known, onCancel }: { readonly known: OwnMappingKindsQuery; onCancel(): void }) {
  const { t } = useTranslation('mappings');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const made = useNewMapping(known);
  const create = useCommand(OwnMappingCreateDocument);
  const { system, kinds, kind, naming, fromTemplate } = made;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (kind === undefined) return;
    const { direction, entity, record } = kind;
    const input = { key: naming.key, name: naming.name, systemId: system.id, direction, entity, record, fromTemplate };
    const { mapping } = (await create.run({ input })).mappingCreate;
    if (mapping == null) return;
    told(t('ownMade', { name: naming.name }));
    await navigate({ to: '/mappings/$mappingId', params: { mappingId: mapping.id } });
  }
  return (
    <form onSubmit={(event) => void submit(event).catch(() => {})}>
      <Stack gap="sm">
        <NativeSelect
          label={t('ownSystem')}
          value={system.id}
          error={refusedAt(create.error, 'systemId')}
          data={known.systems.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ currentTarget: { value } }) => made.setSystem(value)}
        />
        <NativeSelect
          label={t('ownKind')}
          value={kind?.id ?? ''}
          error={refusedAt(create.error, 'entity')}
          data={kinds.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ currentTarget: { value } }) => made.setKind(value)}
        />
        <Radio.Group
          label={t('ownBegin')}
          value={fromTemplate ? 'template' : 'empty'}
          onChange={(value) => made.setFromTemplate(value === 'template')}
        >
          <Stack gap={6} mt={4}>
            <Radio value="template" label={t('ownTemplate')} description={t('ownTemplateHint')} />
            <Radio value="empty" label={t('ownEmpty')} description={t('ownEmptyHint')} />
          </Stack>
        </Radio.Group>
        <NamingFields naming={naming} error={create.error} />
        {create.error !== null && !standsAtFields(create.error, shownFields) && <Failure error={create.error} />}
        <Text size="sm" className="muted">
          {t('ownUnusedYet')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {common('cancel')}
          </Button>
          <Button type="submit" disabled={kind === undefined} loading={create.isRunning}>
            {t('ownMakeAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
