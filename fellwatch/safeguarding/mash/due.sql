-- When each open contact is due, and when the first answer that its agencies owe: by what the board is ordered. Asked of
-- duties and of what was sent one by one, who may see each takes longer than all else. It runs as the tables' owner, for
-- whoever works in the hub, and says moments alone; the board joins them to the contacts that its reader may see.
create or replace function safeguarding_hub_due() returns table (contact uuid, due_at timestamptz, asked_at timestamptz)
language sql stable security definer set search_path = public as $$
  with waiting as (
    select id, clock from safeguarding_hubcontact
    where state in ('received', 'screened') and (select fellwatch_holds('safeguarding.hub'))
  ), thing as (
    select id as contact, clock as about, false as asked from waiting
    union all
    select waiting.id, sent.id, true
    from waiting join sharing_referral sent on sent.about = waiting.id and sent.state in ('sent', 'opened')
  )
  select thing.contact, min(duty.due_at), min(duty.due_at) filter (where asked)
  from thing join duties_duty duty on duty.about = thing.about and duty.state in ('open', 'late')
  group by thing.contact
$$;
