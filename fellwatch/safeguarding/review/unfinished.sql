-- The forms that are counted and ranked for the second review, and how many minutes the clock of its queue gave each. To
-- ask of each who may see it takes longer than all else; it runs as the tables' owner and leaves out what the policies
-- hide: forms of an incident or a person in a compartment that the reader is not cleared for, which an index finds. A duty
-- hangs on its form's own incident. Nobody is named; whoever a page shows is read under the policies. A test holds both
-- alike.
create or replace function safeguarding_review_unfinished() returns table (
  id uuid, state text, team text, open_work boolean, instrument text, specialist text, officers text, flags text,
  known text, since timestamptz, minutes double precision
) language sql stable security definer set search_path = public as $$
  with given as materialized (
    select about, rule, extract(epoch from max(due_at - started_at)) / 60 as minutes from duties_duty
    where rule in ('second_look', 'supervisor_review', 'form_correction') and state in ('open', 'late')
      and due_at > started_at group by about, rule
  )
  select f.id, f.state, f.submitted_team, f.closed_number < f.number, f.instrument, f.specialist_grade, f.grade,
    to_json(f.flags)::text, f.known::text,
    case f.state when 'second' then f.passed_on_at when 'submitted' then f.submitted_at
                 when 'returned' then f.changed_at when 'open' then f.opened_at end,
    given.minutes
  from assessments_form f left join given on given.about = f.id
    and given.rule = case f.state when 'second' then 'second_look' when 'submitted' then 'supervisor_review'
                                  when 'returned' then 'form_correction' end
  where (f.state in ('open', 'submitted', 'returned', 'second') or f.closed_number < f.number)
    and (select fellwatch_holds('safeguarding.review') and fellwatch_holds('assessments.read')
                and fellwatch_holds('records.read'))
    and not exists (select from records_incident i where i.id = f.incident_id and not (i.compartment = '')
                    and i.compartment <> all ((select fellwatch_compartments())::text[]))
    and not exists (select from records_person p where p.id = f.person_id and not (p.compartment = '')
                    and p.compartment <> all ((select fellwatch_compartments())::text[]))
  order by f.changed_at
$$;
