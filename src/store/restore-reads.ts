/** What the graph reads of checks after a restore: the last one with its flows, and how a flow stands in one that goes on. */
import type { RestoreCheck, RestoreCheckFlow } from '../schema/restore-check.js';
import type { Query } from './database.js';
import { selected } from './sql.js';

type FlowRow = RestoreCheckFlow & { readonly isOpen: boolean };
type Check = Omit<RestoreCheck, 'flows' | 'doneCount' | 'flowCount'>;

/** Those of the last check. */
const readFlows = (query: Query): Promise<FlowRow[]> =>
  selected<FlowRow>(
    query,
    `select r.state, r.read as "readCount", r.taken_in as "takenInCount", r.found as "foundCount", r.held as "heldCount",
       r.error_message as error, r.finished_at as "finishedAt", r.flow as "flowKey", f.verifying is not null as "isOpen"
     from restore_check_flow r join flow f on f.key = r.flow
     where r.restore = (select id from restore_check order by started_at desc limit 1)
     order by r.place`,
  );

const isDone = ({ state }: RestoreCheckFlow): boolean => state === 'COMPARED' || state === 'SKIPPED';

export function restoreReads({ query }: { readonly query: Query }) {
  let flows: Promise<FlowRow[]> | undefined;
  const ofLast = (): Promise<FlowRow[]> => (flows ??= readFlows(query));
  return {
    /** The check that goes on, else the last one; null when there never was one. */
    async restoreCheck(): Promise<RestoreCheck | null> {
      const [check] = await selected<Check>(
        query,
        `select cause, started_by as "startedById", started_at as "startedAt", finished_at as "finishedAt"
         from restore_check order by started_at desc limit 1`,
      );
      if (check === undefined) return null;
      const found = await ofLast();
      return { ...check, flows: found, doneCount: found.filter(isDone).length, flowCount: found.length };
    },
    /** Null for a flow that may write. */
    restoreCheckOf: async (flow: string): Promise<RestoreCheckFlow | null> =>
      (await ofLast()).find(({ flowKey, isOpen }) => flowKey === flow && isOpen) ?? null,
  };
}
