-- Who may never receive anything about somebody: whoever is feared, those close to them, the person themself, and
-- whoever is named. The functions run as the tables' owner, since what bars somebody is not theirs to see; they say
-- yes or no and nothing else.
create or replace function sharing_barred_any() returns boolean language sql stable security definer
set search_path = public as $$
  select exists (select from records_accountholder where user_id = fellwatch_actor() and ended_at is null)
$$;

create or replace function sharing_user_barred(who uuid, matter uuid, subject uuid, incident uuid) returns boolean
language sql stable security definer set search_path = public as $$
  with holder as (
    select person_id from records_accountholder where user_id = who and ended_at is null
  ), feared as (
    select p.person_id from records_incidentperson p where p.role = 'suspect' and (p.incident_id = incident
      or p.incident_id in (select o.incident_id from records_incidentperson o where o.person_id = subject))
    union
    select e.person_id from sharing_exclusion e where e.about = matter
  ), barred as (
    select subject as person_id
    union select person_id from feared
    union select r.other_id from records_relationship r join feared f on r.person_id = f.person_id
    union select r.person_id from records_relationship r join feared f on r.other_id = f.person_id
    union select o.person_id from records_residence h join feared f on h.person_id = f.person_id
      join records_residence o on o.place_id = h.place_id where h.to_date is null and o.to_date is null
  )
  select exists (select from holder h join barred b on b.person_id = h.person_id)
$$;

create or replace function sharing_barred(matter uuid, subject uuid, incident uuid) returns boolean
language sql stable security definer set search_path = public as $$
  select sharing_user_barred(fellwatch_actor(), matter, subject, incident)
$$;

-- Who may never learn how somebody is reached: whoever may receive nothing about them in any matter, and everybody
-- around them, whose own account would show it.
create or replace function sharing_unreached_any() returns boolean language sql stable security definer
set search_path = public as $$
  select sharing_barred_any()
$$;

create or replace function sharing_unreached(subject uuid) returns boolean language sql stable security definer
set search_path = public as $$
  select sharing_user_barred(fellwatch_actor(), null, subject, null) or subject = any (records_circle())
$$;

-- Which lines of the log a reader is kept from: those that name, or are about, or tell of an incident of, anybody whose
-- matters must be kept from them. The sealer and its proof read every line all the same.
create or replace function audit_kept_any() returns boolean language sql stable security definer
set search_path = public as $$
  select sharing_barred_any()
$$;

create or replace function audit_kept(of_people uuid[], of_kind text, of_id text) returns boolean
language sql stable security definer set search_path = public as $$
  with recursive about as materialized (
    select of_kind as kind, case when of_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then of_id::uuid end as id
  ), named as (
    select unnest(of_people) as person
    union select id from about where kind = 'person'
    union select p.person_id from about join records_incidentperson p on p.incident_id = about.id
      where about.kind = 'incident'
  ), led as (
    select person from named
    union select r.merged_into_id from led join records_person r on r.id = led.person where r.merged_into_id is not null
  )
  select exists (select from led where sharing_unreached(person))
$$;

-- Whose ways of being reached were not shared with the acting account's agency: everybody's, until somebody shares them,
-- and of a restricted person always.
create or replace function sharing_unshared_any() returns boolean language sql immutable as $$ select true $$;

create or replace function sharing_unshared(subject uuid) returns boolean language sql stable security definer
set search_path = public as $$
  select not exists (select from sharing_safecontactshare s join records_person p on p.id = s.person_id
    where s.person_id = subject and s.agency = fellwatch_value('agency') and s.ended_at is null
      and coalesce(p.compartment, '') = '')
$$;
