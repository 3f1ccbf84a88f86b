"""Whoever loses a role, or gets another in its place, logs in anew before anything else."""

from django.db import migrations

END = """
create function centres_staff_role_end_sessions() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or (old.user_id, old.centre_id, old.role)
            is distinct from (new.user_id, new.centre_id, new.role) then
        update linkcenter_user set session_round = session_round + 1 where id = old.user_id;
    end if;
    return null;
end $$;
create trigger staff_role_ends_sessions after update or delete on centres_staffrole
    for each row execute function centres_staff_role_end_sessions();
"""
LIVE_ON = """
drop trigger staff_role_ends_sessions on centres_staffrole;
drop function centres_staff_role_end_sessions();
"""


class Migration(migrations.Migration):
    dependencies = [("centres", "0002_event_places"), ("linkcenter", "0003_user_sessions_end")]

    operations = [migrations.RunSQL(END, LIVE_ON)]
