-- Which incident bears a log number, for whoever reads the log: an auditor is given the number on paper, and reads no
-- records. What the log then shows of it stays under the log's own policies.
create or replace function records_incident_numbered(wanted text) returns uuid language sql stable security definer
set search_path = public as $$
  select id from records_incident where reference = wanted and (select fellwatch_holds('audit.read'))
$$;
