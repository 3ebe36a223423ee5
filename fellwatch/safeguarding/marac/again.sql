-- When the victim of a referral was last a victim in an incident received after it stands on the referral, whatever the
-- incident and whoever did it: an index finds to whom it may have happened again. Whoever logs an incident or makes two
-- people one may not change the referral; the database does, as the tables' owner, and this column alone.
-- An incident and a referral of one person, written at once, wait for each other: neither would see the other's row.
create or replace function safeguarding_marac_again() returns trigger language plpgsql security definer
set search_path = public as $$
begin
  perform from records_person where id = new.person_id for key share;
  update safeguarding_maracreferral r set again_at = i.received_at
  from records_incident i
  where i.id = new.incident_id and r.victim_id = new.person_id and r.referred_at < i.received_at
    and (r.again_at is null or r.again_at < i.received_at);
  return null;
end $$;

create or replace trigger marac_again after insert or update of person_id, role on records_incidentperson
for each row when (new.role = 'victim') execute function safeguarding_marac_again();

-- Its name comes after `lead_victim_id`: whoever an id leads to is known by then.
create or replace function safeguarding_marac_again_before() returns trigger language plpgsql security definer
set search_path = public as $$
begin
  perform from records_person where id = new.victim_id for update;
  select max(i.received_at) into new.again_at
  from records_incidentperson p join records_incident i on i.id = p.incident_id
  where p.person_id = new.victim_id and p.role = 'victim' and i.received_at > new.referred_at;
  return new;
end $$;

create or replace trigger marac_again before insert or update of victim_id, referred_at on safeguarding_maracreferral
for each row execute function safeguarding_marac_again_before();
