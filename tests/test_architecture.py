"""Rules of the house that the import contracts cannot express."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path for top in ("kbk", "scoring") for path in (ROOT / top).rglob("*.py") if "versions" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FUNCTION = 50
LONGEST_FILE = 400
VAGUE_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Every call in a file: its line and the dotted name that is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def uses(path: Path, *names: str) -> list[str]:
    """Places of a file where one of the dotted names is written."""
    return [
        f"{relative(path)}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node) in names
    ]


def test_commits_happen_only_in_db():
    found = [
        f"{relative(path)}:{line}"
        for path in SOURCES
        for line, name in calls(path)
        if name.endswith("session.commit")
    ]
    assert [place for place in found if not place.startswith("kbk/db.py")] == []
    assert len(found) == 1


def test_the_time_is_asked_only_in_clock():
    found = [
        f"{relative(path)}:{line}"
        for path in SOURCES
        for line, name in calls(path)
        if name in {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time"}
    ]
    assert [place for place in found if not place.startswith("kbk/clock.py")] == []


def test_the_environment_is_read_only_in_settings():
    found = [place for path in SOURCES for place in uses(path, "os.environ", "os.getenv")]
    assert found == []


def test_nothing_is_evaluated_and_nothing_is_drawn_by_chance_in_scoring():
    scoring = [path for path in SOURCES if path.is_relative_to(ROOT / "scoring")]
    exact = [path for path in scoring if path.name != "agreement.py"]
    assert [place for path in exact for place in uses(path, "float")] == []
    imported = {
        alias.name.split(".")[0]
        for path in scoring
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in ([ast.alias(node.module or "")] if isinstance(node, ast.ImportFrom) else node.names)
    }
    assert imported & {"random", "secrets", "uuid"} == set()


def test_no_expression_of_a_user_is_run():
    found = [
        f"{relative(path)}:{line}"
        for path in SOURCES
        for line, name in calls(path)
        if name in {"eval", "exec"}
    ]
    assert found == []


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=relative)
def test_files_and_functions_stay_short(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_modules_have_telling_names():
    assert [relative(path) for path in SOURCES if path.stem in VAGUE_NAMES] == []


def test_every_public_module_class_and_function_says_what_it_is_for():
    silent = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef))]
        for node in documented:
            name = getattr(node, "name", "module")
            if not name.startswith("_") and ast.get_docstring(node) is None:
                silent.append(f"{relative(path)}: {name}")
    assert silent == []
