"""The papers of a result: ranking list, berita acara and certificates.

Frozen descriptions of what stands on a paper, and functions that print them. Nothing here decides who won or
how a tie was settled: places, remarks and notes arrive finished.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kbk.indonesian import telling_places
from kbk.pdf.measure import SERIF_ITALIC, text_width
from kbk.pdf.qr import qr_picture
from kbk.pdf.rendering import render_pdf
from kbk.pdf.series import Sheet, render_series
from kbk.pdf.templates import fill_template

Score = Decimal | Fraction

_STAGES_ON_PORTRAIT = 2
_JUDGES_ON_PORTRAIT = 7
_SIDE_BY_SIDE = 12
# What the recipient's name may measure in type sizes, for each style of lettering on a certificate: the
# first three take one line, the others two. The styles are those of certificate.css.
_LETTERINGS = (
    (18.0, "huruf-1"),
    (21.5, "huruf-2"),
    (25.0, "huruf-3"),
    (50.0, "huruf-4"),
    (60.0, "huruf-5"),
    (76.0, "huruf-6"),
)
_SMALLEST_LETTERING = "huruf-7"


@dataclass(frozen=True)
class Letterhead:
    """The kop surat: lines from the highest office down, the last one largest.

    ``logo`` is a PNG or JPEG picture of the region's emblem.
    """

    lines: tuple[str, ...]
    address: str = ""
    contact: str = ""
    logo: bytes | None = None


@dataclass(frozen=True)
class Signatory:
    """Who signs, above a blank area for the signature and the stamp.

    A mayor has neither rank nor NIP on papers. ``on_behalf_of`` is the position in whose name a deputy
    signs (a.n.). ``place`` and ``day`` stand above the position; a missing day is left to be written in.
    """

    position: str
    name: str
    nip: str | None = None
    rank: str | None = None
    on_behalf_of: str | None = None
    place: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class RankingRow:
    """One entry: ``place`` is None when it has no final score; a missing stage score is None, never zero."""

    place: int | None
    group: str
    unit: str
    stage_scores: tuple[Score | None, ...]
    final: Score | None
    remark: str = ""


@dataclass(frozen=True)
class TieNote:
    """A tie that mattered: the groups, and in words how the chain or the panel settled it."""

    place: int
    groups: tuple[str, ...]
    explanation: str


@dataclass(frozen=True)
class RankingPaper:
    """The ranking of one category in one stage.

    ``rows`` come in the order of the list, their ``stage_scores`` in the order of ``stage_names``.
    ``cut_after`` is the number of rows above the line called ``cut_label``. ``number`` is left blank for the
    registry when None. ``pending`` says why this is no result yet; such a paper is neither numbered nor signed.
    """

    letterhead: Letterhead
    title: str
    number: str | None
    edition: str
    stage: str
    category: str
    place: str
    day: date
    stage_names: tuple[str, ...]
    rows: tuple[RankingRow, ...]
    method: tuple[str, ...] = ()
    tie_chain: tuple[str, ...] = ()
    ties: tuple[TieNote, ...] = ()
    cut_after: int | None = None
    cut_label: str = "Batas lolos"
    judges: tuple[Signatory, ...] = ()
    acknowledged_by: Signatory | None = None
    check_url: str | None = None
    pending: str = ""

    @property
    def decimals(self) -> int:
        """With how many decimals final scores are printed, so that different ones look different."""
        return telling_places(row.final for row in self.rows)


@dataclass(frozen=True)
class PanelMember:
    """A judge in a berita acara: ``label`` is what tables call the judge, ``standing`` the office on the panel.

    ``office`` is the judge's position and institution; ``sheets`` how many sheets count, ``last`` when the last
    of them was signed, in words.
    """

    label: str
    name: str
    standing: str
    office: str
    nip: str | None = None
    present: bool = True
    sheets: int = 0
    last: str = ""


@dataclass(frozen=True)
class CriterionRow:
    """One criterion of the rubric with its weight, the range of its marks, and its turn in parting equal scores."""

    aspect: str
    name: str
    scale: str
    weight: Decimal
    turn: int | None = None


@dataclass(frozen=True)
class SheetTable:
    """The totals of every sheet of a category, judge by judge; what is no total is a word."""

    category: str
    judges: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Score | str, ...]], ...]


@dataclass(frozen=True)
class OutsideList:
    """Groups that did not take part, for the same reason; ``title`` names the reason."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class MinutesPaper:
    """The berita acara of the judging of a stage, signed by its panel and the one who acknowledges it.

    ``activity`` says what the panel did, to follow "telah melaksanakan". ``results`` are the rankings of the
    categories, of which tables and ties are printed. ``fingerprint`` is the seal of the marks. A ``draft`` says on
    every page that it is none to be signed.
    """

    letterhead: Letterhead
    title: str
    number: str | None
    edition: str
    stage: str
    venue: str
    place: str
    day: date
    panel: tuple[PanelMember, ...]
    activity: str
    method: tuple[str, ...]
    results: tuple[RankingPaper, ...]
    not_counted: tuple[str, ...] = ()
    rubric: str = ""
    criteria: tuple[CriterionRow, ...] = ()
    sheets: tuple[SheetTable, ...] = ()
    outside: tuple[OutsideList, ...] = ()
    acknowledged_by: Signatory | None = None
    fingerprint: str | None = None
    check_url: str | None = None
    draft: bool = False

    @property
    def wide_annex(self) -> bool:
        """Whether the totals of all judges need a page on its side."""
        return any(len(table.judges) > _JUDGES_ON_PORTRAIT for table in self.sheets)

    @property
    def signs_in_rows(self) -> bool:
        """Whether the panel signs in the rows of a table, which may go over a page, and not side by side."""
        return len(self.panel) > _SIDE_BY_SIDE

    @property
    def signers(self) -> tuple[Signatory, ...]:
        """The panel as it signs."""
        return tuple(Signatory(member.standing, member.name, member.nip) for member in self.panel)

    @property
    def absent(self) -> tuple[str, ...]:
        """Names of judges who were not there."""
        return tuple(member.name for member in self.panel if not member.present)


