#!/bin/bash
# A million products at -Xmx512m: all new, then 2 % changed, back, and again. Needs the side-by-side bench in $BENCH with its
# services started, and nginx. usage: run.sh [FOLDER for the pages]; prints seconds, CPU seconds and memory of each pull.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export BENCH=${BENCH:-/var/tmp/hub-bench} HUB_HOME=${HUB_HOME:-$here/../..} KEEP=1
data=$(realpath -m "${1:-$BENCH/million}")
[ -s "$data/pages/b/10000.json.gz" ] || { mkdir -p "$data" && BENCH=$BENCH python3 "$here/pages.py" "$data"; }
cat >"$data/nginx.conf" <<CONF
worker_processes 1; pid $data/nginx.pid; error_log $data/error.log;
events { worker_connections 512; }
http { access_log off; keepalive_requests 1000000; server { listen 127.0.0.1:28090; root $data;
  location ~ ^/s/([ab])/products$ { gzip_static always; default_type application/json; rewrite ^/s/([ab])/products$ /pages/\$1/\$arg_page.json break; } } }
CONF
PATH=$PATH:/usr/sbin nginx -c "$data/nginx.conf"
trap 'PATH=$PATH:/usr/sbin nginx -c "$data/nginx.conf" -s stop; KEEP= bash "$HUB_HOME/bench/hub.sh" down W1a' EXIT
cd "$BENCH"
set +u
. ./env.sh
set -u
export HUB_WARM=0 # the first pull is measured as the process starts
export STUB=http://127.0.0.1:28090 # instead of the bench's own supplier, which env.sh names
redis-cli -p "$REDIS_PORT" -n 0 flushdb >/dev/null
KEEP= bash "$HUB_HOME/bench/hub.sh" down W1a # one that another bench kept reads another supplier
bash "$HUB_HOME/bench/hub.sh" up W1a
pid=$(cat "$BENCH/run/hub/pid")
for set in a b a b a b; do
  cpu=$(awk '{print $14+$15}' "/proc/$pid/stat") start=$(date +%s.%N)
  SUPPLIER_URL=$STUB/s/$set bash "$HUB_HOME/bench/hub.sh" run W1a >/dev/null
  echo "$set: $(echo "$(date +%s.%N) - $start" | bc) s, hub $((($(awk '{print $14+$15}' "/proc/$pid/stat") - cpu) / 100)) CPU s," \
    "rss $(awk '/^Rss/{print int($2/1024)}' "/proc/$pid/smaps_rollup") MB, live heap $(jcmd "$pid" GC.class_histogram | awk 'END { print int($3 / 1048576) }') MB, $(grep 'pull done' "$BENCH/run/hub/hub.log" | tail -1 | grep -o '[0-9]* items, [0-9]* written')"
done
