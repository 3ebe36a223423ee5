-- Whether anybody tied to an incident may be a child: in it by a child's part, or born late enough and in it, tied to its
-- place, or tied to somebody in it. It runs as the tables' owner, so that nobody hidden is forgotten, and says yes too
-- often rather than too seldom: `safeguarding.encompass` looks closely at whatever this lets through.
create or replace function records_child_tied(incident uuid) returns boolean language sql stable security definer
set search_path = public as $$
  with it as (
    select place_id, extract(year from received_at at time zone 'Europe/London')::int as year
    from records_incident where id = incident
  ), part as (
    select person_id, role from records_incidentperson where incident_id = incident
  ), tied as (
    select person_id from part
    union select r.person_id from records_residence r join it on it.place_id = r.place_id
    union select other_id from records_relationship where person_id in (select person_id from part)
    union select person_id from records_relationship where other_id in (select person_id from part)
  )
  select exists (select from part where role like 'child\_%')
      or exists (select from records_person p join tied on tied.person_id = p.id
                 where p.birth_year >= (select year from it) - 18)
$$;
