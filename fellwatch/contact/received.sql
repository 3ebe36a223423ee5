-- When an incident was received and on what beat it lies stand beside its grade, so that a shift is counted from one
-- table. Neither changes after it is first graded.
create or replace function contact_handling_received() returns trigger language plpgsql security definer
set search_path = public as $$
begin
  select i.received_at, coalesce(nullif(p.beat, ''), 'urban') into new.received_at, new.beat
  from records_incident i left join records_place p on p.id = i.place_id where i.id = new.incident_id;
  return new;
end $$;

create or replace trigger handling_received before insert on contact_handling
for each row execute function contact_handling_received();
