/** What would become of one of the problems with the rows as they are typed. Nothing is saved or sent by it. */
import { Button, Loader, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { FixPreviewDocument, type FixPreviewQuery } from '../../graph/graphql.ts';
import { HeldValue } from '../records/moment-value.tsx';
import { useCalled } from '../records/use-called.ts';
import { groupedByList, type FixedCause, type MissingRow } from './fix-rows.ts';
import { useProblemName } from './naming.ts';
import { Said } from './said.tsx';

const typingMs = 300;
/** What fits into the dialog beside everything else; the others are shown on request. */
const firstChanges = 6;

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
  const [isWhole, setWhole] = useState(false);
  const more = changes.length - firstChanges;
  const shown = isWhole ? changes : changes.slice(0, firstChanges);
  const records = useCalled(shown.map(({ after }) => after));
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
            {shown.map(({ path, label, parts, codes, after }) => (
              <Table.Tr key={path}>
                <Table.Th scope="row" fw={500} title={path}>
                  {label ?? path}
                </Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <HeldValue field={{ path, parts }} value={after} records={records} codes={codes} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {more > 0 && (
        <Button size="compact-sm" variant="subtle" mt={4} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('tryFewer') : t('tryMore', { count: more })}
        </Button>
      )}
    </Said>
  );
}
