#!/usr/bin/env bash
# Makes sure that the programs named are here: packages.sh rust node postgresql …
# What Debian and Ubuntu package is installed where it is missing (as root, or with a sudo that asks no password);
# whatever cannot be had is named in one sentence, and the status is 1.
set -euo pipefail

fail() { echo "missing: $*" >&2; exit 1; }

has_node() { command -v node >/dev/null && command -v npm >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [ -x "${PG_BIN:-}/initdb" ] || command -v initdb >/dev/null; }
has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_font() { dpkg-query -W -f '${Status}' fonts-noto-cjk 2>/dev/null | grep -q 'ok installed' || fc-list :lang=zh-cn 2>/dev/null | grep -q .; }

lacking=()
for program in "$@"; do
  case "$program" in
    rust) command -v cargo >/dev/null || fail "Rust's stable toolchain: install it with rustup" ;;
    node) has_node || fail "Node.js 20 or newer with npm" ;;
    curl) command -v curl >/dev/null || lacking+=(curl) ;;
    cc) command -v cc >/dev/null || lacking+=(gcc libc6-dev) ;;
    postgresql) has_postgresql || lacking+=(postgresql) ;;
    chromium) has_chromium >/dev/null || lacking+=(chromium) ;;
    fonts-noto-cjk) has_font || lacking+=(fonts-noto-cjk) ;;
    python3-venv) python3 -c 'import ensurepip, venv' 2>/dev/null || lacking+=(python3-venv) ;;
    *) fail "a way to look for $program (see .ci/packages.sh)" ;;
  esac
done
[ "${#lacking[@]}" -gt 0 ] || exit 0

sentence="the Debian packages ${lacking[*]}; as root: apt-get install ${lacking[*]}"
command -v apt-get >/dev/null || fail "$sentence (this system has no apt-get: install what they stand for)"
if [ "$(id -u)" = 0 ]; then as_root=()
elif sudo -n true 2>/dev/null; then as_root=(sudo -n)
else fail "$sentence"
fi
echo "installing ${lacking[*]}"
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq)
{ "${install[@]}" update && "${install[@]}" install --yes --no-install-recommends "${lacking[@]}"; } </dev/null ||
  fail "$sentence (apt-get could not install them; what it said stands above)"
