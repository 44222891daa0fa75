# make run   sets everything up and opens the app        make test   everything that is checked
# make quick the checks that take seconds                 make lock   the versions again, after a change
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
# llama.cpp is compiled on this machine: only the library, on every core.
export CMAKE_BUILD_PARALLEL_LEVEL ?= $(CORES)
export CMAKE_ARGS ?= -DLLAVA_BUILD=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_SERVER=OFF

# Tests that want the machine to themselves.
ALONE := models or terminal or browser

.PHONY: run test quick hostile format lint install models system messages man lock pictures clean

run: install models
	@$(BIN)/studyllm import decks/studyllm.toml
	@$(BIN)/studyllm review

test: $(VENV)/dev models
	@$(MAKE) --no-print-directory lint system
	$(BIN)/pytest -n 4 -m "not ($(ALONE))"
	$(BIN)/pytest -m "$(ALONE)"

quick: $(VENV)/dev lint
	$(BIN)/pytest -n 4 -m "not ($(ALONE) or slow or pilot)"

lint: $(VENV)/dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	@echo 'Files of more than 350 lines:'; ! find studyllm tests bench -name '*.py' | xargs wc -l | awk '$$1 > 350 && $$2 != "total"' | grep .

format: $(VENV)/dev
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

install: $(VENV)/app
# In CI, what the tests of a terminal, a browser and a database server need of the system; elsewhere they skip and say so.
system:
	@for program in $${CI:+tmux chromium chromedriver pg_lsclusters}; do command -v $$program >/dev/null || missing=yes; done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y tmux chromium chromium-driver postgresql >/dev/null; \
	fi || echo "No terminal, browser or PostgreSQL for tests could be installed; those tests will say so."

models: $(VENV)/app
	@$(BIN)/studyllm models pull

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit("studyllm needs Python 3.11 or newer; say which with: make PYTHON=python3.11") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	@touch $@

# The stamps make a second run cheap: pip is asked only when the versions or the project's metadata changed.
$(VENV)/app: $(VENV)/python constraints.txt pyproject.toml
	@echo "Installing. llama.cpp is compiled on $(CORES) cores, which takes some minutes the first time; pip keeps the result."
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -c constraints.txt -e .
	@touch $@

$(VENV)/dev: $(VENV)/app
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt \
		$$($(BIN)/python -c 'import tomllib; print(*(d.replace(" ", "") for d in tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"]))')
	@touch $@

# Every attack in full: five times 100,000 inputs, 200 kills, notes of a megabyte. It takes an hour and a half.
hostile: $(VENV)/dev
	@for target in settings lines frames notes databases; do $(BIN)/python -m tests.hostile.fuzz $$target || exit 1; done
	$(BIN)/python -m tests.hostile.kills
	$(BIN)/python -m tests.hostile.large

# The interface's words: collect them, merge them into each language, compile. What is new has an empty msgstr.
PYBABEL = $(BIN)/python -m babel.messages.frontend -q
messages: $(VENV)/dev
	$(PYBABEL) extract -F pyproject.toml --no-location --sort-output -o $(VENV)/studyllm.pot studyllm
	$(PYBABEL) update -D studyllm -i $(VENV)/studyllm.pot -d studyllm/locale --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	$(PYBABEL) compile -D studyllm -d studyllm/locale --statistics

# The manual page, and the map of the commands that completion reads.
man: $(VENV)/dev
	$(BIN)/python -m tests.cli.manual

# Every screen, in both languages, as it is now.
pictures: $(VENV)/dev
	$(BIN)/python -m tests.tui.pictures

lock: $(VENV)/dev
	$(BIN)/python -m pip freeze --exclude-editable --exclude pip --exclude setuptools | sed 's/+cpu$$//' | sort -f > constraints.txt

clean:
	rm -rf $(VENV) build *.egg-info
