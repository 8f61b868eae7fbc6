# Two commands matter: `make run` and `make test`. Each works from a bare checkout with Python 3.11 and make.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
PORT ?= 8000
INSTANCE := $(or $(DRIVING_SEAT_HOME),instance)
SPEECH := $(or $(DRIVING_SEAT_SPEECH_PROGRAM),espeak-ng)
ASSET_SOURCES := $(shell find assets pictures -type f) package.json
BROWSER_WORKERS ?= 2

.PHONY: run test lint types imports unit property integration attacks browser bench assets translations lock screenshots matrix audit sbom build clean

run: export DRIVING_SEAT_BASE_URL ?= http://127.0.0.1:$(PORT)
run: $(STAMPS)/runtime $(STAMPS)/assets
	@$(BIN)/driving-seat init
	@$(BIN)/driving-seat demo --once
	@$(MAKE) --silent --no-print-directory $(INSTANCE)/audio/made
	@exec $(BIN)/driving-seat serve --port $(PORT)

assets: $(STAMPS)/assets

# Reading aloud is optional. Without a speech program the pages offer the voice of the reader's own device.
$(INSTANCE)/audio/made: $(shell find standards surveys -name '*.yaml') app/library/speech.py app/surveys/spoken.py
	@if ! command -v "$(SPEECH)" >/dev/null; then echo "There is no speech program ($(SPEECH)), so no machine reads aloud. See docs/audio.md."; \
	elif $(BIN)/driving-seat audio make; then touch $@; fi

$(STAMPS)/runtime: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/node_modules: package-lock.json package.json $(STAMPS)/runtime
	PYTHON=$(BIN)/python assets/with-node npm ci --omit=dev --no-audit --no-fund --ignore-scripts
	@touch $@

$(STAMPS)/assets: $(ASSET_SOURCES) $(STAMPS)/node_modules
	PYTHON=$(BIN)/python assets/with-node node assets/build.mjs
	@touch $@

$(STAMPS)/test: requirements-test.lock $(STAMPS)/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

# axe-core and the HTML checker
$(STAMPS)/test_node_modules: $(STAMPS)/node_modules
	PYTHON=$(BIN)/python assets/with-node npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

test: $(STAMPS)/test $(STAMPS)/assets $(STAMPS)/test_node_modules
	@tests/install-system-packages
	@$(BIN)/python tests/run_everything.py

lint types imports unit property integration attacks browser: $(STAMPS)/test $(STAMPS)/assets $(STAMPS)/test_node_modules
	@$(BIN)/python tests/run_everything.py $@

bench: $(STAMPS)/test $(STAMPS)/assets
	@$(BIN)/python -m tests.benchmarks

screenshots: $(STAMPS)/test $(STAMPS)/assets
	@tests/install-system-packages
	@$(BIN)/python -m tests.browser.screenshots

# Collects the words of the templates and of the code, and brings every language's files up to date with them.
LANGUAGE ?= cy
translations: $(STAMPS)/runtime
	@$(BIN)/driving-seat translations update $(LANGUAGE)

# Who may use what, as everybody finds it who tries; and the table of security requirements
matrix: $(STAMPS)/test $(STAMPS)/assets
	@$(BIN)/python -m tests.whole_app.who_may
	@$(BIN)/python -m tests.whole_app.asvs
	@$(BIN)/python -m tests.whole_app.security_overview

# Whether a fault is known in anything that is locked. Needs a network.
audit: $(STAMPS)/test $(STAMPS)/node_modules
	@$(BIN)/python -m release.audit

# The list of everything in a build
sbom: $(STAMPS)/test
	@$(BIN)/python -m release.sbom build/sbom.cdx.json

# The program as a wheel, with its list beside it
build: $(STAMPS)/test $(STAMPS)/assets
	@rm -rf dist build/lib build/bdist.*
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	@$(BIN)/python -m release.sbom "$$(ls dist/*.whl | sed 's/-py3-none-any.whl$$/.cdx.json/')"

# Newest allowed versions, with hashes and without any registry's address.
lock:
	uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --group build \
	  --no-emit-index-url --custom-compile-command 'make lock' --output-file requirements.lock
	uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --group build --group test \
	  --no-emit-index-url --custom-compile-command 'make lock' --constraint requirements.lock --output-file requirements-test.lock
	uv pip compile --group node --universal --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --custom-compile-command 'make lock' --output-file requirements-node.lock

clean:
	rm -rf $(VENV) node_modules app/web/static/built build dist
