# What a checkout needs. Python 3.11 or newer, venv and make are enough to start.
#
#   make serve   publish posts/ at http://localhost:8000   (PORT=9000 HOST=0.0.0.0 SITE=folder)
#   make test    the tests, with coverage                  (ARGS="-k ledger")
#   make lint    ruff and mypy
#   make bench   feedsvc and Hugo on one corpus, into docs/benchmarks.md
#   make clean   remove what was made here

PYTHON ?= python3
VENV   ?= .venv
HOST   ?= 127.0.0.1
PORT   ?= 8000
SITE   ?= posts
ARGS   ?=

RUN := $(VENV)/bin/python

# The stamp names the folder it was made in: an environment is not movable, nor is one of use
# whose interpreter has gone.
ifneq ($(shell cat $(VENV)/.made-in 2>/dev/null && $(RUN) -c '' 2>/dev/null && echo well),$(CURDIR) well)
.PHONY: $(VENV)/.made-in
endif

.PHONY: help serve test lint bench clean
help:
	@sed -n 's/^#  *make /make /p' Makefile

$(VENV)/.made-in:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'feedsvc needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3' >&2; \
	  exit 1; }
	@rm -f $(VENV)/.made-in $(VENV)/.with-*
	@$(PYTHON) -m venv --clear $(VENV) || { \
	  echo 'Python cannot make a virtual environment; on Debian: apt-get install python3-venv' >&2; \
	  exit 1; }
	@echo '$(CURDIR)' > $@

# One stamp for each set of extras: the second run installs nothing.
$(VENV)/.with-%: pyproject.toml $(VENV)/.made-in
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.$(filter-out [run],[$*])'
	@touch $@

serve: $(VENV)/.with-run
	$(RUN) -m feedsvc serve $(SITE) --host $(HOST) --port $(PORT)

test: $(VENV)/.with-test
	$(RUN) -m pytest -n auto --cov --cov-report=term $(ARGS)

lint: $(VENV)/.with-lint
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m mypy benchmarks
	$(RUN) -m mypy --platform win32 feedsvc
	$(RUN) -m mypy --platform darwin feedsvc

bench: $(VENV)/.with-bench
	$(RUN) benchmarks/build.py --write $(ARGS)

clean:
	rm -rf $(VENV) build dist public .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
