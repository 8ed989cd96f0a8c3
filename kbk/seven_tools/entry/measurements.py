"""Entries of what is measured: histogram, scatter diagram."""

from kbk.seven_tools.entry.model import Data, Entry, Typed
from kbk.seven_tools.entry.places import Place, by_row
from kbk.seven_tools.entry.settings import Answers, Setting, SettingKind
from kbk.seven_tools.entry.table import Column, Row, Table
from kbk.seven_tools.errors import Path


def _cells(table: Table) -> list[tuple[Row, int]]:
    """The filled cells, line by line."""
    return [(row, column) for row in table.rows for column, cell in enumerate(row.cells) if cell]


def _write_histogram(table: Table, answers: Answers) -> Data:
    """All columns hold values of one kind, as people lay out a hundred of them in ten columns."""
    data: Data = {"values": [table.number(row, column) for row, column in _cells(table)]}
    return data | answers.given("classes", "lower_spec", "upper_spec", "normal_curve", "unit")


def _locate_histogram(path: Path, table: Table) -> Place:
    if len(path) > 1 and isinstance(path[1], int):
        row, column = _cells(table)[path[1] - 1]
        return Place(row, column)
    return Place(counted="nilai")


HISTOGRAM = Entry(
    kind="histogram",
    purpose="Menunjukkan bagaimana hasil pengukuran tersebar; dipakai bila ada sedikitnya 30 angka, misalnya lama "
    "layanan tiap pemohon.",
    columns=(Column("Nilai", numeric=True, hint="Hasil pengukuran, satu angka tiap sel."),),
    further=Column("Nilai", numeric=True, hint="Boleh beberapa kolom; semuanya dihitung bersama."),
    write=_write_histogram,
    locate=_locate_histogram,
    settings=(
        Setting("unit", "Yang diukur dan satuannya", hint="Misalnya lama layanan (menit)."),
        Setting(
            "classes",
            "Banyaknya kelas",
            SettingKind.NUMBER,
            hint="Kosongkan agar ditentukan menurut banyaknya data.",
        ),
        Setting("lower_spec", "Batas terendah", SettingKind.NUMBER, hint="Bila ada standarnya."),
        Setting(
            "upper_spec", "Batas tertinggi", SettingKind.NUMBER, hint="Misalnya 60 bila standarnya 60 menit."
        ),
        Setting(
            "normal_curve",
            "Gambarkan kurva normal",
            SettingKind.FLAG,
            hint="Sebaran yang diharapkan bila hanya kebetulan yang berperan.",
        ),
    ),
    example=Typed(
        {
            "title": "Lama layanan surat pengantar",
            "unit": "Lama layanan (menit)",
            "upper_spec": "45",
            "source": "Nomor antrean Kelurahan Tugurejo, 4–8 Maret 2024",
        },
        "Nilai\n18\n22\n25\n25\n27\n28,5\n29\n30\n31\n31\n32\n33\n33\n34\n34,5\n"
        "35\n35\n36\n36\n37\n38\n38\n39\n40\n41\n42\n43\n45\n47\n52",
    ),
)


def _write_scatter(table: Table, answers: Answers) -> Data:
    data: Data = {
        "x": [table.number(row, 0) for row in table.rows],
        "y": [table.number(row, 1) for row in table.rows],
    }
    return data | answers.given("x_label", "y_label")


SCATTER = Entry(
    kind="scatter",
    purpose="Menunjukkan apakah dua hal yang diukur berubah bersama; dipakai untuk menguji dugaan sebab, sebaiknya "
    "dengan 30 pasang angka atau lebih.",
    columns=(
        Column("X", numeric=True, hint="Yang diduga menjadi sebab."),
        Column("Y", numeric=True, hint="Yang diduga menjadi akibat."),
    ),
    write=_write_scatter,
    locate=by_row({"x": 0, "y": 1}),
    settings=(
        Setting("x_label", "Nama X", hint="Misalnya pemohon per hari (orang)."),
        Setting("y_label", "Nama Y", hint="Misalnya lama menunggu (menit)."),
    ),
    example=Typed(
        {
            "title": "Banyaknya pemohon dan lama menunggu",
            "x_label": "Pemohon per hari (orang)",
            "y_label": "Rata-rata lama menunggu (menit)",
            "source": "Mesin antrean, 30 hari kerja, Januari–Februari 2024",
        },
        "X\tY\n"
        "32\t14,5\n35\t21\n38\t15,5\n40\t26\n41\t17\n43\t21\n45\t30\n46\t18\n48\t22\n50\t33,5\n"
        "51\t23\n53\t20\n54\t35\n56\t29\n57\t24,5\n58\t37\n60\t28\n61\t41\n63\t31,5\n64\t26\n"
        "66\t34\n68\t45\n70\t30\n71\t40\n73\t33\n75\t47\n77\t38\n80\t52\n82\t41,5\n85\t49",
    ),
)
