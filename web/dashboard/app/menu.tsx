/** The menu at the side: the pages that the person may see, in groups, problems, conflicts and alerts with their numbers. */
import { Badge, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/hooks.ts';
import { OpenProblemsDocument } from '../graph/graphql.ts';
import { useFormats } from '../parts/formats.ts';
import { pageGroups, type PageEntry } from './pages.ts';
import { SessionContext, useMay } from './session.tsx';

export function Menu() {
  const { t } = useTranslation();
  const scopes = use(SessionContext)?.scopes ?? [];
  return (
    <>
      {pageGroups.map(({ word, pages }) => {
        const seen = pages.filter(({ scope }) => scopes.includes(scope));
        if (seen.length === 0) return null;
        return (
          <section key={word} aria-label={t(word)}>
            <Text size="xs" fw={600} className="muted" px="sm" pt="sm" pb={4}>
              {t(word)}
            </Text>
            {seen.map((page) => (
              <Entry key={page.path} page={page} />
            ))}
          </section>
        );
      })}
    </>
  );
}

function Entry({ page: { path, word, icon: Icon, isOutside } }: { readonly page: PageEntry }) {
  const { t } = useTranslation();
  const content = (
    <>
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      <span>{t(word)}</span>
      {path === '/problems' && <OpenOnes of="deadLetters" />}
      {path === '/conflicts' && <OpenOnes of="fieldConflicts" />}
      {path === '/alerts' && <OpenOnes of="alerts" />}
    </>
  );
  if (isOutside === true) {
    return (
      <a className="menu-link" href={path}>
        {content}
      </a>
    );
  }
  return (
    <Link className="menu-link" to={path} activeOptions={{ exact: path === '/', includeSearch: false }}>
      {content}
    </Link>
  );
}

/** How many are open; asked again now and then, because it stands on every page. */
function OpenOnes({ of: list }: { readonly of: 'deadLetters' | 'fieldConflicts' | 'alerts' }) {
  const formats = useFormats();
  const { data } = useAsk(OpenProblemsDocument, {}, { isOff: !useMay('READ_OPERATIONS'), everyMs: 15_000 });
  const count = data?.[list].totalCount.value ?? 0;
  if (count === 0) return null;
  return (
    <Badge size="sm" color="red" variant="filled">
      {formats.number(count)}
    </Badge>
  );
}
