# W1: the supplier is added with what an integrator adds: four files under routes/suppliers, and options.
run=${BENCH:-/var/tmp/hub-bench}/run/hub
port=${HUB_PORT:-28180}
rereads=2
jvm=${HUB_JVM_OPTIONS:--Xmx512m -Xmn256m -XX:+UseParallelGC}
export PGOPTIONS="-c search_path=hub,public -c client_min_messages=warning"

hub_reset() {
  psql -qX -c "truncate product, product_stock, product_change, product_name, product_name_due, product_reject, product_waiting, product_settled, cursor, price_history, stock_history" \
    >/dev/null 2>&1 || true
  echo RESET
}

# A service is measured warm: a new process first pulls the catalogue HUB_WARM times (0: measured as it starts), each time
# once as new and twice as it was: what runs once a page, not once an item, is compiled much later.
hub_up() {
  hub_alive || { hub_start; hub_warm; }
  echo "PID=$(cat "$run/pid")"
}

hub_alive() { [ -s "$run/pid" ] && grep -q java "/proc/$(cat "$run/pid")/cmdline" 2>/dev/null; }

hub_start() {
  [ "${HUB_DATA:-}" = keep ] || hub_anew # keep: what a killed hub left
  cd "$run"
  HUB_JVM=as-is setsid "${HUB_JAVA:-java}" $jvm -jar "$HUB_HOME/target/dropship-hub.jar" \
    --spring.config.location="file:$HUB_HOME/application.yaml,file:$HUB_HOME/bench/w1/options.yaml" \
    --server.port="$port" --management.server.port="$((port + 1))" \
    --spring.datasource.url="jdbc:postgresql://$PGHOST:$PGPORT/$PGDATABASE?currentSchema=hub" \
    --spring.datasource.username="$PGUSER" --spring.datasource.password="$PGPASSWORD" \
    --spring.data.redis.host="$REDIS_HOST" --spring.data.redis.port="$REDIS_PORT" \
    --hub.partners.sup1.base-url="$STUB" >hub.log 2>&1 & echo $! >pid
  for _ in $(seq 150); do hub_session && break; sleep 0.2; done
  psql -qX -f "$HUB_HOME/bench/w1/view.sql"
  sleep 2 # the pull of the start finds no catalogue, by intent: what is measured begins with `run`
}

hub_anew() {
  rm -rf "$run"; mkdir -p "$run/routes/suppliers/sup1"
  cp -r "$HUB_HOME"/routes/{shared,flows,ops} "$run/routes/"
  cp "$HUB_HOME"/bench/w1/*.camel.yaml "$HUB_HOME"/bench/w1/*.jq "$BENCH/data/categories.json" "$run/routes/suppliers/sup1/"
  psql -qX -c "drop schema if exists hub cascade" -c "create schema hub" # the first password is written once a database
}

# Logs in as a person would, by form, and keeps the cookie and the token against forged requests.
hub_session() {
  local password token page
  password=$(head -1 password 2>/dev/null) || return 1
  token=$(curl -fs -c jar "http://127.0.0.1:$port/login" | grep -o 'name="_csrf"[^>]*' | grep -o 'value="[^"]*"' | cut -d'"' -f2) || return 1
  curl -fs -o /dev/null -b jar -c jar --data-urlencode "username=admin" --data-urlencode "password=$password" \
    --data-urlencode "_csrf=$token" "http://127.0.0.1:$port/login" || return 1
  page=$(curl -fs -b jar "http://127.0.0.1:$port/") || return 1
  grep -o 'name="_csrf"[^>]*' <<<"$page" | grep -o 'value="[^"]*"' | head -1 | cut -d'"' -f2 >csrf
  [ -s csrf ]
}

hub_run() {
  cd "$run"
  psql -qX -c "insert into partner_fact (partner, name, value) values ('sup1', 'catalogue', '\"${SUPPLIER_URL#"$STUB"}\"')
               on conflict (partner, name) do update set value = excluded.value"
  curl -fsS -X POST -b jar -H "X-CSRF-TOKEN: $(cat csrf)" "http://127.0.0.1:$port/api/pulls/sup1?whole=true&wait=10m"
}

hub_warm() {
  for _ in $(seq "${HUB_WARM:-12}"); do
    hub_reset; redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" -n 0 flushdb
    for _ in $(seq 0 "$rereads"); do SUPPLIER_URL=$STUB/s/a hub_run; done
  done >/dev/null
  if [ "${HUB_WARM:-12}" != 0 ]; then hub_reset >/dev/null; redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" -n 0 flushdb >/dev/null; fi
}

hub_down() {
  [ "${KEEP:-}" = 1 ] && return
  hub_alive && kill "$(cat "$run/pid")" || true
  for _ in $(seq 100); do hub_alive || break; sleep 0.1; done
}
