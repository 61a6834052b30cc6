# The door to everything: `make ask` on a machine that has nothing but Python and make.
#
# Each target first sees to .venv, and only when something has changed: a second `make ask` installs nothing.
# Written for GNU make 3.81 (the one that macOS brings) and newer, and for an empty environment.
# The environment passes through: EVALUATION_DIR, BENCHMARKS_DIR, SOCIETY and the like reach what is run.

UV := 0.13.8
PYTHONS ?= python3.13 python3.12 python3.11 python3

# A question may hold quotes, apostrophes and dollars. `value` takes it as it was typed, before make reads a
# meaning into a dollar, and the recipe meets it as a variable of its environment, never as shell text.
Q ?= Can I retweet this?
override Q := $(value Q)
export Q

# Another project's settings, or a .python-version, would have uv put a different .venv in the place of this one,
# and be gone with it: hence this, and --python.
unexport VIRTUAL_ENV UV_PROJECT_ENVIRONMENT UV_PYTHON
SYNC := .venv/bin/uv sync --quiet --locked --python .venv/bin/python --all-extras

.PHONY: help setup ask chat test check bench chaos screens e2e again

help: ## list these targets
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/\1	\2/p' Makefile | expand -t 8 | sed 's/^/  make /'

setup: .venv/installed ## make .venv, with a working .venv/bin/verse in it
	@echo "Ready: make ask, make chat, or .venv/bin/verse --help"

ask: .venv/installed ## answer one question: make ask Q="Can I use the logo?"
	@.venv/bin/verse ask --society ipem --role member -- "$$Q"

chat: .venv/installed ## talk to the bot in this terminal
	@.venv/bin/verse chat

test: check ## everything that must hold: the checks below, then pytest
	@.venv/bin/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: .venv/installed-dev ## format, lint, types, and which room may import which
	@.venv/bin/ruff format --check --quiet --output-format concise
	@.venv/bin/ruff check --quiet
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: .venv/installed-dev ## the table of figures (EVALUATION_DIR, BENCHMARKS_DIR)
	@.venv/bin/python -m tests.bench

chaos: .venv/installed-dev ## readers on damaged files for CHAOS_SECONDS (60); 1,000 queries while workers are killed
	@CHAOS_SECONDS="$${CHAOS_SECONDS:-60}" CHAOS_QUERIES="$${CHAOS_QUERIES:-1000}" CHAOS_KILLS="$${CHAOS_KILLS:-100}" \
	  CHAOS_ADMINS="$${CHAOS_ADMINS:-100}" \
	  .venv/bin/python -m pytest tests/chaos

screens: .venv/installed-dev tests/screens/node_modules/installed ## draw what Slack and Teams show, into tests/screens, and check the cards (needs node and Chromium)
	@.venv/bin/python -m tests.screens

e2e: .venv/installed-dev ## drive the bot in Microsoft's Agents Playground (needs node and Chromium; it listens on all interfaces)
	@.venv/bin/python -m tests.e2e.needs
	@$(MAKE) --no-print-directory --silent tests/e2e/node_modules/installed
	@.venv/bin/python -m tests.e2e

tests/%/node_modules/installed: tests/%/package-lock.json
	@npm --prefix tests/$* ci --ignore-scripts --no-audit --no-fund
	@touch $@

# Three stamps, each written when its step is done, so that an interrupted step is taken again.
#
# made           a virtual environment with uv in it. Its scripts hold its absolute path, so a copied or moved
#                folder would run the code of the old one: the stamp says by which uv and where it was made,
#                and where that is no longer true, or its Python has gone, it is made again.
# installed      what the bot needs to run. Inexact: it does not take the developer's tools away again.
# installed-dev  these and the tools, and nothing else, so that the tests meet exactly what the lock names.
#                It includes the former and stamps both.

MADE := uv $(UV) in $(CURDIR)
ifneq ($(shell test -x .venv/bin/python && cat .venv/made 2>/dev/null),$(MADE))
.venv/made: again
endif

.venv/made:
	@fit=; bare=; \
	for python in $(PYTHONS); do \
	  "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || continue; \
	  if "$$python" -c 'from ensurepip import bootstrap' 2>/dev/null; then fit=$$python; break; fi; \
	  bare=$${bare:-$$python}; \
	done; \
	if [ -z "$$fit" ] && [ -n "$$bare" ]; then \
	  echo "$$bare cannot make a virtual environment: install the part that can, then try again." >&2; \
	  echo "On Debian and Ubuntu: apt install python3-venv (or $$("$$bare" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])') where that is not the Python of the system)." >&2; \
	  exit 1; \
	elif [ -z "$$fit" ]; then \
	  echo "Python 3.11, 3.12 or 3.13 is needed, and none was found: install one, then try again." >&2; \
	  echo "Debian 12 or Ubuntu 24.04: apt install python3 python3-venv. macOS: brew install python@3.13. Elsewhere: python.org." >&2; \
	  echo "One that is not on the PATH can be named: make setup PYTHONS=/where/it/is/python3" >&2; \
	  exit 1; \
	fi; \
	echo "Making .venv with $$("$$fit" --version) and uv $(UV)"; \
	"$$fit" -m venv --clear .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@echo "$(MADE)" > $@

.venv/installed: .venv/made uv.lock pyproject.toml Makefile
	@echo "Installing what uv.lock names (at first, some 600 MB on disk)"
	@$(SYNC) --no-dev --inexact
	@touch $@

.venv/installed-dev: .venv/made uv.lock pyproject.toml Makefile
	@echo "Installing what uv.lock names, with the tools for development (at first, some 700 MB on disk)"
	@$(SYNC) --dev
	@touch .venv/installed $@
