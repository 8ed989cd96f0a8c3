"""Vendored files are the ones that were reviewed: none changed, added or missing, each with a licence."""

import hashlib
from pathlib import Path

STATIC = Path(__file__).parents[2] / "static"
SUMS = STATIC / "vendor" / "SHA256SUMS"


def _recorded() -> dict[str, str]:
    pairs = (line.split(maxsplit=1) for line in SUMS.read_text(encoding="utf-8").splitlines())
    return {path: digest for digest, path in pairs}


def _present() -> dict[str, str]:
    files = (path for tree in ("vendor", "fonts") for path in (STATIC / tree).rglob("*") if path.is_file())
    return {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path != SUMS
    }


def test_vendored_files_match_their_recorded_hashes() -> None:
    assert _present() == _recorded()


def test_vendored_packages_carry_a_licence() -> None:
    packages = {path.rsplit("/", 1)[0] for path in _recorded()}
    assert {package for package in packages if f"{package}/LICENSE" not in _recorded()} == set()


def test_vendored_packages_are_named_with_their_version() -> None:
    names = {path.split("/")[1] for path in _recorded()}
    assert names == {
        "bootstrap-5.3.9",
        "bootstrap-icons-1.13.2",
        "htmx-2.0.11",
        "pdfjs-6.5.438",
        "plus-jakarta-sans-5.3.0",
        "source-serif-4-5.3.1",
        "tiptap-3.32.2",
    }
