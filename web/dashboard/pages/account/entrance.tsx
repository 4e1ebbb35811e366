/** Around what is asked of somebody who has not signed in: whose hub it is, and the language. */
import { Box, Center, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageChoice } from '../../app/header.tsx';

export function Entrance({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack w="100%" maw={400} gap="lg">
        <Group justify="space-between">
          <Box>
            <Text fw={700} size="xl">
              {common('hub')}
            </Text>
            <Text size="sm" className="muted">
              {t('about')}
            </Text>
          </Box>
          <LanguageChoice />
        </Group>
        <Paper withBorder p="lg" radius="md">
          {children}
        </Paper>
      </Stack>
    </Center>
  );
}
