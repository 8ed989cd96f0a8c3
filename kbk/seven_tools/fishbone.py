"""Diagram sebab-akibat (tulang ikan, Ishikawa): causes of one effect, ordered by category, down to their roots."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.fishbone_drawing import draw_bones, width_for
from kbk.seven_tools.numerals import listed
from kbk.seven_tools.parsing import NAME_LENGTH, Reader, check_unlike

DEFAULT_CATEGORIES = ("Manusia", "Mesin/Alat", "Metode", "Material", "Lingkungan")
MOST_CATEGORIES = 10
MOST_CAUSES = 200
MOST_LEVELS = 6

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause; `causes` are the answers to "why?" about it. A root is boxed in the drawing."""

    text: str
    root: bool
    causes: tuple["Cause", ...]

    @property
    def depth(self) -> int:
        return 1 + max((cause.depth for cause in self.causes), default=0)

    def walk(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], "Cause"]]:
        """This cause and all below it, each with the texts that lead to it."""
        here = (*path, self.text)
        yield here, self
        for cause in self.causes:
            yield from cause.walk(here)

    def to_json(self) -> dict[str, object]:
        return {"text": self.text, "root": self.root, "causes": [cause.to_json() for cause in self.causes]}


@dataclass(frozen=True, slots=True)
class Category:
    """A main bone with its causes; `ways` are all causes below it, each with the texts that lead to it."""

    name: str
    causes: tuple[Cause, ...]
    ways: tuple[tuple[tuple[str, ...], Cause], ...] = field(init=False)

    def __post_init__(self) -> None:
        ways = chain.from_iterable(cause.walk((self.name,)) for cause in self.causes)
        object.__setattr__(self, "ways", tuple(ways))


@dataclass(frozen=True, slots=True)
class Fishbone:
    """The effect and the main bones that lead to it."""

    caption: Caption
    effect: str
    categories: tuple[Category, ...]

    @property
    def ways(self) -> Iterator[tuple[tuple[str, ...], Cause]]:
        """Every cause with the way to it: category first."""
        return chain.from_iterable(category.ways for category in self.categories)

    @property
    def count(self) -> int:
        return sum(len(category.ways) for category in self.categories)

    @property
    def levels(self) -> int:
        return max((cause.depth for category in self.categories for cause in category.causes), default=0)

    @property
    def leaves(self) -> tuple[tuple[str, ...], ...]:
        """Ways to the causes that no further "why?" was asked about."""
        return tuple(path for path, cause in self.ways if not cause.causes)

    @property
    def roots(self) -> tuple[tuple[str, ...], ...]:
        return tuple(path for path, cause in self.ways if cause.root)

    def to_json(self) -> dict[str, object]:
        categories = [
            {"name": category.name, "causes": [cause.to_json() for cause in category.causes]}
            for category in self.categories
        ]
        return {
            "effect": self.effect,
            "categories": categories,
            "count": self.count,
            "levels": self.levels,
            "leaves": [list(path) for path in self.leaves],
            "roots": [list(path) for path in self.roots],
        }


def parse(data: Mapping[str, object]) -> Fishbone:
    """Read `effect` and `categories`, a list of {"name", "causes"} or an object {"Manusia": [causes], …}.

    A cause is a text or {"text", "root", "causes"}, nested up to 6 deep. Raises ToolInputError.
    """
    reader = Reader(data).fields("effect", "categories", *CAPTION_FIELDS)
    at = reader.at("categories")
    if isinstance(at.value, Mapping):
        pairs = [
            (Reader(name, at.path), Reader(causes, (*at.path, str(name))))
            for name, causes in at.value.items()
        ]
        if not 1 <= len(pairs) <= MOST_CATEGORIES:
            at.fail(f"memuat {len(pairs)} kategori; harus 1 sampai {MOST_CATEGORIES}")
    else:
        rows = [row.fields("name", "causes") for row in at.rows(1, MOST_CATEGORIES)]
        pairs = [(row.at("name"), row.at("causes")) for row in rows]
    names = [name.text(60) for name, _ in pairs]
    check_unlike([name for name, _ in pairs], names)
    categories = tuple(
        Category(name, _causes(causes, 1)) for name, (_, causes) in zip(names, pairs, strict=True)
    )
    result = Fishbone(parse_caption(reader, "Diagram sebab-akibat"), reader.at("effect").text(), categories)
    if not 1 <= result.count <= MOST_CAUSES:
        at.fail(f"memuat {result.count} penyebab; harus 1 sampai {MOST_CAUSES}")
    return result


def _causes(reader: Reader, level: int) -> tuple[Cause, ...]:
    rows = reader.rows(0, MOST_CAUSES)
    if rows and level > MOST_LEVELS:
        reader.fail(f"bertingkat lebih dari {MOST_LEVELS}")
    return tuple(_cause(row, level) for row in rows)


def _cause(reader: Reader, level: int) -> Cause:
    if isinstance(reader.value, str):
        return Cause(reader.text(NAME_LENGTH), False, ())
    reader.fields("text", "root", "causes")
    inner = _causes(reader.at("causes"), level + 1) if reader.has("causes") else ()
    root = reader.has("root") and reader.at("root").flag()
    return Cause(reader.at("text").text(NAME_LENGTH), root, inner)


def notes(result: Fishbone) -> list[str]:
    """What the fishbone says, in sentences."""
    roots = [path[-1] for path in result.roots]
    if len(roots) > _MOST_NAMED:
        return [f"{len(roots)} akar masalah ditandai dengan bingkai."]
    return [f"Akar masalah (berbingkai): {listed(roots, len(roots))}."] if roots else []


def table(result: Fishbone) -> DataTable:
    """The data of the fishbone as rows, for readers who do not see the drawing."""
    rows = [
        (path[0], " – ".join(path[1:]), str(len(path) - 1), "akar masalah" if cause.root else "")
        for path, cause in result.ways
    ]
    columns = [("Kategori", False), ("Penyebab", False), ("Tingkat", True), ("Keterangan", False)]
    return data_table(f"{result.caption.title}: {result.effect}", columns, rows)


def draw(result: Fishbone) -> str:
    """The fishbone as SVG text."""
    canvas, y = open_frame(result.caption, width_for(result.categories))
    y = draw_bones(canvas, y, result.effect, result.categories)
    named = [f"{category.name}: {len(category.ways)}." for category in result.categories]
    description = " ".join([f"{result.count} penyebab dari: {result.effect}.", *named])
    return close_frame(canvas, y, result.caption, notes(result), description)
