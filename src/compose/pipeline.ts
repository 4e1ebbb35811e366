/** The stages of a change's way, wired: capture → ingest → look → project. Each is a service of its own. */
import type { ProjectedEntity } from '../canonical/entities.js';
import { makeCapture, type Capture } from '../cdc/capture.js';
import { makeIngestBatch, type IngestBatch } from '../cdc/ingest-batch.js';
import { makeIngest, type Ingest } from '../cdc/ingest.js';
import { makeReplayParked } from '../cdc/replay.js';
import { makeRetake, type Retake } from '../cdc/retake.js';
import { makeShownBy } from '../cdc/shown.js';
import { canonicalTopic } from '../log/change-log.js';
import * as streams from '../store/capture-positions.js';
import * as storedConfiguration from '../store/configuration.js';
import * as deferred from '../store/deferred-changes.js';
import * as erasures from '../store/erasures.js';
import * as conflicts from '../store/field-conflicts.js';
import * as journal from '../store/journal.js';
import * as parked from '../store/parked.js';
import * as positions from '../store/positions.js';
import * as looks from '../store/projection-looks.js';
import { lockObserved, observe } from '../store/projection-observe.js';
import * as waits from '../store/projection-waits.js';
import * as projections from '../store/projections.js';
import * as references from '../store/references.js';
import * as versions from '../store/reference-versions.js';
import * as resends from '../store/resends.js';
import * as reservations from '../store/reservations.js';
import * as rows from '../store/rows.js';
import * as shown from '../store/shown-statements.js';
import * as systemStatus from '../store/system-status.js';
import * as unmapped from '../store/unmapped-values.js';
import { makeStoreShown } from '../sync/acknowledge-shown.js';
import { makeApply } from '../sync/apply.js';
import { makeLook } from '../sync/look.js';
import { makeProjector, type Projector } from '../sync/project.js';
import { restBeforeWriteMs } from '../sync/rest-before-write.js';
import type { Ground } from './ground.js';
import { projectionStores } from './projection-stores.js';

export interface Pipeline {
  readonly capture: Capture;
  readonly ingest: Ingest;
  readonly look: ReturnType<typeof makeLook>;
  readonly projector: Projector;
  readonly replay: ReturnType<typeof makeReplayParked>;
  readonly retake: Retake;
  readonly ingestBatch: IngestBatch;
}

export function makePipeline({
  base,
  database,
  log,
  changesTopic,
  configuration,
  owner,
  membership,
  hints,
}: Ground): Pipeline {
  const { logger } = base;
  const apply = makeApply({ log, canonicalTopic, rows, references, reservations, waits, parked, unmapped, conflicts, journal }); // prettier-ignore
  const ingestBatch = makeIngestBatch({ clock: base.clock, versions, erasures, references, reservations, rows, conflicts, deferred, shown, configuration, apply, observe, lockObserved }); // prettier-ignore
  const work = { ...base, database, log, positions, configuration, owner, changesTopic, canonicalTopic };

  const capture = makeCapture({ ...work, erasures, streams, systems: systemStatus });
  const replay = makeReplayParked({
    database,
    log,
    parked,
    ingestBatch,
    projectAgain: async (tx, { system, entity, canonicalId }) => {
      const keys = canonicalId === null ? [] : [{ entity: entity as ProjectedEntity, canonicalId }];
      await projections.setProjectionDue(tx, system, keys, null);
    },
    logger,
  });
  const retake = makeRetake({ database, configuration, store: resends, ingestBatch, changesTopic });
  const ingest = makeIngest({
    ...work,
    revisions: storedConfiguration,
    members: () => membership.living('ingest'),
    ingestBatch,
    deferred,
    parked,
    replayParked: replay,
    ingested: () => hints.say('project'),
  });
  const projector = makeProjector({
    ...base,
    database,
    configuration,
    stores: projectionStores,
    storeShown: makeStoreShown(makeShownBy(configuration), { ...shown, findReferences: references.findReferences }),
    acknowledged: (target) => hints.say('deferred', target),
  });
  const look = makeLook({
    ...work,
    looks,
    restBeforeWriteMs: (event) => restBeforeWriteMs(configuration.current(), event),
    looked: () => hints.say('project'),
  });
  // Who has work for another stage says so to all processes; stages that do not run here have no loop to wake.
  hints.on('capture', (system) => capture.wake(system));
  hints.on('project', (target) => projector.wake(target));
  hints.on('deferred', (target) => ingest.wakeDeferred(target));
  return { capture, ingest, look, projector, replay, retake, ingestBatch };
}
