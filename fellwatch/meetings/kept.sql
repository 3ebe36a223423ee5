-- Every matter that must be kept from whoever acts: because it is about them or about somebody around them, because
-- they bear the name of somebody it must be kept from and nobody has said that they are somebody else, or because the
-- coordinator said so. It runs as the tables' owner, for the policies alone: whoever is kept out learns nothing by it.
create or replace function meetings_name_key(name text) returns text language sql immutable as $$
  select lower(split_part(trim(name), ' ', 1) || ' ' || regexp_replace(trim(name), '^.*\s', ''))
$$;

create or replace function meetings_kept_from() returns uuid[] language sql stable security definer
set search_path = public as $$
  with me as (
    select meetings_name_key(full_name) as key from foundation_user where id = fellwatch_actor() and full_name <> ''
  ), circle as materialized (
    select unnest(records_circle()) as id
  ), ruled as (
    select matter_id, kept from meetings_ruling where user_id = fellwatch_actor()
  ), apart as (
    select matter_id from meetings_kept where person_id in (select id from circle)
    union
    select matter_id from meetings_kept
      where names && (select array_agg(key) from me)
        and matter_id not in (select matter_id from ruled where not kept)
    union
    select matter_id from ruled where kept
  )
  select coalesce(array_agg(matter_id), '{}') from apart
$$;

-- The same of another account, for the service's own process alone, which must not write to whoever it is kept from.
-- It asks as them and comes back, so that there is one answer and not a second one beside it.
create or replace function meetings_account_kept_from(account uuid) returns uuid[] language plpgsql volatile
set search_path = public as $$
declare
  actor text := coalesce(fellwatch_value('actor'), '');
  found uuid[];
begin
  if not fellwatch_holds('meetings.carry') then
    raise insufficient_privilege using message = 'Only the process that reminds may ask this.';
  end if;
  perform set_config('fellwatch.actor', account::text, true);
  found := meetings_kept_from();
  perform set_config('fellwatch.actor', actor, true);
  return found;
end
$$;
