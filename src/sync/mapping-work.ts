/** All that people do with mappings: edits, previews, and sending again what comes out differently. */
import type { Document, Json, RecordCatalogue } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import { dependenciesOf } from '../mapping/dependencies.js';
import { listsOf, ruleChanges, sameRules } from '../mapping/mapping-parts.js';
import { outcomeOf, runTest, type TestedRecord, type TestResult } from '../mapping/mapping-tests.js';
import type { CompiledMapping, MappingDefinition, MappingProblem } from '../mapping/mapping.js';
import type { Query, Tx } from '../store/database.js';
import type { MappingTest } from '../store/mapping-tests.js';
import type { Connector } from '../systems/system.js';
import { compileDefinition, sidesOf } from './compile-definition.js';
import type { Draft } from './draft-configuration.js';
import { planHashOf } from './impact.js';
import { flowsThrough } from './mapping-flows.js';
import { makeMappingEdits, type MappingEditDeps, type MappingEdits } from './mapping-edits.js';
import { makePreview, type PreviewDeps } from './mapping-preview.js';
import { makeOwnMappings, type OwnMappingDeps, type OwnMappings } from './own-mappings.js';

export interface MappingWorkDeps
  extends Omit<MappingEditDeps, 'problemsOf' | 'shipped' | 'planHash' | 'failingTests'>, Omit<PreviewDeps, 'database'> {
  readonly connectors: readonly Connector[];
  readonly uses: OwnMappingDeps['uses'];
  readonly tests: typeof import('../store/mapping-tests.js');
  readonly canonicalHead: (tx: Tx) => Promise<string>;
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob' | 'cancelJob'>;
  readonly looks: Pick<typeof import('../store/projection-looks.js'), 'lookAgain'>;
  /** Called when rows have become due. */
  readonly looked: () => void;
  /** Called when there is a job to be done. */
  readonly jobMade: () => void;
}

export interface MappingWork extends MappingEdits {
  readonly own: OwnMappings;
  readonly preview: ReturnType<typeof makePreview>;
  problemsOf(definition: MappingDefinition): readonly MappingProblem[];
  /** What its connector ships for these records. */
  shipped(definition: MappingDefinition): MappingDefinition | undefined;
  sidesOf(
    definition: MappingDefinition,
  ): { readonly source: RecordCatalogue; readonly target: RecordCatalogue } | undefined;
  /** Top-level fields of the record that is read, which rules read. */
  readsOf(definition: MappingDefinition): ReadonlySet<string>;
  readonly changes: typeof ruleChanges;
  readonly sameRules: typeof sameRules;
  readonly flowsThrough: typeof flowsThrough;
  readonly listsOf: typeof listsOf;
  /** Starts a job that finds out what a definition would do to all records. Returns its id. */
  analyse(draft: Draft, by: string): Promise<string>;
  cancelJob(id: string): Promise<void>;
  /** What a definition makes of a record; undefined when it cannot be used. */
  outcomeOf(definition: MappingDefinition, record: TestedRecord): Json | undefined;
  /** The saved tests of a mapping with what a definition makes of them; nothing is known of one that cannot be used. */
  runTests(definition: MappingDefinition): Promise<readonly (MappingTest & Partial<TestResult>)[]>;
  /** Saves a test, and replaces one of the same name. Returns its id. */
  saveTest(test: Omit<MappingTest, 'id'>): Promise<string>;
  deleteTest(id: string): Promise<void>;
  /**
   * Makes all records that an outbound mapping is for due: what comes out the same is not sent. `isShown`: somebody has seen what it
   * does to all of them, so that the write guard does not ask again; `systems`: only of these. Returns how many.
   */
  backfill(key: string, of?: { readonly systems?: readonly string[]; readonly isShown?: boolean }): Promise<number>;
  /** The same for all outbound mappings that take a value list. */
  backfillList(list: string): Promise<number>;
}

