"""Setting the scene: the city's units, the edition, its people and groups, their writing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kbk.accounts import service as accounts
from kbk.accounts.models import User
from kbk.competitions import service as competitions
from kbk.competitions.models import Category, Competition, Unit, UnitKind
from kbk.competitions.service import EditionFacts
from kbk.competitions.templates import TEMPLATES
from kbk.db import db
from kbk.demo.drawing import Sketch, sketches
from kbk.demo.participants import Participant, Progress, participants, regions, themes
from kbk.demo.writing import HALF_WRITTEN, sections
from kbk.groups import service as groups
from kbk.groups.models import Group
from kbk.indonesian import Zone
from kbk.policy import Actor, MemberRole
from kbk.risalah import diagram_service as diagrams
from kbk.risalah import service as risalah
from kbk.risalah.models import Risalah

WIB = ZoneInfo("Asia/Jakarta")
OPENING = datetime(2024, 2, 1, 8, tzinfo=WIB)
DEADLINE = datetime(2024, 6, 14, 16, tzinfo=WIB)
NAME = "Gelar Budaya Kerja Kota Semarang 2024"
MARK = "(contoh)"
PASSWORD = "contoh-semarang-2024"  # noqa: S105 - printed for everybody who tries the demonstration

LEADER = "ketua"
LEADERS_GROUP = "Adminduk Sigap"
"""The group whose leader visitors sign in as; leaders of the others get a number."""

COMMITTEE = f"Retno Wulandari, S.Sos., M.Si. {MARK}"
SIGNER = f"Dr. Ir. Bambang Sutrisno, M.T. {MARK}"
NAMES = (
    "Sri Wahyuni, S.E.",
    "Agus Prasetyo, S.Kom.",
    "Dewi Kusumawati, S.K.M.",
    "Ma'ruf Hidayat, S.STP.",
    "Dra. Endang Puspitasari, M.Si.",
    "Joko Susilo",
    "Nur Aini, A.Md.",
    "R. Bayu Nugroho, S.T.",
    "Dr. dr. Hj. Siti Rahmawati Kusumaningrum, Sp.PD., M.Kes.",
    "Yohanes Kristianto, S.H.",
    "Fitri Handayani",
    "Slamet Riyadi, S.AP.",
)
ROLES = (
    MemberRole.KETUA,
    MemberRole.SEKRETARIS,
    MemberRole.ANGGOTA,
    MemberRole.ANGGOTA,
    MemberRole.FASILITATOR,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the story goes on with."""

    competition: Competition
    committee: Actor
    groups: Mapping[str, Group]
    """Groups that are told of, by name."""


def build_scene(future: datetime) -> Scene:
    """Fill an empty database up to the hand-in; groups still writing may do so until `future`."""
    person = accounts.add_user(None, name=COMMITTEE, is_organiser=True, now=OPENING)
    accounts.set_sign_in(person, username="panitia", password=PASSWORD, now=OPENING)
    db.session.flush()
    committee = accounts.as_actor(person)
    units = _add_units(committee)
    competition = _add_competition(committee)
    by_category = {category.name: category for category in competition.categories}
    told = {}
    for number, facts in enumerate(participants()):
        unit = units.get(facts.unit) or competitions.add_unit(committee, facts.unit, facts.kind, OPENING)
        group = groups.add_group(
            committee,
            competition,
            unit=unit,
            category=by_category[facts.category],
            name=facts.group,
            now=OPENING,
        )
        told[facts.group] = group
        _add_members(committee, group, number, facts)
        if facts.state != Progress.NOT_BEGUN:
            username = LEADER if facts.group == LEADERS_GROUP else f"{LEADER}-{number + 1}"
            leader = accounts.as_actor(sign_in_as(group, MemberRole.KETUA, username))
            _write(committee, leader, group, facts, future)
        elif facts.extended:
            _extend(committee, group, future)
    _add_silent_kelurahan(committee, competition, units, by_category["Kelurahan"], told)
    return Scene(competition, committee, told)


def _add_units(committee: Actor) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    by_code: dict[str, Unit] = {}
    for region in regions():
        parent = by_code.get(region.parent_code) if region.parent_code else None
        unit = competitions.add_unit(
            committee, region.name, region.kind, OPENING, code=region.code, parent=parent
        )
        db.session.flush()
        units[region.name] = by_code[region.code] = unit
    return units


