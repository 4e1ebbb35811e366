/** What stands at an address that leads nowhere. */
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Stack p="xl" gap="xs">
      <Title order={1}>{t('notFound')}</Title>
      <Text>{t('notFoundHint')}</Text>
      <Anchor component={Link} to="/">
        {t('toOverview')}
      </Anchor>
    </Stack>
  );
}
