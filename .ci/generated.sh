#!/usr/bin/env bash
# generated.sh check: is the OpenAPI document the one the code gives? generated.sh write: make it so.
set -euo pipefail
cd "$(dirname "$0")/.."

document=api-spec/openapi.json
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
cargo run --quiet --locked --package zhoubian -- openapi >"$fresh"

case "${1:-}" in
  write) cmp --silent "$fresh" "$document" || cp --no-preserve=mode "$fresh" "$document" ;;
  check)
    diff --unified "$document" "$fresh" || {
      echo "$document is not what the code gives (above: - checked in, + the code's); run: make bless" >&2
      exit 1
    }
    ;;
  *) echo "usage: generated.sh check|write" >&2; exit 2 ;;
esac
