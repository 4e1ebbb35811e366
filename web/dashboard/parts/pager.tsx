/** Pages of a list by cursors, which stay right while records come and go. In: where the list stands. Out: the change of the address. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from './formats.ts';

/** Part of the address of a page with a list; at most one of them. */
export interface Place {
  readonly after?: string;
  readonly before?: string;
}

export const placeOf = ({ after, before }: Readonly<Record<string, unknown>>): Place =>
  typeof after === 'string' ? { after } : typeof before === 'string' ? { before } : {};

/** The arguments of a connection for the place. */
export const argumentsOf = ({ after, before }: Place, size: number) =>
  before === undefined
    ? { first: size, after: after ?? null, last: null, before: null }
    : { first: null, after: null, last: size, before };

export function Pager({
  info,
  count,
  onMove,
}: {
  readonly info: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor?: string | null;
    readonly endCursor?: string | null;
  };
  /** How many there are in all, where that was asked for. */
  readonly count?: { readonly value: number; readonly precision: string } | undefined;
  onMove(place: Place): void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Group justify="space-between">
      <Text size="sm" className="muted" role="status">
        {count !== undefined && countWords(count, formats.number(count.value), t)}
      </Text>
      {(info.hasPreviousPage || info.hasNextPage) && (
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            disabled={!info.hasPreviousPage}
            onClick={() => info.startCursor != null && onMove({ before: info.startCursor })}
          >
            {t('previousPage')}
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={!info.hasNextPage}
            onClick={() => info.endCursor != null && onMove({ after: info.endCursor })}
          >
            {t('nextPage')}
          </Button>
        </Group>
      )}
    </Group>
  );
}

function countWords(
  { precision }: { readonly precision: string },
  number: string,
  t: (key: 'atLeast' | 'atMost' | 'inAll', values: { number: string }) => string,
): string {
  if (precision === 'AT_LEAST') return t('atLeast', { number });
  if (precision === 'AT_MOST') return t('atMost', { number });
  return t('inAll', { number });
}
