"""What stands on the papers of an edition: ranking lists and certificates, filled from decided results."""

from datetime import date
from fractions import Fraction

from flask import current_app

from kbk.awards import queries, service
from kbk.awards.models import Certificate
from kbk.awards.papers import (
    CertificatePaper,
    Letterhead,
    RankingPaper,
    RankingRow,
    Signatory,
    TieNote,
)
from kbk.awards.reasons import tie_sentences
from kbk.awards.tally import CategoryTally, Fate, Row, StageFacts
from kbk.competitions.models import Category, Competition, Stage, StageState
from kbk.competitions.rules import slug
from kbk.errors import NotAllowed, NotFound
from kbk.groups.models import Group
from kbk.indonesian import format_integer, join_words
from kbk.policy import MemberRole
from kbk.web.filters import base_url
from scoring.aggregate import Method, Missing

MOST_JUDGE_COLUMNS = 5
REMARKS = {
    Fate.IN: "Lolos",
    Fate.RESERVE: "Cadangan",
    Fate.OUT: "Tidak lolos",
    Fate.OPEN: "Masih terbuka",
    Fate.TIED: "Menunggu keputusan dewan juri",
    Fate.WAITING: "Menunggu nilai",
    Fate.PRIZE: "",
    Fate.PLACED: "",
}
NO_SCORE = "Tanpa nilai"
"""Said of a group that a stage was closed without."""
METHODS = {
    Method.MEAN: "rata-rata jumlah nilai dari semua lembar juri",
    Method.MEDIAN: "median jumlah nilai dari semua lembar juri",
    Method.TRIMMED: "rata-rata jumlah nilai juri tanpa yang tertinggi dan yang terendah",
    Method.Z_SCORE: "rata-rata skor baku (z) para juri",
    Method.RANK_SUM: "jumlah peringkat dari para juri, yang terkecil paling baik",
    Method.ADDITIVE: "nilai menurut model aditif kelompok dan juri",
}
MISSING = {
    Missing.WAIT: "Peringkat ditetapkan setelah semua lembar lengkap dan ditandatangani.",
    Missing.PRESENT: "Lembar yang tidak lengkap tidak diperhitungkan; nilai kosong tidak dihitung nol.",
    Missing.ADDITIVE: "Lembar yang tidak ada ditaksir dengan model aditif; nilai kosong tidak dihitung nol.",
}


def _address(endpoint: str, **parts: str) -> str:
    """A full address for papers; works outside of a request too."""
    return base_url() + current_app.url_map.bind("localhost").build(endpoint, parts)


def results_url(competition: Competition) -> str:
    """Where the public reads the results of an edition."""
    return _address("public.results", slug=competition.slug)


def check_url(public_id: str) -> str:
    """Where a certificate is checked."""
    return _address("public.check", public_id=public_id)


def occasion(competition: Competition) -> str:
    """The edition's name with its year once."""
    year = str(competition.year)
    return competition.name if year in competition.name else f"{competition.name} Tahun {year}"


def town(competition: Competition) -> str:
    """The place as papers write it before a date: "Semarang" for "Kota Semarang"."""
    return competition.city.removeprefix("Kota ").removeprefix("Kabupaten ")


def letterhead(competition: Competition) -> Letterhead:
    """The edition's kop surat."""
    lines = tuple(line for line in competition.letterhead.splitlines() if line)
    return Letterhead(lines or (f"PEMERINTAH {competition.city.upper()}",), competition.letterhead_address)


def signer(competition: Competition, *, place: str | None = None, day: date | None = None) -> Signatory:
    """Who signs the edition's papers."""
    return Signatory(
        competition.signer_position or "Ketua Panitia",
        competition.signer_name or "………………………",
        competition.signer_nip or None,
        competition.signer_rank or None,
        place=place,
        day=day,
    )


def ranking_paper(
    stage: Stage, category: Category, *, number: str = "", printed_on: date | None = None
) -> RankingPaper:
    """The ranking of one category in one stage, as it is now or as it was decided.

    `printed_on` defaults to the day the stage was decided or closed. Raises NotFound when nobody of the
    category takes part and NotAllowed when a decided result no longer follows from its marks.
    """
    decided = stage.state in {StageState.DECIDED, StageState.PUBLISHED}
    if decided and (wrong := service.recount_differences(stage)):
        raise NotAllowed(
            f"Tidak dicetak: hitung ulang berbeda dengan yang ditetapkan untuk {join_words(wrong)}."
        )
    tally = queries.stage_tally(stage)
    own = tally.category(category.id)
    if own is None:
        raise NotFound(f"Tidak ada kelompok kategori {category.name} pada tahap {stage.name}.")
    competition, facts = stage.competition, tally.facts
    judges = _judges(facts, own)
    columns = _columns(stage, judges)
    cut_after = next((index for index, row in enumerate(own.rows, 1) if row.last_inside), None)
    moment = stage.decided_at or stage.closed_at or stage.ends_at
    return RankingPaper(
        letterhead=letterhead(competition),
        title="Peringkat Hasil Penilaian" if decided else "Peringkat Sementara",
        number=number or None,
        edition=occasion(competition),
        stage=stage.name,
        category=category.name,
        place=town(competition),
        day=printed_on or moment.astimezone(competition.zone.tz).date(),
        stage_names=columns,
        rows=tuple(_row(row, stage, judges, columns) for row in own.rows),
        method=_method(facts),
        tie_chain=_chain(facts) if any(row.equals for row in own.rows) else (),
        ties=_ties(own, facts),
        cut_after=cut_after,
        cut_label=f"Batas lolos: {format_integer(own.category.quota or 0)} kelompok",
        judges=tuple(Signatory(f"Juri {index}", name) for index, name in enumerate(judges.values(), 1)),
        acknowledged_by=signer(competition),
        check_url=results_url(competition),
    )


