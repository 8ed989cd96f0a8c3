"""The entry of the fishbone: a tree typed as lines, where a blank cell means the one above."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kbk.seven_tools.entry.model import Data, Entry, Typed
from kbk.seven_tools.entry.places import Place
from kbk.seven_tools.entry.settings import Answers, Setting, SettingKind
from kbk.seven_tools.entry.table import Column, Row, Table
from kbk.seven_tools.errors import Path
from kbk.seven_tools.parsing import same_name

_USUAL_WHYS = 3
_MOST_WHYS = 5
_MARKS = {"ya": True, "y": True, "x": True, "v": True, "✓": True, "√": True, "akar": True, "1": True} | {
    "tidak": False,
    "bukan": False,
    "-": False,
}
_WHYS = Setting(
    "levels",
    "Banyaknya kolom mengapa",
    SettingKind.CHOICE,
    hint="Berapa kali paling banyak bertanya mengapa tentang satu penyebab.",
    choices=tuple(
        ("", f"{many} kolom (lazim)") if many == _USUAL_WHYS else (str(many), f"{many} kolom")
        for many in range(1, _MOST_WHYS + 1)
    ),
    reshapes=True,
)


@dataclass(slots=True)
class _Node:
    """A category or a cause, and the cell where it was typed."""

    text: str
    row: Row
    column: int
    root: bool = False
    causes: "dict[str, _Node]" = field(default_factory=dict)

    def data(self) -> object:
        """The cause as the tool takes it."""
        if not self.root and not self.causes:
            return self.text
        return {
            "text": self.text,
            "root": self.root,
            "causes": [cause.data() for cause in self.causes.values()],
        }


def _columns(settings: Mapping[str, str]) -> tuple[Column, ...]:
    typed = settings.get(_WHYS.key, "").strip()
    many = int(typed) if typed and typed in dict(_WHYS.choices) else _USUAL_WHYS
    return (
        Column("Kategori", hint="Tulang utama: Manusia, Mesin/Alat, Metode, Material, Lingkungan."),
        Column("Penyebab", hint="Sel kosong berarti sama dengan yang di atasnya."),
        *(
            Column(f"Mengapa {at}", hint="Jawaban atas mengapa yang di kirinya terjadi.")
            for at in range(1, many + 1)
        ),
        Column("Akar", hint="Tulislah ya bila sel terakhir baris ini akar masalah."),
    )


def _lines(table: Table) -> Iterator[tuple[Row, list[str]]]:
    """Each line with its full way from the category on, taken over from the line above where cells are blank."""
    above: list[str] = []
    for row in table.rows:
        cells = row.cells[:-1]
        way: list[str] = []
        depth = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
        if depth == 0:
            raise table.fail(row, 1, "belum diisi")
        for column, cell in enumerate(cells[:depth]):
            if not cell:
                same_so_far = [same_name(text) for text in above[:column]] == [
                    same_name(text) for text in way
                ]
                if not same_so_far or len(above) <= column:
                    raise table.fail(row, column, "belum diisi")
                cell = above[column]
            way.append(cell)
        above = way
        yield row, way


def _tree(table: Table) -> dict[str, _Node]:
    """The categories in the order of their first line; the same way twice is one. Raises EntryError."""
    categories: dict[str, _Node] = {}
    for row, way in _lines(table):
        level = categories
        for column, text in enumerate(way):
            node = level.setdefault(same_name(text), _Node(text, row, column))
            level = node.causes
        last = len(table.headings) - 1
        if row.cells[last] and table.meaning(row, last, _MARKS, "“ya” atau kosong"):
            if len(way) == 1:
                raise table.fail(row, 1, "belum diisi, padahal baris ini ditandai sebagai akar masalah")
            node.root = True
    return categories


def _write(table: Table, answers: Answers) -> Data:
    answers.choice(_WHYS.key)
    categories = [
        {"name": node.text, "causes": [cause.data() for cause in node.causes.values()]}
        for node in _tree(table).values()
    ]
    return {"categories": categories} | answers.given("effect")


def _locate(path: Path, table: Table) -> Place:
    level, node = _tree(table), None
    for step in path:
        if isinstance(step, int):
            node = list(level.values())[step - 1]
            level = node.causes
    return Place(node.row, node.column) if node else Place(counted="kategori")


FISHBONE = Entry(
    kind="fishbone",
    purpose="Menguraikan sebab suatu masalah menurut kategori sampai ke akarnya; dipakai saat seluruh anggota "
    "mencari penyebab bersama.",
    columns=_columns({}),
    columns_for=_columns,
    write=_write,
    locate=_locate,
    settings=(
        Setting(
            "effect",
            "Akibat",
            hint="Masalah yang dicari sebabnya, sebaiknya dengan angka.",
            required=True,
        ),
        _WHYS,
    ),
    example=Typed(
        {
            "effect": "Penerbitan akta kelahiran lebih dari 3 hari",
            "title": "Mengapa penerbitan akta terlambat?",
            "source": "Curah pendapat seluruh anggota, 12 Maret 2024",
        },
        "Kategori\tPenyebab\tMengapa 1\tMengapa 2\tMengapa 3\tAkar\n"
        "Manusia\tPetugas kurang teliti\tBelum dilatih\tAnggaran latihan dipangkas\t\tya\n"
        "\tPetugas sering diganti\t\t\t\t\n"
        "Mesin/Alat\tPemindai lambat\tUsia alat 9 tahun\t\t\tya\n"
        "Metode\tBerkas diperiksa dua kali\tTidak ada daftar periksa\t\t\tya\n"
        "\tTanda tangan menunggu pejabat\t\t\t\t\n"
        "Material\tFormulir lama masih beredar\t\t\t\t\n"
        "\tBlangko sering habis\t\t\t\t\n"
        "Lingkungan\tRuang tunggu sempit\t\t\t\t",
    ),
)
