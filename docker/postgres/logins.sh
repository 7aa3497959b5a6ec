#!/bin/sh
# Creates the database and its three logins (docs/database.md) in a new PostgreSQL. If it runs again, it sets the
# passwords. Needs OWNER_PASSWORD, REGISTRY_PASSWORD and EXECUTOR_PASSWORD, and psql's own variables (PGHOST, PGUSER …).
set -eu

: "${OWNER_PASSWORD:?}" "${REGISTRY_PASSWORD:?}" "${EXECUTOR_PASSWORD:?}"

# Passwords are in the environment, which only the same user can read. All users can read the command line.
export OWNER_PASSWORD REGISTRY_PASSWORD EXECUTOR_PASSWORD
psql --username="${POSTGRES_USER:-${PGUSER:-postgres}}" --dbname=postgres --no-psqlrc --quiet --set=ON_ERROR_STOP=1 <<'SQL'
\getenv owner OWNER_PASSWORD
\getenv registry REGISTRY_PASSWORD
\getenv executor EXECUTOR_PASSWORD

select format('create role %I login', name)
  from unnest(array['provisor_owner', 'provisor_registry', 'provisor_executor']) as name
 where name not in (select rolname from pg_roles)
\gexec

alter role provisor_owner password :'owner';
alter role provisor_registry password :'registry';
alter role provisor_executor password :'executor';

select 'create database provisor owner provisor_owner'
 where not exists (select from pg_database where datname = 'provisor')
\gexec

revoke connect on database provisor from public;
grant connect on database provisor to provisor_registry, provisor_executor;
SQL
