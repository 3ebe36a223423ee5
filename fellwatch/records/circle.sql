-- Whom the acting account's holder is, and everybody recorded around them: what a MARAC knows of any of these must
-- never reach them. It runs as the tables' owner, for the policies alone, and takes nothing: nobody can ask by it who
-- is around somebody else. Earlier relationships count; homes count for a year after somebody left.
create or replace function records_circle() returns uuid[] language sql stable security definer
set search_path = public as $$
  with mine as (
    select person_id as id from records_accountholder where user_id = fellwatch_actor() and ended_at is null
  ), around as (
    select id from mine
    union select other_id from records_relationship where person_id in (select id from mine)
    union select person_id from records_relationship where other_id in (select id from mine)
    union select there.person_id
      from records_residence here join records_residence there on there.place_id = here.place_id
      where here.person_id in (select id from mine)
        and coalesce(here.to_date, 'infinity') > current_date - 365
        and coalesce(there.to_date, 'infinity') > current_date - 365
  )
  select coalesce(array_agg(id), '{}') from around
$$;
