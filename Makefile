# Two commands: `make run` and `make test`. They install what they need, beside the sources.

PYTHON ?= python3
BIN := .venv/bin
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check --no-input --require-hashes --only-binary :all:
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
TEMPLATES = $$(git ls-files -- 'templates/*.html')

.DELETE_ON_ERROR:
.PHONY: help run install test check prove chaos coverage shuffles bench lock format

help:
	@echo "make run     try it: http://127.0.0.1:8000/ (BIND=127.0.0.1:8123 moves it)"
	@echo "make install what a server needs, and nothing is started (docs/operating.md)"
	@echo "make test    every test that answers within minutes"
	@echo "make check   format, lint, types, import contracts, templates, migrations"
	@echo "make prove   the tests that take longer, and the others the other way round"
	@echo "make chaos   the great trials with all their figures, one after the other (hours)"
	@echo "make coverage which branches the tests of \`make test\` walk, and that they are enough"
	@echo "make shuffles every test in three random orders, and from the last to the first"
	@echo "make bench   measure"
	@echo "make format  write the code as \`make check\` wants it"
	@echo "make lock    choose versions anew (for those who change a dependency)"

run: .venv/run.done node_modules/done $(CATALOGUES)
	@$(BIN)/python manage.py up --with-parent

install: .venv/run.done node_modules/done $(CATALOGUES)

test: .venv/test.done node_modules/test.done $(CATALOGUES)
	$(BIN)/python -m pytest -q

check: .venv/test.done node_modules/done $(CATALOGUES)
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/bandit -q -c pyproject.toml -r linkcenter centres participants groups manage.py gunicorn.conf.py
	$(BIN)/djade --check $(TEMPLATES)
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py check
	$(BIN)/python -m tests.running.production check --deploy --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py lintmigrations --include-apps linkcenter centres participants groups --no-cache --quiet ok ignore

prove: .venv/test.done node_modules/test.done $(CATALOGUES)
	$(BIN)/python -m pytest -q -m prove
	$(BIN)/python -m pytest -q --backwards -m "not prove and not chaos and not browser"

chaos: .venv/test.done node_modules/test.done $(CATALOGUES)
	$(BIN)/python -m pytest -q -n0 -s -m chaos

# Where a mistake lets somebody in, tells somebody or loses somebody, each branch is walked.
EXACT := */access.py,linkcenter/tokens.py,linkcenter/encryption.py,linkcenter/personal_data/erasures.py,linkcenter/personal_data/retention.py,linkcenter/messages/outbox.py,participants/domain/retention.py,groups/domain/seats.py
coverage: .venv/test.done node_modules/test.done $(CATALOGUES)
	$(BIN)/python -m pytest -q --cov --cov-report= -m "not prove and not chaos and not browser"
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --fail-under=100 --include="$(EXACT)"

# A random order three times, and the other way round: no test needs another before it.
shuffles: .venv/test.done node_modules/test.done $(CATALOGUES)
	for seed in 1 2 3; do $(BIN)/python -m pytest -q --randomly-seed=$$seed || exit 1; done
	$(BIN)/python -m pytest -q --backwards

bench: .venv/test.done node_modules/done $(CATALOGUES)
	$(BIN)/python -m bench

format: .venv/test.done
	$(BIN)/python -m ruff format .
	$(BIN)/python -m ruff check --fix .
	$(BIN)/djade $(TEMPLATES)

.venv/run.done: requirements/run.txt
	@command -v $(PYTHON) >/dev/null || { echo "LINK needs Python 3.11 or newer, with venv." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "LINK needs Python 3.11 or newer. Is there one on this machine? Then: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv .venv
	$(PIP) -r $<
	@touch $@

.venv/test.done: requirements/test.txt .venv/run.done
	$(PIP) -r $<
	@touch $@

# Style sheets only, and none of their scripts. Where there is no npm, Python brings one.
node_modules/done: package-lock.json requirements/node.txt .venv/run.done
	@command -v npm >/dev/null || test -x $(BIN)/npm || $(PIP) -r requirements/node.txt
	$(NPM) ci --omit=dev --ignore-scripts --silent
	@touch $@

# With the checker of HTML, which only the tests need.
node_modules/test.done: node_modules/done
	$(NPM) ci --ignore-scripts --silent
	@touch node_modules/done $@

%.mo: %.po .venv/run.done
	$(BIN)/python -m babel.messages.frontend -q compile -i $< -o $@

UV := var/uv/bin/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: var/uv/bin/uv
	$(UV) --upgrade --group local -o requirements/run.txt
	$(UV) --upgrade --group local --group test --group check -c requirements/run.txt -o requirements/test.txt
	var/uv/bin/uv pip compile -q --upgrade --group node --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/node.txt
	npm install --package-lock-only --ignore-scripts
	! grep -nE '://|--(index|extra|find|trusted)' requirements/*.txt package-lock.json

var/uv/bin/uv:
	$(PYTHON) -m venv var/uv
	var/uv/bin/python -m pip install -q --disable-pip-version-check uv
