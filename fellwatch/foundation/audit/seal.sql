-- The sealer of the log. The application may append entries and ask for a seal; it can alter neither.
-- An entry's text is the same here and in the export, so that a verifier needs nothing but SHA-256.
create or replace function audit_text(e foundation_auditentry) returns text language sql immutable as $$
  select jsonb_build_array(e.id, e.xid, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.actor, e.actor_name, e.role, e.team, e.agency, e.purpose, e.action, e.sentence,
    e.subject_kind, e.subject_id, to_jsonb(e.people), e.detail)::text
$$;

create or replace function audit_leaf(e foundation_auditentry) returns bytea language sql immutable as $$
  select sha256('\x00'::bytea || convert_to(audit_text(e), 'UTF8'))
$$;

-- The root of a Merkle tree as in RFC 6962: an odd node is carried up unchanged.
create or replace function audit_root(leaves bytea[]) returns bytea language plpgsql immutable as $$
declare
  level bytea[] := leaves;
  above bytea[];
begin
  if coalesce(cardinality(level), 0) = 0 then return sha256(''::bytea); end if;
  while cardinality(level) > 1 loop
    select array_agg(case when right_hash is null then left_hash
        else sha256('\x01'::bytea || left_hash || right_hash) end order by i)
    into above
    from (select i, h as left_hash, lead(h) over (order by i) as right_hash
          from unnest(level) with ordinality as t(h, i)) pairs
    where i % 2 = 1;
    level := above;
  end loop;
  return level[1];
end $$;

create or replace function audit_seal_hash(previous bytea, n bigint, below bigint, entries bigint, root bytea)
returns bytea language sql immutable as $$
  select sha256('\x02'::bytea || previous
    || convert_to(n::text || ':' || below::text || ':' || entries::text || ':', 'UTF8') || root)
$$;

-- Seal every entry whose transaction has ended. Transactions still running are left for the next seal:
-- their numbers are at or above the horizon, so a seal covers [previous horizon, this horizon) for ever.
create or replace function audit_seal() returns bigint language plpgsql security definer
set search_path = public as $$
declare
  last foundation_auditseal;
  horizon bigint;
  leaves bytea[];
  root bytea;
begin
  perform pg_advisory_xact_lock(7016996765293437281);
  select * into last from foundation_auditseal order by n desc limit 1;
  horizon := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  select array_agg(audit_leaf(e) order by e.id) into leaves
    from foundation_auditentry e where e.xid >= coalesce(last.xid_below, 0) and e.xid < horizon;
  if leaves is null then return 0; end if;
  root := audit_root(leaves);
  insert into foundation_auditseal (n, xid_below, entries, root, previous, hash, sealed_at)
  values (coalesce(last.n, 0) + 1, horizon, cardinality(leaves), root, coalesce(last.hash, sha256(''::bytea)),
    audit_seal_hash(coalesce(last.hash, sha256(''::bytea)), coalesce(last.n, 0) + 1, horizon,
      cardinality(leaves), root), clock_timestamp());
  return cardinality(leaves);
end $$;

-- Which entries name a person. An array's containment is not leakproof, so under row policies no index would serve
-- it and each look at who saw somebody would read the whole log. Asks for the permission itself.
create or replace function audit_naming(person uuid) returns setof bigint language sql stable security definer
set search_path = public as $$
  select id from foundation_auditentry where people @> array[person] and (select fellwatch_holds('audit.read'))
$$;

-- Every entry as it is sealed, for the proof alone: also those that whoever verifies may not read. Asks for the permission
-- itself; what it returns is hashed and shown to nobody.
create or replace function audit_all() returns table (xid bigint, id bigint, said text) language sql stable
security definer set search_path = public as $$
  select e.xid, e.id, audit_text(e) from foundation_auditentry e where (select fellwatch_holds('audit.verify'))
  order by e.xid, e.id
$$;
