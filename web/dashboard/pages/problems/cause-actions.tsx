/** What can be done about a cause: the row that is missing, the system, the record or the rule at fault, or just trying again. */
import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import type { ProblemCauseFragment } from '../../graph/graphql.ts';
import type { ErrorClassification } from '../../graph/kinds.ts';
import { recordPath } from '../../parts/record-paths.ts';
import { codeName } from './naming.ts';

/** Whom or what one turns to. */
const turnsTo: Readonly<Record<ErrorClassification, 'list' | 'system' | 'record' | 'problem'>> = {
  UNMAPPED: 'list',
  CREDENTIALS: 'system',
  PERMISSION: 'system',
  UNREACHABLE: 'system',
  TIMEOUT: 'system',
  RATE_LIMIT: 'system',
  VALUE: 'record',
  MISSING: 'record',
  PARSE: 'record',
  TOO_LARGE: 'record',
  REFERENCE: 'record',
  DUPLICATE: 'problem',
  CONFLICT: 'problem',
  INTERNAL: 'problem',
};

export function CauseActions({
  cause,
  onFix,
  onReplay,
}: {
  readonly cause: ProblemCauseFragment;
  onFix(): void;
  onReplay(): void;
}) {
  const { t } = useTranslation('problems');
  const [mayReplay, mayMap] = [useMay('REPLAY'), useMay('WRITE_MAPPINGS')];
  const { missingEntries, example, classification } = cause;
  const [missing] = missingEntries;
  const isFixable = missing !== undefined && mayMap && mayReplay;
  const hint =
    missing === undefined
      ? example.hint
      : missing.proposal == null
        ? t('addRow', { code: codeName(missing), list: missing.valueMap.name })
        : t('addProposed', { code: codeName(missing), target: missing.proposal.targetValue, list: missing.valueMap.name }); // prettier-ignore
  return (
    <Group gap="xs" pl={{ base: 0, sm: 20 }}>
      <Text size="sm" style={{ flexBasis: '100%' }}>
        → {hint}
      </Text>
      {isFixable && (
        <Button size="xs" onClick={onFix}>
          {t('fix')}
        </Button>
      )}
      {mayReplay && (
        <Button size="xs" variant={isFixable ? 'default' : 'light'} onClick={onReplay}>
          {t('replayNow')}
        </Button>
      )}
      <Turn
        cause={cause}
        to={missing === undefined && classification === 'UNMAPPED' ? 'problem' : turnsTo[classification]}
      />
    </Group>
  );
}

function Turn({
  cause: { example, missingEntries },
  to,
}: {
  readonly cause: ProblemCauseFragment;
  readonly to: 'list' | 'system' | 'record' | 'problem';
}) {
  const { t } = useTranslation('problems');
  const link = (path: string, word: string) => (
    <Button component={Link} to={path} size="xs" variant="default">
      {word}
    </Button>
  );
  const { entity, entityType, system, mapping } = example;
  return (
    <>
      {to === 'list' && link(`/value-lists/${missingEntries[0]!.valueMap.id}`, t('openList'))}
      {to === 'system' && system != null && link(`/systems/${system.id}`, t('openSystem', { name: system.name }))}
      {to === 'record' &&
        entity != null &&
        entityType != null &&
        link(recordPath(entityType, entity.id), t('openRecord'))}
      {to === 'record' && mapping != null && link(`/mappings/${mapping.id}`, t('openMapping'))}
      {link(`/problems/${example.id}`, t('openExample'))}
    </>
  );
}
