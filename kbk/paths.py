"""Where the program's own templates and static files lie, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _own_folder(name: str) -> Path:
    """The folder at the top of the checkout, or the copy that the wheel carries inside the package."""
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name


TEMPLATES: Path = _own_folder("templates")
STATIC: Path = _own_folder("static")
MIGRATIONS: Path = _PACKAGE / "migrations"
