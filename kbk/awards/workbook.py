"""The ranking list as an Excel file, for those who count on with it.

Numbers are numbers in full, shown with as many decimals as the printed list; beside them stands the exact value as
text, since a fraction such as 247/3 has no finite decimal. No text is ever taken for a formula or a link. The one
formula says how many rows are shown, so that a filtered list cannot pass for the whole on paper.
"""

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kbk.awards.papers import RankingPaper, RankingRow
from kbk.indonesian import format_exact, weekday_date

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "default_date_format": "dd/mm/yyyy",
}
_SHOWN, _SHOWN_ROW = "Kelompok yang tampak: ", 5
_TITLE_ROWS = 6
_A4 = 9


def ranking_workbook(paper: RankingPaper) -> bytes:
    """The same list as ``render_ranking`` as .xlsx: a sheet Peringkat and a sheet Penjelasan."""
    return rankings_workbook([paper])


def rankings_workbook(papers: Sequence[RankingPaper]) -> bytes:
    """Several lists in one .xlsx, each with its two sheets, numbered when there is more than one."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties(
            {"title": f"{papers[0].title} – {papers[0].edition}", "author": "", "company": ""}
        )
        for number, paper in enumerate(papers, start=1):
            formats = _formats(book, paper.decimals)
            suffix = f" {number}" if len(papers) > 1 else ""
            _write_list(book.add_worksheet(f"Peringkat{suffix}"), paper, formats)
            _write_notes(book.add_worksheet(f"Penjelasan{suffix}"), paper, formats)
    return target.getvalue()


def _formats(book: xlsxwriter.Workbook, decimals: int) -> dict[str, Format]:
    cell = {"valign": "top", "border": 1, "border_color": "#C4C8D4"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({}),
        "head": book.add_format(
            cell | {"bold": True, "bg_color": "#E8ECF6", "font_color": "#1A2C5E", "text_wrap": True}
        ),
        "text": book.add_format(cell | {"text_wrap": True}),
        "place": book.add_format(cell | {"bold": True, "align": "center"}),
        "score": book.add_format(cell | {"num_format": "#,##0.00"}),
        "final": book.add_format(cell | {"num_format": f"#,##0.{'0' * decimals}", "bold": True}),
        "exact": book.add_format(cell | {"num_format": "@", "align": "right", "font_color": "#575A66"}),
        "note": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_list(sheet: Worksheet, paper: RankingPaper, formats: dict[str, Format]) -> None:
    heads = _heads(paper)
    titles = (
        paper.title,
        paper.edition,
        f"Tahap {paper.stage} · Kategori {paper.category}",
        paper.pending or f"Nomor: {paper.number or ''}",
        f"{'Keadaan pada' if paper.pending else f'{paper.place},'} {weekday_date(paper.day)}",
    )
    for number, title in enumerate(titles):
        sheet.write_string(number, 0, title, formats["plain" if number else "title"])
    first, number = _TITLE_ROWS + 2, len(paper.rows)
    shown = f'="{_SHOWN}"&SUBTOTAL(103,A{first}:A{first + number - 1})&" dari {number}"'
    sheet.write_formula(_SHOWN_ROW, 0, shown, formats["plain"], f"{_SHOWN}{number} dari {number}")
    sheet.write_row(_TITLE_ROWS, 0, heads, formats["head"])
    for number, row in enumerate(paper.rows, start=_TITLE_ROWS + 1):
        _write_row(sheet, number, row, formats)
    _set_up_print(sheet, paper, len(heads))


def _heads(paper: RankingPaper) -> tuple[str, ...]:
    scores = (*paper.stage_names, "Nilai akhir")
    return (
        "Peringkat",
        "Kelompok Budaya Kerja",
        "Unit kerja",
        *scores,
        "Keterangan",
        *(f"{name} (nilai persis)" for name in scores),
    )


def _write_row(sheet: Worksheet, number: int, row: RankingRow, formats: dict[str, Format]) -> None:
    if row.place is None:
        sheet.write_string(number, 0, "–", formats["place"])
    else:
        sheet.write_number(number, 0, row.place, formats["place"])
    sheet.write_string(number, 1, row.group, formats["text"])
    sheet.write_string(number, 2, row.unit, formats["text"])
    scores = (*row.stage_scores, row.final)
    remark = 3 + len(scores)
    sheet.write_string(number, remark, row.remark, formats["text"])
    for offset, score in enumerate(scores):
        shown, exact = 3 + offset, remark + 1 + offset
        form = formats["final" if offset == len(scores) - 1 else "score"]
        if score is None:
            sheet.write_blank(number, shown, None, form)
            sheet.write_blank(number, exact, None, formats["exact"])
        else:
            sheet.write_number(number, shown, float(score), form)
            sheet.write_string(number, exact, format_exact(score), formats["exact"])


def _set_up_print(sheet: Worksheet, paper: RankingPaper, columns: int) -> None:
    scores = len(paper.stage_names) + 1
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 2, 34)
    sheet.set_column(3, 2 + scores, 13)
    sheet.set_column(3 + scores, 3 + scores, 32)
    sheet.set_column(4 + scores, columns - 1, 18)
    sheet.freeze_panes(_TITLE_ROWS + 1, 2)
    sheet.autofilter(_TITLE_ROWS, 0, _TITLE_ROWS + len(paper.rows), columns - 1)
    sheet.repeat_rows(_TITLE_ROWS)
    sheet.print_area(0, 0, _TITLE_ROWS + len(paper.rows), 3 + scores)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8&F&R&8Halaman &P dari &N")


def _write_notes(sheet: Worksheet, paper: RankingPaper, formats: dict[str, Format]) -> None:
    ties = [f"Peringkat {tie.place}: {', '.join(tie.groups)}. {tie.explanation}" for tie in paper.ties]
    chain = [f"{number}. {step}" for number, step in enumerate(paper.tie_chain, start=1)]
    parts: Sequence[tuple[str, Sequence[str]]] = (
        ("Cara penilaian", paper.method),
        ("Urutan penentu bila nilai sama", chain),
        ("Nilai yang sama", ties),
        ("Halaman pemeriksaan", [paper.check_url] if paper.check_url else []),
    )
    sheet.set_column(0, 0, 110)
    sheet.set_paper(_A4)
    line = 0
    for title, texts in parts:
        if texts:
            sheet.write_string(line, 0, title, formats["title"])
            for text in texts:
                line += 1
                sheet.write_string(line, 0, text, formats["note"])
            line += 2
