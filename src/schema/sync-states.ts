/**
 * The states of a projection in the words of the graph. Total by type: a new state of the engine does not compile until
 * somebody has said what people see.
 */
import type { ValueOf } from './enumeration.js';
import type { EntitySyncState, Responsible, SyncReasonCode } from './sync-status.js';

export const projectionStates = [
  'in_sync',
  'pending',
  'writing',
  'in_doubt',
  'retrying',
  'waiting_for',
  'parked',
  'excluded',
  'held',
  'paused',
  'owned_by_target',
] as const;
export type ProjectionState = (typeof projectionStates)[number];

interface Shown {
  readonly state: ValueOf<typeof EntitySyncState>;
  readonly code: ValueOf<typeof SyncReasonCode>;
  readonly responsible: ValueOf<typeof Responsible>;
  /** When the engine gave no sentence of its own. */
  readonly message: string;
}

export const shownState: Readonly<Record<ProjectionState, Shown>> = {
  in_sync: { state: 'IN_SYNC', code: 'DELIVERED', responsible: 'NOBODY', message: 'The system holds what it should.' },
  pending: { state: 'PENDING', code: 'QUEUED', responsible: 'HUB', message: 'Waits for its turn.' },
  writing: { state: 'PENDING', code: 'QUEUED', responsible: 'HUB', message: 'Is being written now.' },
  in_doubt: {
    state: 'RETRYING',
    code: 'RETRYING',
    responsible: 'HUB',
    message: 'The answer to a write was lost; the hub will look whether it arrived before writing again.',
  },
  retrying: { state: 'RETRYING', code: 'RETRYING', responsible: 'HUB', message: 'Will be tried again.' },
  waiting_for: {
    state: 'BLOCKED',
    code: 'WAITING_FOR_RECORD',
    responsible: 'HUB',
    message: 'Waits until another record exists in the system.',
  },
  parked: {
    state: 'FAILED',
    code: 'REJECTED_BY_SYSTEM',
    responsible: 'SHOP',
    message: 'Could not be written; see the problem.',
  },
  excluded: { state: 'EXCLUDED', code: 'FILTERED_OUT', responsible: 'NOBODY', message: 'A rule keeps it out.' },
  held: { state: 'HELD', code: 'RUN_HELD', responsible: 'INTEGRATOR', message: 'A guard holds it back.' },
  paused: { state: 'HELD', code: 'FLOW_PAUSED', responsible: 'INTEGRATOR', message: 'The flow is paused.' },
  owned_by_target: {
    state: 'IN_SYNC',
    code: 'OWNED_BY_OTHER_SIDE',
    responsible: 'NOBODY',
    message: 'The system itself decides about this record.',
  },
};

/** The engine's states that are shown as one of these. */
export const projectionStatesOf = (shown: readonly string[]): ProjectionState[] =>
  projectionStates.filter((state) => shown.includes(shownState[state].state));

/** Nothing is to be done: a part of a record in any other state speaks for the whole record. */
export const calmStates = ['in_sync', 'excluded', 'owned_by_target'] as const satisfies readonly ProjectionState[];

export const isCalm = (state: ProjectionState): boolean => (calmStates as readonly ProjectionState[]).includes(state);
