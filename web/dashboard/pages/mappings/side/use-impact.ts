/** The analysis of what the saved draft, or choosing a mapping for a system, would do to all records: started, followed, ended. It counts for what it was made of only. */
import { useState } from 'react';
import { useAsk, useCommand, useRefresh } from '../../../api/hooks.ts';
import { useLive } from '../../../api/live.ts';
import {
  MappingImpactAnalyzeDocument,
  MappingImpactCancelDocument,
  MappingImpactJobDocument,
  MappingImpactNewsDocument,
  type MappingImpactJobQuery,
} from '../../../graph/graphql.ts';

export type ImpactJob = NonNullable<MappingImpactJobQuery['job']>;
export type ImpactReport = NonNullable<ImpactJob['impact']>;

export interface Impact {
  readonly job: ImpactJob | null;
  /** What was found about the draft as it is saved now; null before. */
  readonly report: ImpactReport | null;
  /** There is an analysis, but the draft was changed since. */
  readonly isOutdated: boolean;
  readonly isRunning: boolean;
  readonly error: Error | null;
  start(revision: number): Promise<void>;
  cancel(): void;
}

interface Started {
  readonly jobId: string;
  readonly revision: number;
  readonly systemId: string | null;
}

/** While the socket is away the job is asked for this often. */
const slowlyMs = 3_000;

/** `systemId`: what choosing the mapping for this system would do. */
export function useImpact(mappingId: string, revision: number, systemId: string | null = null): Impact {
  const [started, setStarted] = useState<Started | null>(null);
  const analyze = useCommand(MappingImpactAnalyzeDocument, []);
  const stop = useCommand(MappingImpactCancelDocument, [MappingImpactJobDocument]);
  const id = started?.jobId ?? '';
  const [isOver, setOver] = useState(false);
  const { data, error } = useAsk(MappingImpactJobDocument, { id }, { isOff: started === null, ...(isOver ? {} : { everyMs: slowlyMs }) }); // prettier-ignore
  const job = started === null || data?.job?.id !== id ? null : data.job;
  const isEnded = job !== null && ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(job.status);
  if (isEnded !== isOver) setOver(isEnded);
  const refresh = useRefresh([MappingImpactJobDocument], 250);
  useLive(
    MappingImpactNewsDocument,
    { id },
    { isOff: started === null || isEnded, onNews: refresh, onResume: refresh },
  );
  const isOutdated = started !== null && (started.revision !== revision || started.systemId !== systemId);
  return {
    job,
    report: isOutdated ? null : (job?.impact ?? null),
    isOutdated,
    isRunning: analyze.isRunning || (started !== null && !isEnded && error === null),
    error: analyze.error ?? stop.error ?? error,
    async start(of) {
      const { mappingImpactAnalyze } = await analyze.run({ input: { mappingId, systemId } });
      if (mappingImpactAnalyze.job != null) setStarted({ jobId: mappingImpactAnalyze.job.id, revision: of, systemId });
    },
    cancel: () => void stop.run({ input: { id } }).catch(() => {}),
  };
}
