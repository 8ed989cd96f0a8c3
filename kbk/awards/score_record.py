"""The open score record of a decided or running ranking: what an outsider counts it again from.

Pure. One record holds one category, because entries compete within their category only. It names nobody: groups
stand under their public ids and judges under their numbers, as the fingerprint on the berita acara has them; names
of groups lie beside the record. The format is in docs/score-record.md.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kbk.awards.tally import CategoryTally, SheetFacts, StageFacts, weighted, written
from scoring.ballot import Ballot
from scoring.numbers import record_text
from scoring.record import MAX_NAME, Record, StageRecord, record_to_data
from scoring.stage import StageRules, TieChain
from scoring.ties import Decision


def score_record(facts: StageFacts, own: CategoryTally) -> dict[str, Any]:
    """The record of one category as JSON-able data, with `groups` by id and the `result` this program counted.

    Readers of the format pass over both. Stages whose score is carried over come first, with all who took part there.
    """
    parts = list(reversed(weighted(facts)))
    ids = {
        contestant.group_id: contestant
        for _, part in parts
        for contestant in part.contestants
        if contestant.category_id == own.category.category_id
    }
    public = {group: contestant.public_id for group, contestant in ids.items()}
    record = Record(
        tuple(_stage(weight, part, public, own.chain if part is facts else ()) for weight, part in parts),
        tuple(
            _decision(written(item), public)
            for item in facts.decisions
            if item.category_id == own.category.category_id
        ),
    )
    return record_to_data(record) | {
        "groups": {item.public_id: {"name": item.name, "unit": item.unit} for item in ids.values()},
        "result": [
            {
                "entry": row.contestant.public_id,
                "place": row.place,
                "score": None if row.score is None else record_text(row.score),
            }
            for row in own.rows
        ],
    }


def _stage(
    weight: Decimal, facts: StageFacts, public: Mapping[int, str], chain: tuple[str, ...]
) -> StageRecord:
    present = {item.group_id for item in facts.contestants} & public.keys()
    sheets = [sheet for sheet in facts.sheets if sheet.group_id in present]
    return StageRecord(
        facts.name,
        weight,
        StageRules(facts.method, facts.missing, TieChain(chain, first_places=False)),
        facts.rubric,
        tuple(_ballot(sheet, public) for sheet in sheets if sheet.signed),
        {
            public[group]: tuple(str(sheet.judge_id) for sheet in sheets if sheet.group_id == group)
            for group in sorted(present)
        },
    )


def _ballot(sheet: SheetFacts, public: Mapping[int, str]) -> Ballot:
    return Ballot(str(sheet.judge_id), public[sheet.group_id], sheet.marks)


def _decision(decision: Decision, public: Mapping[int, str]) -> Decision:
    """The decision with public ids and its note on one line, as long as the format allows."""
    note = " ".join(decision.note.split())[:MAX_NAME].strip()
    return Decision(tuple(public[int(group)] for group in decision.order), note, decision.joint)


def reading_notes(edition: str, stage: str, fingerprint: str) -> str:
    """What lies beside the records of a stage, for whoever opens them without this program."""
    return f"""REKAMAN NILAI
{edition}
Tahap {stage}

Satu berkas .json untuk setiap kategori: rubrik, aturan, semua nilai yang ditandatangani, keputusan dewan juri, dan
hasil yang dihitung aplikasi ("result"). Kelompok disebut dengan kodenya; namanya ada pada "groups". Juri disebut
dengan nomornya.

Menghitung ulang dengan program penghitung (folder "scoring" dari aplikasi, Python 3.11, tanpa yang lain):
    python -m scoring recount KATEGORI.json
    python -m scoring recount KATEGORI.json --terangkan KODE-KELOMPOK
Cara menghitungnya dengan program lain: docs/score-record.md pada aplikasi.
"places" pada jawabannya harus sama dengan "result": tempat dan nilai setiap kelompok, tanpa pembulatan.

Sidik data nilai tahap ini, yang juga tercetak pada Lampiran II berita acara:
    {fingerprint}
Sidik itu adalah SHA-256 dari daftar JSON [[kelompok, nomor juri, kriteria, "nilai"], ...] semua kategori, hanya tahap
terakhir pada setiap berkas, terurut, seperti ditulis json.dumps pada Python.
"""
