/** A link to the problems of a cause, one by one. */
import { Anchor, type AnchorProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Tab } from './filters.ts';

export function CauseLink({
  fingerprint,
  tab = 'open',
  children,
  ...look
}: AnchorProps & {
  readonly fingerprint: string;
  readonly tab?: Tab;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  const search = { cause: fingerprint, view: 'list' as const, ...(tab === 'open' ? {} : { status: tab }) };
  return (
    <Anchor {...look} renderRoot={(props) => <Link to="/problems" search={search} {...props} />}>
      {children}
    </Anchor>
  );
}
