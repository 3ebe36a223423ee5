-- A disclosed crime knows that somebody decided about it, so that those still waiting are found among years of others.
create or replace function response_say_decided() returns trigger language plpgsql security definer
set search_path = public as $$
begin
  update assessments_disclosedcrime set decided = true where id = new.crime_id and not decided;
  return new;
end $$;

create or replace trigger say_decided after insert on response_crimedecision for each row
execute function response_say_decided();
