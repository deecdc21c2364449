#!/usr/bin/env bash
# A throwaway PostgreSQL cluster, reachable from this machine only and gone when its user is done.
#
#   postgres.sh with [--fsync] -- COMMAND…   start one, run COMMAND with its address in
#                                            ZHOUBIAN_TEST_POSTGRES_URL, remove it, return COMMAND's status
#   postgres.sh start [--fsync]              start one; prints its folder and its address on two lines
#   postgres.sh restart FOLDER               have the one in FOLDER crash and start again, at the same address
#   postgres.sh stop FOLDER                  stop and delete the one in FOLDER
#
# The address is that of a superuser, so that tests may create databases. --fsync keeps writes as durable, and as
# slow, as in production: for measurements. PG_BIN names the folder of initdb and pg_ctl where they lie elsewhere.
set -euo pipefail

fail() { echo "postgres.sh: $*" >&2; exit 1; }

binaries() {
  local newest
  newest=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  if [ -n "${PG_BIN:-}" ]; then echo "$PG_BIN"
  elif [ -x "$newest" ]; then dirname "$newest"
  elif command -v initdb >/dev/null; then dirname "$(command -v initdb)"
  else fail "no initdb found: install PostgreSQL's server (Debian, Ubuntu: apt-get install postgresql) or set PG_BIN"
  fi
}

# initdb and postgres refuse to run as root.
owner() {
  if [ "$(id -u)" != 0 ]; then id -un
  elif id postgres >/dev/null 2>&1; then echo postgres
  else echo nobody
  fi
}

as_owner() {
  if [ "$(id -u)" = 0 ]; then runuser -u "$(owner)" -- "$@"; else "$@"; fi
}

# /tmp may be kept in memory, where a measured fsync costs nothing.
new_folder() {
  local folder
  folder=$(mktemp -d "$([ "$1" = on ] && echo /var/tmp || echo /tmp)/zhoubian-pg.XXXXXX")
  [ "$(id -u)" != 0 ] || chown "$(owner)" "$folder"
  echo "$folder"
}

configure() {
  local folder=$1 fsync=$2
  cat <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 400
# Far from UTC, so that a query that forgets the time zone is caught.
timezone = 'Asia/Shanghai'
fsync = $fsync
synchronous_commit = $fsync
full_page_writes = $fsync
CONF
}

# A port that is free now may be taken a moment later, so try again on another.
launch() {
  local folder=$1 bin=$2 port
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    if as_owner "$bin/pg_ctl" start --wait --silent --timeout=60 -D "$folder/data" -l "$folder/log" -o "-p $port" \
      >/dev/null 2>&1 </dev/null; then
      echo "$port"
      return
    fi
    grep -q 'could not bind' "$folder/log" || break
    : >"$folder/log"
  done
  cat "$folder/log" >&2
  return 1
}

start() {
  local fsync=off bin folder port
  [ "${1:-}" != --fsync ] || fsync=on
  # Two seconds of deafness: a cluster stopped while it starts has no postmaster.pid yet to stop it by.
  trap '' INT TERM HUP
  bin=$(binaries)
  folder=$(new_folder "$fsync")
  # runuser keeps the working folder, which that user may not be allowed to enter.
  cd "$folder"
  if as_owner "$bin/initdb" -D "$folder/data" -U zhoubian --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$folder/initdb" 2>&1 &&
    configure "$folder" "$fsync" >>"$folder/data/postgresql.conf" &&
    port=$(launch "$folder" "$bin"); then
    printf '%s\n' "$folder" "postgres://zhoubian@127.0.0.1:$port/postgres"
  else
    cat "$folder/initdb" >&2
    stop "$folder"
    fail "the cluster did not start; what it said stands above"
  fi
}

stop() {
  local folder=$1
  case "$folder" in */zhoubian-pg.*) ;; *) fail "$folder is no folder of ours" ;; esac
  cd "$folder"
  # pg_ctl ends the process named in this cluster's own postmaster.pid and no other.
  if as_owner test -e data/postmaster.pid; then
    as_owner "$(binaries)/pg_ctl" stop --silent -m immediate -D "$folder/data" >&2 || true
  fi
  cd /
  rm -rf "$folder"
}

restart() {
  local folder=$1
  case "$folder" in */zhoubian-pg.*) ;; *) fail "$folder is no folder of ours" ;; esac
  cd "$folder"
  # With the options it was started with; immediate is a crash: it recovers from its log.
  as_owner "$(binaries)/pg_ctl" restart --wait --silent --timeout=60 -m immediate -D "$folder/data" -l "$folder/log" \
    >/dev/null </dev/null
}

with() {
  local options=()
  if [ "${1:-}" = --fsync ]; then options=(--fsync); shift; fi
  [ "${1:-}" = -- ] || fail "usage: postgres.sh with [--fsync] -- COMMAND…"
  shift
  trap '[ -z "$started" ] || stop "$(head -n 1 <<<"$started")"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  started=$(start "${options[@]}")
  ZHOUBIAN_TEST_POSTGRES_URL=$(tail -n 1 <<<"$started") "$@"
}

started=
case "${1:-}" in
  with | start | restart | stop) "$@" ;;
  *) fail "usage: postgres.sh with [--fsync] -- COMMAND… | start [--fsync] | restart FOLDER | stop FOLDER" ;;
esac
