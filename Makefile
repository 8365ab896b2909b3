# Two commands do everything on a fresh machine: make demo, make test.
PYTHON ?= $(shell for v in 3.11 3.12 3.13; do python$$v --version >/dev/null 2>&1 && echo python$$v && break; done)
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test test-long fuzz docs bench locks verify-pins clean

demo: $(VENV)/.demo
	$(BIN)/jtbd-nlp mine data/samples --out demo-report
	@echo "Open in a browser: $(CURDIR)/demo-report/report.html"

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n 2 --dist worksteal --durations=10

test-long: $(VENV)/.test
	$(BIN)/python -m pytest -q -m long

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# the stamps are remade when what is pinned or declared changes
$(VENV)/.demo: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) -e .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) -e '.[test]'
	@touch $@ $(VENV)/.demo

fuzz: $(VENV)/.test
	$(PIP) atheris
	$(BIN)/python fuzz/run.py

# what set-up installs, file by file with its sha256; torch is not in it (see docs/dependencies.md)
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make locks" -c constraints.txt
locks:
	$(LOCK) pyproject.toml locks/build.in -o locks/base.txt
	$(LOCK) --extra dask --extra notebook --extra privacy pyproject.toml locks/build.in -o locks/extras.txt

# a fresh environment in which pip accepts only files whose sha256 is in the lock
verify-pins:
	$(PYTHON) -m venv --clear $(VENV)-locked
	$(VENV)-locked/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/extras.txt
	$(VENV)-locked/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(VENV)-locked/bin/python -m pip check
	$(VENV)-locked/bin/jtbd-nlp mine data/samples --out demo-report

docs: $(VENV)/.test
	$(BIN)/python docs/build_reference.py

bench: $(VENV)/.test
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) $(VENV)-locked demo-report build dist .mypy_cache .ruff_cache .pytest_cache
