/** Leads to the field mappings that an event went through: into the hub from its source, out of it to its target. */
import { Anchor, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { EventMappingsDocument, type EventMappingsQuery } from '../../graph/graphql.ts';
import type { EntityType } from '../../graph/kinds.ts';

interface Side {
  readonly name: string;
  readonly connector?: { readonly key: string } | null;
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
            each.direction === direction && each.connectorKey === side?.connector?.key && each.entity === entity,
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
