"""Rules of groups, their members and their way into the program. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kbk.competitions.rules import name_key
from kbk.errors import InvalidInput
from kbk.indonesian import NipKind, nip_digits, nip_problem
from kbk.policy import MemberRole

FEWEST_MEMBERS = 3
MOST_MEMBERS = 10
LONGEST_NAME = 120
NEAR = timedelta(days=3)
"""From here on the hand-in comes before everything else a group could see to."""
PRESSING = timedelta(days=1)
"""From here on "a few days" would mislead."""

ROLE_LABELS = {
    MemberRole.KETUA: "Ketua",
    MemberRole.SEKRETARIS: "Sekretaris",
    MemberRole.NOTULIS: "Notulis",
    MemberRole.ANGGOTA: "Anggota",
    MemberRole.FASILITATOR: "Fasilitator",
}

_KBK = re.compile(r"^(?:kbk|kelompok budaya kerja)\b[\s.:–-]*", re.IGNORECASE)
_EMAIL = re.compile(
    r"[^@\s,;:<>\"()\[\]\\]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)


class InvitationState(StrEnum):
    """How far somebody has come on the way into the program."""

    NOT_INVITED = "belum-diundang"
    INVITED = "diundang"
    EXPIRED = "kedaluwarsa"
    SIGNED_UP = "sudah-masuk"


class Handover(StrEnum):
    """Whether an open link has reached its person, as far as the program knows."""

    WAITING = "belum"
    DONE = "sudah"


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What the completeness of a group's profile depends on."""

    name_meaning: str
    motto: str
    formed_on: date | None
    decree_number: str


def counted_members(roles: Sequence[MemberRole]) -> int:
    """How many count towards the size of the group: everybody but the fasilitator."""
    return sum(role is not MemberRole.FASILITATOR for role in roles)


def profile_gaps(facts: ProfileFacts) -> list[str]:
    """What the profile still lacks, as nouns that finish "belum ada ..."; empty when it is complete."""
    wanted = (
        (facts.name_meaning, "arti nama"),
        (facts.motto, "moto"),
        (facts.formed_on, "tanggal pembentukan"),
        (facts.decree_number, "nomor SK pembentukan"),
    )
    return [words for present, words in wanted if not present]


def team_gaps(roles: Sequence[MemberRole]) -> list[str]:
    """Which offices of the group nobody holds yet, as nouns that finish "belum ada ..."."""
    return [
        ROLE_LABELS[role].lower() for role in (MemberRole.KETUA, MemberRole.FASILITATOR) if role not in roles
    ]


def size_warning(roles: Sequence[MemberRole]) -> str | None:
    """One sentence when the group is smaller or larger than usual; it never keeps a group out."""
    number = counted_members(roles)
    if FEWEST_MEMBERS <= number <= MOST_MEMBERS:
        return None
    advice = "Tambahkan anggota" if number < FEWEST_MEMBERS else "Periksa kembali daftarnya"
    return (
        f"Kelompok ini beranggotakan {number} orang di luar fasilitator; lazimnya {FEWEST_MEMBERS} sampai "
        f"{MOST_MEMBERS} orang. {advice} bila belum sesuai dengan SK."
    )


def check_new_role(role: MemberRole, roles: Sequence[MemberRole]) -> None:
    """Raise InvalidInput when a second ketua would join `roles`, those of the members already there."""
    if role is MemberRole.KETUA and MemberRole.KETUA in roles:
        raise InvalidInput(
            "Kelompok ini sudah mempunyai ketua. Simpan sebagai anggota dahulu, lalu ubah perannya menjadi ketua.",
            field="role",
        )


def check_changed_role(before: MemberRole, after: MemberRole) -> None:
    """Raise InvalidInput when the ketua would step down without a successor."""
    if before is MemberRole.KETUA and after is not MemberRole.KETUA:
        raise InvalidInput(
            "Kelompok harus mempunyai satu ketua. Ubah peran penggantinya menjadi ketua; "
            "ketua yang sekarang lalu menjadi anggota dengan sendirinya.",
            field="role",
        )


def bare_name(name: str) -> str:
    """A group's own name without the "KBK" many lists put before it, as pages and papers write that themselves."""
    return _KBK.sub("", name) or name


