/** Something that should be read before going on, or a result: a shape, a sentence, more below it. */
import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Shape, type Tone } from '../../parts/status.tsx';

export function Said({
  tone,
  title,
  children,
}: {
  readonly tone: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
}) {
  return (
    <Paper withBorder p="sm">
      <Group gap={8} wrap="nowrap" align="baseline">
        <span style={{ flex: 'none' }}>
          <Shape tone={tone} />
        </span>
        <div style={{ flex: 1, minWidth: 0 }}>
          {title !== undefined && <Text fw={600}>{title}</Text>}
          <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
            {children}
          </Text>
        </div>
      </Group>
    </Paper>
  );
}
