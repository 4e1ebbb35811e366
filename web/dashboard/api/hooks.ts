/** Questions and commands of pages: one shape for loading, failing and saying what the hub has to say against it. */
import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { askAgain, keyOf, refresherOf } from './again.ts';
import { ask, type AskError, type Operation } from './ask.ts';

export interface AskOptions {
  /** Nothing is asked while this is true. */
  readonly isOff?: boolean;
  /** Asked again after so many milliseconds, for what no subscription tells. */
  readonly everyMs?: number;
}

/** The answer to a question; what was there before stays shown while it is asked again. */
export function useAsk<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { isOff = false, everyMs }: AskOptions = {},
): UseQueryResult<Result, AskError> {
  return useQuery<Result, AskError>({
    queryKey: keyOf(operation, variables),
    queryFn: ({ signal }) => ask(operation, variables, signal),
    enabled: !isOff,
    placeholderData: keepPreviousData,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
}

/** What a person can mend in what was entered. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field?: readonly string[] | null;
}

/** Thrown by a command that the hub refused in words; they stand in `refusals`. */
export class RefusedError extends Error {
  constructor(readonly refusals: readonly Refusal[]) {
    super(refusals.map(({ message }) => message).join(' '));
  }
}

export interface Command<Result, Variables> {
  /** Throws AskError, or RefusedError when the answer has userErrors. */
  run(variables: Variables): Promise<Result>;
  readonly isRunning: boolean;
  readonly error: AskError | RefusedError | null;
  forget(): void;
}

/**
 * A mutation. When it is done or refused, `touches` (all answers when left out) are asked again, before `run` ends; what else there is, when it is
 * shown the next time. It may be refused because of what somebody else has changed: the next try is made on top of that.
 */
export function useCommand<Result extends object, Variables>(
  operation: Operation<Result, Variables>,
  touches?: readonly Operation<unknown, never>[],
): Command<Result, Variables> {
  const answers = useQueryClient();
  const mutation = useMutation<Result, AskError | RefusedError, Variables>({
    mutationFn: async (variables) => {
      const result = await ask(operation, variables);
      const refusals = Object.values(result).flatMap((payload) => refusalsOf(payload));
      if (refusals.length > 0) throw new RefusedError(refusals);
      return result;
    },
    onSuccess: () => askAgain(answers, touches),
    onError: (error) => (error instanceof RefusedError ? askAgain(answers, touches) : undefined),
  });
  const { mutateAsync: run, isPending: isRunning, error, reset: forget } = mutation;
  return { run, isRunning, error, forget };
}

const refusalsOf = (payload: unknown): readonly Refusal[] =>
  typeof payload === 'object' && payload !== null && 'userErrors' in payload
    ? (payload.userErrors as readonly Refusal[])
    : [];

/** A function that has the answers of these operations asked again, at most once in `atMostEveryMs`: for news that come in swarms. The operations stay the same. */
export function useRefresh(operations: readonly Operation<unknown, never>[], atMostEveryMs = 1_000): () => void {
  const answers = useQueryClient();
  const [{ refresh, end }] = useState(() => refresherOf(answers, operations, atMostEveryMs));
  useEffect(() => end, [end]);
  return refresh;
}