def _judges(facts: StageFacts, own: CategoryTally) -> dict[str, str]:
    """Names of the judges of a category by id, in a fixed order."""
    heard = {sheet.judge for row in own.rows for sheet in row.own.sheets}
    awaited = {judge for row in own.rows for judge in row.own.missing}
    return {str(judge): name for judge, name in facts.judges.items() if str(judge) in heard | awaited}


def _columns(stage: Stage, judges: dict[str, str]) -> tuple[str, ...]:
    """What leads to the final score: what was carried over and this stage, or else the judges' totals."""
    if stage.carry_over:
        return (f"Bawaan {stage.carry_over}%", stage.name)
    if len(judges) > MOST_JUDGE_COLUMNS:
        return ()
    return tuple(f"Juri {index}" for index in range(1, len(judges) + 1))


def _row(row: Row, stage: Stage, judges: dict[str, str], columns: tuple[str, ...]) -> RankingRow:
    scores: tuple[Fraction | None, ...] = ()
    if stage.carry_over:
        scores = (row.carried, row.own.score)
    elif columns:
        totals = {sheet.judge: sheet.total for sheet in row.own.sheets}
        scores = tuple(totals.get(judge) for judge in judges)
    left_out = row.fate is Fate.WAITING and stage.closed_at is not None
    remark = row.award or (NO_SCORE if left_out else REMARKS[row.fate])
    return RankingRow(row.place, row.contestant.name, row.contestant.unit, scores, row.score, remark)


def _method(facts: StageFacts) -> tuple[str, ...]:
    shown = "Peringkat memakai nilai tanpa pembulatan; yang dicetak dua angka di belakang koma."
    sentences = [f"Nilai tahap ini adalah {METHODS[facts.method]}.", MISSING[facts.missing], shown]
    if facts.carry_over and facts.before is not None:
        sentences.insert(
            1,
            f"Nilai akhir terdiri atas {facts.carry_over}% nilai tahap {facts.before.name} dan "
            f"{100 - facts.carry_over}% nilai tahap ini.",
        )
    return (" ".join(sentences),)


def _chain(facts: StageFacts) -> tuple[str, ...]:
    criteria = tuple(facts.rubric.by_id[criterion].name for criterion in facts.chain)
    return (*criteria, "Keputusan tertulis dewan juri")


def _ties(own: CategoryTally, facts: StageFacts) -> tuple[TieNote, ...]:
    """One note for each set of groups with equal scores, told from its best placed group."""
    notes, names = [], facts.names
    told: set[int] = set()
    for row in own.rows:
        group = row.contestant.group_id
        if row.place is None or not row.equals or group in told:
            continue
        told |= {group, *row.equals}
        sentences = tie_sentences(group, row.reasons, names, facts.rubric)[1:]
        equals = tuple(names[member] for member in (group, *row.equals))
        notes.append(TieNote(row.place, equals, " ".join(sentences)))
    return tuple(notes)


def certificate_paper(
    group: Group, *, award: str, number: str, issued_on: date, public_id: str
) -> CertificatePaper:
    """The certificate of a group: its people by name, never by number."""
    competition = group.competition
    return CertificatePaper(
        letterhead=letterhead(competition),
        number=number or None,
        recipient=f"KBK {group.name}",
        award=award,
        occasion=f"pada {occasion(competition)}",
        signer=signer(competition, place=town(competition), day=issued_on),
        certificate_id=public_id,
        check_url=check_url(public_id),
        unit=group.unit.name,
        category=group.category.name,
        members=tuple(member.name for member in group.members if member.role is not MemberRole.FASILITATOR),
    )


def certificate_file_name(certificate: Certificate) -> str:
    """A name under which people keep the file: "juara-i-sigap-dinas-perdagangan-012.pdf"."""
    group = certificate.group
    return f"{slug(f'{certificate.award} {group.name} {group.unit.name}')}-{certificate.serial:03d}.pdf"


def ranking_file_name(stage: Stage, category: Category, extension: str) -> str:
    """A name for a printed ranking: "peringkat-gelar-kelurahan.xlsx"."""
    return f"{slug(f'peringkat {stage.name} {category.name}')}.{extension}"
