/** What people order through the API, wired: flows, mappings, owners, positions, systems, files. With the jobs that they make. */
import type { Service } from '../base/lifecycle.js';
import { ownershipOf, startsNow, streamsOfFlow } from '../cdc/sources.js';
import { fieldsOf } from '../canonical/normalise.js';
import { canonicalTopic } from '../log/change-log.js';
import { compileMapping } from '../mapping/compile.js';
import type { Commands } from '../resolvers/context.js';
import * as audit from '../store/audit.js';
import * as streams from '../store/capture-positions.js';
import * as comparisonSchedules from '../store/comparisons.js';
import * as published from '../store/configuration-file.js';
import * as storedConfiguration from '../store/configuration.js';
import * as customerMerges from '../store/customer-merges.js';
import type { Tx } from '../store/database.js';
import * as discovered from '../store/discovered-fields.js';
import * as eventContents from '../store/event-contents.js';
import * as conflicts from '../store/field-conflicts.js';
import * as fieldOwners from '../store/field-owners.js';
import * as removal from '../store/flow-removal.js';
import * as impacts from '../store/impacts.js';
import * as jobStore from '../store/jobs.js';
import type { JobKind } from '../store/jobs.js';
import * as journal from '../store/journal.js';
import { headOf } from '../store/log-heads.js';
import * as mappingTests from '../store/mapping-tests.js';
import * as mappingUse from '../store/mapping-use.js';
import { problemCare } from '../store/problem-care.js';
import * as looks from '../store/projection-looks.js';
import * as projectionMoves from '../store/projection-moves.js';
import * as recordPast from '../store/record-past.js';
import * as resends from '../store/resends.js';
import { savedViewCare } from '../store/saved-views.js';
import * as undoReads from '../store/undo-reads.js';
import * as undoRecords from '../store/undo-records.js';
import * as taken from '../store/positions.js';
import * as projectionRows from '../store/projection-rows.js';
import * as links from '../store/reference-links.js';
import { forgetVersions } from '../store/reference-versions.js';
import { lockMatching } from '../store/references.js';
import * as rows from '../store/rows.js';
import * as shown from '../store/shown-statements.js';
import { lockStockFlows } from '../store/stock-flows.js';
import * as setupSteps from '../store/setup-steps.js';
import * as systemAdminStore from '../store/system-admin.js';
import { stoppedStreams } from '../store/system-status.js';
import * as lists from '../store/value-lists.js';
import * as versions from '../store/versions.js';
import * as holds from '../store/write-holds.js';
import { makeCodeChoices } from '../sync/code-choices.js';
import { makeConfigurationFiles } from '../sync/configuration-import.js';
import { discoverSystem } from '../sync/discovery.js';
import { makeCustomerMerges } from '../sync/customer-merges.js';
import { erasureWork, makeErasures } from '../sync/erasure.js';
import { makeFieldOrigins } from '../sync/field-origins.js';
import { makeFieldOwnership } from '../sync/field-ownership.js';
import { toFlowSettings } from '../sync/flow-settings.js';
import { makeDemo } from '../sync/demo.js';
import { makeFlows, type Flows } from '../sync/flows.js';
import { makeHeldRuns } from '../sync/held-runs.js';
import { analysis, makeImpact } from '../sync/impact.js';
import { makeJobs, type JobHandler } from '../sync/jobs.js';
import { makeMappingWork } from '../sync/mapping-work.js';
import { makeMarkers } from '../sync/markers.js';
import { backfillWork, makeResends, resyncWork } from '../sync/resend.js';
import { makeRecordPast } from '../sync/record-past.js';
import { makeReferenceLinks } from '../sync/reference-links.js';
import { callsAtOnce } from '../sync/projector-deps.js';
import { settingProblems } from '../sync/setting-problems.js';
import { makeSpokenNames } from '../sync/spoken-names.js';
import { makeSetup } from '../sync/setup.js';
import { makeTrials, trialWork } from '../sync/trial.js';
import { makeSystemAdmin } from '../sync/system-admin.js';
import { makeUndo, undoWork } from '../sync/undo.js';
import { settingsProblem, testSystem } from '../sync/systems.js';
import { makeValueListEdits } from '../sync/value-list-edits.js';
import { sample } from '../config/sample.js';
import * as shipped from '../store/shipped.js';
import { connectors } from '../systems/connectors.js';
import { erasureDeps } from './erasures.js';
import { makeAlerts } from './alerts.js';
import { composeComparisons } from './comparisons.js';
import { composeExports } from './exports.js';
import type { Ground } from './ground.js';
import type { Pipeline } from './pipeline.js';
import { projectionStores as stores } from './projection-stores.js';
import { composeRestoreChecks } from './restore.js';
import { trialDeps } from './trial.js';