@dataclass(frozen=True)
class CertificatePaper:
    """One certificate: ``recipient`` is a group or a person, titles exactly as entered.

    ``award`` is the predicate (Juara I, Harapan II, Finalis, Peserta); ``occasion`` the part of the sentence
    that follows it, from "pada" on. ``number`` is left blank for the registry when None.
    """

    letterhead: Letterhead
    number: str | None
    recipient: str
    award: str
    occasion: str
    signer: Signatory
    certificate_id: str
    check_url: str
    unit: str = ""
    category: str = ""
    members: tuple[str, ...] = ()
    title: str = "Piagam Penghargaan"

    @property
    def spacing(self) -> str:
        """How much room the parts leave each other, so that they never meet the signature below."""
        signer = self.signer
        if self.members:
            return "rapat"
        two_lines = self.lettering not in {style for _width, style in _LETTERINGS[:3]}
        full_signature = signer.on_behalf_of is not None or None not in (signer.rank, signer.nip)
        return "sedang" if two_lines or full_signature or len(self.unit) > 70 else "lapang"

    @property
    def lettering(self) -> str:
        """The style of the recipient's name, smaller for longer names."""
        width = text_width(self.recipient, SERIF_ITALIC)
        return next((style for widest, style in _LETTERINGS if width <= widest), _SMALLEST_LETTERING)


def render_ranking(paper: RankingPaper) -> bytes:
    """The ranking list as PDF, in landscape when there are more than two stages."""
    html = fill_template("ranking.html", paper=paper, landscape=_is_wide(paper))
    return render_pdf(html, assets=_assets(paper.letterhead, paper.check_url))


def render_minutes(paper: MinutesPaper) -> bytes:
    """The berita acara as PDF, with the date in words and its annexes."""
    html = fill_template("minutes.html", paper=paper)
    return render_pdf(html, assets=_assets(paper.letterhead, paper.check_url))


def render_certificate(paper: CertificatePaper) -> bytes:
    """The certificate as PDF, one page A4 landscape."""
    return render_certificates([paper])[0]


def render_certificates(papers: Sequence[CertificatePaper]) -> list[bytes]:
    """One PDF for each certificate, in the order given; those that look alike are printed together."""
    alike: dict[tuple[Letterhead, str], list[int]] = {}
    for number, paper in enumerate(papers):
        alike.setdefault((paper.letterhead, paper.spacing), []).append(number)
    pdfs: dict[int, bytes] = {}
    for (letterhead, spacing), numbers in alike.items():
        series = _render_alike(letterhead, spacing, [papers[number] for number in numbers])
        pdfs.update(zip(numbers, series, strict=True))
    return [pdfs[number] for number in range(len(papers))]


def _render_alike(letterhead: Letterhead, spacing: str, papers: Sequence[CertificatePaper]) -> list[bytes]:
    assets = _assets(letterhead, None)
    sheets = []
    for number, paper in enumerate(papers):
        assets[f"qr-{number}"] = qr_picture(paper.check_url)
        body = fill_template("certificate.html", paper=paper, qr=f"qr-{number}")
        sheets.append(Sheet(f"{paper.title} – {paper.recipient} – {paper.award}", body))
    return render_series(
        sheets,
        head=fill_template("certificate-head.html", title=""),
        backdrop=fill_template("certificate-backdrop.html", letterhead=letterhead, spacing=spacing, title=""),
        assets=assets,
    )


def _is_wide(paper: RankingPaper) -> bool:
    return len(paper.stage_names) > _STAGES_ON_PORTRAIT


def _assets(letterhead: Letterhead, check_url: str | None) -> dict[str, bytes]:
    assets: dict[str, bytes] = {}
    if letterhead.logo is not None:
        assets["lambang"] = letterhead.logo
    if check_url is not None:
        assets["qr"] = qr_picture(check_url)
    return assets
