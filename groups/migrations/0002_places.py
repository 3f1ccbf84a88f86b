"""Places are counted by the database, whatever path writes: seats in a group, groups a helper has.

The row that owns the places is locked before they are counted. Two writers at the same moment
come one after the other, and the second sees what the first has done.
"""

from django.db import migrations

SEATS = """
create function groups_seat_refuse_beyond_size() returns trigger language plpgsql as $$
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
create trigger seat_within_max_size before insert or update of state, group_id on groups_seat
    for each row execute function groups_seat_refuse_beyond_size();

create function groups_group_refuse_shrinking() returns trigger language plpgsql as $$
begin
    if new.max_size - new.unnamed_members < (
        select count(*) from groups_seat where group_id = new.id and state <> 'ended'
    ) then
        raise exception 'the group has more live seats than that'
            using errcode = 'check_violation', constraint = 'group_max_size_holds_seats';
    end if;
    return new;
end $$;
create trigger group_max_size_holds_seats before update of max_size, unnamed_members on groups_selfhelpgroup
    for each row execute function groups_group_refuse_shrinking();
"""
NO_SEATS = """
drop trigger seat_within_max_size on groups_seat;
drop function groups_seat_refuse_beyond_size();
drop trigger group_max_size_holds_seats on groups_selfhelpgroup;
drop function groups_group_refuse_shrinking();
"""
LOAD = """
create function groups_initiator_refuse_beyond_load() returns trigger language plpgsql as $$
declare
    agreed integer;
begin
    select max_groups into agreed from groups_initiator where id = new.initiator_id for update;
    if agreed <= (
        select count(*) from groups_selfhelpgroup_initiators held
        join groups_selfhelpgroup helped on helped.id = held.selfhelpgroup_id
        where held.initiator_id = new.initiator_id
            and helped.state in ('forming', 'settled')
            and held.id <> new.id
    ) then
        raise exception 'the initiator has as many groups as agreed'
            using errcode = 'check_violation', constraint = 'initiator_within_load';
    end if;
    return new;
end $$;
create trigger initiator_within_load before insert or update on groups_selfhelpgroup_initiators
    for each row execute function groups_initiator_refuse_beyond_load();

create function groups_group_refuse_coming_back() returns trigger language plpgsql as $$
begin
    perform 1 from groups_initiator
    where id in (
        select initiator_id from groups_selfhelpgroup_initiators where selfhelpgroup_id = new.id
    )
    order by id for update;
    if exists (
        select 1 from groups_selfhelpgroup_initiators mine
        join groups_initiator helper on helper.id = mine.initiator_id
        where mine.selfhelpgroup_id = new.id and helper.max_groups <= (
            select count(*) from groups_selfhelpgroup_initiators held
            join groups_selfhelpgroup helped on helped.id = held.selfhelpgroup_id
            where held.initiator_id = helper.id
                and helped.state in ('forming', 'settled')
                and helped.id <> new.id
        )
    ) then
        raise exception 'the initiator has as many groups as agreed'
            using errcode = 'check_violation', constraint = 'initiator_within_load';
    end if;
    return new;
end $$;
create trigger initiator_within_load before update of state on groups_selfhelpgroup
    for each row
    when (old.state in ('self_run', 'ended') and new.state in ('forming', 'settled'))
    execute function groups_group_refuse_coming_back();

create function groups_initiator_refuse_shrinking() returns trigger language plpgsql as $$
begin
    if new.max_groups < (
        select count(*) from groups_selfhelpgroup_initiators held
        join groups_selfhelpgroup helped on helped.id = held.selfhelpgroup_id
        where held.initiator_id = new.id and helped.state in ('forming', 'settled')
    ) then
        raise exception 'the initiator has more groups than that'
            using errcode = 'check_violation', constraint = 'initiator_load_holds_groups';
    end if;
    return new;
end $$;
create trigger initiator_load_holds_groups before update of max_groups on groups_initiator
    for each row execute function groups_initiator_refuse_shrinking();
"""
NO_LOAD = """
drop trigger initiator_load_holds_groups on groups_initiator;
drop function groups_initiator_refuse_shrinking();
drop trigger initiator_within_load on groups_selfhelpgroup;
drop function groups_group_refuse_coming_back();
drop trigger initiator_within_load on groups_selfhelpgroup_initiators;
drop function groups_initiator_refuse_beyond_load();
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_initial")]

    operations = [migrations.RunSQL(SEATS, NO_SEATS), migrations.RunSQL(LOAD, NO_LOAD)]