export function makeCommands(
  ground: Ground,
  pipeline: Pipeline,
): {
  readonly commands: Commands;
  readonly jobs: readonly Service[];
  readonly endPauses: () => Promise<void>;
  /** What looks after things by the clock: rules of alerts, comparisons of a schedule. */
  readonly watches: readonly Service[];
} {
  const { base, database, configuration, log, changesTopic, secrets, connecting, hints } = ground;
  const { replay, retake } = pipeline;
  const flows = makeFlows({ database, store: storedConfiguration, audit, looks, removal, lockStockFlows, stockPlaces: (system) => configuration.current().stockPlaces(system) }); // prettier-ignore
  const canonicalHead = (tx: Tx) => headOf(tx, canonicalTopic);
  const impact = makeImpact({ database, configuration, stores, compile: compileMapping, rows: projectionRows, impacts, canonicalHead, callMs: impacts.medianCallMs, concurrency: callsAtOnce }); // prettier-ignore
  const [looked, jobMade] = [(): void => hints.say('project'), (): void => hints.say('jobs')];
  const resend = { database, configuration, store: resends, jobs: jobStore, retake, clock: base.clock, looked, jobMade }; // prettier-ignore
  const undo = { database, reads: undoReads, records: undoRecords, rows, journal, jobs: jobStore, log, canonicalTopic, configuration, ownershipOf, clock: base.clock, changed: looked, jobMade }; // prettier-ignore
  const comparing = composeComparisons(ground, pipeline);
  const erasing = erasureDeps(ground, { looked, jobMade });
  const exporting = composeExports(ground, () => commands);
  const jobs = composeJobs(ground, { IMPACT_ANALYSIS: analysis(impact), BACKFILL: backfillWork(resend), REPLAY: resyncWork(resend), TRIAL: trialWork(trialDeps(ground)), UNDO: undoWork(undo), ERASURE: erasureWork(erasing), EXPORT: exporting.work, ...comparing.handlers }); // prettier-ignore
  const edits = { database, versions, announceConfiguration: storedConfiguration.announceConfiguration, reload: () => configuration.reload() }; // prettier-ignore
  const fieldOwnership = makeFieldOwnership({ ...edits, conflicts, owners: fieldOwners, statements: shown, rows, journal, log, canonicalTopic, configuration, ownershipOf, changed: looked }); // prettier-ignore
  const alerts = makeAlerts(ground);
  const commands: Commands = {
    settingsOf: toFlowSettings,
    settingProblems: (entity, kind, settings) => settingProblems(entity, connectors.find((each) => each.kind === kind), settings), // prettier-ignore
    ...flowCommands(flows, ground),
    flowRemains: (key) => removal.remainsOfFlow(database, key),
    heldRuns: makeHeldRuns({ database, store: holds, released: looked }),
    resends: makeResends(resend),
    undo: makeUndo(undo),
    savedViews: savedViewCare(database),
    references: makeReferenceLinks({ ...stores, configuration, database, store: links, lockMatching, replay, looked }),
    ...replaying(ground, pipeline),
    ...systemCare(ground),
    ...problemCare(database),
    alerts: alerts.care,
    valueLists: makeValueListEdits({ ...edits, lists }),
    codeChoices: makeCodeChoices({ configuration, clock: base.clock }),
    mappings: makeMappingWork({ ...edits, stores, configuration, connectors, compile: compileMapping, clock: base.clock, rows: projectionRows, looks, jobs: jobStore, tests: mappingTests, uses: mappingUse, canonicalHead, looked: () => hints.say('project'), jobMade: () => hints.say('jobs') }), // prettier-ignore
    fieldOwnership,
    names: makeSpokenNames(configuration),
    fieldsOf: (entity) => fieldsOf[entity],
    ...explaining(ground),
    markers: makeMarkers({ database, configuration, positions: { ...streams, forgetVersions }, stoppedStreams, taken, log, changesTopic, streamsOfFlow, startsNow, moved: (system) => hints.say('capture', system) }), // prettier-ignore
    systems: makeSystemAdmin({ ...edits, connectors, connecting, ...secrets, store: { ...systemAdminStore, ...storedConfiguration } }), // prettier-ignore
    demo: ground.config.demo === 'none' ? null : makeDemo({ ...edits, store: storedConfiguration, shipped, owners: fieldOwners }, { ...sample(ground.config), sealSecrets: secrets.sealSecrets }), // prettier-ignore
    erasures: makeErasures(erasing),
    exports: exporting.exports,
    customerMerges: makeCustomerMerges({ ...stores, database, configuration, log, canonicalTopic, store: customerMerges, projections: projectionMoves, looks, lockMatching, clock: base.clock, looked }), // prettier-ignore
    trials: makeTrials({ database, jobs: jobStore, jobMade }),
    comparisons: comparing.comparisons,
    configurationFiles: makeConfigurationFiles({ ...edits, alerts: alerts.configured, comparisons: comparisonSchedules, configuration, compile: compileMapping, connectors, published, lists, uses: mappingUse, store: storedConfiguration, looks, changeOwners: fieldOwnership.changeOwners, settingsProblem: (row, settings) => settingsProblem(connecting, row, settings) }), // prettier-ignore
  };
  const endPauses = async (): Promise<void> => {
    for (const flow of await flows.endPauses()) base.logger.info({ flow }, 'a pause is over; the flow goes on');
  };
  return { commands, jobs, endPauses, watches: [...alerts.services, comparing.clock] };
}

