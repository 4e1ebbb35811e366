/** What flows did in pieces of time, by the runs that started in them. One statement for all flows of a page. */
import DataLoader from 'dataloader';
import type { FlowActivity } from '../schema/flow-activity.js';
import type { SyncCounts } from '../schema/flow.js';
import type { Query } from './database.js';
import type { BucketRange } from './event-counts.js';
import { grouped } from './grouped.js';
import { selected } from './sql.js';

interface PieceRow extends SyncCounts {
  readonly flowKey: string;
  readonly piece: number;
  readonly runCount: number;
  readonly failedRunCount: number;
}

const noCounts: SyncCounts = {
  ...{ read: 0, created: 0, updated: 0, deleted: 0 },
  ...{ unchanged: 0, excluded: 0, failed: 0, blocked: 0 },
};

/** Of several flows with the same pieces of time in one statement; fields of one level nearly always have the same. */
export function makeFlowActivity(query: Query): (flow: string, range: BucketRange) => Promise<FlowActivity[]> {
  type Asked = BucketRange & { readonly flow: string };
  const rangeOf = ({ from, stepMs, pieces }: BucketRange): string => `${from} ${stepMs} ${pieces}`;
  const readAll = async (asked: readonly Asked[]): Promise<FlowActivity[][]> => {
    const found = new Map<Asked, FlowActivity[]>();
    for (const same of grouped(asked, rangeOf).values()) {
      const activity = await readPieces(query, same.map(({ flow }) => flow), same[0]!); // prettier-ignore
      same.forEach((each, i) => found.set(each, activity[i]!));
    }
    return asked.map((each) => found.get(each)!);
  };
  const loader = new DataLoader<Asked, FlowActivity[], string>(readAll, { cacheKeyFn: (each) => `${each.flow} ${rangeOf(each)}` }); // prettier-ignore
  return (flow, range) => loader.load({ flow, ...range });
}

/** All pieces of each flow, the oldest first, in the order of the flows. */
async function readPieces(
  query: Query,
  flows: readonly string[],
  { from, stepMs, pieces }: BucketRange,
): Promise<FlowActivity[][]> {
  const moment = (piece: number): Date => new Date(from + piece * stepMs);
  const rows = await selected<PieceRow>(
    query,
    `select r.flow as "flowKey", floor((extract(epoch from r.started_at) * 1000 - $2::bigint) / $3::bigint)::integer as piece,
       count(*)::integer as "runCount", count(*) filter (where r.status = 'FAILED')::integer as "failedRunCount",
       sum(r.read)::integer as read, sum(r.created)::integer as created, sum(r.updated)::integer as updated, 0 as deleted,
       sum(r.unchanged)::integer as unchanged, sum(r.excluded)::integer as excluded, sum(r.failed)::integer as failed,
       sum(r.blocked)::integer as blocked
     from flow_run r where r.flow = any($1) and r.started_at >= $4::timestamptz and r.started_at < $5::timestamptz
     group by 1, 2`,
    [flows, from, stepMs, moment(0), moment(pieces)],
  );
  const found = new Map(rows.map((row) => [`${row.flowKey} ${row.piece}`, row]));
  return flows.map((flow) =>
    Array.from({ length: pieces }, (_, piece) => {
      const row = found.get(`${flow} ${piece}`);
      const { runCount = 0, failedRunCount = 0 } = row ?? {};
      return { from: moment(piece), to: moment(piece + 1), runCount, failedRunCount, counts: row ?? noCounts };
    }),
  );
}
