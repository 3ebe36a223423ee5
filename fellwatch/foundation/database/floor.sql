-- What every row policy stands on. Run by the owner after each migration; safe to run again.
create or replace function fellwatch_value(name text) returns text language sql stable parallel safe
  as $$ select nullif(current_setting('fellwatch.' || name, true), '') $$;

create or replace function fellwatch_actor() returns uuid language sql stable parallel safe
  as $$ select fellwatch_value('actor')::uuid $$;

create or replace function fellwatch_holds(permission text) returns boolean language sql stable parallel safe
  as $$ select coalesce(permission = any(string_to_array(fellwatch_value('permissions'), ',')), false) $$;

create or replace function fellwatch_compartments() returns text[] language sql stable parallel safe
  as $$ select coalesce(string_to_array(fellwatch_value('compartments'), ','), '{}') $$;
