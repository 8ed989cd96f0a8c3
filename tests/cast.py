"""Who is who in the tests: one edition in the middle of its first stage, small enough to know by heart.

people      panitia (organiser); pengguna (no office); undangan (invited, no password yet)
            ketua, anggota, fasilitator of KBK Sigap; ketua-lain of KBK Cepat
            juri and juri-lain (from outside); juri-dalam (of Dinas Perdagangan)
groups      Sigap (Disdukcapil): half-written risalah.   Cepat (Dinas Perdagangan): handed in.
            Prima (RSD Wongsonegoro): handed in.          Rukun (Kelurahan Miroto): has not begun.
stage 1     open; entries Cepat and Prima; juri and juri-lain judge both, juri-dalam only Prima
            juri has signed the sheet for Prima, with 8 for every criterion; all other sheets are blank
stages 2, 3 planned; from each stage one of Perangkat Daerah goes on, the Kelurahan's winners are found in stage 1
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from kbk.accounts.models import Invitation, User
from kbk.accounts.service import PASSWORDS
from kbk.competitions.models import Category, Competition, Quota, Stage, StageState, Unit, UnitKind
from kbk.competitions.rules import name_key
from kbk.db import db, transaction
from kbk.groups.models import Group, Member
from kbk.judging.models import Entry, Judge, Mark, Sheet
from kbk.policy import MemberRole
from kbk.risalah.models import Risalah, RisalahState, Section, SectionRevision, Submission
from kbk.risalah.queries import content as risalah_content
from kbk.risalah.reading import fingerprint
from scoring.templates import SHORT

PASSWORD = "tiga kata contoh"
PEOPLE = {
    "panitia": "Sri Panitia, S.Sos.",
    "pengguna": "Budi Pengguna",
    "ketua": "Ani Ketua, S.Kom.",
    "anggota": "Joko Anggota",
    "fasilitator": "Dra. Tuti Fasilitator, M.Si.",
    "ketua-lain": "Ma'ruf Ketua Lain",
    "juri": "Dr. Rahmat Juri, M.M.",
    "juri-lain": "Ir. Lestari Juri Lain",
    "juri-dalam": "Hadi Juri Dalam",
}
START = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=10)
MARKED = Decimal(8)


class Cast:
    """Finds the people and things of the prepared database by the names given above."""

    def user(self, username: str) -> User:
        """The person with this sign-in name."""
        return db.session.scalars(select(User).where(User.username == username)).one()

    def invited(self) -> User:
        """The person who has not used the invitation yet."""
        return db.session.scalars(select(User).where(User.name == "Wati Undangan")).one()

    def competition(self) -> Competition:
        """The edition."""
        return db.session.scalars(select(Competition)).one()

    def stage(self, position: int = 1) -> Stage:
        """A stage by its position from 1."""
        return db.session.scalars(select(Stage).where(Stage.position == position)).one()

    def category(self, name: str = "Perangkat Daerah") -> Category:
        """A category by name."""
        return db.session.scalars(select(Category).where(Category.name == name)).one()

    def unit(self, name: str) -> Unit:
        """A unit by name."""
        return db.session.scalars(select(Unit).where(Unit.name == name)).one()

    def group(self, name: str) -> Group:
        """A group by its short name."""
        return db.session.scalars(select(Group).where(Group.name == name)).one()

    def risalah(self, group: str) -> Risalah:
        """The risalah of a group."""
        return db.session.scalars(select(Risalah).join(Risalah.group).where(Group.name == group)).one()

    def judge(self, username: str) -> Judge:
        """An appointment as judge."""
        return db.session.scalars(select(Judge).join(Judge.user).where(User.username == username)).one()

    def entry(self, group: str) -> Entry:
        """The entry of a group in stage 1."""
        query = select(Entry).join(Entry.group).join(Entry.stage)
        return db.session.scalars(query.where(Group.name == group, Stage.position == 1)).one()

    def sheet(self, username: str, group: str) -> Sheet:
        """A judge's sheet for a group in stage 1."""
        query = select(Sheet).join(Sheet.judge).join(Judge.user)
        return db.session.scalars(
            query.where(User.username == username, Sheet.entry_id == self.entry(group).id)
        ).one()


def build_cast() -> None:
    """Fill an empty, migrated database."""
    with transaction():
        people = _add_people()
        competition = _add_competition()
        groups = _add_groups(competition, people)
        _add_risalah(groups)
        _add_judging(competition, groups, people)


def _add_people() -> dict[str, User]:
    people = {
        username: User(
            name=name,
            username=username,
            password_hash=PASSWORDS.hash(PASSWORD),
            is_organiser=username == "panitia",
            created_at=START,
        )
        for username, name in PEOPLE.items()
    }
    invited = User(name="Wati Undangan", created_at=START)
    db.session.add_all([*people.values(), invited])
    db.session.add(Invitation(user=invited, created_at=START, expires_at=START + timedelta(days=365)))
    return people


