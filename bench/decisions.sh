#!/bin/bash
# Budget decisions in a second against a running Redis (database 4 is emptied) and Postgres. After `mvn test-compile`.
# REDIS_PORT, PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE say where they are.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -o -q dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=test
psql -qX -c "drop schema if exists hub_decisions cascade" -c "create schema hub_decisions"
PGOPTIONS="-c search_path=hub_decisions" psql -qX -f src/main/resources/db/migration/V5__budget.sql \
  -f src/main/resources/db/migration/V10__budget_process.sql -f src/main/resources/db/migration/V34__budget_alone.sql
redis-cli -p "$REDIS_PORT" -n 4 flushdb >/dev/null
java -cp "target/classes:target/test-classes:$(cat target/classpath)" hub.budget.DecisionsBench "$REDIS_PORT" \
  "jdbc:postgresql://$PGHOST:$PGPORT/$PGDATABASE?currentSchema=hub_decisions" "$PGUSER" "$PGPASSWORD"
