/** Why a list is empty, and what to do: nothing yet, nothing matches, or all is well. Nothing is said of a list that is on its way. */
import { Center, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconFilterOff, IconInbox } from '@tabler/icons-react';
import { use, type ReactNode } from 'react';
import { Lines, OldAnswer, Waiting } from './answer.tsx';

const icons = { yet: IconInbox, matches: IconFilterOff, well: IconCheck } as const;

export function Nothing({
  kind,
  title,
  children,
}: {
  readonly kind: keyof typeof icons;
  readonly title: string;
  /** What to do: a sentence, a button. */
  readonly children?: ReactNode;
}) {
  const isOld = use(OldAnswer);
  if (isOld)
    return (
      <Waiting>
        <Lines />
      </Waiting>
    );
  const Icon = icons[kind];
  return (
    <Center py="xl">
      <Stack align="center" gap="xs" maw={460} ta="center">
        <ThemeIcon size={48} radius="xl" variant="light" color={kind === 'well' ? 'green' : 'gray'}>
          <Icon aria-hidden="true" />
        </ThemeIcon>
        <Text fw={600}>{title}</Text>
        {children}
      </Stack>
    </Center>
  );
}
