/** What people do with mappings: edit the rules as a draft, take the shipped ones back, publish, go back. */
import { KoppelError } from '../base/errors.js';
import type { MappingDefinition, MappingProblem, Predicate, Rule } from '../mapping/mapping.js';
import type { Tx } from '../store/database.js';
import { editDraft, publishDraft, rollBack, type EditDeps, type Publish, type Rollback } from './edits.js';
import { invalidMapping } from './invalid-mapping.js';

export interface MappingEditDeps extends EditDeps {
  /** What is wrong with a definition, with the value lists and catalogues of now. */
  readonly problemsOf: (definition: MappingDefinition) => readonly MappingProblem[];
  /** Names of the saved tests that a definition does not pass. */
  readonly failingTests: (tx: Tx, definition: MappingDefinition) => Promise<readonly string[]>;
  /** What an analysis of this draft would be called now. */
  readonly planHash: (tx: Tx, draft: MappingDefinition) => Promise<string>;
  /** What the connector ships for the records of a definition. */
  readonly shipped: (definition: MappingDefinition) => MappingDefinition | undefined;
}

interface Edit {
  readonly id: string;
  readonly expectedRevision: number;
}

export interface MappingEdits {
  /** Replaces rules and condition of the draft, which may be wrong: only a publication has to be right. */
  saveDraft(
    edit: Edit,
    change: { readonly rules: readonly Rule[]; readonly includeWhen: Predicate | null },
  ): Promise<void>;
  /** Back to the published version. */
  discard(edit: Edit): Promise<void>;
  /** The draft becomes what the connector ships. */
  restoreShipped(edit: Edit): Promise<void>;
  /** `planHash`: of the analysis that was agreed to; refused when draft, value lists or records have changed since. */
  publish(
    publish: Publish & { readonly planHash?: string | null; readonly overrideFailedTests?: boolean },
  ): Promise<number>;
  rollBack(rollback: Rollback): Promise<number>;
}

export function makeMappingEdits(deps: MappingEditDeps): MappingEdits {
  const refuseInvalid = (definition: MappingDefinition): Promise<void> => {
    const problems = deps.problemsOf(definition);
    if (problems.length === 0) return Promise.resolve();
    throw invalidMapping(definition.key, problems);
  };
  return {
    saveDraft: (edit, { rules, includeWhen }) =>
      editDraft(deps, 'mapping', edit, (definition) => {
        const { includeWhen: _, ...rest } = definition;
        return { ...rest, rules, ...(includeWhen === null ? {} : { includeWhen }) };
      }),
    discard: (edit) => editDraft(deps, 'mapping', edit, () => null),
    restoreShipped: (edit) => editDraft(deps, 'mapping', edit, (definition) => deps.shipped(definition) ?? definition),
    publish: ({ planHash, overrideFailedTests, ...publish }) =>
      publishDraft(deps, 'mapping', publish, async (tx, _, draft) => {
        await refuseInvalid(draft);
        if (overrideFailedTests !== true) {
          const names = await deps.failingTests(tx, draft);
          if (names.length > 0)
            throw new KoppelError('MAPPING_TEST_FAILED', { key: draft.key, names: names.join(', ') });
        }
        if (planHash != null && planHash !== (await deps.planHash(tx, draft)))
          throw new KoppelError('PLAN_OUTDATED', { what: 'rules, value lists or records have changed since' });
      }),
    rollBack: (rollback) => rollBack(deps, 'mapping', rollback, (_, __, body) => refuseInvalid(body)),
  };
}
