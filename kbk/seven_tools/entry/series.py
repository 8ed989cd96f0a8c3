"""Entries of named series, one column each: line chart, bar chart, radar."""

from kbk.seven_tools.entry.model import Data, Entry, Typed
from kbk.seven_tools.entry.places import by_column
from kbk.seven_tools.entry.settings import Answers, Setting, SettingKind
from kbk.seven_tools.entry.table import OR_ZERO, Column, Table

_TARGET = Setting(
    "target", "Target", SettingKind.NUMBER, hint="Digambar sebagai garis mendatar; kosongkan bila tidak ada."
)
_Y_LABEL = Setting(
    "y_label", "Nama sumbu tegak", hint="Yang diukur dan satuannya, misalnya keluhan per bulan."
)


def _write_line_chart(table: Table, answers: Answers) -> Data:
    """A blank cell is a gap in the line."""
    table.check_headings(1, "angka")
    series = [
        {"name": table.headings[column], "values": [table.number_or_none(row, column) for row in table.rows]}
        for column in range(1, len(table.headings))
    ]
    return {"x": table.texts(0), "series": series} | answers.given("target", "x_label", "y_label")


LINE_CHART = Entry(
    kind="line-chart",
    purpose="Menunjukkan naik turunnya suatu angka dari waktu ke waktu; dipakai untuk melihat kecenderungan dan "
    "jaraknya dari target.",
    columns=(Column("Waktu", hint="Bulan, minggu, atau hari, urut dari yang terdahulu."),),
    further=Column("Angka", numeric=True, hint="Satu kolom untuk tiap garis; sel kosong memutus garisnya."),
    begin=("Jumlah",),
    write=_write_line_chart,
    locate=by_column,
    settings=(
        _TARGET,
        Setting("x_label", "Nama sumbu mendatar", hint="Misalnya bulan pada tahun 2024."),
        _Y_LABEL,
    ),
    example=Typed(
        {
            "title": "Keluhan warga Kelurahan Tugurejo tahun 2024",
            "target": "30",
            "x_label": "Bulan",
            "y_label": "Keluhan per bulan",
            "source": "Kotak saran dan kanal aduan",
        },
        "Waktu\tKeluhan\nJan\t94\nFeb\t90\nMar\t97\nApr\t80\nMei\t71\nJun\t66\n"
        "Jul\t50\nAgu\t41\nSep\t37\nOkt\t33\nNov\t30\nDes\t27",
    ),
)


def _write_bar_chart(table: Table, answers: Answers) -> Data:
    return {"categories": table.names(table.rows), "series": _full_series(table)} | answers.given(
        "target", "x_label", "y_label"
    )


def _full_series(table: Table) -> list[Data]:
    """One series per column after the first, without gaps."""
    table.check_headings(1, "angka")
    return [
        {"name": table.headings[column], "values": [table.number(row, column, OR_ZERO) for row in table.rows]}
        for column in range(1, len(table.headings))
    ]


BAR_CHART = Entry(
    kind="bar-chart",
    purpose="Membandingkan besarnya beberapa hal secara berdampingan; dipakai bila yang dibandingkan bukan urutan "
    "waktu.",
    columns=(Column("Kategori", hint="Yang dibandingkan, misalnya kelurahan atau unsur layanan."),),
    further=Column("Angka", numeric=True, hint="Satu kolom untuk tiap batang, misalnya Sebelum dan Sesudah."),
    begin=("Jumlah",),
    write=_write_bar_chart,
    locate=by_column,
    settings=(
        _TARGET,
        Setting("x_label", "Nama sumbu mendatar", hint="Misalnya unsur layanan."),
        _Y_LABEL,
    ),
    example=Typed(
        {
            "title": "Survei kepuasan masyarakat",
            "target": "3,5",
            "x_label": "Unsur layanan",
            "y_label": "Nilai rata-rata (1–4)",
            "source": "Survei 120 pemohon, Maret dan September 2024",
        },
        "Kategori\tSebelum\tSesudah\n"
        "Ketelitian\t2,8\t3,6\nKecepatan\t2,1\t3,5\nKeramahan\t3,4\t3,7\nKejelasan\t2,5\t3,4",
    ),
)


def _write_radar(table: Table, answers: Answers) -> Data:
    return {"axes": table.names(table.rows), "series": _full_series(table)} | answers.given("highest")


RADAR = Entry(
    kind="radar",
    purpose="Menunjukkan kemampuan anggota pada beberapa bidang sekaligus; dipakai untuk membandingkan sebelum dan "
    "sesudah kegiatan.",
    columns=(Column("Kemampuan", hint="Bidang yang dinilai, 3 sampai 12 baris."),),
    further=Column("Nilai", numeric=True, hint="Satu kolom untuk tiap anggota, atau Sebelum dan Sesudah."),
    begin=("Sebelum", "Sesudah"),
    write=_write_radar,
    locate=by_column,
    settings=(
        Setting(
            "highest", "Nilai tertinggi", SettingKind.NUMBER, hint="Ujung skalanya, misalnya 5 atau 100."
        ),
    ),
    example=Typed(
        {
            "title": "Kemampuan anggota KBK Melati",
            "highest": "5",
            "source": "Penilaian diri, Januari dan Juli 2024",
        },
        "Kemampuan\tSebelum\tSesudah\n"
        "Memahami langkah TULTA\t2\t4\nKerja sama\t3\t4,5\nMengolah data\t1,5\t4\nPresentasi\t2\t3\nKomputer\t3\t4",
    ),
)
