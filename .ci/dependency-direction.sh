#!/usr/bin/env bash
# The arrows between the crates run one way: the rules know no database, no runtime and no web, the database's shape
# knows no rules and no web.
#
# Not `! cargo tree -i NAME`, which succeeds on a misspelt NAME too. Here every NAME must stand in Cargo.lock, and one
# arrow that must be there proves that the question is put right.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "dependency direction: $*" >&2; exit 1; }

# Dependencies as built into the program, on every platform and with every feature.
crates_under() {
  cargo tree --locked --package "$1" --edges normal,build --all-features --target all --prefix none --format '{p}' |
    cut -d ' ' -f 1 | sort -u
}

holds() {
  local crate=$1 name=$2 crates
  grep -qx "name = \"$name\"" Cargo.lock || fail "$name is not in Cargo.lock: misspelt, or gone"
  crates=$(crates_under "$crate") || fail "cargo tree failed on $crate"
  grep -qx "$name" <<<"$crates"
}

holds zhoubian diesel || fail "zhoubian does not seem to depend on diesel: this check has gone blind"
(holds zhoubian dieseel) 2>/dev/null && fail "a misspelt name goes unnoticed: this check has gone blind"

forbid() {
  local crate=$1 name
  for name in "${@:2}"; do
    ! holds "$crate" "$name" || fail "$crate must not depend on $name; see cargo tree -p $crate -i $name"
  done
}
forbid domain schema diesel diesel_migrations tokio actix-web
forbid imaging domain schema diesel tokio actix-web
forbid paper domain schema diesel tokio actix-web
forbid schema domain zhoubian actix-web
echo "dependency direction: as it should be"
