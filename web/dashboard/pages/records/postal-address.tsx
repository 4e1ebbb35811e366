/** An address as it would be printed. */
import { Paper, Text } from '@mantine/core';
import type { RecordAddressFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Shown } from './shown.tsx';

export function PostalAddress({ title, address }: { readonly title: string; readonly address: RecordAddressFragment }) {
  const formats = useFormats();
  const { companyName, name, line1, line2, postalCode, city, region, country, countryText } = address;
  const rows = [
    companyName,
    name,
    line1,
    line2,
    [postalCode, city].filter(Boolean).join(' '),
    region,
    country == null ? countryText : formats.country(country),
  ];
  return (
    <Paper withBorder p="sm">
      <Text size="sm" className="muted">
        {title}
      </Text>
      <address style={{ fontStyle: 'normal' }}>
        {rows.map((row, i) =>
          row == null || row === '' ? null : (
            <Text key={i} size="sm">
              <Shown text={row} />
            </Text>
          ),
        )}
      </address>
    </Paper>
  );
}