/** What was put aside, tried again. */
const replaying = ({ hints }: Ground, { replay }: Pipeline): Pick<Commands, 'replayParked'> => ({
  async replayParked(ids, options) {
    const results = await replay(ids, options);
    hints.say('project');
    return results.filter(({ result }) => result !== 'skipped' && result !== 'failed').length;
  },
});

/** Why records hold what they hold, and what they held. */
const explaining = ({ base, database, configuration }: Ground): Pick<Commands, 'origins' | 'past'> => ({
  origins: makeFieldOrigins({ configuration, compile: compileMapping, ownershipOf }),
  past: makeRecordPast({ ...base, database, configuration, rows, past: { ...recordPast, ...eventContents } }),
});

/** What people ask of the connected systems as a whole. */
const systemCare = (ground: Ground): Pick<Commands, 'setup' | 'restoreChecks' | 'discoverFields' | 'testSystem'> => ({
  setup: makeSetup({ database: ground.database, store: setupSteps, connectors: connectors.map(({ kind }) => kind) }),
  restoreChecks: composeRestoreChecks(ground),
  discoverFields: (key) => discoverFields(ground, key),
  testSystem: (key) => testSystem(ground.configuration.current(), key),
});

async function discoverFields({ database, configuration }: Ground, key: string): Promise<boolean> {
  const connected = configuration.current().systems.get(key);
  if (connected === undefined) return false;
  const store = { ...storedConfiguration, ...discovered };
  const isChanged = await discoverSystem({ database, store }, connected, AbortSignal.timeout(30_000));
  if (isChanged) await configuration.reload();
  return isChanged;
}

type FlowCommands = 'pauseFlow' | 'resumeFlow' | 'createFlow' | 'updateFlow' | 'enableFlow' | 'disableFlow' | 'deleteFlow' | 'runFlow'; // prettier-ignore

/** What the next answer is made of knows of the change already: the notice to this process may come later. */
function flowCommands(flows: Flows, { hints, configuration }: Ground): Pick<Commands, FlowCommands> {
  const known = async <T>(change: Promise<T>): Promise<T> => {
    const result = await change;
    await configuration.refresh();
    return result;
  };
  const wakeAll = (): void => {
    hints.say('capture');
    hints.say('project');
  };
  return {
    pauseFlow: (key, reason, until) => known(flows.pauseFlow(key, reason, until)),
    resumeFlow: (key) => known(flows.resumeFlow(key)),
    createFlow: (flow) => known(flows.createFlow(flow)),
    updateFlow: (key, change) => known(flows.updateFlow(key, change)),
    enableFlow: (key) => known(flows.enableFlow(key)).then(wakeAll),
    disableFlow: (key) => known(flows.disableFlow(key)),
    deleteFlow: (key) => known(flows.deleteFlow(key)),
    runFlow: (key) => flows.runFlowNow(key).then(wakeAll),
  };
}

/** Files of lists may take many minutes, and nobody is to wait behind them: an erasure, a repair. */
function composeJobs(ground: Ground, { EXPORT, ...others }: Record<JobKind, JobHandler>): readonly Service[] {
  const { base, database, owner, hints } = ground;
  const deps = { ...base, database, owner, store: jobStore };
  const runners = [makeJobs({ ...deps, handlers: others }), makeJobs({ ...deps, handlers: { EXPORT } }, 'exports')];
  for (const runner of runners) hints.on('jobs', () => runner.wake());
  return runners;
}
