# W4: three hubs on one database and one Redis, each with the same partner, its budget and a route that calls it.
# W4_EVENT, after a third of the time: flush empties Redis; hang stops it (SIGSTOP) for HANG_SECONDS, 5 unless given; kill kills
# one hub and starts another.
base=${BENCH:-/var/tmp/hub-bench}/run/hub4
ports=(28190 28192 28194)
jvm=${HUB_JVM_OPTIONS:--Xmx256m -XX:TieredStopAtLevel=1}
seconds=${W4_SECONDS:-60}
redis_db=${REDIS_URL##*/}

hub_names() { :; }
hub_reset() { :; }

hub_up() {
  rm -rf "$base"; mkdir -p "$base/routes/ops" "$base/routes/shared"
  cp "$HUB_HOME/routes/shared/errors.camel.yaml" "$base/routes/shared/"
  cp "$HUB_HOME/bench/w4/limited.camel.yaml" "$base/routes/ops/"
  psql -qX -c "drop schema if exists hub4 cascade" -c "create schema hub4" 2>/dev/null
  hub_start 0; hub_ready 0 # the first one makes the tables
  hub_start 1; hub_start 2; hub_ready 1; hub_ready 2
}

hub_start() {
  mkdir -p "$base/$1"; cd "$base/$1"
  setsid "${HUB_JAVA:-java}" $jvm -jar "${HUB_JAR:-$HUB_HOME/target/dropship-hub.jar}" \
    --spring.config.location="file:$HUB_HOME/application.yaml,file:$HUB_HOME/bench/w4/options.yaml" \
    --server.port="${ports[$1]}" --management.server.port="$((ports[$1] + 1))" --hub.routes.folder="$base/routes" \
    --spring.datasource.url="jdbc:postgresql://$PGHOST:$PGPORT/$PGDATABASE?currentSchema=hub4" \
    --spring.datasource.username="$PGUSER" --spring.datasource.password="$PGPASSWORD" \
    --spring.data.redis.host="$REDIS_HOST" --spring.data.redis.port="$REDIS_PORT" --spring.data.redis.database="$redis_db" \
    --hub.partners.limited.base-url="$STUB" >hub.log 2>&1 & echo $! >pid
  echo "PID=$!"
}

hub_ready() {
  for _ in $(seq 600); do curl -fs -o /dev/null "http://127.0.0.1:${ports[$1]}/login" && return; sleep 0.2; done
  echo "hub $1 is not ready, see $base/$1/hub.log" >&2; exit 1
}

# The routes wait for this fact; the time counts from the first call, which a new account makes after one window.
hub_run() {
  PGOPTIONS="-c search_path=hub4" psql -qX -c \
    "insert into partner_fact (partner, name, value) values ('limited', 'go', 'true')"
  until grep -q "first call" "$base"/*/hub.log; do sleep 0.1; done
  sleep $((seconds / 3))
  case "${W4_EVENT:-}" in
    flush) redis-cli -p "$REDIS_PORT" -n "$redis_db" flushdb ;;
    hang) hub_hang ;;
    kill) kill -9 "$(cat "$base/1/pid")"; hub_start 1 ;;
  esac
  sleep $((seconds - seconds / 3))
  hub_down
}

hub_hang() {
  local redis
  redis=$(redis-cli -p "$REDIS_PORT" info server | tr -d '\r' | sed -n 's/^process_id://p')
  kill -STOP "$redis"; sleep "${HANG_SECONDS:-5}"; kill -CONT "$redis"
}

hub_down() {
  for pid in "$base"/*/pid; do kill -9 "$(cat "$pid")" 2>/dev/null || true; done
}
