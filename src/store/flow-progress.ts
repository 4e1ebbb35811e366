/** How far flows have come, and what keeps them from coming further. Which streams are read for a flow only connectors know. */
import type { FlowRun } from '../schema/flow.js';
import type { Query } from './database.js';
import { runColumns, type FlowRow } from './flow-reads.js';
import { standingIngest, type StandingIngest } from './log-heads.js';
import { selected } from './sql.js';

/** A stream that is read for a flow, of its source or its target. */
export interface StreamRead {
  readonly system: string;
  readonly stream: string;
  /** Kinds of record that it shows. */
  readonly records: readonly string[];
}

/** The streams of a flow, and how its source tells changes. */
export interface FlowStreams {
  /** The one of the source that carries the flow's entity: its position is that of the flow. */
  readonly stream: string;
  readonly changeDetection: string;
  /** All that are read for the flow, that one among them. */
  readonly read: readonly StreamRead[];
}

/** Undefined for a flow whose source has no such stream, or is not there. */
export type StreamsOf = (flow: Pick<FlowRow, 'entity' | 'source' | 'target'>) => FlowStreams | undefined;

/** A stream whose system answers, but that cannot be read. */
export interface FailingStream {
  /** Key of the system, and its name. */
  readonly system: string;
  readonly systemName: string;
  readonly stream: string;
  /** When it failed first, as ISO 8601. */
  readonly since: string;
  readonly message: string;
  /** For how long although the flow was at work and the system answered, in milliseconds. */
  readonly ms: number;
}

/** How far a flow has come. */
export interface FlowProgress {
  readonly flowKey: string;
  readonly marker: string | null;
  readonly markerAt: Date | null;
  /** Why the hub does not read on until a person decides: of the flow's own stream first. */
  readonly stoppedBecause: string | null;
  /** Streams that have failed for so long that it is no hiccup, the longest first. The hub goes on trying. */
  readonly failing: readonly FailingStream[];
  /** Of a system that is read for it, while changes of that wait in the log and nobody takes them in: the one that has waited longest. */
  readonly standing: StandingIngest | null;
  readonly pending: number;
  /** Milliseconds since the oldest undelivered change was seen; null when everything is delivered. */
  readonly lagMs: number | null;
  readonly lastRun: FlowRun | null;
  /** When a write went through last, or a run ended that did not fail as a whole. */
  readonly lastSuccessAt: Date | null;
  /** How often in a row the record failed that was tried most often, of those that are tried again. */
  readonly consecutiveFailures: number;
}

/** Failures that last less are told of nowhere but in the log. */
const leastFailing = "interval '5 minutes'";

/** Since when a stream `p` of the system `s` has failed for a reason of its own: what both were waiting for before does not count. */
const failsAloneSince = 'greatest(p.failing_since, s.status_since, f.state_since)';

const streamsOfFlow = `select max(p.position) filter (where r.own) as position, max(p.updated_at) filter (where r.own) as at,
    (array_agg(p.stopped_message order by r.own desc, p.system <> f.source, p.stream) filter (where p.state = 'stopped'))[1] as stopped,
    json_agg(json_build_object('system', s.key, 'systemName', s.name, 'stream', p.stream, 'since', p.failing_since,
        'message', p.failing_message, 'ms', extract(epoch from now() - ${failsAloneSince}) * 1000) order by p.failing_since, p.system, p.stream)
      filter (where p.state = 'running' and s.status in ('CONNECTED', 'DEGRADED') and f.state in ('ENABLED', 'SUSPENDED')
        and p.failing_since is not null and ${failsAloneSince} <= now() - ${leastFailing}) as failing
  from r join capture_position p on p.system = r.system and p.stream = r.stream join system s on s.key = p.system
  where r.flow = f.key`;

/** Changes of the flow are not taken in, or what follows from them is not looked at: that is all flows' own. */
const lostOfFlow = `select min(i.stopped_message) as message
  from consumer_position i left join r on r.flow = f.key and i.topic in ('changes.' || r.system, 'kafka.changes.' || r.system)
    and (i.stopped_record is null or i.stopped_record = any(string_to_array(r.records, ',')))
  where i.stopped_code is not null and (i.consumer = 'ingest' and r.flow is not null or i.consumer = 'look')`;

const standingOfFlow = `select row_to_json(i) as longest from i
  where f.state in ('ENABLED', 'SUSPENDED') and i.system in (select r.system from r where r.flow = f.key)
  order by i.ms desc, i.system limit 1`;

/** Progress of every flow, with what is read for it (`own`: the stream whose position is that of the flow). One SQL statement. */
export const readProgress = (
  query: Query,
  streams: readonly (StreamRead & { readonly flow: string; readonly own: boolean })[],
): Promise<FlowProgress[]> =>
  selected(
    query,
    `with r as materialized (
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[]) as r(flow, system, stream, records, own)),
     i as materialized (${standingIngest})
     select f.key as "flowKey", cp.position as marker, cp.at as "markerAt", coalesce(cp.stopped, lost.message) as "stoppedBecause",
       coalesce(cp.failing, '[]') as failing, standing.longest as standing,
       coalesce(open.n, 0)::integer as pending, (extract(epoch from now() - open.oldest) * 1000)::double precision as "lagMs",
       case when lr.id is null then null else row_to_json(lr) end as "lastRun", ok.at as "lastSuccessAt",
       coalesce(open.tries, 0)::integer as "consecutiveFailures"
     from flow f
     left join lateral (${streamsOfFlow}) as cp on true
     left join lateral (${lostOfFlow}) as lost on true
     left join lateral (${standingOfFlow}) as standing on true
     left join lateral (select count(*) as n, min(pr.changed_at) as oldest, max(pr.attempt) filter (where pr.state = 'retrying') as tries from projection pr
       where pr.flow = f.key and pr.state in ('pending', 'writing', 'in_doubt', 'retrying', 'waiting_for')) as open on true
     left join lateral (select ${runColumns} from flow_run r where r.flow = f.key
       order by r.started_at desc, r.id desc limit 1) as lr on true
     left join lateral (select greatest(r.last_written_at, case when r.status in ('SUCCEEDED', 'PARTIAL') then r.finished_at end) as at
       from flow_run r where r.flow = f.key and (r.status in ('SUCCEEDED', 'PARTIAL') or r.last_written_at is not null)
       order by r.started_at desc, r.id desc limit 1) as ok on true`,
    [
      streams.map(({ flow }) => flow),
      streams.map(({ system }) => system),
      streams.map(({ stream }) => stream),
      streams.map(({ records }) => records.join(',')),
      streams.map(({ own }) => own),
    ],
  );

/** The same, of flows with the streams that connectors name. */
export const progressOf = (query: Query, flows: readonly FlowRow[], streamsOf: StreamsOf): Promise<FlowProgress[]> =>
  readProgress(
    query,
    flows.flatMap((flow) => {
      const { stream = '', read = [] } = streamsOf(flow) ?? {};
      const isOwn = (each: StreamRead): boolean => each.system === flow.source && each.stream === stream;
      return read.map((each) => ({ ...each, flow: flow.key, own: isOwn(each) }));
    }),
  );
