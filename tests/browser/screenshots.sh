#!/usr/bin/env bash
# Pictures of every page, in a demonstration district of their own: screenshots.sh PROGRAM FOLDER
set -euo pipefail
program=$1 folder=$2
data=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$data"' EXIT
"$program" serve --demo --data "$data" --port "${PORT:-8099}" >"$data/log" 2>&1 &
server=$!
until grep -qs 'listens on' "$data/log"; do
  kill -0 "$server" 2>/dev/null || { cat "$data/log" >&2; exit 1; }
  sleep 1
done
export BASE_URL="http://127.0.0.1:${PORT:-8099}" PASSWORD=yunting-demo
export LOGINS=inspector=inspector01,bureau=huanwei,office=office,supervisor=supervisor01,admin=admin
node "$(dirname "$0")/screenshots.mjs" "$folder"
