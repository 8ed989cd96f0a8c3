"""The one way in which a tool refuses its input."""

from typing import NoReturn

Path = tuple[str | int, ...]


class ToolInputError(ValueError):
    """Input that cannot be drawn, told in one Indonesian sentence that names the place.

    `path` holds the same place for programs: keys, and positions counted from 1, so that a form can mark the cell;
    `problem` is the sentence without the place.
    """

    def __init__(self, sentence: str, path: Path = (), problem: str = "") -> None:
        super().__init__(sentence)
        self.path = path
        self.problem = problem


def place_words(path: Path) -> str:
    """`("samples", 2, 4)` as `"samples" ke-2, ke-4`."""
    words = ""
    for step in path:
        if isinstance(step, int):
            words += f" ke-{step}" if words.endswith('"') else f", ke-{step}"
        else:
            words += f', "{step}"' if words else f'"{step}"'
    return words.removeprefix(", ") or "data"


def refuse(path: Path, problem: str) -> NoReturn:
    """Raise ToolInputError; `problem` is a predicate such as `harus berupa angka`."""
    raise ToolInputError(f"Isi {place_words(path)} {problem}.", path, problem)
