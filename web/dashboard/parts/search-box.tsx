/** The filter of a list: what is typed becomes part of the address a moment after the typing stops. `/` goes to it. */
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const typingMs = 250;

export function SearchBox({
  value,
  label,
  onSearch,
}: {
  /** As the address has it. */
  readonly value: string | undefined;
  readonly label: string;
  onSearch(text: string | undefined): void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(value ?? '');
  /** What was searched and is not in the address yet: when it comes, more has perhaps been typed. */
  const underWay = useRef<readonly string[]>([]);
  useEffect(() => {
    const arrived = underWay.current.indexOf(value ?? '');
    underWay.current = arrived === -1 ? [] : underWay.current.slice(arrived + 1);
    if (arrived === -1) setText(value ?? '');
  }, [value]);
  const search = useEffectEvent((wanted: string | undefined) => {
    underWay.current = [...underWay.current, wanted ?? ''];
    onSearch(wanted);
  });
  useEffect(() => {
    if (text === (value ?? '')) return;
    const timer = setTimeout(() => search(text.trim() === '' ? undefined : text), typingMs);
    return () => clearTimeout(timer);
  }, [text, value]);
  function clear(): void {
    setText('');
    onSearch(undefined);
  }
  return (
    <TextInput
      data-filter
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={text === '' ? null : <CloseButton size="sm" aria-label={t('clearFilters')} onClick={clear} />}
      maw={360}
      style={{ flex: '1 1 220px' }}
    />
  );
}
