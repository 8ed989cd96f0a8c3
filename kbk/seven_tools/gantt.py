"""Jadwal rencana dan realisasi: a Gantt chart with planned and actual bars, and how late each row was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.canvas import MIDDLE, Canvas
from kbk.seven_tools.drawing.frame import PAD, close_frame, open_frame
from kbk.seven_tools.drawing.legend import bar_symbol, draw_legend, line_symbol
from kbk.seven_tools.drawing.look import (
    AXIS_LINE,
    BAR,
    GRID_LINE,
    INDIGO,
    SIGNAL,
    SMALL,
    line_style,
    shape_style,
)
from kbk.seven_tools.drawing.scales import Scale
from kbk.seven_tools.drawing.text import text_width, wrap
from kbk.seven_tools.numerals import date_text, month_text, number_text
from kbk.seven_tools.parsing import Reader

MOST_ROWS = 60
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_DAYS = 20 * 366

_NAME_ROOM = 190.0
_BAR_HEIGHT = 9.0
_ROW_HEIGHT = 30.0
_PLAN = shape_style("#e3cba6", "#8a5a2b")
_TODAY = line_style(SIGNAL, 1.3, "6 4")
_OPEN_END = line_style(INDIGO, 2, "2 3")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included; `end` is None while the work goes on."""

    start: date
    end: date | None

    def days(self) -> int | None:
        return None if self.end is None else (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One step with its planned span and, once begun, the actual one."""

    name: str
    plan: Span
    actual: Span | None

    @property
    def delay_days(self) -> int | None:
        """Days the work ended after (or, below 0, before) the planned end; None while it is not done."""
        if self.actual is None or self.actual.end is None or self.plan.end is None:
            return None
        return (self.actual.end - self.plan.end).days


@dataclass(frozen=True, slots=True)
class Gantt:
    """Steps over time, planned and actual."""

    caption: Caption
    rows: tuple[GanttRow, ...]
    today: date | None

    def to_json(self) -> dict[str, object]:
        rows = [
            {
                "name": row.name,
                "planned_days": row.plan.days(),
                "actual_days": row.actual.days() if row.actual else None,
                "delay_days": row.delay_days,
            }
            for row in self.rows
        ]
        done = sum(row.delay_days is not None for row in self.rows)
        late = sum((row.delay_days or 0) > 0 for row in self.rows)
        return {"rows": rows, "done": done, "late": late}


def parse(data: Mapping[str, object]) -> Gantt:
    """Read `rows`: [{"name", "plan": ["2024-05-01", "2024-05-14"], "actual": [start, end]}].

    `actual` may be missing, or end in null while work goes on; then `today` must be given. Raises ToolInputError.
    """
    reader = Reader(data).fields("rows", "today", *CAPTION_FIELDS)
    today = _day(reader.at("today")) if reader.has("today") else None
    rows = tuple(
        _row(row.fields("name", "plan", "actual"), today) for row in reader.at("rows").rows(1, MOST_ROWS)
    )
    first, last = _ends(rows, today)
    if (last - first).days > MOST_DAYS:
        reader.at("rows").fail("merentang lebih dari 20 tahun")
    return Gantt(parse_caption(reader, "Jadwal rencana dan realisasi"), rows, today)


def _row(reader: Reader, today: date | None) -> GanttRow:
    plan = _span(reader.at("plan"))
    if plan.end is None:
        reader.at("plan").fail("harus menyebut hari mulai dan hari selesai")
    actual = _span(reader.at("actual")) if reader.has("actual") else None
    if actual is not None and actual.end is None:
        if today is None:
            reader.at("actual").fail('belum selesai sehingga memerlukan "today"')
        if actual.start > today:
            reader.at("actual").fail('dimulai setelah "today"')
    return GanttRow(reader.at("name").text(), plan, actual)


def _span(reader: Reader) -> Span:
    start, end = reader.rows(2, 2)
    span = Span(_day(start), None if end.value is None else _day(end))
    if span.end is not None and span.end < span.start:
        reader.fail("selesai sebelum mulai")
    return span


def _day(reader: Reader) -> date:
    text = reader.text(10)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        reader.fail(f'harus berupa tanggal seperti 2024-08-02, bukan "{text}"')
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        reader.fail(f"harus berupa tanggal dari tahun {FIRST_YEAR} sampai {LAST_YEAR}")
    return day


def _ends(rows: tuple[GanttRow, ...], today: date | None) -> tuple[date, date]:
    days = [
        day
        for row in rows
        for span in (row.plan, row.actual)
        if span
        for day in (span.start, span.end)
        if day
    ]
    days += [today] if today else []
    return min(days), max(days)


def table(result: Gantt) -> DataTable:
    """The data of the Gantt chart as rows, for readers who do not see the drawing."""
    columns = [("Kegiatan", False), ("Rencana", False), ("Realisasi", False), ("Keterangan", False)]
    rows = [
        (row.name, _span_words(row.plan), _span_words(row.actual), _delay_words(row)) for row in result.rows
    ]
    return data_table(result.caption.title, columns, rows)


def _span_words(span: Span | None) -> str:
    if span is None:
        return "belum mulai"
    return f"{date_text(span.start)} sampai {date_text(span.end) if span.end else 'sekarang'}"


def _delay_words(row: GanttRow) -> str:
    if row.delay_days is None:
        return "belum selesai"
    if row.delay_days == 0:
        return "tepat waktu"
    return f"{number_text(abs(row.delay_days))} hari lebih {'lambat' if row.delay_days > 0 else 'cepat'}"


def notes(result: Gantt) -> list[str]:
    """What the Gantt chart says, in sentences."""
    done = [row.delay_days for row in result.rows if row.delay_days is not None]
    late = sum(delay > 0 for delay in done)
    return [f"Selesai {len(done)} dari {len(result.rows)} kegiatan; {late} di antaranya terlambat."]


def draw(result: Gantt) -> str:
    """The Gantt chart as SVG text."""
    canvas, y = open_frame(result.caption)
    first, last = _ends(result.rows, result.today)
    wrapped = [wrap(row.name, _NAME_ROOM, SMALL) for row in result.rows]
    room = max(text_width(line, SMALL) for lines in wrapped for line in lines)
    left, right = PAD + room + 10, canvas.width - PAD - 6
    x = Scale(0, (last - first).days + 1, left, right)
    heights = [max(_ROW_HEIGHT, len(lines) * SMALL.leading + 8) for lines in wrapped]
    top, bottom = y + 20, y + 20 + sum(heights)
    _draw_calendar(canvas, x, first, last, top, bottom)
    for row, lines, height in zip(result.rows, wrapped, heights, strict=True):
        canvas.lines(PAD, top + (height - len(lines) * SMALL.leading) / 2, lines, SMALL)
        _draw_bars(canvas, row, result.today, first, x, top + height / 2)
        top += height
        canvas.line(PAD, top, right, top, GRID_LINE)
    if result.today is not None:
        at = x((result.today - first).days + 0.5)
        canvas.line(at, y + 20, at, bottom, _TODAY)
    entries = [(bar_symbol(_PLAN), "Rencana"), (bar_symbol(BAR), "Realisasi")]
    entries += [(line_symbol(_TODAY), f"Hari ini, {date_text(result.today)}")] if result.today else []
    y = draw_legend(canvas, bottom + 8, entries)
    sentences = notes(result)
    return close_frame(canvas, y, result.caption, sentences, " ".join(sentences))


def _draw_bars(
    canvas: Canvas, row: GanttRow, today: date | None, first: date, x: Scale, middle: float
) -> None:
    """Plan above, actual below; work that goes on ends in dots at today."""
    for span, top, style in ((row.plan, middle - _BAR_HEIGHT - 1, _PLAN), (row.actual, middle + 1, BAR)):
        if span is not None:
            end = span.end or today or span.start
            left, right = x((span.start - first).days), x((end - first).days + 1)
            canvas.rect(left, top, right - left, _BAR_HEIGHT, style)
            if span.end is None:
                canvas.line(right, top, right, top + _BAR_HEIGHT, _OPEN_END)


def _draw_calendar(canvas: Canvas, x: Scale, first: date, last: date, top: float, bottom: float) -> None:
    """Dates above the bars at the finest step whose labels have room."""
    marks, edge = [], 0.0
    for day, words in _calendar(first, last, x.factor):
        at = x((day - first).days)
        marks.append(f"M{at:.1f} {top:.1f}V{bottom:.1f}")
        half = text_width(words, SMALL) / 2
        middle = max(min(at, canvas.width - half - 2), x.start + half - 8)
        if middle - half > edge:
            canvas.text(middle, top - 6, words, SMALL, MIDDLE)
            edge = middle + half + 4
    canvas.path("".join(marks), GRID_LINE)
    canvas.line(x.start, top, x.end, top, AXIS_LINE)


def _calendar(first: date, last: date, per_day: float) -> list[tuple[date, str]]:
    for step in (1, 2, 7, 14):
        words = date_text(date(2024, 8, 30))
        if step * per_day >= text_width(words, SMALL) + 8:
            days = [first + timedelta(days) for days in range(0, (last - first).days + 1, step)]
            return [(day, date_text(day)) for day in days]
    for months in (1, 2, 3, 6, 12, 24, 60):
        if months * 30 * per_day >= text_width("Agu 2024", SMALL) + 8:
            break
    starts = []
    year, month = first.year, first.month
    while (day := date(year, month, 1)) <= last:
        begins_step = (month - 1) % min(months, 12) == 0 and year % max(months // 12, 1) == 0
        if day >= first and begins_step:
            starts.append((day, month_text(day)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return starts or [(first, date_text(first))]
