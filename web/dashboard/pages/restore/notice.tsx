/** While flows are checked after a restore: that it is so, how far it is, and where more is said. Nothing at any other time. */
import { Alert, Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { RestoreNoticeDocument } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';

const everyMs = 5_000;

export function RestoreNotice() {
  const { data } = useAsk(RestoreNoticeDocument, {}, { everyMs });
  const check = data?.restoreCheck;
  return check == null || check.finishedAt != null ? null : <Going done={check.doneCount} all={check.flowCount} />;
}

function Going({ done, all }: { readonly done: number; readonly all: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Alert
      color="orange"
      title={t('restoreGoing', { count: all, done: formats.number(done), all: formats.number(all) })}
    >
      <Text size="sm">
        {t('restoreHint')}{' '}
        <Anchor component={Link} to="/restore" size="sm">
          {t('restoreToPage')}
        </Anchor>
      </Text>
    </Alert>
  );
}
