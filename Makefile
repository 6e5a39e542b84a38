# `make run` and `make test` are all that a fresh clone needs; `make help` lists the rest.

VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
PYTEST := $(PY) -m pytest -q --numprocesses auto
# Templates and catalogues are compared with what these options would write.
MAKEMESSAGES := $(PY) manage.py makemessages --locale zh_Hans --no-location --no-wrap --no-obsolete \
	--ignore '$(VENV)' --ignore tests --ignore benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup run test test-sqlite test-postgresql lint evaluate bench messages dictionary clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 24

setup: $(VENV)/.requirements ## install, prepare the database and load the documents of seeds/
	@echo "Preparing the database ..."
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py collectstatic --no-input --verbosity 0
	@$(PY) manage.py load_seeds

run: setup ## setup, then serve on http://127.0.0.1:8000/ (make run PORT=8080 for another port)
	@echo
	@echo "  Casebook 案例库       http://127.0.0.1:$(PORT)/"
	@echo "  Editors' desk 编辑台  http://127.0.0.1:$(PORT)/admin/"
	@echo "  To create an editor's account 建立编辑账号: $(PY) manage.py createsuperuser"
	@echo "  Ctrl+C stops the site 停止"
	@echo
	@DJANGO_RUNSERVER_HIDE_WARNING=true exec $(PY) manage.py runserver --noreload 127.0.0.1:$(PORT)

test: test-sqlite test-postgresql ## all tests, on SQLite and, where one answers, on PostgreSQL

test-sqlite: $(VENV)/.requirements-dev ## all tests on SQLite
	@echo "Testing on SQLite ..."
	@DATABASE_URL= $(PYTEST)

# These use no database, or one of their own.
WITHOUT_DATABASE := $(addprefix --ignore tests/,extraction test_benchmarks.py test_evaluation.py test_inspect_document.py)

test-postgresql: $(VENV)/.requirements-dev ## the tests that use a database, on PostgreSQL (TEST_DATABASE_URL)
	@if $(PY) -c 'import sys, psycopg; psycopg.connect(sys.argv[1], connect_timeout=5)' \
			'$(TEST_DATABASE_URL)' 2>/dev/null; then \
		echo "Testing on PostgreSQL ..."; \
		DATABASE_URL='$(TEST_DATABASE_URL)' $(PYTEST) $(WITHOUT_DATABASE); \
	elif [ "$$CI" = true ]; then \
		echo "No PostgreSQL answers at TEST_DATABASE_URL: the tests need one in CI." >&2; exit 1; \
	else \
		echo "SKIPPED: the tests on PostgreSQL, since none answers at TEST_DATABASE_URL."; \
	fi

lint: $(VENV)/.requirements-dev ## style, types, templates, settings, migrations and generated files
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint . --lint --quiet
	DJANGO_SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		DJANGO_ALLOWED_HOSTS=casebook.example DJANGO_HSTS_SECONDS=3600 DATABASE_URL= \
		$(PY) -W error manage.py check --deploy --fail-level WARNING
	DATABASE_URL=sqlite://:memory: $(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py data_dictionary --check

evaluate: $(VENV)/.requirements-dev ## score what the extraction finds against annotated documents
	@$(PY) -m evaluation

bench: $(VENV)/.requirements-dev ## measure speed and memory
	@$(PY) -m benchmarks

messages: $(VENV)/.requirements-dev ## collect and compile the interface's translations (needs GNU gettext)
	@$(MAKEMESSAGES)
	@$(PY) manage.py compilemessages --locale zh_Hans --ignore '$(VENV)'

dictionary: $(VENV)/.requirements-dev ## write docs/data-dictionary.md from the models
	@$(PY) manage.py data_dictionary

clean: ## remove the virtual environment and what the checks leave behind; keeps the database
	rm -rf $(VENV) staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment. A stamp says what stands in it, so a second run has nothing to do.

$(VENV)/.created:
	@python=; for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			python=$$candidate; break; \
		fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Casebook needs Python 3.11 or later, and python3 is $$(python3 --version 2>&1)." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; \
	fi; \
	if ! $(PY) -m pip --version >/dev/null 2>&1; then \
		echo "Creating the virtual environment $(VENV) with $$($$python --version) ..."; \
		$$python -m venv --clear $(VENV) || { \
			echo "The venv module is not complete; on Debian: apt-get install python3-venv" >&2; exit 1; }; \
	fi
	@touch $@

# A dot a second while pip, which has no quiet progress display, is at work.
define install
	@printf '%s ' "Installing $(1) (about a minute, once)"
	@$(PY) -m pip install -qq --disable-pip-version-check -r $< & \
	pip=$$!; while kill -0 $$pip 2>/dev/null; do printf .; sleep 1; done; wait $$pip
	@echo " done"
	@touch $@
endef

$(VENV)/.requirements: requirements.txt $(VENV)/.created
	$(call install,what the site needs)

$(VENV)/.requirements-dev: requirements-dev.txt $(VENV)/.requirements
	$(call install,what the tests need)
