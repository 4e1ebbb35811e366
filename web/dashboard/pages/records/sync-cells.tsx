/** How a record of a list stands with the systems: a shape for each, and what is wrong with it in words. */
import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RecordTroublesFragment, SyncShapeFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { SyncShape } from '../../parts/sync-shape.tsx';

export const SyncCells = ({ statuses }: { readonly statuses: readonly SyncShapeFragment[] }) => (
  <Group gap={4} wrap="nowrap">
    {statuses.map((status, i) => (
      <SyncShape key={status.system?.id ?? i} status={status} />
    ))}
  </Group>
);

const isTrouble = ({ state }: SyncShapeFragment): boolean => ['FAILED', 'BLOCKED', 'HELD'].includes(state);

/** One short line for each trouble, which leads to its problem. */
export function Troubles({ statuses }: { readonly statuses: readonly RecordTroublesFragment[] }) {
  const { colon } = useFormats();
  return (
    <>
      {statuses.filter(isTrouble).map((status, i) => {
        const { deadLetter, reason, system, state } = status;
        const sentence = deadLetter?.error.message ?? reason.message;
        const tone = state === 'FAILED' ? 'tone-failed' : 'tone-blocked';
        const look = {
          size: 'xs',
          lineClamp: 2,
          maw: 420,
          title: sentence,
          className: tone,
          style: { overflowWrap: 'anywhere' },
        } as const;
        const words = system == null ? sentence : `${system.name}${colon}${sentence}`;
        return deadLetter == null ? (
          <Text key={i} {...look}>
            {words}
          </Text>
        ) : (
          <Anchor key={i} component={Link} to={`/problems/${deadLetter.id}`} {...look}>
            {words}
          </Anchor>
        );
      })}
    </>
  );
}
