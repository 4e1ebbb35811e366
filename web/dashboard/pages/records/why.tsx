/** *Why this value?*: a small button beside a value of a record; its panel says who stated it, when, in which event, and by which rule. */
import { Anchor, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { createContext, use, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { useMay } from '../../app/session.tsx';
import { RecordProvenanceDocument, type FieldOriginFragment } from '../../graph/graphql.ts';
import { Answer, Lines } from '../../parts/answer.tsx';
import { Moment } from '../../parts/moment.tsx';

/** Id of the record whose values are shown; outside of one nothing is explained. */
export const ExplainedRecord = createContext<string | null>(null);

export interface WhyProps {
  /** The field of the record. */
  readonly path: string;
  /** What the page calls the value. */
  readonly name: string;
  /** As the page shows it, where it does not stand right beside. */
  readonly value?: ReactNode;
  /** Id of the record, when it is not the one of the page. */
  readonly of?: string;
}

export function Why({ path, name, value, of }: WhyProps) {
  const { t } = useTranslation('records');
  const record = use(ExplainedRecord);
  const id = of ?? record;
  const may = useMay('READ_OPERATIONS');
  if (id === null || !may) return null;
  const label = t('why', { name });
  return (
    <Popover width={320} withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className="why" aria-label={label} title={label}>
          ?
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={label}>
        <Stack gap={6} className="why-panel">
          <Text fw={600}>{label}</Text>
          {value !== undefined && (
            <Text size="sm" component="div">
              {value}
            </Text>
          )}
          <Explanation id={id} path={path} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Explanation({ id, path }: { readonly id: string; readonly path: string }) {
  const { t } = useTranslation('records');
  const asked = useAsk(RecordProvenanceDocument, { id, paths: [path] });
  return (
    <Answer of={asked} skeleton={<Lines count={3} />}>
      {({ node }) => {
        const [found] = node != null && 'provenance' in node ? node.provenance : [];
        return found === undefined ? <Text size="sm">{t('whyNothing')}</Text> : <Origin of={found} />;
      }}
    </Answer>
  );
}

function Origin({ of: origin }: { readonly of: FieldOriginFragment }) {
  const { t } = useTranslation('records');
  const rule = useRule();
  const { changedAt, event, mapping, mappingVersion, owner } = origin;
  return (
    <>
      <Text size="sm">{rule(origin)}</Text>
      <Text size="sm" className="muted">
        {changedAt == null ? (
          t('whyNotKept')
        ) : (
          <>
            {t('whyTaken')} <Moment at={changedAt} />
          </>
        )}
      </Text>
      {event != null && (
        <Anchor component={Link} to={`/events/${event.id}`} size="sm">
          {event.summary}
        </Anchor>
      )}
      {mapping != null && mappingVersion != null && (
        <Anchor component={Link} to={`/mappings/${mapping.id}?version=${mappingVersion}`} size="sm">
          {t('whyMapping', { name: mapping.name, version: mappingVersion })}
        </Anchor>
      )}
      {mapping?.deletedAt != null && (
        <Text size="sm" className="muted">
          {t('whyMappingGone')} <Moment at={mapping.deletedAt} />
        </Text>
      )}
      {owner != null && (
        <Anchor component={Link} to={`/conflicts?status=owners&entity=${owner.entityType}`} size="sm">
          {t('whyOwner')}
        </Anchor>
      )}
    </>
  );
}

/** The rule in one sentence. */
function useRule(): (origin: FieldOriginFragment) => string {
  const { t } = useTranslation('records');
  return ({ rule, system, mapping, event }) => {
    const actor = event?.actor;
    const who = actor == null || actor.__typename === 'SystemProcess' ? null : actor.name;
    switch (rule) {
      case 'MANUAL':
        return system == null ? t('whyRule.MANUAL', { who: who ?? t('whySomebody') }) : t('whyRule.CHOSEN', { who: who ?? t('whySomebody'), system: system.name }); // prettier-ignore
      case 'DEFAULT':
        return mapping == null ? t('whyRule.DEFAULT') : t('whyRule.CONSTANT');
      case 'COMPUTED':
        return system == null ? t('whyRule.WORKED_OUT') : t('whyRule.COMPUTED', { system: system.name });
      default:
        return t(`whyRule.${rule}`, { system: system?.name ?? t('whyGone') });
    }
  };
}
