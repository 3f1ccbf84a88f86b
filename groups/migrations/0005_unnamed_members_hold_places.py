"""Members whom the centre keeps nothing about hold their places in the group all the same."""

from django.db import migrations

COUNT = """
create or replace function groups_seat_refuse_beyond_size() returns trigger language plpgsql as $$
declare
    places integer;
begin
    if new.state = 'ended' then
        return new;
    end if;
    select max_size - unnamed_members into places from groups_selfhelpgroup where id = new.group_id for update;
    if places <= (
        select count(*) from groups_seat
        where group_id = new.group_id and state <> 'ended' and id <> new.id
    ) then
        raise exception 'the group is full'
            using errcode = 'check_violation', constraint = 'seat_within_max_size';
    end if;
    return new;
end $$;
create or replace function groups_group_refuse_shrinking() returns trigger language plpgsql as $$
begin
    if new.max_size - new.unnamed_members < (
        select count(*) from groups_seat where group_id = new.id and state <> 'ended'
    ) then
        raise exception 'the group has more live seats than that'
            using errcode = 'check_violation', constraint = 'group_max_size_holds_seats';
    end if;
    return new;
end $$;
drop trigger group_max_size_holds_seats on groups_selfhelpgroup;
create trigger group_max_size_holds_seats
    before update of max_size, unnamed_members on groups_selfhelpgroup
    for each row execute function groups_group_refuse_shrinking();
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0004_snapshots_never_change")]

    operations = [migrations.RunSQL(COUNT)]
