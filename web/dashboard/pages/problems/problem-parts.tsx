/** Beside the error of a problem: what it blocks, notes and tags, its record's history, and the record as it was to go. */
import { Anchor, Button, Code, CopyButton, Group, Paper, Stack, TagsInput, Text, Textarea, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { ProblemAnnotateDocument, ProblemPageDocument } from '../../graph/graphql.ts';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { recordPath } from '../../parts/record-paths.ts';
import { Shape, toneOf } from '../../parts/status.tsx';
import { SyncShape } from '../../parts/sync-shape.tsx';
import { told } from '../../parts/told.ts';
import { nameOfRecord, typeOfRecord, type ShownProblem } from './naming.ts';

function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

export function ProblemBlocked({ problem: { blocked, blockedCount, entity } }: { readonly problem: ShownProblem }) {
  const { t } = useTranslation('problems');
  const { t: kinds } = useTranslation('kinds');
  return (
    <Panel title={t('standing')}>
      <Stack gap="xs">
        {entity?.syncStatuses.map((status, i) => (
          <SyncShape key={status.system?.id ?? i} status={status} isLabelled />
        ))}
        <Text size="sm">{blockedCount === 0 ? t('blocksNothing') : t('blocks', { count: blockedCount })}</Text>
        {blocked.map((record) => (
          <Group key={record.id} gap={6}>
            <Shape tone="blocked" />
            <Anchor component={Link} to={recordPath(typeOfRecord(record), record.id)} size="sm">
              {kinds(`entity.${typeOfRecord(record)}`)} {nameOfRecord(record)}
            </Anchor>
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}

const [longestNote, mostTags] = [2_000, 20];

export function ProblemNotes({ problem: { id, note, tags, assignee } }: { readonly problem: ShownProblem }) {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  const mayReplay = useMay('REPLAY');
  const annotate = useCommand(ProblemAnnotateDocument, [ProblemPageDocument]);
  // Null as long as nobody has changed them here: they follow what others write, and are left out of what is sent.
  const [text, setText] = useState<string | null>(null);
  const [words, setWords] = useState<string[] | null>(null);
  const { colon } = useFormats();

  async function save(): Promise<void> {
    const changed = {
      ...(text === null ? {} : { note: text.trim() === '' ? null : text }),
      ...(words === null ? {} : { tags: words }),
    };
    await annotate.run({ input: { id, ...changed } });
    told(common('saved'));
    // What was changed meanwhile is not saved yet.
    setText((now) => (now === text ? null : now));
    setWords((now) => (now === words ? null : now));
  }

  return (
    <Panel title={t('notes')}>
      <Stack gap="sm">
        <Text size="sm">
          {t('assignee')}
          {colon}
          {assignee?.name ?? t('nobody')}
        </Text>
        <Textarea
          label={t('note')}
          value={text ?? note ?? ''}
          onChange={({ currentTarget: { value } }) => setText(value === (note ?? '') ? null : value)}
          maxLength={longestNote}
          autosize
          minRows={2}
          readOnly={!mayReplay}
        />
        <TagsInput
          label={t('tags')}
          description={t('tagsHint')}
          value={words ?? [...tags]}
          onChange={(next) => setWords(next.join('\n') === tags.join('\n') ? null : next)}
          maxTags={mostTags}
          readOnly={!mayReplay}
        />
        {annotate.error !== null && <Failure error={annotate.error} />}
        {mayReplay && (
          <Group>
            <Button
              size="xs"
              disabled={text === null && words === null}
              loading={annotate.isRunning}
              onClick={() => void save().catch(() => undefined)}
            >
              {common('save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}

export function ProblemHistory({ problem: { entity } }: { readonly problem: ShownProblem }) {
  const { t } = useTranslation('problems');
  const events = entity?.history.nodes ?? [];
  if (events.length === 0) return null;
  return (
    <Panel title={t('history')}>
      <Stack gap={8}>
        {events.map(({ id, occurredAt, outcome, summary }) => (
          <Group key={id} gap={8} wrap="nowrap" align="baseline">
            <span style={{ flex: 'none' }}>
              <Shape tone={toneOf('outcome', outcome)} />
            </span>
            <div style={{ minWidth: 0 }}>
              <Anchor
                component={Link}
                to={`/events/${id}`}
                size="sm"
                lineClamp={3}
                title={summary}
                style={{ overflowWrap: 'anywhere' }}
              >
                {summary}
              </Anchor>
              <Text size="xs" className="muted">
                <Moment at={occurredAt} />
              </Text>
            </div>
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}

export function ProblemPayload({ problem: { payload } }: { readonly problem: ShownProblem }) {
  const { t } = useTranslation('problems');
  const { t: common } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const text = JSON.stringify(payload, null, 2);
  return (
    <Panel title={t('payload')}>
      <Stack gap="xs">
        <Text size="sm">{t('payloadHint')}</Text>
        <Group gap="xs">
          <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? t('hide') : common('show')}
          </Button>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {copied ? common('copied') : common('copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
        {isOpen && (
          <Code block style={{ maxHeight: 420, overflow: 'auto' }} tabIndex={0}>
            {text}
          </Code>
        )}
      </Stack>
    </Panel>
  );
}
