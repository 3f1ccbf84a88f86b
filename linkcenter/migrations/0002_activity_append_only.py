"""The timeline only grows: the database refuses to change a row of it."""

from django.db import migrations

REFUSE = """
create function linkcenter_activity_refuse_update() returns trigger language plpgsql as $$
begin
    raise exception 'the timeline is append-only'
        using errcode = 'check_violation', constraint = 'activity_append_only';
end $$;
create trigger activity_append_only before update on linkcenter_activity
    for each row execute function linkcenter_activity_refuse_update();
"""
ALLOW = """
drop trigger activity_append_only on linkcenter_activity;
drop function linkcenter_activity_refuse_update();
"""


class Migration(migrations.Migration):
    dependencies = [("linkcenter", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
