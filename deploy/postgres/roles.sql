-- The two roles and the database, made once by whoever runs PostgreSQL:
--   psql -v owner_password=... -v web_password=... -f roles.sql
-- Each release grants link_web its rights: manage.py grant_rights link_web

create role link_owner login password :'owner_password';
create role link_web login password :'web_password';
create database link owner link_owner template template0 encoding 'UTF8';
revoke all on database link from public;
grant connect on database link to link_web;
alter database link set timezone to 'UTC';
alter role link_web in database link set lock_timeout to '10s';
alter role link_web in database link set idle_in_transaction_session_timeout to '60s';
