# The two commands are `make run` and `make test`; everything they need goes into .venv/ and data/.
# Works with GNU make 3.81 and newer.

PORT ?= 8050
PYTHON ?= python3
BENCH_MENTIONS ?= 1000000
BENCH_MB ?= 45
BENCH_DOCUMENTS ?= 10000
SOAK_MINUTES ?= 10

# What is no longer used goes back to the system after a second (docs/SERVING.md, Memory).
_RJEM_MALLOC_CONF ?= dirty_decay_ms:1000,muzzy_decay_ms:0
export _RJEM_MALLOC_CONF

BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip -qq --disable-pip-version-check install
INSTALLED := .venv/installed
INSTALLED_DEV := .venv/installed-dev

DEMO := .demo

.PHONY: run demo test lint bench soak scores screenshot chromium office

# Set up, ingest seeds/ (which prints the amounts found), and serve the dashboard.
run: $(INSTALLED)
	@$(PY) -m tracker ingest seeds
	@exec $(PY) -m tracker serve --host 127.0.0.1 --port $(PORT)

# The dashboard over sample stories, in a folder of their own and marked as such on every page.
demo: $(INSTALLED)
	@$(PY) tests/demo.py $(DEMO)
	@exec $(PY) -m tracker serve --data $(DEMO)/data --host 127.0.0.1 --port $(PORT)

# All tests, in a real browser and a real spreadsheet program too; files side by side on each core.
test: $(INSTALLED_DEV) chromium office
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(INSTALLED_DEV)
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@$(PY) $(BIN)/lint-imports

# Speed, each measurement beside its baseline. BENCH_MB= and BENCH_DOCUMENTS= change
# the sizes; BENCH_DOCUMENTS=100000 is 300 MB.
bench: $(INSTALLED_DEV)
	@$(PY) tests/benchmarks/bench.py --megabytes $(BENCH_MB)
	@$(PY) tests/benchmarks/ingest.py --documents $(BENCH_DOCUMENTS)
	@$(PY) tests/benchmarks/figures_bench.py --mentions $(BENCH_MENTIONS)
	@$(PY) tests/benchmarks/reports_bench.py --mentions $(BENCH_MENTIONS)
	@$(PY) tests/benchmarks/dashboard_bench.py --mentions $(BENCH_MENTIONS)

# What runs too long for `make test`: the fuzz tests on many more texts, writers killed at many more
# moments (about half an hour), and a server under load (SOAK_MINUTES).
soak: $(INSTALLED_DEV)
	@FUZZ_EXAMPLES=50000 $(PY) -m pytest tests/extraction/test_finder.py tests/extraction/test_plain.py tests/extraction/test_extract.py
	@KILLS=500 $(PY) -m pytest tests/ingest/test_crashes.py
	@$(PY) tests/soak.py --minutes $(SOAK_MINUTES)

# Keep the scores of the extractor, which the page on the method shows (a test holds them true).
scores: $(INSTALLED)
	@$(PY) -m tracker evaluate tests/gold/*.jsonl --record >/dev/null

screenshot: $(INSTALLED_DEV) chromium
	@$(PY) docs/screenshot.py

# The stamps make a second run install nothing. They hold the folder's path: scripts in .venv are
# bound to it, so a copied or moved folder is set up again.
ifneq ($(shell cat $(INSTALLED) 2>/dev/null),$(CURDIR))
.PHONY: $(INSTALLED)
endif

$(INSTALLED): requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || \
		{ echo "$(PYTHON) is missing: install Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$$($(PYTHON) --version) is too old: install Python 3.11 or newer and name it with PYTHON=" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv is missing: install the package python3-venv (apt install python3-venv)." >&2; exit 1; }
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements.txt
	@$(PIP) --no-deps -e .
	@printf '%s\n' "$(CURDIR)" > $@

$(INSTALLED_DEV): $(INSTALLED)
	@echo "Adding the development tools (once) ..."
	@$(PIP) -e '.[dev]'
	@touch $@

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
		command -v google-chrome >/dev/null || \
		test -d "/Applications/Chromium.app" || test -d "/Applications/Google Chrome.app" || \
		.ci/apt chromium fonts-liberation

office:
	@command -v soffice >/dev/null || .ci/apt libreoffice-calc
