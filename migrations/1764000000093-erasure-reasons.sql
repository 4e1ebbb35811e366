-- why: reports of erasures told why a record rests in the words that a system had used, which may quote what was removed. They tell it in words of
-- the hub now; of those that are there already the words are taken out.

update erasure e
set report = jsonb_set(e.report, '{systems}', (
  select coalesce(jsonb_agg(s || '{"reason": null}' order by place), '[]') from jsonb_array_elements(e.report -> 'systems') with ordinality as each(s, place)))
where jsonb_typeof(e.report -> 'systems') = 'array';

update job j
set result = jsonb_set(j.result, '{systems}', (
  select coalesce(jsonb_agg(s || '{"reason": null}' order by place), '[]') from jsonb_array_elements(j.result -> 'systems') with ordinality as each(s, place)))
where j.kind = 'ERASURE' and jsonb_typeof(j.result -> 'systems') = 'array';
