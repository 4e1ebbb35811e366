/** What stands above a list: the search, its choices, and how many records have changed since it was read. */
import { Button, Group, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter, IconRefresh, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../api/hooks.ts';
import { RecordNamesDocument, RecordSystemsDocument } from '../../graph/graphql.ts';
import { SearchBox } from '../../parts/search-box.tsx';
import { useStateWord } from '../../parts/status.tsx';
import { nameOf } from './called.ts';
import { syncStates, type Address, type ListKey } from './address.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** A choice of one in the address, where the first means all. */
export function Choice<K extends string>({
  address: { texts, change },
  of,
  label,
  options,
}: {
  readonly address: Address<K>;
  readonly of: K;
  /** What is chosen; also the word of the first choice. */
  readonly label: string;
  readonly options: readonly Option[];
}) {
  const value = texts[of];
  const isKnown = value === undefined || options.some((option) => option.value === value);
  // A link from elsewhere may ask for several at once.
  const wordsOf = (several: string): string =>
    several.split(',').map((one) => options.find((option) => option.value === one)?.label ?? one).join(', '); // prettier-ignore
  return (
    <NativeSelect
      aria-label={label}
      value={value ?? ''}
      onChange={({ currentTarget }) => change(textFor(of, currentTarget.value))}
      data={[{ value: '', label }, ...options, ...(isKnown ? [] : [{ value, label: wordsOf(value) }])]}
    />
  );
}

/** A filter of the address by one record, which no choice lists: says which one it is, and takes it away. */
export function Narrowed<K extends string>({
  address: { texts, change },
  of,
}: {
  readonly address: Address<K>;
  readonly of: K;
}) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const id = texts[of];
  const { data } = useAsk(RecordNamesDocument, { ids: id === undefined ? [] : [id] }, { isOff: id === undefined });
  if (id === undefined) return null;
  const record = data?.nodes.find((each) => each?.id === id);
  const name = (record == null ? null : nameOf(record)) ?? '…';
  return (
    <Button
      variant="light"
      rightSection={<IconX size={14} aria-hidden="true" />}
      aria-label={`${t('only', { name })}. ${common('clearFilters')}`}
      onClick={() => change(textFor(of, ''))}
    >
      {t('only', { name })}
    </Button>
  );
}

const textFor = <K extends string>(key: K, text: string) =>
  ({ [key]: text === '' ? undefined : text }) as { readonly [P in K]?: string | undefined };

const spans = ['PT1H', 'P1D', 'P7D', 'P30D'] as const;

/** Search, system, state and last change; `children`: choices of this list alone. On narrow screens the choices are folded away. */
export function ListFilters({
  address,
  searchLabel,
  hasSync = true,
  hasWithin = true,
  children,
}: {
  readonly address: Address<ListKey>;
  readonly searchLabel: string;
  readonly hasSync?: boolean;
  readonly hasWithin?: boolean;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const [isOpen, { toggle }] = useDisclosure(false);
  const { texts, change } = address;
  return (
    <Group gap="xs" role="search" aria-label={t('filters')}>
      <SearchBox value={texts.search} label={searchLabel} onSearch={(search) => change({ search })} />
      <Button
        variant="default"
        hiddenFrom="sm"
        leftSection={<IconFilter size={16} aria-hidden="true" />}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {common('filter')}
      </Button>
      <div className="filter-choices" data-open={isOpen || undefined}>
        {children}
        <SharedChoices address={address} hasSync={hasSync} hasWithin={hasWithin} />
      </div>
    </Group>
  );
}

/** The choices that all lists have. */
function SharedChoices({
  address,
  hasSync,
  hasWithin,
}: {
  readonly address: Address<ListKey>;
  readonly hasSync: boolean;
  readonly hasWithin: boolean;
}) {
  const { t } = useTranslation('records');
  const word = useStateWord();
  const { data } = useAsk(RecordSystemsDocument, {}, { isOff: !hasSync });
  const systems = (data?.systems ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      {hasSync && (
        <>
          <Choice label={t('anySystem')} address={address} of="system" options={systems} />
          <Choice
            label={t('anyState')}
            address={address}
            of="state"
            options={syncStates.map((state) => ({ value: state, label: word('sync', state) }))}
          />
        </>
      )}
      {hasWithin && (
        <Choice
          label={t('anyTime')}
          address={address}
          of="within"
          options={spans.map((span) => ({ value: span, label: t(`within.${span}`) }))}
        />
      )}
    </>
  );
}

/** Lists do not jump: how many have changed is said, and they are shown when somebody asks for it. */
export function ChangedNotice({ count, onShow }: { readonly count: number; onShow(): void }) {
  const { t } = useTranslation('records');
  return (
    <div role="status" style={{ minHeight: 26, marginBlock: -10 }}>
      {count > 0 && (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconRefresh size={14} aria-hidden="true" />}
          onClick={onShow}
        >
          {t('changed', { count })}
        </Button>
      )}
    </div>
  );
}
