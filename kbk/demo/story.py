"""The contest told on: judging stage by stage, up to where visitors take over, and to its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kbk.accounts import service as accounts
from kbk.awards import issuing, minutes_issuing
from kbk.awards import queries as results
from kbk.awards import service as awards
from kbk.awards.minutes_printing import MinutesInput
from kbk.awards.models import Certificate, Minutes
from kbk.awards.reasons import tie_sentences
from kbk.awards.tally import Tie
from kbk.competitions.models import Stage
from kbk.competitions.service import rubric_of
from kbk.db import db
from kbk.demo.edition import DEADLINE, MARK, OPENING, PASSWORD, WIB, Scene
from kbk.demo.marking import marks
from kbk.demo.participants import Participant, participants
from kbk.judging import queries as sheets
from kbk.judging import service as judging
from kbk.judging.models import Entry, Judge, Sheet
from scoring.rubric import Rubric

FINAL_DAY = date(2024, 8, 2)
VENUE = "Ruang Rapat Contoh, Balai Kota Semarang"
COMMENTS = (
    "Data sebelum dan sesudah sudah sebanding. Sertakan lembar periksa aslinya.",
    "Akar penyebab teruji dengan baik. Perluas penerapannya ke unit lain.",
    "Sasaran jelas dan tercapai. Tuliskan cara menjaga hasilnya.",
)
PANELS = {"Perangkat Daerah": (0, 1, 2), "Kelurahan": (3, 4, 0)}
"""Who reads which category in the first stage; a judge whose own unit it is gives way to `SUBSTITUTE`."""
SUBSTITUTE = 3
UNFINISHED = 4
"""The judge who has not finished when visitors come."""
JUDGES = (
    ("juri", f"Prof. Dr. Hartono Wibowo, M.M. {MARK}", "Universitas Contoh Semarang", None),
    ("juri-2", f"Ir. Maria Kristina, M.Sc. {MARK}", "Balai Diklat Contoh", None),
    ("juri-3", f"Suharto Adi, S.E., Ak. {MARK}", "", "Inspektorat"),
    ("juri-4", f"Dra. Ratna Dewi, M.Pd. {MARK}", "Perusahaan Contoh Jawa Tengah", None),
    ("juri-5", f"Wahyu Setiawan, S.Psi. {MARK}", "Biro Organisasi Provinsi Contoh", None),
)


@dataclass(frozen=True, slots=True)
class Panel:
    """The judges in their order."""

    judges: Sequence[Judge]


def appoint_judges(scene: Scene) -> Panel:
    """Name the five judges; one is of the city's own Inspektorat."""
    own = {group.unit.name: group.unit for group in scene.groups.values()}
    appointed = []
    for username, name, institution, unit in JUDGES:
        user = accounts.add_user(scene.committee, name=name, now=OPENING)
        accounts.set_sign_in(user, username=username, password=PASSWORD, now=OPENING)
        appointed.append(
            judging.add_judge(
                scene.committee,
                scene.competition,
                user,
                unit=own[unit] if unit else None,
                institution=institution,
                now=OPENING,
            )
        )
    return Panel(appointed)


def _facts(entry: Entry) -> Participant:
    return next(facts for facts in participants() if facts.group == entry.group.name)


def _panel_of(entry: Entry, panel: Panel, position: int) -> list[int]:
    numbers = PANELS[entry.group.category.name] if position == 1 else range(len(panel.judges))
    return [SUBSTITUTE if panel.judges[n].unit_id == entry.group.unit_id else n for n in numbers]


def open_and_appoint(scene: Scene, panel: Panel, stage: Stage, now: datetime) -> None:
    """Open a stage and lay out the sheets of everybody's panel."""
    judging.open_stage(scene.committee, stage, now)
    for entry in sheets.entries(stage):
        for number in dict.fromkeys(_panel_of(entry, panel, stage.position)):
            judging.appoint(scene.committee, entry, panel.judges[number], now)
    db.session.flush()


