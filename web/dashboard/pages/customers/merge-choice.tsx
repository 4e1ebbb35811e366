/** Finding the customer that is perhaps the same one: those that the hub thinks of first, then whoever is searched for. */
import { Button, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { CustomersToMergeDocument, type CustomersToMergeQuery } from '../../graph/graphql.ts';
import type { CustomerKind, DuplicateSign } from '../../graph/kinds.ts';
import { Answer } from '../../parts/answer.tsx';
import { useFormats } from '../../parts/formats.ts';
import { SearchBox } from '../../parts/search-box.tsx';
import { Shown } from '../records/shown.tsx';

type Found = CustomersToMergeQuery['customers']['nodes'][number];

export interface Choosable {
  readonly id: string;
  readonly displayName: string;
  readonly kind: CustomerKind;
  readonly possibleDuplicates: readonly {
    readonly signs: readonly DuplicateSign[];
    readonly customer?: Omit<Found, 'addresses'> | null;
  }[];
}

export function ChooseOther({
  customer,
  onChoose,
  onClose,
}: {
  readonly customer: Choosable;
  onChoose(id: string): void;
  onClose(): void;
}) {
  const { t } = useTranslation('customers');
  const { t: common } = useTranslation();
  const [search, setSearch] = useState<string | undefined>(undefined);
  const { id, kind, possibleDuplicates } = customer;
  const filter = { kind, isMerged: false, id: { notIn: [id] } };
  const asked = useAsk(CustomersToMergeDocument, { search: search ?? null, filter }, { isOff: search === undefined });
  return (
    <Stack gap="md">
      <Text size="sm">{t('mergeWhom')}</Text>
      {possibleDuplicates.length > 0 && search === undefined && (
        <section aria-label={t('duplicates')}>
          <Title order={3} size="sm" mb={4}>
            {t('duplicates')}
          </Title>
          <Stack gap={4}>
            {possibleDuplicates.flatMap(({ customer: other, signs }) =>
              other == null
                ? []
                : [<Candidate key={other.id} of={{ ...other, addresses: [] }} signs={signs} onChoose={onChoose} />],
            )}
          </Stack>
        </section>
      )}
      <Group>
        <SearchBox value={search} label={t('search')} onSearch={setSearch} />
      </Group>
      {search !== undefined && (
        <Answer of={asked}>
          {({ customers }) => (
            <Stack gap={4} role="list" aria-label={t('mergeFound')}>
              {customers.nodes.map((each) => (
                <div role="listitem" key={each.id}>
                  <Candidate of={each} signs={[]} onChoose={onChoose} />
                </div>
              ))}
              {customers.nodes.length === 0 && !asked.isPlaceholderData && (
                <Text size="sm" className="muted">
                  {t('mergeNobody')}
                </Text>
              )}
            </Stack>
          )}
        </Answer>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

function Candidate({
  of: { id, displayName, number, email, addresses },
  signs,
  onChoose,
}: {
  readonly of: Found;
  readonly signs: readonly DuplicateSign[];
  onChoose(id: string): void;
}) {
  const place = addresses.find(({ address }) => address.city != null)?.address;
  const about = [number, email, [place?.postalCode, place?.city].filter(Boolean).join(' ')].filter(Boolean).join(' · ');
  return (
    <UnstyledButton className="merge-candidate" onClick={() => onChoose(id)}>
      <Text size="sm" fw={600} component="span">
        <Shown text={displayName} />
      </Text>{' '}
      <Text size="sm" className="muted" component="span">
        {about}
      </Text>{' '}
      <Signs of={signs} />
    </UnstyledButton>
  );
}

/** What two customers have in common. */
export function Signs({ of: signs }: { readonly of: readonly DuplicateSign[] }) {
  const { t } = useTranslation('customers');
  const formats = useFormats();
  if (signs.length === 0) return null;
  return (
    <Text size="sm" component="span">
      {formats.list(signs.map((sign) => t(`sign.${sign}`)))}
    </Text>
  );
}
