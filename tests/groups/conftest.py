"""Lists for the imports, as people keep them."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

REAL_LIST = Path(__file__).parent / "data" / "daftar-kbk.xlsx"


@pytest.fixture
def real_list() -> bytes:
    """A committee's own workbook with everything that goes wrong in one."""
    return REAL_LIST.read_bytes()


@pytest.fixture
def workbook() -> Callable[[Sequence[Sequence[object]]], bytes]:
    """Make an Excel file of rows."""

    def make(rows: Sequence[Sequence[object]]) -> bytes:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
            sheet = book.add_worksheet("Daftar")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return buffer.getvalue()

    return make
