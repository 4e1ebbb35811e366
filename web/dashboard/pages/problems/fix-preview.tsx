/** What would become of one of the problems with the rows as they are typed. Nothing is saved or sent by it. */
import { Loader, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { FixPreviewDocument, type FixPreviewQuery } from '../../graph/graphql.ts';
import { groupedByList, type FixedCause, type MissingRow } from './fix-rows.ts';
import { useProblemName } from './naming.ts';
import { Said } from './said.tsx';

const typingMs = 300;
const mostChanges = 6;

export function FixPreview({
  cause: { example },
  rows,
  targets,
}: {
  readonly cause: FixedCause;
  readonly rows: readonly MissingRow[];
  readonly targets: ReadonlyMap<string, string>;
}) {
  const { t } = useTranslation('problems');
  const nameOf = useProblemName();
  const entries = groupedByList(rows, targets).map((list) => ({ valueMapId: list.id, entries: list.entries }));
  const [tried] = useDebouncedValue(JSON.stringify(entries), typingMs);
  const isOff = example.mapping == null || tried === '[]';
  const { data, isFetching } = useAsk(
    FixPreviewDocument,
    {
      input: {
        mappingId: example.mapping?.id ?? '',
        sample: { deadLetterId: example.id },
        systemId: example.system?.id ?? null,
        entries: JSON.parse(tried) as typeof entries,
      },
    },
    { isOff },
  );
  if (example.mapping == null) return null;
  return (
    <div role="status" aria-busy={isFetching} style={{ minHeight: 64 }}>
      {isOff || data === undefined ? (
        <Text size="sm" className="muted">
          {isFetching ? <Loader size="xs" aria-label={t('trying')} /> : t('tryHint')}
        </Text>
      ) : (
        <PreviewResult preview={data.mappingPreview} name={nameOf(example)} />
      )}
    </div>
  );
}

type Preview = FixPreviewQuery['mappingPreview'];

function PreviewResult({ preview, name }: { readonly preview: Preview; readonly name: string }) {
  const { t } = useTranslation('problems');
  const { operation, problems, reason, changes } = preview;
  if (operation == null || operation === 'FAIL') {
    return (
      <Said tone="failed" title={t('tryFails', { name })}>
        {problems.length === 0 ? reason : problems.map(({ message }) => <div key={message}>{message}</div>)}
      </Said>
    );
  }
  return (
    <Said tone="ok" title={t(`try.${operation}`, { name })}>
      {reason}
      {changes.length > 0 && (
        <Table verticalSpacing={2} fz="sm" aria-label={t('tryChanges')}>
          <Table.Tbody>
            {changes.slice(0, mostChanges).map(({ path, after }) => (
              <Table.Tr key={path}>
                <Table.Th scope="row" fw={500}>
                  {path}
                </Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{brief(after)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {changes.length > mostChanges && (
        <Text size="sm" className="muted">
          {t('tryMore', { count: changes.length - mostChanges })}
        </Text>
      )}
    </Said>
  );
}

const longest = 80;

function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
