# Two commands do everything: `make run` and `make test`. Both install what is missing first.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000

SYSTEM_RUN  := python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
SYSTEM_TEST := $(SYSTEM_RUN) chromium poppler-utils

.PHONY: run test check lock clean
.DEFAULT_GOAL := run

run: export KBK_BASE_URL ?= http://127.0.0.1:$(PORT)
run: $(VENV)/.run
	$(BIN)/kbk migrate
	$(BIN)/kbk demo --muat
	$(BIN)/kbk serve --port $(PORT)

test: check
	$(BIN)/pytest -n 3 --dist loadfile
	KBK_TEST_DATABASE=postgresql $(BIN)/pytest -n 3 --dist loadfile

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock:
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade -o requirements.txt -q
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.txt -o requirements-dev.txt -q

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.run: requirements.txt pyproject.toml deploy/system-packages
	deploy/system-packages $(SYSTEM_RUN)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.run
	deploy/system-packages $(SYSTEM_TEST)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
