"""The documents keep step with the program: settings, commands, tables, files, links and the labels of buttons."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import click
import pytest

import kbk.models  # noqa: F401 - fills the metadata
from kbk.accounts.commands import COMMANDS as ACCOUNTS
from kbk.db import Base
from kbk.demo.commands import COMMANDS as DEMO
from kbk.installation import COMMANDS as INSTALLATION
from kbk.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDE = [ROOT / "docs" / "panduan.md", *sorted((ROOT / "docs" / "panduan").glob("*.md"))]
OPERATING = ROOT / "docs" / "operating.md"
SAMPLES = sorted(path for path in (ROOT / "deploy").iterdir() if path.is_file())
OUR_FOLDERS = ("kbk", "scoring", "templates", "static", "tests", "docs", "deploy", "bench")
HOSTS = frozenset({"127.0.0.1", "127.0.0.1:8000", "kbk.example.go.id", "kbk"})


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code_spans(path: Path) -> list[str]:
    """What stands between single backquotes, blocks of code left out."""
    return re.findall(
        r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text_of(path), flags=re.DOTALL | re.MULTILINE)
    )


@cache
def anchors(path: Path) -> frozenset[str]:
    """The anchors of a document's headings, as repository hosts make them."""
    titles = re.findall(r"^#+ (.+)$", text_of(path), flags=re.MULTILINE)
    kept = ("".join(c for c in title.lower() if c in " -_" or c.isalnum()) for title in titles)
    return frozenset(title.replace(" ", "-") for title in kept)


def test_every_setting_stands_in_the_table():
    rows = re.findall(r"^\| `KBK_([A-Z_]+)` \| (.+?) \|", text_of(OPERATING), flags=re.MULTILINE)
    defaults = {
        name: "`[]`" if field.default_factory else shown(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert {name.lower(): default for name, default in rows} == defaults


def shown(default: object) -> str:
    """A default as the table writes it."""
    if hasattr(default, "get_secret_value"):
        default = default.get_secret_value()
    if default == "":
        return "empty"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


@pytest.mark.parametrize("path", [*DOCUMENTS, *SAMPLES], ids=named)
def test_settings_that_are_named_exist(path):
    variables = set(re.findall(r"\bKBK_([A-Z_]+)\b", text_of(path))) - {"TEST_DATABASE"}
    assert {name for name in variables if name.lower() not in Settings.model_fields} == set()


@pytest.mark.parametrize("command", [*INSTALLATION, *ACCOUNTS, *DEMO], ids=lambda command: command.name)
def test_every_command_and_option_is_described(command):
    row = "\n".join(
        line for line in text_of(OPERATING).splitlines() if line.startswith(f"| `kbk {command.name}")
    )
    options = [name for option in command.params if isinstance(option, click.Option) for name in option.opts]
    assert row
    assert [name for name in options if name not in row] == []


def test_commands_that_are_described_exist():
    described = set(re.findall(r"^\| `kbk ([a-z-]+)", text_of(OPERATING), flags=re.MULTILINE))
    assert described == {command.name for command in (*INSTALLATION, *ACCOUNTS, *DEMO)}


def test_every_table_stands_in_the_glossary():
    spans = set(code_spans(ROOT / "CONTRIBUTING.md"))
    assert {table.name for table in Base.metadata.sorted_tables} - spans == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_links_lead_somewhere(path):
    lost = []
    for address in re.findall(r"\]\(([^)\s]+)\)", text_of(path)):
        if "://" in address:
            continue
        place, _, anchor = address.partition("#")
        target = (path.parent / place).resolve() if place else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(address)
    assert lost == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_files_that_are_named_exist(path):
    spans = [span for span in code_spans(path) if re.fullmatch(rf"({'|'.join(OUR_FOLDERS)})/[\w./-]+", span)]
    assert [span for span in spans if not (ROOT / span).exists()] == []


@pytest.mark.parametrize("path", [*DOCUMENTS, *SAMPLES], ids=named)
def test_documents_name_no_host_but_the_example(path):
    hosts = {host.rpartition("@")[2] for host in re.findall(r"https?://([^/\s`'\")<;$]+)", text_of(path))}
    assert hosts - HOSTS == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_documents_name_no_issues(path):
    assert re.findall(r"(?i)\bissue \d+|(?<![\w&(])#\d+", text_of(path)) == []


def test_pinned_packages_name_no_host():
    assert [path.name for path in ROOT.glob("requirements*.txt") if "://" in text_of(path)] == []


def words(text: str) -> str:
    """A text for comparing: letters and digits in lower case with single blanks."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


@cache
def words_of_pages() -> str:
    """Everything that templates, modules and scripts write."""
    scripts = (ROOT / "static" / "js").glob("*.js")
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "kbk").rglob("*.py"), *scripts]
    return " ".join(words(text_of(path)) for path in sources)


@pytest.mark.parametrize("path", GUIDE, ids=named)
def test_labels_in_the_guide_stand_on_pages(path):
    """In the guide bold letters are labels of the program; emphasis is in italics."""
    labels = {
        part
        for label in re.findall(r"\*\*(.+?)\*\*", text_of(path), flags=re.DOTALL)
        for part in re.split("→|…", label)
        if words(part)
    }
    assert sorted(part for part in labels if words(part) not in words_of_pages()) == []
