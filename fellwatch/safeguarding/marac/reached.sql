-- When a victim was first reached stands on the referral, so that an index finds whom nobody has reached. The service that
-- notes an attempt may not change the referral; the database does, as the tables' owner, and this column alone.
create or replace function safeguarding_marac_reached() returns trigger language plpgsql security definer
set search_path = public as $$
begin
  update safeguarding_maracreferral set reached_at = least(reached_at, new.at) where id = new.referral_id;
  return new;
end $$;

create or replace trigger marac_reached after insert on safeguarding_maraccontact
for each row when (new.reached) execute function safeguarding_marac_reached();
