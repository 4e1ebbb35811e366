/** A part of the overview with its heading and what can be done with it. */
import { Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function Panel({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="xs" gap="xs" mih={30}>
        <Title order={2}>{title}</Title>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}
