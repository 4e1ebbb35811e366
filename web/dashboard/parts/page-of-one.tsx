/** The page of one thing that an address names. It has a heading while that is on its way, when it cannot be had, and when there is none. */
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Lines, type Asked } from './answer.tsx';
import { Nothing } from './nothing.tsx';
import { Page } from './page.tsx';

export function PageOfOne<Data, Found>({
  of: asked,
  pick,
  kind,
  list,
  none,
  noneHint,
  children,
}: {
  readonly of: Asked<Data>;
  readonly pick: (data: Data) => Found | null | undefined;
  /** What it is, as a heading. */
  readonly kind: string;
  /** Where there are others. The name is `kind` when left out. */
  readonly list: { readonly path: string; readonly name?: string };
  /** That there is none, and why. */
  readonly none?: string;
  readonly noneHint?: string;
  readonly children: (found: Found) => ReactNode;
}) {
  const { t } = useTranslation();
  if (asked.data === undefined)
    return (
      <Page title={kind}>
        <Answer of={asked} skeleton={<Lines count={10} height={24} />}>
          {() => null}
        </Answer>
      </Page>
    );
  const nowhere = (
    <Page title={kind}>
      <Nothing kind="matches" title={none ?? t('notFoundRecord')}>
        {noneHint !== undefined && <Text size="sm">{noneHint}</Text>}
        <Anchor component={Link} to={list.path}>
          {list.name ?? kind}
        </Anchor>
      </Nothing>
    </Page>
  );
  return (
    <Answer of={asked}>
      {(data) => {
        const found = pick(data);
        return found == null ? nowhere : children(found);
      }}
    </Answer>
  );
}
