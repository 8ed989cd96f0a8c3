"""What a berita acara of a stage still lacks, for the committee to see before it is printed."""

from dataclasses import dataclass
from enum import StrEnum

from kbk.awards import service
from kbk.awards.papers import MinutesPaper
from kbk.awards.tally import StageTally
from kbk.competitions.models import Stage, StageState
from kbk.indonesian import join_words
from kbk.judging import queries as judging


class GapAt(StrEnum):
    """The page on which a gap is closed."""

    SETTINGS = "settings"
    JUDGES = "judges"
    RANKING = "ranking"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing and what is printed in its place; `blocks` when nothing can be signed without it."""

    text: str
    note: str
    at: GapAt
    blocks: bool = False


def gaps(stage: Stage, tally: StageTally, paper: MinutesPaper) -> list[Gap]:
    """What is missing, the most important first; empty when everything is filled in."""
    found = []
    competition = stage.competition
    if stage.state is StageState.CLOSED and (ties := service.blocking_ties(tally)):
        text = f"Nilai sama yang menentukan: {'; '.join(ties)}"
        found.append(Gap(text, "Catat dahulu keputusan tertulis dewan juri.", GapAt.RANKING, True))
    elif stage.state is StageState.CLOSED:
        note = "Sesudah ditetapkan hasilnya tidak dapat berubah, dan berita acara dapat dibuat."
        found.append(Gap("Hasil belum ditetapkan", note, GapAt.DECISION, True))
    if not competition.signer_name or not competition.signer_position:
        printed = paper.acknowledged_by
        note = f"Tercetak: Mengetahui, {printed.position}, {printed.name}" if printed else ""
        found.append(Gap("Nama atau jabatan penanda tangan belum diisi", note, GapAt.SETTINGS))
    if not competition.letterhead:
        note = f"Tercetak: {paper.letterhead.lines[0]}"
        found.append(Gap("Kepala surat belum diisi", note, GapAt.SETTINGS))
    panel = {member.name for member in paper.panel}
    untitled = [
        judge.user.name
        for judge in judging.judges(competition)
        if judge.user.name in panel and not judge.job_title
    ]
    if untitled:
        note = f"Hanya instansinya yang tercetak: {join_words(untitled)}."
        found.append(Gap(f"Jabatan {len(untitled)} juri belum diisi", note, GapAt.JUDGES))
    return found