export function makeMappingWork(deps: MappingWorkDeps): MappingWork {
  const shipped = ({ key, ...of }: MappingDefinition): MappingDefinition | undefined => {
    const all = deps.connectors.flatMap(({ defaultMappings }) => defaultMappings);
    const kind = ['connector', 'direction', 'record', 'entity'] as const;
    const found = all.find((each) => each.key === key) ?? all.find((each) => kind.every((name) => each[name] === of[name])); // prettier-ignore
    return found && { ...found, key };
  };
  const problemsOf = (definition: MappingDefinition): readonly MappingProblem[] => {
    const { catalogues, valueLists } = deps.configuration.current();
    const result = compileDefinition({ catalogues, compile: deps.compile }, definition, valueLists);
    return result?.type === 'invalid' ? result.problems : [];
  };
  const compiledOf = (definition: MappingDefinition): CompiledMapping | undefined => {
    const { catalogues, valueLists } = deps.configuration.current();
    const result = compileDefinition({ catalogues, compile: deps.compile }, definition, valueLists);
    return result?.type === 'compiled' ? result.mapping : undefined;
  };
  const runTests = async (query: Query, definition: MappingDefinition): ReturnType<MappingWork['runTests']> => {
    const compiled = compiledOf(definition);
    const tests = await deps.tests.listTests(query, definition.key);
    return tests.map((test) => (compiled === undefined ? test : { ...test, ...runTest(compiled, test) }));
  };
  const backfill = async (
    takes: (definition: MappingDefinition, system: string) => boolean,
    isShown = false,
  ): Promise<number> => {
    const { systems, outbound } = deps.configuration.current();
    let count = 0;
    for (const { key, connector } of systems.values()) {
      for (const { entity } of connector.targets) {
        const definition = outbound(key, entity)?.compiled.definition;
        if (definition === undefined || !takes(definition, key)) continue;
        count += await deps.database.tx((tx) =>
          deps.looks.lookAgain(tx, key, entity as ProjectedEntity, newId('trace'), isShown),
        );
      }
    }
    if (count > 0) deps.looked();
    return count;
  };
  const planHash = async (tx: Tx, draft: Draft): Promise<string> =>
    planHashOf(draft, deps.configuration.current().valueLists, await deps.canonicalHead(tx));
  return {
    ...makeMappingEdits({
      ...deps,
      problemsOf,
      shipped,
      failingTests: async (tx, definition) =>
        (await runTests(tx, definition)).filter(({ isPassed }) => isPassed === false).map(({ name }) => name),
      planHash: (tx, definition) => planHash(tx, { definition, lists: new Map() }),
    }),
    own: makeOwnMappings({ ...deps, problemsOf, planHash }),
    async analyse({ definition, lists, systems }, by) {
      if (definition.direction === 'inbound') throw new KoppelError('IMPACT_INBOUND', { key: definition.key });
      const id = newId('job');
      const input = {
        definition,
        lists: Object.fromEntries(lists),
        ...(systems && { systems }),
      } as unknown as Document;
      await deps.database.tx((tx) => deps.jobs.createJob(tx, { id, kind: 'IMPACT_ANALYSIS', input, createdBy: by }));
      deps.jobMade();
      return id;
    },
    outcomeOf(definition, record) {
      const compiled = compiledOf(definition);
      return compiled && outcomeOf(compiled, record);
    },
    runTests: (definition) => runTests(deps.database, definition),
    saveTest: (test) => deps.tests.saveTest(deps.database, { id: newId('mapping_test'), ...test }),
    async deleteTest(id) {
      if (!(await deps.tests.deleteTest(deps.database, id))) throw new KoppelError('MAPPING_TEST_UNKNOWN', { id });
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
    sameRules,
    flowsThrough,
    listsOf,
    backfill: (key, { systems, isShown } = {}) =>
      backfill(({ key: used }, system) => used === key && (systems?.includes(system) ?? true), isShown),
    backfillList: (list) => backfill((definition) => listsOf(definition).has(list)),
  };
}
