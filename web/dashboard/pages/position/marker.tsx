/** Up to where a system was read, for people; as the hub keeps it only for those who open the details. */
import { Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { Moment } from '../../parts/moment.tsx';
import { readMarker } from './read-marker.ts';

export function Marker({ marker }: { readonly marker: string }) {
  const { t } = useTranslation('position');
  const { t: common } = useTranslation();
  const read = readMarker(marker);
  return (
    <div>
      <span>
        <MarkerWords marker={marker} />
      </span>
      <details>
        <summary>
          <Text component="span" size="xs" className="muted">
            {t('details')}
          </Text>
        </summary>
        {read.kind === 'change' && read.record !== null && (
          <Text size="xs" className="muted" style={{ overflowWrap: 'anywhere' }}>
            {t('ofRecord', { id: read.record })}
          </Text>
        )}
        <Group gap="xs" align="flex-start">
          <Code style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', flex: '1 1 200px' }}>{marker}</Code>
          <CopyButton value={marker}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="subtle" onClick={copy}>
                {copied ? common('copied') : common('copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </details>
    </div>
  );
}

/** The same without the details. */
export function MarkerWords({ marker }: { readonly marker: string }) {
  const { t } = useTranslation('position');
  const formats = useFormats();
  const read = readMarker(marker);
  switch (read.kind) {
    case 'counter':
      return t(read.isMore ? 'counterMore' : 'counter', { number: formats.number(read.number) });
    case 'change':
      return (
        <>
          {t('lastChange')} <Moment at={read.at} isExact />
        </>
      );
    case 'first':
      return t('first', { place: formats.number(read.place) });
    case 'begun':
      return t('begun');
    case 'other':
      return t('other');
  }
}
