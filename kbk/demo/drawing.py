"""The diagrams of the demonstration's risalah: the figures of a theme, typed as a group types them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kbk.demo.participants import Theme
from kbk.seven_tools.entry import Typed, entry

_CATEGORIES = ("Metode", "Material", "Mesin/Alat", "Lingkungan", "Manusia")
_MONITORED = (2, 1, 3, 0, 2, 1, 1, 2, 0, 1, 3, 1, 0, 2, 1, 1, 0, 2, 1, 0)
"""Incidents a day after the new standard, for which 20 days are watched."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is typed for one diagram, and below which section it stands."""

    section: str
    kind: str
    typed: Typed


def sketches(theme: Theme, unit: str) -> Iterator[Sketch]:
    """The diagrams of a complete risalah, in reading order."""
    sheet = f"Lembar periksa di {theme.place}, {unit}"
    incidents = list(map(str, theme.counts))
    title = f"Penyebab {theme.problem}"
    settings = {"unit": "Kejadian", "source": f"{sheet}, Januari 2024", "title": title}
    yield _sketch("prioritas", "pareto", settings, zip(theme.causes, incidents, strict=True))
    yield _weeks(theme, sheet)
    yield _fishbone(theme)
    share = Fraction(theme.after, theme.before)
    later = [str(round(count * share)) for count in theme.counts]
    settings = settings | {
        "title": f"{title}, sebelum dan sesudah perbaikan",
        "before_label": "Sebelum (Januari 2024)",
        "after_label": "Sesudah (Mei 2024)",
        "source": f"{sheet}, Januari dan Mei 2024",
    }
    yield _sketch("perbandingan", "pareto", settings, zip(theme.causes, incidents, later, strict=True))
    yield _sketch(
        "sosialisasi",
        "control-chart",
        {
            "type": "c",
            "title": f"Pemantauan {theme.causes[0]} sesudah standar baru",
            "source": f"{sheet}, Juni 2024",
        },
        [(f"{day} Juni", str(count)) for day, count in zip(_working_days(), _MONITORED, strict=False)],
    )


def _weeks(theme: Theme, sheet: str) -> Sketch:
    rows = [(f"Minggu {week}", str(theme.before + shift)) for week, shift in enumerate((2, -1, 0, 1), 1)]
    settings = {
        "title": f"Rata-rata mingguan {theme.problem}",
        "y_label": theme.unit.capitalize(),
        "target": str(theme.after + 1),
        "source": f"{sheet}, Januari 2024",
    }
    heading = entry("line-chart").heading_line(settings).split("\t")[:1]
    return _sketch("kondisi", "line-chart", settings, rows, heading=(*heading, "Sebelum perbaikan"))


def _fishbone(theme: Theme) -> Sketch:
    """Every cause that the text names is a root; two that were talked about and left stand beside them."""
    settings = {
        "effect": theme.problem.capitalize(),
        "title": f"Sebab-akibat {theme.problem}",
        "source": "Curah pendapat seluruh anggota, 12 Februari 2024",
    }
    blank = [""] * (len(entry("fishbone").heading_line(settings).split("\t")) - 3)
    rows = [
        (category, cause, *blank, "ya") for category, cause in zip(_CATEGORIES, theme.causes, strict=False)
    ]
    rows += [("Manusia", "petugas bergantian setiap pekan"), ("Lingkungan", "ruang sempit pada jam ramai")]
    return _sketch("sebab-akibat", "fishbone", settings, rows)


def _working_days() -> Iterator[int]:
    """The days of June 2024 that are neither Saturday nor Sunday, from the third on, when the standard began."""
    return (day for day in range(3, 31) if day % 7 not in {1, 2})


def _sketch(
    section: str,
    kind: str,
    settings: Mapping[str, str],
    rows: Iterator[Sequence[str]] | Sequence[Sequence[str]],
    heading: Sequence[str] = (),
) -> Sketch:
    first = "\t".join(heading) or entry(kind).heading_line(settings)
    return Sketch(section, kind, Typed(settings, "\n".join([first, *("\t".join(row) for row in rows)])))
