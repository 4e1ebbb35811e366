/** /mappings/$mappingId: loads the mapping and keeps up with what others do to it; the editor does the rest. */
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAsk, useRefresh } from '../../api/hooks.ts';
import { useLive } from '../../api/live.ts';
import { type MappingEditorQuery, MappingChangesDocument, MappingEditorDocument, MappingNewsDocument, MappingTestsDocument, MappingVersionsDocument } from '../../graph/graphql.ts'; // prettier-ignore
import { PageOfOne } from '../../parts/page-of-one.tsx';
import { Editor } from './editor.tsx';
import './mappings.css';

export function MappingPage() {
  const { t } = useTranslation();
  const { mappingId: id } = useParams({ from: '/inside/mappings/$mappingId' });
  const asked = useAsk(MappingEditorDocument, { id });
  const refresh = useRefresh([MappingEditorDocument, MappingTestsDocument, MappingVersionsDocument, MappingChangesDocument]); // prettier-ignore
  useLive(MappingNewsDocument, { id }, { onNews: refresh, onResume: refresh });
  return (
    <PageOfOne of={asked} pick={editedIn} kind={t('pageMappings')} list={{ path: '/mappings' }}>
      {(edited) => <Editor {...edited} />}
    </PageOfOne>
  );
}

const editedIn = ({ mapping, valueMaps, systems }: MappingEditorQuery) =>
  mapping === null ? null : { mapping, valueMaps, systems };
