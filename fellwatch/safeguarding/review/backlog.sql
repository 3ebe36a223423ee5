-- Unfinished forms by age and acting grade: how many of the moments `ends` each has waited since, oldest moment first.
-- Who may see each takes longer than to count it. It runs as the tables' owner, for whoever may see the figures, and says
-- counts alone; what is in a compartment is left out for everybody, and an index finds it.
create or replace function safeguarding_backlog(ends timestamptz[]) returns table (age int, grade text, forms bigint)
language sql stable security definer set search_path = public as $$
  select width_bucket(coalesce(submitted_at, opened_at), ends), coalesce(nullif(specialist_grade, ''), f.grade), count(*)
  from assessments_form f
  where state in ('open', 'submitted', 'returned', 'second') and (select fellwatch_holds('safeguarding.figures'))
    and not exists (select from records_incident i where i.id = f.incident_id and not (i.compartment = ''))
    and not exists (select from records_person p where p.id = f.person_id and not (p.compartment = ''))
  group by 1, 2
$$;