def _add_competition() -> Competition:
    competition = Competition(
        slug="contoh-2024",
        name="Gelar Budaya Kerja Kota Contoh",
        year=2024,
        city="Kota Contoh",
        letterhead="PEMERINTAH KOTA CONTOH\nSEKRETARIAT DAERAH",
        letterhead_address="Jalan Pemuda 1, Kota Contoh",
        signer_position="Sekretaris Daerah",
        signer_name="Dr. Contoh Sekretaris, M.Si.",
        submission_opens_at=START,
        submission_deadline=START + timedelta(days=40),
        created_at=START,
    )
    office = Category(name="Perangkat Daerah", position=1)
    kelurahan = Category(name="Kelurahan", position=2)
    competition.categories = [office, kelurahan]
    for position, name in enumerate(("Penilaian risalah", "Penilaian lapangan", "Gelar"), 1):
        stage = Stage(
            position=position,
            name=name,
            starts_at=START + timedelta(days=10 * position),
            ends_at=START + timedelta(days=10 * position + 9),
            rubric=SHORT.to_data(),
            tie_chain=[criterion.id for criterion in SHORT.criteria],
        )
        if position < 3:
            stage.quotas = [Quota(category=office, advance=1)]
        competition.stages.append(stage)
    competition.stages[0].state = StageState.OPEN
    competition.stages[0].opened_at = START + timedelta(days=9)
    db.session.add(competition)
    return competition


def _add_groups(competition: Competition, people: dict[str, User]) -> dict[str, Group]:
    rows = (
        ("Sigap", "Dinas Kependudukan dan Pencatatan Sipil", UnitKind.OPD, 0),
        ("Cepat", "Dinas Perdagangan", UnitKind.OPD, 0),
        ("Prima", "RSD K.R.M.T. Wongsonegoro", UnitKind.RSUD, 0),
        ("Rukun", "Kelurahan Miroto", UnitKind.KELURAHAN, 1),
    )
    groups = {}
    for name, unit_name, kind, category in rows:
        groups[name] = Group(
            competition=competition,
            unit=Unit(name=unit_name, name_key=name_key(unit_name), kind=kind),
            category=competition.categories[category],
            name=name,
            name_key=name_key(name),
            created_at=START,
        )
    members = (
        ("Sigap", "ketua", MemberRole.KETUA),
        ("Sigap", "anggota", MemberRole.ANGGOTA),
        ("Sigap", "fasilitator", MemberRole.FASILITATOR),
        ("Cepat", "ketua-lain", MemberRole.KETUA),
    )
    for position, (group, username, role) in enumerate(members):
        user = people[username]
        groups[group].members.append(Member(user=user, name=user.name, role=role, position=position))
    db.session.add_all(groups.values())
    return groups


def _add_risalah(groups: dict[str, Group]) -> None:
    for name in ("Sigap", "Cepat", "Prima"):
        handed_in = name != "Sigap"
        risalah = Risalah(
            group=groups[name],
            title=f"Menurunkan waktu tunggu layanan {name} dari 60 menit menjadi 15 menit",
            outline="tulta-7",
            state=RisalahState.SUBMITTED if handed_in else RisalahState.DRAFT,
            submitted_at=START + timedelta(days=5) if handed_in else None,
            created_at=START,
            updated_at=START,
        )
        html = f"<p>Antrean {name} mencapai 60 menit.</p>"
        saved = SectionRevision(version=1, html=html, begun_at=START, saved_at=START)
        risalah.sections = [Section(key="masalah", html=html, updated_at=START, revisions=[saved])]
        db.session.add(risalah)
        db.session.flush()
        if handed_in:
            content = risalah_content(risalah)
            risalah.submissions = [
                Submission(
                    number=1, submitted_at=risalah.submitted_at, content=content, sha256=fingerprint(content)
                )
            ]


def _add_judging(competition: Competition, groups: dict[str, Group], people: dict[str, User]) -> None:
    judges = {
        username: Judge(
            competition=competition,
            user=people[username],
            unit=groups["Cepat"].unit if username == "juri-dalam" else None,
            institution="" if username == "juri-dalam" else "Universitas Contoh",
            created_at=START,
        )
        for username in ("juri", "juri-lain", "juri-dalam")
    }
    for name, panel in (("Cepat", ("juri", "juri-lain")), ("Prima", ("juri", "juri-lain", "juri-dalam"))):
        entry = Entry(stage=competition.stages[0], group=groups[name], created_at=START)
        entry.sheets = [Sheet(judge=judges[username]) for username in panel]
        db.session.add(entry)
    db.session.flush()
    signed = db.session.scalars(
        select(Sheet).where(Sheet.judge_id == judges["juri"].id, Sheet.entry.has(group_id=groups["Prima"].id))
    ).one()
    signed.marks = [Mark(criterion=criterion.id, value=MARKED) for criterion in SHORT.criteria]
    signed.total = SHORT.total({criterion.id: MARKED for criterion in SHORT.criteria})
    signed.signed_at = signed.updated_at = START + timedelta(days=9)
