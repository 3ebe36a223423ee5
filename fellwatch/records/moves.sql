-- Rows that hang on a person, wherever they are: every column that refers to records_person, in any room.
-- The functions run as the tables' owner, since a merge must move what the reviewer may not see; they ask for the
-- permission themselves, tell nothing about the rows, and move nothing between compartments.
create or replace function records_hanging() returns table (place text, tab regclass, col name) language sql stable
set search_path = public as $$
  select c.conrelid::regclass::text || '.' || a.attname, c.conrelid::regclass, a.attname
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  where c.contype = 'f' and c.confrelid = 'records_person'::regclass and cardinality(c.conkey) = 1
    and c.conrelid not in ('records_person'::regclass, 'records_merge'::regclass)
    and exists (select from pg_attribute i where i.attrelid = c.conrelid and i.attname = 'id' and not i.attisdropped)
  order by 1
$$;

create or replace function records_may_move(one uuid, other uuid) returns void language plpgsql security definer
set search_path = public as $$
begin
  if not fellwatch_holds('records.combine') then
    raise insufficient_privilege using message = 'records.combine is needed to move what hangs on a person';
  end if;
  perform from records_person where id in (one, other) order by id for update;
  if (select count(distinct coalesce(compartment, '')) from records_person where id in (one, other)) <> 1
    or exists (select from records_person where id in (one, other) and coalesce(compartment, '') <> ''
                 and compartment <> all (fellwatch_compartments())) then
    raise insufficient_privilege using message = 'both people must be in one compartment, open to whoever moves';
  end if;
end $$;

-- Every row of a person, as {"table.column": [ids]}.
create or replace function records_rows_of(person uuid) returns jsonb language plpgsql stable security definer
set search_path = public as $$
declare
  found jsonb := '{}';
  ids jsonb;
  at record;
begin
  if not fellwatch_holds('records.combine') then
    raise insufficient_privilege using message = 'records.combine is needed to list what hangs on a person';
  end if;
  for at in select * from records_hanging() loop
    execute format('select jsonb_agg(id::text order by id) from %s where %I = $1', at.tab, at.col) into ids using person;
    if ids is not null then found := found || jsonb_build_object(at.place, ids); end if;
  end loop;
  return found;
end $$;

-- Move rows from one person to another: all of them, or those listed. What the other has already stays where it is,
-- so that nothing is lost and everything can go back. Returns what moved.
create or replace function records_move(from_person uuid, to_person uuid, wanted jsonb) returns jsonb language plpgsql
security definer set search_path = public as $$
declare
  moved jsonb := '{}';
  ids text[];
  here text[];
  one text;
  went int;
  at record;
begin
  perform records_may_move(from_person, to_person);
  for at in select * from records_hanging() loop
    if wanted is not null and not wanted ? at.place then continue; end if;
    execute format('select coalesce(array_agg(id::text order by id), ''{}'') from %s where %I = $1', at.tab, at.col)
      into ids using from_person;
    here := '{}';
    foreach one in array ids loop
      if wanted is not null and not wanted -> at.place ? one then continue; end if;
      begin
        execute format('update %s t set %I = $1 where id::text = $2 and not exists (
            select from records_hanging() h where h.tab = %L::regclass and h.col <> %L
              and (to_jsonb(t) ->> h.col::text)::uuid = $1)', at.tab, at.col, at.tab, at.col)
          using to_person, one;
        get diagnostics went = row_count;  -- execute does not set `found`
        if went > 0 then here := here || one; end if;
      exception when unique_violation or exclusion_violation then
        null;
      end;
    end loop;
    if cardinality(here) > 0 then moved := moved || jsonb_build_object(at.place, to_jsonb(here)); end if;
  end loop;
  return moved;
end $$;

-- Whatever is written under an id that leads to somebody else is written to them: a form begun before a merge, a call
-- taken while it happened. Whoever is being made one with somebody is waited for, as the foreign key would: by then it
-- is known who they are. One function for each name of a column; a trigger on each column that refers to a person.
do $$
declare
  at record;
begin
  for at in select distinct col from records_hanging() loop
    execute format($f$
      create or replace function %I() returns trigger language plpgsql security definer set search_path = public as $t$
      declare
        led uuid;
      begin
        loop
          select merged_into_id into led from records_person where id = new.%I for key share;
          exit when led is null;
          new.%I := led;
        end loop;
        return new;
      end $t$
    $f$, 'records_lead_' || at.col, at.col, at.col);
  end loop;
  for at in select * from records_hanging() loop
    execute format('create or replace trigger %I before insert or update of %I on %s for each row
      when (new.%I is not null) execute function %I()',
      'lead_' || at.col, at.col, at.tab, at.col, 'records_lead_' || at.col);
  end loop;
end $$;
