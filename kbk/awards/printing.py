"""What stands on the papers of an edition: ranking lists and certificates, filled from decided results."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

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
from kbk.awards.rules import DECIDED
from kbk.awards.tally import CategoryTally, Fate, Row, StageFacts
from kbk.competitions.models import Category, Competition, Stage, StageState
from kbk.competitions.rules import slug
from kbk.errors import NotAllowed, NotFound
from kbk.groups.models import Group
from kbk.indonesian import format_integer, join_words
from kbk.policy import MemberRole
from kbk.web.addresses import full_address
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
CERTAIN = {Fate.IN: "Pasti lolos", Fate.OUT: "Pasti tidak lolos"}
"""What these mean while judging goes on."""
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


def results_url(competition: Competition) -> str:
    """Where the public reads the results of an edition."""
    return full_address("public.results", slug=competition.slug)


def check_url(public_id: str) -> str:
    """Where a certificate is checked."""
    return full_address("public.check", public_id=public_id)


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


def check_recount(stage: Stage) -> None:
    """Raise NotAllowed when the result of a decided stage no longer follows from its marks."""
    if stage.state in DECIDED and (wrong := service.recount_differences(stage)):
        raise NotAllowed(
            f"Tidak dicetak: hitung ulang berbeda dengan yang ditetapkan untuk {join_words(wrong)}."
        )


def ranking_paper(
    stage: Stage, category: Category, *, number: str = "", printed_on: date | None = None
) -> RankingPaper:
    """The ranking of one category in one stage, as it is now or as it was decided.

    `printed_on` defaults to the day the stage was decided or closed. Raises NotFound when nobody of the
    category takes part and NotAllowed when a decided result no longer follows from its marks.
    """
    check_recount(stage)
    tally = queries.stage_tally(stage)
    own = tally.category(category.id)
    if own is None:
        raise NotFound(f"Tidak ada kelompok kategori {category.name} pada tahap {stage.name}.")
    labels = {judge: f"Juri {index}" for index, judge in enumerate(judges_of(tally.facts, own), 1)}
    return category_ranking(stage, tally.facts, own, labels=labels, number=number, day=printed_on)


def decision_day(stage: Stage) -> date:
    """The day a stage was decided, closed, or is to end, in the edition's zone."""
    moment = stage.decided_at or stage.closed_at or stage.ends_at
    return moment.astimezone(stage.competition.zone.tz).date()


def category_ranking(
    stage: Stage,
    facts: StageFacts,
    own: CategoryTally,
    *,
    labels: Mapping[str, str],
    most_judges: int = MOST_JUDGE_COLUMNS,
    number: str = "",
    day: date | None = None,
) -> RankingPaper:
    """The ranking of one category as it is in `own`.

    `labels` are what columns call the category's judges, by judge id; with more than `most_judges` of them there
    is no column for each.
    """
    competition, decided = stage.competition, stage.state in DECIDED
    columns = _columns(stage, labels, most_judges)
    return RankingPaper(
        letterhead=letterhead(competition),
        title="Peringkat Hasil Penilaian" if decided else "Peringkat Sementara",
        number=number or None,
        edition=occasion(competition),
        stage=stage.name,
        category=own.category.name,
        place=town(competition),
        day=day or decision_day(stage),
        stage_names=columns,
        rows=tuple(_row(row, stage, labels, columns) for row in own.rows),
        method=method_sentences(facts),
        tie_chain=chain_steps(facts) if any(row.equals for row in own.rows) else (),
        ties=_ties(own, facts),
        cut_after=next((index for index, row in enumerate(own.rows, 1) if row.last_inside), None),
        cut_label=f"Batas lolos: {format_integer(own.category.quota or 0)} kelompok",
        judges=tuple(
            Signatory(label, facts.judges[int(judge)]) for judge, label in labels.items() if decided
        ),
        acknowledged_by=signer(competition) if decided else None,
        check_url=results_url(competition) if decided else None,
        pending="" if decided else _pending(stage, own),
    )


def _pending(stage: Stage, own: CategoryTally) -> str:
    """Why the ranking of a stage that is not decided is no result."""
    if stage.state is StageState.OPEN:
        missing = f"{format_integer(len(own.missing))} lembar nilai belum ditandatangani"
        why = f"Penilaian masih berlangsung: {missing if own.missing else 'penilaian belum ditutup'}."
    else:
        why = "Penilaian sudah ditutup, tetapi hasilnya belum ditetapkan."
    return f"{why} Urutan ini dapat berubah; bukan untuk ditandatangani atau diumumkan."


def judges_of(facts: StageFacts, own: CategoryTally) -> list[str]:
    """Ids of the judges of a category, in a fixed order."""
    heard = {sheet.judge for row in own.rows for sheet in row.own.sheets}
    awaited = {judge for row in own.rows for judge in row.own.missing}
    return [str(judge) for judge in facts.judges if str(judge) in heard | awaited]


def _columns(stage: Stage, labels: Mapping[str, str], most_judges: int) -> tuple[str, ...]:
    """What leads to the final score: what was carried over and this stage, or else the judges' totals."""
    if stage.carry_over:
        return (f"Bawaan {stage.carry_over}%", stage.name)
    return tuple(labels.values()) if len(labels) <= most_judges else ()


def _row(row: Row, stage: Stage, labels: Mapping[str, str], columns: tuple[str, ...]) -> RankingRow:
    scores: tuple[Fraction | None, ...] = ()
    if stage.carry_over:
        scores = (row.carried, row.own.score)
    elif columns:
        totals = {sheet.judge: sheet.total for sheet in row.own.sheets}
        scores = tuple(totals.get(judge) for judge in labels)
    left_out = row.fate is Fate.WAITING and stage.closed_at is not None
    remarks = REMARKS | CERTAIN if stage.state is StageState.OPEN else REMARKS
    remark = row.award or (NO_SCORE if left_out else remarks[row.fate])
    return RankingRow(row.place, row.contestant.name, row.contestant.unit, scores, row.score, remark)


def method_sentences(facts: StageFacts) -> tuple[str, ...]:
    """How the scores of a stage come about, in one paragraph."""
    shown = (
        "Peringkat memakai nilai tanpa pembulatan; yang dicetak dua angka di belakang koma, "
        "atau lebih bila nilai akhir yang berbeda akan tampak sama."
    )
    sentences = [f"Nilai tahap ini adalah {METHODS[facts.method]}.", MISSING[facts.missing], shown]
    if facts.carry_over and facts.before is not None:
        sentences.insert(
            1,
            f"Nilai akhir terdiri atas {facts.carry_over}% nilai tahap {facts.before.name} dan "
            f"{100 - facts.carry_over}% nilai tahap ini.",
        )
    return (" ".join(sentences),)


def chain_steps(facts: StageFacts) -> tuple[str, ...]:
    """What parts equal scores, in its order."""
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
