-- How many minutes each form of a queue was given, by which its wait is weighed. Who may see each duty need not be asked:
-- a duty hangs on its form's own incident, and the queue takes up what it says for forms that its reader may see. It runs
-- as the tables' owner, for the central team and the clocks of its queues alone.
create or replace function safeguarding_review_given(clock text) returns table (form uuid, minutes double precision)
language sql stable security definer set search_path = public as $$
  select about, extract(epoch from due_at - started_at) / 60
  from duties_duty
  where rule = clock and clock in ('second_look', 'supervisor_review', 'form_correction') and state in ('open', 'late')
    and due_at > started_at and about is not null and (select fellwatch_holds('safeguarding.review'))
$$;
