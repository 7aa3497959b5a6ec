#!/bin/sh
# Writes docker/.env with a password for each user, and secrets that are read from files to docker/secrets/. Keeps files
# that exist. Needs openssl.
set -eu
cd "$(dirname "$0")"

if [ -e .env ]; then
  echo "docker/.env is there already, and stays as it is" >&2
  exit 1
fi
umask 077
# Letters and digits only: they stand in URLs.
password() { openssl rand -hex 24; }
{
  for name in POSTGRES_PASSWORD PROVISOR_OWNER_PASSWORD PROVISOR_REGISTRY_DB_PASSWORD PROVISOR_EXECUTOR_DB_PASSWORD \
    RABBITMQ_ADMIN_PASSWORD BILLING_PASSWORD PROVISOR_REGISTRY_PASSWORD PROVISOR_EXECUTOR_PASSWORD \
    PROVISOR_MONITORING_PASSWORD BOOTSTRAP_API_KEY METRICS_KEY; do
    echo "$name=$(password)"
  done
  echo "SECRETS_KEY=$(openssl rand -base64 32)"
} > .env.unfinished

# Only its owner can open the folder. The files themselves are read by other users, those of containers.
mkdir -p secrets
for name in PROVISOR_REGISTRY_PASSWORD PROVISOR_EXECUTOR_PASSWORD METRICS_KEY; do
  sed -n "s/^$name=//p" .env.unfinished > "secrets/$name"
  chmod 644 "secrets/$name"
done
mv .env.unfinished .env
echo "docker/.env is made. Keep a copy of SECRETS_KEY: without it the secrets of handlers cannot be read any more." >&2
