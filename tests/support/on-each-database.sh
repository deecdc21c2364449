#!/usr/bin/env bash
# Runs one command once on each database named, told apart for it by ZHOUBIAN_TEST_DB, and sums up what cargo's tests
# said. PostgreSQL is a throwaway cluster of its own, whose address is in ZHOUBIAN_TEST_POSTGRES_URL.
#
#   on-each-database.sh [--fsync] sqlite postgres -- COMMAND…
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

fail() { echo "on-each-database.sh: $*" >&2; exit 1; }

cluster_options=()
if [ "${1:-}" = --fsync ]; then cluster_options=(--fsync); shift; fi
databases=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do databases+=("$1"); shift; done
[ "${#databases[@]}" -gt 0 ] && [ $# -gt 1 ] || fail "usage: [--fsync] sqlite postgres -- COMMAND…"
shift

run_on() {
  case "$1" in
    sqlite) ZHOUBIAN_TEST_DB=sqlite "${@:2}" ;;
    postgres) ZHOUBIAN_TEST_DB=postgres "$here/postgres.sh" with "${cluster_options[@]}" -- "${@:2}" ;;
    *) fail "no database is called $1: sqlite or postgres" ;;
  esac
}

# "812 passed, 0 failed, 3 ignored", added up over every "test result:" line.
tally() {
  awk '/^test result:/ { for (i = 2; i <= NF; i++) { sub(/;$/, "", $i); n[$i] += $(i - 1) } }
       END { printf "%d passed, %d failed, %d ignored", n["passed"], n["failed"], n["ignored"] }' "$1"
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
status=0
summary=()
for database in "${databases[@]}"; do
  echo "== on $database: $*"
  began=$SECONDS
  if run_on "$database" "$@" </dev/null > >(tee "$log") 2>&1; then outcome=ok; else outcome=FAILED status=1; fi
  wait
  if grep -q '^test result:' "$log"; then outcome="$outcome: $(tally "$log")"; fi
  summary+=("on $database, $outcome, $((SECONDS - began)) s")
done
printf '%s\n' "${summary[@]}"
exit "$status"
