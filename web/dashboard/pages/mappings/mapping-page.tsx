/** /mappings/$mappingId: loads the mapping and keeps up with what others do to it; the editor does the rest. */
import { Anchor } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { MappingChangesDocument, MappingEditorDocument, MappingNewsDocument, MappingTestsDocument, MappingVersionsDocument } from '../../graph/graphql.ts'; // prettier-ignore
import { Answer, Lines } from '../../parts/answer.tsx';
import { Nothing } from '../../parts/nothing.tsx';
import { Page } from '../../parts/page.tsx';
import { Editor } from './editor.tsx';
import './mappings.css';

export function MappingPage() {
  const { t } = useTranslation();
  const { mappingId: id } = useParams({ from: '/inside/mappings/$mappingId' });
  const asked = useAsk(MappingEditorDocument, { id });
  const refresh = useRefresh([MappingEditorDocument, MappingTestsDocument, MappingVersionsDocument, MappingChangesDocument]); // prettier-ignore
  useLive(MappingNewsDocument, { id }, { onNews: refresh, onResume: refresh });
  return (
    <Answer of={asked} skeleton={<Lines count={12} height={32} />}>
      {({ mapping, valueMaps, systems }) =>
        mapping === null ? (
          <Page title={t('pageMappings')}>
            <Nothing kind="matches" title={t('notFoundRecord')}>
              <Anchor component={Link} to="/mappings">
                {t('pageMappings')}
              </Anchor>
            </Nothing>
          </Page>
        ) : (
          <Editor mapping={mapping} valueMaps={valueMaps} systems={systems} />
        )
      }
    </Answer>
  );
}
