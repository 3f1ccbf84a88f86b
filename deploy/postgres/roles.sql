-- The two roles and the database, made once by whoever runs PostgreSQL:
--   psql -v owner_password=... -v web_password=... -f roles.sql
-- Each release grants link_web its rights: manage.py grant_rights link_web

create role link_owner login createdb password :'owner_password'; -- createdb for drills
create role link_web login password :'web_password';
create database link owner link_owner template template0 encoding 'UTF8';
revoke all on database link from public;
grant connect on database link to link_web;
alter database link set timezone to 'UTC';

-- PostgreSQL's own log quotes no statement, no value and no row that was refused. What went wrong
-- stands in LINK's log, by its kind. auto_explain would write statements: leave it off.
alter database link set log_min_messages to 'fatal';
alter database link set log_min_error_statement to 'panic';
alter database link set log_error_verbosity to 'terse';
alter database link set log_statement to 'none';
alter database link set log_min_duration_statement to -1;
alter database link set log_min_duration_sample to -1;
alter database link set log_transaction_sample_rate to 0;
alter database link set log_parameter_max_length to 0;
alter database link set log_parameter_max_length_on_error to 0;
-- So it is in the database of a drill, which the owner makes for itself.
alter role link_owner set log_min_messages to 'fatal';
alter role link_owner set log_min_error_statement to 'panic';
alter role link_owner set log_error_verbosity to 'terse';

alter role link_web in database link set lock_timeout to '10s';
alter role link_web in database link set idle_in_transaction_session_timeout to '60s';
