# W2: the market is added with what an integrator adds: four files under routes/markets, and options. `run` is what a
# pull leaves behind: products that changed. From there on the hub plans, queues, signs, posts and stores by itself.
. "$HUB_HOME/bench/w1/adapter.sh"
run=${BENCH:-/var/tmp/hub-bench}/run/hub2
port=${HUB_PORT:-28182}
rereads=0
HUB_WARM=${HUB_WARM:-16}
export PGOPTIONS="-c search_path=hub2,public -c client_min_messages=warning"

hub_reset() {
  psql -qX -v ON_ERROR_STOP=1 -v copy="$BENCH/data/copy_w2.tsv" -f "$HUB_HOME/bench/w2/reset.sql" >/dev/null 2>&1 || true
  echo RESET
}

hub_start() {
  [ "${HUB_DATA:-}" = keep ] || hub_anew # keep: what a killed hub left
  cd "$run"
  HUB_JVM=as-is setsid "${HUB_JAVA:-java}" $jvm -jar "${HUB_JAR:-$HUB_HOME/target/dropship-hub.jar}" \
    --spring.config.location="file:$HUB_HOME/application.yaml,file:$HUB_HOME/bench/w2/options.yaml" \
    --server.port="$port" --management.server.port="$((port + 1))" \
    --spring.datasource.url="jdbc:postgresql://$PGHOST:$PGPORT/$PGDATABASE?currentSchema=hub2" \
    --spring.datasource.username="$PGUSER" --spring.datasource.password="$PGPASSWORD" \
    --spring.data.redis.host="$REDIS_HOST" --spring.data.redis.port="$REDIS_PORT" \
    --hub.partners.sup1.base-url="$STUB" --hub.partners.m1.base-url="$STUB" \
    --hub.partners.m1.access-key="$MARKET_ACCESS_KEY" --hub.partners.m1.secret-key="$MARKET_SECRET_KEY" \
    >hub.log 2>&1 & echo $! >pid
  for _ in $(seq 150); do curl -fs -o /dev/null "http://127.0.0.1:$port/login" && break; sleep 0.2; done
  hub_view
  [ "${HUB_DATA:-}" = keep ] || hub_reset >/dev/null
  sleep 7 # its timers start after 5 s
}

hub_anew() {
  rm -rf "$run"; mkdir -p "$run/routes/markets/m1" "$run/routes/suppliers/sup1"
  cp -r "$HUB_HOME"/routes/{shared,flows,ops} "$run/routes/"
  cp "$HUB_HOME"/bench/w2/*create*.camel.yaml "$HUB_HOME"/bench/w2/*.jq "$run/routes/markets/m1/"
  cp "$HUB_HOME/bench/w2/place-order.camel.yaml" "$run/routes/suppliers/sup1/"
  psql -qX -c "drop schema if exists hub2 cascade" -c "create schema hub2"
}

hub_view() { psql -qX -f "$HUB_HOME/bench/w2/view.sql"; }

# Blocks until every product is shown, or nothing moved for ten seconds.
hub_run() {
  psql -qX -v ON_ERROR_STOP=1 -c "insert into product_change (supplier, sku) select supplier, sku from product" \
    -f "$HUB_HOME/bench/w2/wait.sql"
}