def check_new_name(before: str, after: str, *, judged: bool, organiser: bool) -> None:
    """Raise InvalidInput when a team would change the name under which it is judged and its result announced."""
    if before != after and judged and not organiser:
        raise InvalidInput(
            f"Kelompok ini sudah dinilai dengan nama {before}. Bila salah eja, mintalah panitia membetulkannya.",
            field="name",
        )


def name_problem(name: str, what: str, *, length: int = LONGEST_NAME) -> str | None:
    """One sentence on what is wrong with a name of a unit, group or person, or None; `what` begins it.

    The compared form is stored too, so it must not be longer than `length` either.
    """
    if name.startswith(("=", "@", "+", "-", "#")):
        return f"{what} berisi rumus atau tanda “{name[0]}” di depannya. Ketik namanya sebagai teks biasa."
    if not any(sign.isalpha() for sign in name):
        return f"{what} tidak memuat huruf. Tulis nama lengkapnya."
    if len(name) > length or len(name_key(name)) > length:
        return f"{what} paling banyak {length} huruf. Singkat lebih dahulu."
    return None


def nip_fault(nip: str, today: date) -> str | None:
    """One sentence on what is wrong with a NIP that follows neither the rules of PNS nor of PPPK, or None."""
    as_civil_servant = nip_problem(nip, NipKind.PNS, today=today)
    return as_civil_servant and nip_problem(nip, NipKind.PPPK, today=today) and as_civil_servant


def phone_digits(text: str) -> str:
    """A telephone number as it is stored, beginning with 0: "+62 812-3456-789" is "08123456789"."""
    digits = "".join(sign for sign in text if sign not in " .-()/\u00a0\t")
    if digits.startswith("+62"):
        return "0" + digits[3:].removeprefix("0")
    if digits.startswith("62") and len(digits) > 9:
        return "0" + digits[2:].removeprefix("0")
    return digits


def phone_problem(phone: str) -> str | None:
    """One sentence on what is wrong with a number in the form of `phone_digits`, or None."""
    if phone.isascii() and phone.isdigit() and phone.startswith("0") and 9 <= len(phone) <= 14:
        return None
    return "Nomor HP tidak dikenali. Contoh: 081234567890."


def international_phone(phone: str) -> str:
    """A stored number as WhatsApp wants it: "081234567890" is "6281234567890"; "" stays ""."""
    return f"62{phone[1:]}" if phone.startswith("0") else phone


def email_problem(email: str) -> str | None:
    """One sentence on what is wrong with an address, or None."""
    if len(email) <= 254 and email.isascii() and _EMAIL.fullmatch(email.casefold()):
        return None
    return f"Alamat surel “{email[:60]}” tidak dikenali. Contoh: nama@contoh.go.id."


@dataclass(frozen=True, slots=True)
class Contact:
    """A person's numbers and address in the form in which they are stored; "" for what is not known."""

    nip: str
    phone: str
    email: str


def checked_contact(nip: str, phone: str, email: str, today: date) -> Contact:
    """Clean what was typed; raise InvalidInput for the first of them that cannot be right."""
    contact = Contact(nip_digits(nip), phone_digits(phone), email.strip())
    if contact.nip and (problem := nip_fault(contact.nip, today)):
        raise InvalidInput(problem, field="nip")
    if contact.phone and (problem := phone_problem(contact.phone)):
        raise InvalidInput(problem, field="phone")
    if contact.email and (problem := email_problem(contact.email)):
        raise InvalidInput(problem, field="email")
    return contact


def keeps_own_deadline(own: datetime | None, until: datetime) -> bool:
    """Say whether a group that is given `until` together with others has a later deadline of its own already."""
    return own is not None and own > until


def check_extension(until: datetime, reason: str, *, general: datetime, now: datetime) -> None:
    """Raise InvalidInput unless a group's own deadline lies ahead, after the general one, and has a reason."""
    if until <= general:
        raise InvalidInput("Batas baru harus sesudah batas yang berlaku bagi semua kelompok.", field="until")
    if until <= now:
        raise InvalidInput("Batas baru sudah lewat. Pilih waktu yang akan datang.", field="until")
    if len(reason) < 10:
        raise InvalidInput(
            "Tulis alasan yang dapat dipahami kelompok lain, paling sedikit 10 huruf.", field="reason"
        )
