/** Writes of a journey with what came of each. In: steps in order. Out: attempts. Pure. */
import type { EventStepFragment } from '../../graph/graphql.ts';

export interface Attempt {
  /** What was about to be sent; null when only its end was written down. */
  readonly request: EventStepFragment | null;
  /** Null while there is none. */
  readonly response: EventStepFragment | null;
}

const isRequest = ({ stage, status, error, durationMs }: EventStepFragment): boolean =>
  stage === 'SENT' && error == null && durationMs == null && (status === 'RUNNING' || status === 'SUCCEEDED');

/** What is refused for good stands at the check of the record. */
const isResponse = ({ stage, status, durationMs }: EventStepFragment): boolean =>
  stage === 'CONFIRMED' || stage === 'SENT' || (stage === 'VALIDATED' && status === 'FAILED' && durationMs != null);

export function attemptsOf(steps: readonly EventStepFragment[]): readonly Attempt[] {
  const attempts: Attempt[] = [];
  for (const step of steps) {
    if (isRequest(step)) attempts.push({ request: step, response: null });
    else if (isResponse(step)) {
      const open = attempts.findLastIndex(
        ({ request, response }) => response === null && request?.system?.key === step.system?.key,
      );
      if (open < 0) attempts.push({ request: null, response: step });
      else attempts[open] = { ...attempts[open]!, response: step };
    }
  }
  return attempts;
}
