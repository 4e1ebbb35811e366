/** All that people do with mappings: edits, previews, and sending again what comes out differently. */
import type { Document, RecordCatalogue } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import { dependenciesOf } from '../mapping/dependencies.js';
import { listsOf, ruleChanges } from '../mapping/mapping-parts.js';
import type { MappingDefinition, MappingProblem } from '../mapping/mapping.js';
import type { Tx } from '../store/database.js';
import type { Connector } from '../systems/system.js';
import { compileDefinition, sidesOf } from './compile-definition.js';
import type { Draft } from './draft-configuration.js';
import { planHashOf } from './impact.js';
import { makeMappingEdits, type MappingEditDeps, type MappingEdits } from './mapping-edits.js';
import { makePreview, type PreviewDeps } from './mapping-preview.js';

export interface MappingWorkDeps
  extends Omit<MappingEditDeps, 'problemsOf' | 'shipped' | 'planHash'>, Omit<PreviewDeps, 'database'> {
  readonly connectors: readonly Connector[];
  readonly canonicalHead: (tx: Tx) => Promise<string>;
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob' | 'cancelJob'>;
  readonly looks: Pick<typeof import('../store/projection-looks.js'), 'lookAgain'>;
  /** Called when rows have become due. */
  readonly looked: () => void;
  /** Called when there is a job to be done. */
  readonly jobMade: () => void;
}

export interface MappingWork extends MappingEdits {
  readonly preview: ReturnType<typeof makePreview>;
  problemsOf(definition: MappingDefinition): readonly MappingProblem[];
  /** The definition that its connector ships. */
  shipped(key: string): MappingDefinition | undefined;
  sidesOf(
    definition: MappingDefinition,
  ): { readonly source: RecordCatalogue; readonly target: RecordCatalogue } | undefined;
  /** Top-level fields of the record that is read, which rules read. */
  readsOf(definition: MappingDefinition): ReadonlySet<string>;
  readonly changes: typeof ruleChanges;
  readonly listsOf: typeof listsOf;
  /** Starts a job that finds out what a definition would do to all records. Returns its id. */
  analyse(draft: Draft, by: string): Promise<string>;
  cancelJob(id: string): Promise<void>;
  /** Makes all records that an outbound mapping is for due: what comes out the same is not sent. Returns how many. */
  backfill(key: string): Promise<number>;
  /** The same for all outbound mappings that take a value list. */
  backfillList(list: string): Promise<number>;
}

export function makeMappingWork(deps: MappingWorkDeps): MappingWork {
  const shipped = (key: string): MappingDefinition | undefined =>
    deps.connectors.flatMap(({ defaultMappings }) => defaultMappings).find((each) => each.key === key);
  const problemsOf = (definition: MappingDefinition): readonly MappingProblem[] => {
    const { catalogues, valueLists } = deps.configuration.current();
    const result = compileDefinition({ catalogues, compile: deps.compile }, definition, valueLists);
    return result?.type === 'invalid' ? result.problems : [];
  };
  const backfill = async (takes: (definition: MappingDefinition) => boolean): Promise<number> => {
    const { systems, outbound } = deps.configuration.current();
    let count = 0;
    for (const { key, connector } of systems.values()) {
      for (const { entity } of connector.targets) {
        const definition = outbound(key, entity)?.compiled.definition;
        if (definition === undefined || !takes(definition)) continue;
        count += await deps.database.tx((tx) =>
          deps.looks.lookAgain(tx, key, entity as ProjectedEntity, newId('trace')),
        );
      }
    }
    if (count > 0) deps.looked();
    return count;
  };
  return {
    ...makeMappingEdits({
      ...deps,
      problemsOf,
      shipped,
      planHash: async (tx, definition) =>
        planHashOf(
          { definition, lists: new Map() },
          deps.configuration.current().valueLists,
          await deps.canonicalHead(tx),
        ),
    }),
    async analyse({ definition, lists }, by) {
      if (definition.direction === 'inbound') throw new KoppelError('IMPACT_INBOUND', { key: definition.key });
      const id = newId('job');
      const input = { definition, lists: Object.fromEntries(lists) } as unknown as Document;
      await deps.database.tx((tx) => deps.jobs.createJob(tx, { id, kind: 'IMPACT_ANALYSIS', input, createdBy: by }));
      deps.jobMade();
      return id;
    },
    async cancelJob(id) {
      if (!(await deps.jobs.cancelJob(deps.database, id))) throw new KoppelError('JOB_UNKNOWN', { id });
    },
    preview: makePreview(deps),
    problemsOf,
    shipped,
    sidesOf(definition) {
      const sides = sidesOf(definition, deps.configuration.current().catalogues);
      return sides === undefined || 'unknown' in sides ? undefined : sides;
    },
    readsOf: ({ rules }) =>
      new Set([...dependenciesOf(rules).values()].flat().map((path) => path.split('.', 1)[0] ?? path)),
    changes: ruleChanges,
    listsOf,
    backfill: (key) => backfill((definition) => definition.key === key),
    backfillList: (list) => backfill((definition) => listsOf(definition).has(list)),
  };
}