def _add_competition(committee: Actor) -> Competition:
    facts = EditionFacts(
        name=NAME,
        year=2024,
        city="Kota Semarang",
        zone=Zone.WIB,
        submission_opens_at=OPENING,
        submission_deadline=DEADLINE,
        description=(
            "Gelar Budaya Kerja menguatkan nilai BerAKHLAK, memberi contoh bagi perangkat daerah yang belum "
            "mempunyai kelompok budaya kerja, dan menjadi wadah seni pegawai.\n"
            "Semua nama orang pada gelar contoh ini rekaan dan ditandai (contoh)."
        ),
        letterhead="PEMERINTAH KOTA SEMARANG\nSEKRETARIAT DAERAH",
        letterhead_address="Jalan Pemuda Nomor 148, Semarang 50132",
        signer_position="Sekretaris Daerah",
        signer_name=SIGNER,
        signer_rank="Pembina Utama Madya, IV/d",
        certificate_number="000.8.3/{urut}/{bulan}/{tahun}",
    )
    plan = TEMPLATES["corong-16-6"]
    competition = competitions.create_competition(committee, facts, plan.categories, plan, OPENING)
    calendar = ((17, 6, 28, 6), (3, 7, 12, 7), (2, 8, 2, 8))
    for stage, (first, first_month, last, last_month) in zip(competition.stages, calendar, strict=True):
        stage.starts_at = datetime(2024, first_month, first, 8, tzinfo=WIB)
        stage.ends_at = datetime(2024, last_month, last, 16, tzinfo=WIB)
        stage.line_rule = "chain" if stage.position == 1 else "decision"
    db.session.flush()
    return competition


def _add_members(committee: Actor, group: Group, number: int, facts: Participant) -> None:
    begun = facts.state != Progress.NOT_BEGUN
    for index, role in enumerate(ROLES if begun else ROLES[:1]):
        name = NAMES[(number * 5 + index) % len(NAMES)]
        groups.add_member(committee, group, name=f"{name} {MARK}", role=role, now=OPENING)


def sign_in_as(member_of: Group, role: MemberRole, username: str) -> User:
    """Give the group's member with this role a sign-in with the demonstration's password."""
    member = next(member for member in member_of.members if member.role == role)
    user = accounts.add_user(None, name=member.name, now=OPENING)
    accounts.set_sign_in(user, username=username, password=PASSWORD, now=OPENING)
    member.user = user
    db.session.flush()
    return user


def _write(committee: Actor, writer: Actor, group: Group, facts: Participant, future: datetime) -> None:
    """Write as much of the group's risalah as its state says."""
    theme = themes()[facts.theme]
    paper = risalah.begin(writer, group, OPENING + timedelta(days=30))
    db.session.flush()
    risalah.set_title(writer, paper, theme.title, paper.version, OPENING + timedelta(days=31))
    half = facts.state in {Progress.HALF, Progress.HALF_LATE}
    for key, html in sections(theme, facts.unit).items():
        if not half or key in HALF_WRITTEN:
            risalah.save_section(writer, paper, key, html, 0, OPENING + timedelta(days=40))
    for sketch in sketches(theme, facts.unit):
        if not half or sketch.section in HALF_WRITTEN:
            _draw(writer, paper, sketch)
    if facts.state == Progress.HALF:
        _extend(committee, group, future)
    if half:
        return
    handed_in = DEADLINE - timedelta(days=len(facts.group) % 5, hours=3)
    if facts.late:
        reason = "Ketua kelompok menjalani rawat inap pada pekan terakhir."
        groups.extend_deadline(
            committee, group, DEADLINE + timedelta(days=2), reason, version=group.version, now=handed_in
        )
        handed_in = DEADLINE + timedelta(hours=20)
    risalah.hand_in(writer, paper, handed_in)
    if facts.state == Progress.RETURNED:
        reason = "Lembar periksa sesudah perbaikan belum dilampirkan. Lengkapi, lalu serahkan kembali."
        risalah.send_back(committee, paper, reason, DEADLINE - timedelta(hours=1), judged=False, due=future)


def _draw(writer: Actor, paper: Risalah, sketch: Sketch) -> None:
    begun = OPENING + timedelta(days=41)
    found = diagrams.begin_diagram(writer, paper, sketch.section, sketch.kind, begun)
    diagrams.save_diagram(writer, found, sketch.typed, found.version, begun + timedelta(hours=1))


def _extend(committee: Actor, group: Group, future: datetime) -> None:
    reason = "Pendampingan lanjutan: risalah diserahkan untuk pembinaan, di luar penilaian tahap pertama."
    given = DEADLINE - timedelta(days=1)
    groups.extend_deadline(committee, group, future, reason, version=group.version, now=given)


def _add_silent_kelurahan(
    committee: Actor,
    competition: Competition,
    units: dict[str, Unit],
    category: Category,
    told: Mapping[str, Group],
) -> None:
    """Every kelurahan has a group; those that are not told of have not begun."""
    taken = {group.unit_id for group in told.values()}
    for name, unit in units.items():
        if unit.kind == UnitKind.KELURAHAN and unit.id not in taken:
            short = name.removeprefix("Kelurahan ").split(",")[0]
            groups.add_group(committee, competition, unit=unit, category=category, name=short, now=OPENING)
