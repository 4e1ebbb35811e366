/**
 * Verify mode in the projector (G16): what a flow that has not been compared since a restore may do. In: plans of one round, and how far
 * the check of each flow is, as the planning transaction has locked it. Out: the plans that go on: none while the systems are being
 * read, then only the search for records that would be made. Everything else rests; no write gets an intent.
 */
import { restCodes } from '../base/restore-codes.js';
import type { LockedFlow } from '../store/configuration.js';
import type { Projection, ProjectionChange } from '../store/projections.js';
import type { Evaluated } from './project-evaluate.js';
import { changeOf, type Work } from './project-work.js';

type Resting = Pick<ProjectionChange, 'state' | 'reason' | 'reasonCode'>;

const reason = 'The database was restored: nothing is written before the systems of this flow were compared.';
const resting: Resting = { state: 'paused', reason, reasonCode: restCodes.check };

/** Of a record that the target was asked for and lacks: it is made once the flow was compared. */
export const restingAbsent: Resting & { readonly wanted: null } = {
  state: 'paused',
  reason,
  reasonCode: restCodes.absent,
  wanted: null,
};

type Changing = Pick<Work, 'changes'>;

/** Lets a row of a flow whose systems are being read rest; false when it may be planned. */
export function restsUnread(work: Changing, row: Projection, verifying: LockedFlow['verifying']): boolean {
  if (verifying !== 'READING') return false;
  work.changes.push(changeOf(row, resting));
  return true;
}

/** Of flows that are looked through: records to be made are looked for, updates rest; all other plans go on. */
export function onlyLooking(
  work: Changing,
  flows: ReadonlyMap<string, Pick<LockedFlow, 'verifying'>>,
  evaluated: readonly Evaluated[],
): readonly Evaluated[] {
  return evaluated.flatMap((each): readonly Evaluated[] => {
    const { row, plan, reference } = each;
    if (flows.get(row.flow)?.verifying !== 'LOOKING' || plan.type !== 'write') return [each];
    const isAsked = row.reasonCode === restCodes.absent;
    if (reference === undefined && !isAsked) {
      // A flow that makes no records only looks anyway.
      return [plan.look === 'only' ? each : { ...each, plan: { ...plan, look: 'verify' } }];
    }
    // Known by its mark or its stream only: what it holds is asked before anybody judges what would be written over it.
    if (reference !== undefined && row.held === null) return [{ ...each, plan: { type: 'verify' } }];
    const externalId = reference?.externalId ?? null;
    work.changes.push(changeOf(row, { ...(isAsked ? restingAbsent : resting), externalId }));
    return [];
  });
}
