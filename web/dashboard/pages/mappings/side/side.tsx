/** Beside the rules: what would come of a record, the saved tests, what it would do to all records, and the versions. */
import { Badge, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ImpactPanel } from './impact-panel.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { TestsPanel } from './tests-panel.tsx';
import type { Impact } from './use-impact.ts';
import type { SavedTest } from './use-tests.ts';
import { VersionsPanel } from './versions-panel.tsx';

export type SideTab = 'preview' | 'tests' | 'impact' | 'versions';

export function Side({
  tab,
  onTab,
  impact,
  tests,
  onPublish,
}: {
  readonly tab: SideTab;
  onTab(tab: SideTab): void;
  readonly impact: Impact;
  readonly tests: readonly SavedTest[];
  onPublish(): void;
}) {
  const { t } = useTranslation('mappings');
  const [seen, setSeen] = useState<ReadonlySet<SideTab>>(new Set(['preview']));
  const passed = tests.filter(({ isPassed }) => isPassed === true).length;
  const isSeen = (name: SideTab): boolean => name === tab || seen.has(name);
  return (
    <Tabs
      value={tab}
      onChange={(next) => {
        setSeen(new Set([...seen, next as SideTab]));
        onTab(next as SideTab);
      }}
      className="mapping-side"
    >
      <Tabs.List aria-label={t('sideTitle')}>
        <Tabs.Tab value="preview">{t('preview')}</Tabs.Tab>
        <Tabs.Tab
          value="tests"
          rightSection={
            tests.length === 0 ? undefined : (
              <Badge size="sm" variant="light" color={passed === tests.length ? 'green' : 'red'}>
                {passed}/{tests.length}
              </Badge>
            )
          }
        >
          {t('tests')}
        </Tabs.Tab>
        <Tabs.Tab value="impact">{t('impact')}</Tabs.Tab>
        <Tabs.Tab value="versions">{t('versions')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="preview" pt="sm">
        <PreviewPanel />
      </Tabs.Panel>
      <Tabs.Panel value="tests" pt="sm">
        {isSeen('tests') && <TestsPanel tests={tests} />}
      </Tabs.Panel>
      <Tabs.Panel value="impact" pt="sm">
        {isSeen('impact') && <ImpactPanel impact={impact} onPublish={onPublish} />}
      </Tabs.Panel>
      <Tabs.Panel value="versions" pt="sm">
        {isSeen('versions') && <VersionsPanel />}
      </Tabs.Panel>
    </Tabs>
  );
}
