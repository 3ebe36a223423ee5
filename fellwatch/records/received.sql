-- Since when somebody's part in an incident counts stands on the part, whoever adds it. It never changes: neither does
-- when an incident was received.
create or replace function records_part_received() returns trigger language plpgsql security definer
set search_path = public as $$
begin
  select received_at into new.received_at from records_incident where id = new.incident_id;
  return new;
end $$;

create or replace trigger part_received before insert on records_incidentperson
for each row execute function records_part_received();
