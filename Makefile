# Every target does its own set-up: a machine with git, make and Python 3.10 or newer is enough.

PYTHON ?= python3
VENV ?= .venv
SEED ?= 4711
COUNT ?= 1000
# Tests wait for programs more than for the processor.
JOBS ?= $(shell $(PYTHON) -c 'import os; print(2 * (os.cpu_count() or 1))')

BIN := $(VENV)/bin
FOUND := $(wildcard $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/3.1*/bin/python3.1?)
TESTS ?= tests
PORTABLE ?= $(PYTEST_SOCKETS_PORTABLE)
SECONDS ?= 60

.PHONY: help demo test installed lint fuzz bench soak docs readme locale screenshots clean

help:
	@echo 'make demo     grade the homework in examples/ and print what a student would see'
	@echo 'make test     run the whole test suite; with PORTABLE=1 without what only Linux has'
	@echo 'make installed  run it against the installed wheel, on each Python 3.10 to 3.13 that is found,'
	@echo '              or on those that are told: make installed PYTHONS=3.10,3.13'
	@echo 'make lint     ruff and mypy'
	@echo 'make fuzz     try what strangers may write, for a long time (SECONDS for each reader)'
	@echo 'make bench    time grades, classes, the start of pytest, fixtures, proxy and servers'
	@echo 'make soak     grade COUNT programs of the tests on a stressed machine and compare the verdicts'
	@echo 'make docs     build the documentation site in build/docs'
	@echo 'make readme   write the generated parts of README.md and docs/ anew'
	@echo 'make locale   extract the sentences anew, compile the Chinese, tell what is not translated'
	@echo 'make screenshots  make the pictures of the documentation, with the system'\''s Chromium'
	@echo 'make clean    remove $(VENV) and everything that was built'

# A mistake in the homework is what the demo is there to show: status 1 is no failure of make.
demo: $(VENV)/installed
	@for program in examples/homework/*.py; do \
	    printf '\n$$ pytest --target %s --sockets-seed $(SEED)\n' "$$program"; \
	    $(BIN)/python -m pytest --target "$$program" --sockets-seed $(SEED); \
	    status=$$?; test $$status -le 1 || exit $$status; \
	done

test: $(VENV)/developing
	PYTEST_SOCKETS_PORTABLE=$(PORTABLE) \
	    $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(TESTS)

# The suite is that of the sdist, without the package: only the installed one can be imported.
installed: $(VENV)/packaging
	$(BIN)/python -m pytest tests/test_packaging.py
	rm -rf .tox/dist .tox/suite
	mkdir -p .tox/suite
	$(BIN)/python -m build --outdir .tox/dist . > .tox/build.log 2>&1 || { cat .tox/build.log; exit 1; }
	$(BIN)/twine check --strict .tox/dist/*
	tar -xzf .tox/dist/*.tar.gz -C .tox/suite --strip-components 1
	rm -r .tox/suite/pytest_sockets .tox/suite/pytest_sockets.egg-info
	$(BIN)/tox run --installpkg .tox/dist/*.whl \
	    $(if $(FOUND),--discover $(FOUND)) \
	    $(if $(PYTHONS),--skip-missing-interpreters false -e $(PYTHONS)) \
	    -- -n $(JOBS) --dist loadgroup $(TESTS)

lint: $(VENV)/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Examples of hypothesis, other ones each time, and what atheris makes of the saved inputs.
fuzz: $(VENV)/fuzzing
	$(BIN)/python -m pytest -n $(JOBS) --hypothesis-profile thorough tests/fuzz
	cd tests && ../$(BIN)/python -m fuzz.run --seconds $(SECONDS)

# Each benchmark is run, also after one that missed what it must reach.
bench: $(VENV)/measuring
	@status=0; \
	for name in startup grade_tcp_echo conformance grade_class echo proxy fixtures; do \
	    printf '\n$$ python -m benchmarks.%s\n\n' "$$name"; \
	    $(BIN)/python -m benchmarks.$$name --into benchmarks/results || status=1; \
	done; \
	$(BIN)/python tests/readme.py measured || status=1; exit $$status

# SEED draws other programs, payloads and stresses.
soak: $(VENV)/installed
	$(BIN)/python -m benchmarks.soak --count $(COUNT) --seed $(SEED) --into benchmarks/results

readme: $(VENV)/developing
	$(BIN)/python tests/readme.py
	$(BIN)/python tests/transcripts.py
	$(BIN)/python tests/listings.py
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/layers.py
	$(BIN)/python docs/hostile.py --pages

docs: $(VENV)/developing
	$(BIN)/sphinx-build -W --keep-going -q -b html docs build/docs
	@echo 'build/docs/index.html'

locale: $(VENV)/developing
	$(BIN)/python tests/translations.py

screenshots: $(VENV)/developing
	$(BIN)/python docs/pictures.py

clean:
	rm -rf $(VENV) .tox build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	    { echo 'Python 3.10 or newer is needed: make $(MAKECMDGOALS) PYTHON=/path/to/python3'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@touch $@

# At every editable installation setuptools warns of what is as it should be, and pip prints it.
$(VENV)/installed: $(VENV)/pip pyproject.toml
	PYTHONWARNINGS='ignore:Editable installation' $(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/developing: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/packaging: $(VENV)/developing
	$(BIN)/python -m pip install --quiet --group packaging
	@touch $@

$(VENV)/fuzzing: $(VENV)/developing
	$(BIN)/python -m pip install --quiet --group fuzz
	@touch $@

$(VENV)/measuring: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --group bench
	@touch $@
