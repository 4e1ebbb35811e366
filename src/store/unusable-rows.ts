/** One condition, read by orders and by what waits for customers: whether a target can never have the record of a projection. */

/**
 * The projection `p` rests with a problem or is left out. One that shares a record can be had; one that has not been read yet
 * only when its own system shows it in a way that nothing can be taken from.
 */
export const isUnusable = `p.state in ('parked', 'excluded') and (
    coalesce(p.reason_code, '') not in ('SHARED_RECORD', 'NOT_READ')
    or p.reason_code = 'NOT_READ' and exists (
      select from external_reference m
      join parked q on q.system = m.system and q.entity = m.entity and q.external_id = m.external_id
        and q.stage in ('capture', 'ingest') and q.status in ('OPEN', 'REPLAYING')
      where m.canonical_id = p.canonical_id and m.entity = p.entity and m.origin = 'MENTIONED'))`;
