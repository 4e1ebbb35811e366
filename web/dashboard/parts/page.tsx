/** A page: one heading, what can be done, what it is about. */
import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function Page({
  title,
  about,
  actions,
  children,
}: {
  readonly title: string;
  /** One sentence under the heading. */
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  useEffect(() => void (document.title = `${title} · ${t('hub')}`), [title, t]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" wrap="wrap">
        <Box>
          <Title order={1}>{title}</Title>
          {about !== undefined && (
            <Text size="sm" className="muted" component={typeof about === 'string' ? 'p' : 'div'} m={0}>
              {about}
            </Text>
          )}
        </Box>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
