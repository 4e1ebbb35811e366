/** A change that could not be taken in, as the problem that people see. */
import { contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { cleanJson } from '../canonical/clean-text.js';
import { changeKey } from '../log/envelope.js';
import type { ParkedRecord, ParkedStage } from '../store/parked.js';
import type { Placed } from './classify.js';
import type { KnownReferences } from './look-up.js';
import type { Failure } from './translate.js';

export function parkedRecord(
  system: string,
  placed: Placed,
  failure: Failure,
  stage: ParkedStage,
  flow: string | null,
  known: KnownReferences,
): Omit<ParkedRecord, 'id'> {
  const { change, traceId, place } = placed.incoming;
  const { unmapped: _, ...said } = failure;
  const path = failure.path?.replace(/\.\d+\./g, '.*.') ?? null;
  return {
    stage,
    system,
    flow,
    entity: placed.entity,
    canonicalId: known.get(placed.entity, placed.externalId)?.canonicalId ?? null,
    externalId: change.externalId,
    recordKey: changeKey(change),
    traceId,
    ...said,
    fingerprint: contentHash([stage, system, placed.entity, failure.code, path]),
    payload: cleanJson(change as unknown as Json) as Document,
    log: place,
  };
}
