/** The way to the page that a connected system has for a record; nothing while nobody has said where that is. */
import { Anchor } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Of several that may all be meant nobody knows which; the first is the record's own. */
export function pageAmong(
  own: readonly { readonly url?: string | null }[],
  all: readonly { readonly url?: string | null }[],
): string | null {
  const [mine, parts] = [own, all].map((some) => [...new Set(some.flatMap(({ url }) => url ?? []))]);
  return mine?.[0] ?? (parts?.length === 1 ? parts[0]! : null);
}

/** The system's own site learns nothing of the hub: neither where people came from nor a hold of this window. */
export function OpenThere({
  url,
  system,
  children,
}: {
  readonly url: string | null | undefined;
  readonly system: string;
  /** What the link says instead of *Open in …*. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  if (url == null) return children;
  const label = t('openThere', { system });
  return (
    <Anchor
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      size="sm"
      title={children === undefined ? undefined : label}
    >
      {children ?? label}
      <IconExternalLink size={14} aria-hidden="true" style={{ marginInlineStart: 4, verticalAlign: -2 }} />
    </Anchor>
  );
}
