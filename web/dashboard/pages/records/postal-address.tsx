/** An address as it would be printed. */
import { Paper, Text } from '@mantine/core';
import type { RecordAddressFragment } from '../../graph/graphql.ts';
import { useFormats } from '../../parts/formats.ts';
import { Shown } from './shown.tsx';
import { Why } from './why.tsx';

/** `path`: the field of the record that it is as a whole. */
export function PostalAddress({
  title,
  address,
  path,
}: {
  readonly title: string;
  readonly address: RecordAddressFragment;
  readonly path?: string;
}) {
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
        {path !== undefined && <Why path={path} name={title} />}
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
