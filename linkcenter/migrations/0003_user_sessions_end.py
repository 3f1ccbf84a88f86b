"""Whoever may no longer log in is out at once, and no session of before ever lives again."""

from django.db import migrations

END = """
create function linkcenter_user_end_sessions() returns trigger language plpgsql as $$
begin
    new.session_round := greatest(new.session_round, old.session_round);
    if old.is_active and not new.is_active then
        new.session_round := new.session_round + 1;
    end if;
    return new;
end $$;
create trigger user_sessions_end before update on linkcenter_user
    for each row execute function linkcenter_user_end_sessions();
"""
LIVE_ON = """
drop trigger user_sessions_end on linkcenter_user;
drop function linkcenter_user_end_sessions();
"""


class Migration(migrations.Migration):
    dependencies = [("linkcenter", "0002_activity_append_only")]

    operations = [migrations.RunSQL(END, LIVE_ON)]
