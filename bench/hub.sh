#!/bin/bash
# The adapter of the side-by-side bench: link it to adapters/HUB.sh there. $1 = names | reset | up | run | down, $2 = work.
# HUB_HOME is the project (default: beside this file); KEEP=1 keeps the hub running, and so its JIT warm, between runs.
set -euo pipefail
HUB_HOME=${HUB_HOME:-$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)}
work=${2:-}
case "$work" in
  W1*) . "$HUB_HOME/bench/w1/adapter.sh" ;;
  W2) . "$HUB_HOME/bench/w2/adapter.sh" ;;
  W4) . "$HUB_HOME/bench/w4/adapter.sh" ;;
  -) hub_names() { printf '%s\n' products=hub.bench_products listings=hub2.bench_listings; } ;;
  *) echo "the hub has no adapter for $work" >&2; exit 1 ;;
esac
"hub_$1"
