#!/bin/bash
# A day of two hub processes against the Naver and the Coupang simulator, whose hidden limits change, on a virtual clock.
# Starts its own Redis and Postgres. $1 = hours (24), $2 = naver or coupang
# (both in turn), $3 = minutes that an hour lasts (60; fewer: the same changes closer together). Ends with 1 when missed.
set -euo pipefail
cd "$(dirname "$0")/../.."
./mvnw -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=test
ended=0
for partner in ${2:-naver coupang}; do
  java -cp "target/classes:target/test-classes:$(cat target/classpath)" hub.partner.DayBench "$partner" "${1:-24}" "${3:-60}" ||
    ended=1
done
exit $ended
