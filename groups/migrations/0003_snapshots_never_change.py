"""Numbers that were told once stay as they were told: no row is changed, and none removed."""

from django.db import migrations

REFUSE = """
create function groups_statistics_snapshot_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'frozen numbers never change'
        using errcode = 'check_violation', constraint = 'statistics_snapshot_frozen';
end $$;
create trigger statistics_snapshot_frozen before update or delete on groups_statisticssnapshot
    for each row execute function groups_statistics_snapshot_refuse();
"""
ALLOW = """
drop trigger statistics_snapshot_frozen on groups_statisticssnapshot;
drop function groups_statistics_snapshot_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_places")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
