#!/bin/sh
# PostgreSQL's container runs this once, on an empty volume: Rasa's memory is a database of its own, and Rasa gets no further.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$RASA_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE rasa LOGIN PASSWORD :'password';
CREATE DATABASE rasa OWNER rasa;
REVOKE CONNECT ON DATABASE support FROM PUBLIC;
SQL
