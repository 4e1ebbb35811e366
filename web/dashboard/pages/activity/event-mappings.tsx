/** Leads to the field mappings that an event went through, in the versions of then; where that is not noted, to those that are in use now. */
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { EventMappingsDocument, type EventMappingsQuery } from '../../graph/graphql.ts';
import type { EntityType } from '../../graph/kinds.ts';
import { Moment } from '../../parts/moment.tsx';
import type { ShownEvent } from './shown-event.ts';

interface Side {
  readonly id: string;
  readonly name: string;
}

/** What mappings call the records, the likeliest first: a variant comes with its product where a system has no variants of its own. */
const entityNames: Readonly<Record<EntityType, readonly string[]>> = {
  PRODUCT: ['product'],
  PRODUCT_VARIANT: ['variant', 'product'],
  CATEGORY: ['category'],
  CUSTOMER: ['customer'],
  CONTACT: ['contact', 'customer'],
  ORDER: ['order'],
  STOCK_LEVEL: ['stock_level', 'stock'],
};

type Mapping = EventMappingsQuery['mappings'][number];

/** The mappings that decided about an event; of one that is not in use any more, or was deleted, that is said. */
export function UsedMappings({ of: used }: { readonly of: ShownEvent['mappings'] }) {
  const { t } = useTranslation('activity');
  return (
    <Stack gap={2} mt="xs">
      {used.map(({ mapping, version, system, isInUse }) =>
        mapping == null ? null : (
          <Group key={`${mapping.id} ${system?.id}`} gap="xs">
            <Anchor component={Link} to={`/mappings/${mapping.id}?version=${version}`} size="sm">
              {t(mapping.direction === 'INBOUND' ? 'mappingInThen' : 'mappingOutThen', {
                system: system?.name ?? '',
                name: mapping.name,
                version,
              })}
            </Anchor>
            {!isInUse && (
              <Text size="sm" className="muted">
                {mapping.deletedAt == null ? (
                  t('mappingReplaced')
                ) : (
                  <>
                    {t('mappingGone')} <Moment at={mapping.deletedAt} />
                  </>
                )}
              </Text>
            )}
          </Group>
        ),
      )}
    </Stack>
  );
}

/** The mappings in use now, of events of which it is not noted which ones decided. */
export function EventMappings({
  entityType,
  source,
  target,
}: {
  readonly entityType: EntityType | null;
  readonly source: Side | null;
  readonly target: Side | null;
}) {
  const { t } = useTranslation('activity');
  const { data } = useAsk(EventMappingsDocument, {}, { isOff: entityType === null });
  if (entityType === null) return null;
  const find = (side: Side | null, direction: Mapping['direction']): Mapping | undefined =>
    entityNames[entityType]
      .map((entity) =>
        data?.mappings.find(
          (each) =>
            each.direction === direction && each.entity === entity && each.systems.some(({ id }) => id === side?.id),
        ),
      )
      .find((found) => found !== undefined);
  const [into, out] = [find(source, 'INBOUND'), find(target, 'OUTBOUND')];
  if (into === undefined && out === undefined) return null;
  return (
    <Group gap="lg" mt="xs">
      {into !== undefined && (
        <Anchor component={Link} to={`/mappings/${into.id}`} size="sm">
          {t('mappingIn', { system: source?.name ?? '' })}
        </Anchor>
      )}
      {out !== undefined && (
        <Anchor component={Link} to={`/mappings/${out.id}`} size="sm">
          {t('mappingOut', { system: target?.name ?? '' })}
        </Anchor>
      )}
    </Group>
  );
}