def mark(panel: Panel, stage: Stage, now: datetime, *, unfinished: int | None = None) -> None:
    """Fill and sign every unsigned sheet of a stage; judge number `unfinished` stops after one half sheet."""
    rubric, numbers = rubric_of(stage), {judge.id: number for number, judge in enumerate(panel.judges)}
    begun = False
    for entry in sheets.entries(stage):
        facts = _facts(entry)
        for sheet in entry.sheets:
            number = numbers[sheet.judge_id]
            if sheet.signed_at is not None or (number == unfinished and begun):
                continue
            given = marks(
                rubric,
                quality=_quality(facts, stage.position),
                group=facts.marked_as,
                judge=number,
                lighter_heaviest=facts.lighter_heaviest,
            )
            if number == unfinished:
                begun = True
                given = dict(list(given.items())[: len(given) // 2])
            _fill(sheet, given, COMMENTS[number % len(COMMENTS)], now, sign=number != unfinished)


def _quality(facts: Participant, position: int) -> Decimal:
    return facts.quality[position - 1]


def _fill(sheet: Sheet, given: dict[str, str], comment: str, now: datetime, *, sign: bool) -> None:
    judge = accounts.as_actor(sheet.judge.user)
    problems = judging.save_sheet(judge, sheet, given, comment, sheet.version, now)
    if problems:
        raise ValueError(f"the demonstration's marks are wrong: {problems}")
    db.session.refresh(sheet)
    if sign:
        judging.sign_sheet(judge, sheet, sheet.version, now + timedelta(minutes=5))


def decide(scene: Scene, stage: Stage, now: datetime) -> list[str]:
    """Close, settle what is tied by a written decision, decide, write the minutes and publish.

    Return the ties as sentences.
    """
    awards.close_stage(scene.committee, stage, now)
    db.session.flush()
    tally = results.stage_tally(stage)
    ties = [
        _settle(scene, stage, tie, tally.facts.rubric, now)
        for found in tally.categories
        for tie in found.blocking
    ]
    awards.decide_stage(scene.committee, stage, now + timedelta(hours=1))
    db.session.flush()
    _write_minutes(scene, stage, now + timedelta(hours=1, minutes=30))
    awards.publish_stage(scene.committee, stage, now + timedelta(hours=2))
    db.session.flush()
    return ties


def _write_minutes(scene: Scene, stage: Stage, now: datetime) -> Minutes:
    """The berita acara of a decided stage; the professor chairs."""
    chair = next(one for one in sheets.judges(scene.competition) if one.user.username == JUDGES[0][0])
    given = MinutesInput(
        number=f"000.8.3/{stage.position}/BA/2024",
        issued_on=now.astimezone(WIB).date(),
        venue=VENUE,
        chair_id=chair.id,
    )
    return minutes_issuing.make_minutes(scene.committee, stage, given, now)


def _settle(scene: Scene, stage: Stage, tie: Tie, rubric: Rubric, now: datetime) -> str:
    """Let the panel write down its order, which is that of the participants' list; tell chain and decision."""
    names = {group.id: name for name, group in scene.groups.items()}
    told = [facts.group for facts in participants()]
    order = sorted(tie.groups, key=lambda group_id: told.index(names[group_id]))
    note = (
        f"Berita acara nomor {stage.position}/DJ/2024: dewan juri membahas manfaat bagi masyarakat dan bersepakat "
        f"mendahulukan {names[order[0]]}."
    )
    awards.settle_tie(scene.committee, stage, order, note, now)
    chain = " ".join(tie_sentences(order[0], tie.tried[order[0]], names, rubric))
    return f"{stage.name}, peringkat {tie.place}, {names[order[0]]}: {chain} {note}"


def tell_to_second_stage(scene: Scene) -> Panel:
    """Judge and publish the first stage; leave the second open with one judge unfinished."""
    panel = appoint_judges(scene)
    first, second, _ = scene.competition.stages
    open_and_appoint(scene, panel, first, DEADLINE + timedelta(days=3))
    mark(panel, first, DEADLINE + timedelta(days=10))
    decide(scene, first, datetime(2024, 7, 1, 9, tzinfo=WIB))
    open_and_appoint(scene, panel, second, datetime(2024, 7, 3, 8, tzinfo=WIB))
    mark(panel, second, datetime(2024, 7, 9, 10, tzinfo=WIB), unfinished=UNFINISHED)
    return panel


def tell_to_the_end(scene: Scene, panel: Panel) -> tuple[list[str], list[Certificate]]:
    """Finish the second stage and the final, and issue the certificates; return ties and certificates."""
    _, second, final = scene.competition.stages
    mark(panel, second, datetime(2024, 7, 11, 15, tzinfo=WIB))
    ties = decide(scene, second, datetime(2024, 7, 15, 9, tzinfo=WIB))
    open_and_appoint(scene, panel, final, datetime(2024, 8, 2, 8, tzinfo=WIB))
    mark(panel, final, datetime(2024, 8, 2, 12, tzinfo=WIB))
    ties += decide(scene, final, datetime(2024, 8, 2, 14, tzinfo=WIB))
    now = datetime(2024, 8, 2, 17, tzinfo=WIB)
    made = issuing.make_certificates(scene.committee, scene.competition, issued_on=FINAL_DAY, now=now)
    return ties, made
