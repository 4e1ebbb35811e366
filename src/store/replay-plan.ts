/** What trying problems again would mean, before anybody does it. */
import type { ReplayPlan } from '../schema/payloads.js';
import type { Query } from './database.js';
import { selected } from './sql.js';

type PlanRow = {
  readonly count: number;
  readonly oldest: Date | null;
  readonly alreadyDelivered: number;
  readonly stopped: string[] | null;
  readonly byFlow: { flowKey: string | null; count: number }[] | null;
};

/** Of the problems with these ids; `isAll`: no more than these are meant. One statement. */
export async function readReplayPlan(query: Query, ids: readonly string[], isAll: boolean): Promise<ReplayPlan> {
  const [row] = await selected<PlanRow>(
    query,
    `with meant as (select k.* from parked k where k.id = any($1::text[]))
     select (select count(*)::integer from meant) as count, (select min(first_failed_at) from meant) as oldest,
       (select count(*)::integer from meant m where m.stage = 'project' and exists (
          select from projection p where p.target = m.system and p.entity || ':' || p.canonical_id = m.record_key
            and p.state = 'in_sync')) as "alreadyDelivered",
       (select array_agg(distinct f.name order by f.name) from meant m join flow f on f.key = m.flow
        where f.state not in ('ENABLED', 'SUSPENDED')) as stopped,
       (select json_agg(json_build_object('flowKey', flow, 'count', n) order by n desc, flow)
        from (select flow, count(*)::integer as n from meant group by flow) g) as "byFlow"`,
    [ids],
  );
  const { count = 0, oldest = null, alreadyDelivered = 0, stopped, byFlow } = row ?? {};
  const warnings = [
    ...(stopped ?? []).map((name) => `The flow ${name} is not running: what is tried again waits until it is.`),
    ...(alreadyDelivered === 0 ? [] : [`${alreadyDelivered} of the records have reached their target since; trying them again changes nothing.`]),
  ]; // prettier-ignore
  return {
    count: { value: count, precision: isAll ? 'EXACT' : 'AT_LEAST' },
    oldest,
    alreadyDelivered,
    warnings,
    byFlow: byFlow ?? [],
  };
}
