/** The saved tests, as the rules on the page stand to them; asked when rules are saved, run with rules that are not when somebody says so. */
import { useEffect, useState } from 'react';
import { useAsk, useCommand } from '../../../api/hooks.ts';
import {
  MappingTestsDocument,
  MappingTestsRunDocument,
  type MappingTestShownFragment,
} from '../../../graph/graphql.ts';
import { inputOf, printOf } from '../model/rules.ts';
import type { Editing } from '../model/use-content.ts';

export type SavedTest = MappingTestShownFragment;

export function useTests(mappingId: string, { content, revision }: Editing) {
  const { data } = useAsk(MappingTestsDocument, { id: mappingId });
  const { run, isRunning, error } = useCommand(MappingTestsRunDocument, []);
  const [ran, setRan] = useState<{ readonly print: string; readonly tests: readonly SavedTest[] } | null>(null);
  const print = printOf(content);
  useEffect(() => setRan(null), [revision, data]);
  const ofDraft = data?.mapping?.tests ?? [];
  return {
    tests: ran?.print === print ? ran.tests : ofDraft,
    isRunning,
    error,
    async run(): Promise<void> {
      const { mappingTestsRun } = await run({ input: { mappingId, rules: content.rules.map(inputOf) } });
      setRan({ print, tests: mappingTestsRun.tests });
    },
  };
}
