#!/bin/sh
# For the first start of PostgreSQL's container.
set -eu
psql -v ON_ERROR_STOP=1 -v owner_password="$LINK_OWNER_PASSWORD" \
  -v web_password="$LINK_WEB_PASSWORD" -f /roles.sql
